"""Answers to the end-of-session survey, from the files of survey tools. Who answered is never kept."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.exchange import values
from qualiopi.exchange.columns import Column, paragraph, text
from qualiopi.exchange.directory import BATCH
from qualiopi.exchange.judgements import (
    LEFT_OUT,
    Cells,
    Context,
    Judgement,
    Scale,
    judge_dates,
    judge_scale,
    judge_words,
)
from qualiopi.exchange.resources import TableResource
from qualiopi.exchange.values.dates import here
from qualiopi.exchange.words import clean
from qualiopi.links import fingerprint, secrets_in_use
from qualiopi.text import comparison_key
from qualiopi.web.dates import long_date
from trainings.imports.proposals import OfOneSession
from trainings.imports.words import MARKS_IN_WORDS
from trainings.sessions.models import Session
from trainings.surveys.answers import COMMENT_LENGTH
from trainings.surveys.links import session_token
from trainings.surveys.models import Answer, Campaign, Response, ResponseSource
from trainings.surveys.questionnaire import Kind, shipped

QUESTIONNAIRE = "end_of_session"
YES_PARTLY_NO = {
    "oui": "yes",
    "yes": "yes",
    "en partie": "partly",
    "partiellement": "partly",
    "plutot oui": "partly",
    "partly": "partly",
    "non": "no",
    "no": "no",
}
# A question of three answers, asked as one agrees or not.
AGREEMENT = {
    **{key: "yes" if mark >= 5 else "partly" if mark >= 3 else "no" for key, mark in MARKS_IN_WORDS.items()},
    **YES_PARTLY_NO,
}
NO_DATE_TEXT = re.compile(r"^1980-01-01(?:[ T]00:00(?::00)?)?$|^0?1/0?1/1980(?: 0?0:00(?::00)?)?$")
NO_NAME = gettext_lazy("Cette colonne n’est pas importée : une réponse reste sans nom ni adresse.")


# LimeSurvey writes this day for a survey that keeps no dates.
NO_DATE = date(1980, 1, 1)
FIVE = Scale(1, 5, decimals=1, words=MARKS_IN_WORDS)
TEN = Scale(0, 10, decimals=0, words={})


def _moment(value: Any, *, month_first: bool = False) -> datetime | date | None:
    """A moment; a day when the cell tells no clock time, or the midnight that tools write for a day."""
    moment: datetime | None = values.parse_moment(value, month_first=month_first)
    if moment is None:
        return None
    return moment.date() if moment.time() == time() and moment.tzinfo is here() else moment


def judge_moments(cells: Cells, context: Context) -> Judgement:
    """Moments of answers; the first of January 1980 is no date, and is told."""
    judgement = judge_dates(_moment, moment=True)(cells, context)
    read = judgement.parse
    empty = [line for line, value in zip(cells.lines, cells.values, strict=True) if _is_no_date(value)]
    if not empty:
        return judgement

    def parse(value: Any) -> Any:
        return NO_DATE if _is_no_date(value) else read(value)

    sentence = _("le 1er janvier 1980 est ce que l’outil écrit quand il ne garde pas les dates : ces réponses n’ont pas de date.")
    return replace(judgement, parse=parse, sentence=f"{judgement.sentence} {sentence}".strip(), lines=tuple(empty))


def _is_no_date(value: Any) -> bool:
    if isinstance(value, date):
        return (value.year, value.month, value.day) == (1980, 1, 1)
    return isinstance(value, str) and NO_DATE_TEXT.match(value.strip()) is not None


def judge_recommendations(cells: Cells, context: Context) -> Judgement:
    """Marks of 0 to 10. « Oui » and « non » are no mark: who exports them says what they are worth, if anything."""
    return judge_scale(TEN, ignored=frozenset({*YES_PARTLY_NO, *MARKS_IN_WORDS}))(cells, context)


def _yes_partly_no() -> list[tuple[str, str]]:
    return [("yes", _("oui")), ("partly", _("en partie")), ("no", _("non")), (LEFT_OUT, _("ne compte pas"))]


_JUDGES = {
    Kind.SCALE: (judge_scale(FIVE, ignored=frozenset(YES_PARTLY_NO)), gettext_lazy("notes de 1 à 5")),
    Kind.RECOMMENDATION: (judge_recommendations, gettext_lazy("notes de 0 à 10")),
    Kind.YES_PARTLY_NO: (judge_words(AGREEMENT, _yes_partly_no), gettext_lazy("oui, en partie ou non")),
    Kind.TEXT: (None, gettext_lazy("texte")),
}


def _question(key: str, *, pattern: str, synonyms: tuple[str, ...] = ()) -> Column:
    """The column of one question of the questionnaire."""
    question = shipped()[QUESTIONNAIRE].question(key)
    judge, understood = _JUDGES[question.kind]
    return Column(
        gettext_lazy("Question : %s") % str(question.label),
        parse=paragraph(COMMENT_LENGTH),
        judge=judge,
        pattern=pattern,
        synonyms=synonyms,
        understood=understood,
        transient=True,
    )


class AnswerResource(OfOneSession, TableResource):
    """One response per line. Lines with a time stamp or an identifier are recognised; the others never are duplicates."""

    session = Column(
        gettext_lazy("Référence de la session"),
        parse=text(60),
        transient=True,
        synonyms=(
            "votre session de formation", "votre session", "session", "id session", "réf", "référence de la session",
            "référence session", "code session", "session de formation", "n° session",
        ),
        understood=gettext_lazy("sessions déjà connues"),
    )  # fmt: skip
    moment = Column(
        gettext_lazy("Date de la réponse"),
        judge=judge_moments,
        family="dates",
        transient=True,
        synonyms=(
            "horodateur", "horodatage", "timestamp", "heure de fin", "date de réponse", "date", "date de la réponse",
            "completion time", "répondu le", "date avis",
        ),
        understood=gettext_lazy("dates ; l’heure sert aux doublons, elle n’est pas gardée"),
    )  # fmt: skip
    submitted = Column(
        gettext_lazy("Date d’envoi (vide : réponse non terminée)"),
        judge=judge_moments,
        family="dates",
        transient=True,
        synonyms=("submitdate", "date de soumission", "date d'envoi", "submitted", "date submitted"),
        understood=gettext_lazy("dates ; sans elle, la réponse n’est pas terminée"),
    )
    identifier = Column(
        gettext_lazy("Identifiant de la réponse"),
        parse=text(100),
        transient=True,
        synonyms=("id", "id avis", "id réponse", "response id", "identifiant"),
        understood=gettext_lazy("reconnaît une réponse déjà importée"),
    )
    person = Column(
        gettext_lazy("Jamais importé (réponse sans nom)"),
        never=NO_NAME,
        synonyms=(
            "adresse e-mail", "adresse email", "email", "e-mail", "adresse de messagerie", "nom", "prénom", "nom prénom", "token",
            "ip address", "ipaddr", "adresse ip", "nom d'utilisateur", "username",
        ),
        understood=gettext_lazy("laissé de côté"),
    )  # fmt: skip
    recommendation = _question("recommendation", pattern=r"\b(recommand\w*|recommend\w*|conseill\w*|nps)\b")
    comment = _question(
        "comment",
        pattern=r"\b(commentaires?|suggestions?|remarques?|observations?|mot de plus|verbatim|comments?|anything to add|feedback)\b",
    )
    objectives = _question("objectives", pattern=r"\b(objectifs?|objectives?)\b")
    trainer = _question(
        "trainer",
        pattern=r"\b(animation|animateur\w*|formateurs?|formatrices?|intervenante?s?|pedagogie|trainers?|instructors?|teaching)\b",
    )
    pace = _question("pace", pattern=r"\b(rythme|pace)\b")
    conditions = _question("conditions", pattern=r"\b(conditions|moyens a disposition|tout ce qu il fallait|what you needed)\b")
    overall = _question("overall", pattern=r"\b(satisf\w*|globalement|note globale?|avis global|attentes|overall|expectations)\b")

    needs = (
        (
            ("overall", "objectives", "pace", "trainer", "conditions", "recommendation", "comment"),
            gettext_lazy("Aucune colonne ne répond à une question de l’enquête : choisissez-les dans les colonnes."),
        ),
    )
    created_models = (Response,)

    class Meta(TableResource.Meta):
        model = Response

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        organisation = self.organisation
        self.questions = [question for question in shipped()[QUESTIONNAIRE].questions if question.key in self.heading_of]
        campaigns = Campaign.objects.for_organisation(organisation).filter(questionnaire=QUESTIONNAIRE)
        self.campaigns: dict[Any, Campaign] = {campaign.session_id: campaign for campaign in campaigns}
        self.known = set(
            Response.objects.for_organisation(organisation)
            .exclude(import_key="")
            .values_list("campaign__session_id", "import_key")
        )
        self.new_campaigns: list[Campaign] = []
        self.answers: list[Answer] = []
        self.first_line: dict[tuple[Any, str], int] = {}
        self.today = timezone.localdate()
        self.common_session = self._common_session()
        self.outcome.preview_headings = [_("Session"), _("Date"), _("Note générale"), _("Recommandation"), _("Commentaire")]

    def _common_session(self) -> Session | None:
        reference = clean(self.options.get("session"))
        session = self.chosen_session
        if reference and session is None:
            self.tell(_("La session « %(reference)s » n’existe pas ici.") % {"reference": reference}, line=0, blocking=True)
        if not reference and "session" not in self.heading_of:
            self.tell(
                _("Aucune colonne ne dit de quelle session il s’agit : choisissez-la, ou une session pour tout le fichier."),
                line=0,
                blocking=True,
            )
        return session

    def get_or_init_instance(self, instance_loader: Any, row: dict[str, Any]) -> tuple[Response, bool]:
        return Response(organisation=self.organisation, source=ResponseSource.IMPORT, import_run=self.run), True

    def understand(self, instance: Any, row: dict[str, Any]) -> None:
        if self._is_unfinished():
            return
        session = self._session()
        moment = self._moment()
        if moment is not None:
            instance.answered_on = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
            if instance.answered_on > self.today:
                self.tell(
                    _("Cette réponse porterait une date à venir, le %(day)s.") % {"day": long_date(instance.answered_on)},
                    column="moment" if "moment" in self.heading_of else "submitted",
                    value=row.get("moment", row.get("submitted")),
                    blocking=True,
                )
        if session is None or self._line_blocked or self._is_known(instance, session, moment):
            return
        instance.campaign = self._campaign(session, instance.answered_on)
        self._keep_values(instance)

    def _moment(self) -> datetime | date | None:
        """When this was answered; a day alone when the file tells no time, None when it keeps no dates."""
        found = [self.values[column] for column in ("moment", "submitted") if column in self.values]
        return next((moment for moment in found if moment != NO_DATE), None)

    def _is_unfinished(self) -> bool:
        if "submitted" in self.heading_of and "submitted" not in self.values and not self._line_blocked:
            self.tell(_("Réponse non terminée, jamais envoyée : laissée de côté."), column="submitted")
            self.ignored = True
        elif not self._line_blocked and not any(question.key in self.values for question in self.questions):
            self.tell(_("Aucune question n’a de réponse : ligne laissée de côté."))
            self.ignored = True
        return self.ignored

    def _session(self) -> Session | None:
        reference = self.values.get("session", "")
        if not reference:
            if self.common_session is None and "session" in self.heading_of:
                self.tell(_("Il manque la session de cette réponse."), column="session", blocking=True)
            return self.common_session
        session = self.sessions.get(comparison_key(reference))
        if session is None:
            self.tell(
                _("La session « %(reference)s » n’existe pas ici : importez d’abord les sessions, ou corrigez la référence.")
                % {"reference": reference},
                column="session",
                value=reference,
                blocking=True,
            )
        return session

    def _is_known(self, instance: Response, session: Session, moment: datetime | date | None) -> bool:
        """Recognise a response already kept, by this file or an earlier one, and give the new one its fingerprint."""
        identifier = self.values.get("identifier", "")
        # A day without a time is that of everybody who answered in the room.
        recognisable = isinstance(moment, datetime) or bool(identifier)
        # Without time stamp nor identifier, only the very same line of the very same file is the same response.
        parts = [moment.isoformat() if moment else "", identifier] if recognisable else [self.run.file.sha256, str(self.line)]
        parts += [f"{question.key}={self.values.get(question.key, '')}" for question in self.questions]
        keys = [_keyed_hash(secret, session.pk, parts) for secret in secrets_in_use()]
        instance.import_key = keys[0]
        earlier = self.first_line.setdefault((session.pk, keys[0]), self.line)
        if earlier != self.line:
            self.tell(_("Même réponse, à la seconde près, que la ligne %(line)s : comptée une fois.") % {"line": earlier})
            self.ignored = True
        elif any((session.pk, key) in self.known for key in keys):
            self._unchanged.add(instance.pk)
            self.ignored = True
        return self.ignored

    def _campaign(self, session: Session, answered_on: Any) -> Campaign:
        campaign = self.campaigns.get(session.pk)
        if campaign is None:
            shape = shipped()[QUESTIONNAIRE]
            campaign = Campaign(
                organisation=self.organisation,
                session=session,
                questionnaire=shape.key,
                questionnaire_version=shape.version,
                audience=shape.audience,
                opened_on=answered_on or session.ends_on or self.today,
                created_by=self.run.created_by,
            )
            campaign.link_hash = fingerprint(session_token(campaign.pk, campaign.link_number))
            self.campaigns[session.pk] = campaign
            self.new_campaigns.append(campaign)
        elif campaign._state.adding and answered_on:
            campaign.opened_on = min(campaign.opened_on, answered_on)
        return campaign

    def _keep_values(self, instance: Response) -> None:
        for question in self.questions:
            value = self.values.get(question.key)
            if value is None:
                continue
            if question.kind in (Kind.SCALE, Kind.RECOMMENDATION) and isinstance(value, str):
                sentence = (
                    _("« %(value)s » n’est pas une note de 1 à 5 : cette réponse-là n’est pas comptée.")
                    if question.kind is Kind.SCALE
                    else _("« %(value)s » n’est pas une note de 0 à 10 : cette réponse-là n’est pas comptée.")
                )
                self.tell(sentence % {"value": value}, column=question.key, value=value)
            elif question.feeds:
                setattr(instance, question.feeds, int(value) if question.kind is Kind.RECOMMENDATION else value)
            elif question.kind is Kind.SCALE:
                self.answers.append(Answer(response=instance, question=question.key, number=value))
            else:
                self.answers.append(Answer(response=instance, question=question.key, choice=value))

    def conclude(self) -> None:
        self.outcome.counts = {"campaigns": len(self.new_campaigns)}

    def write_before(self) -> None:
        Campaign.objects.bulk_create(self.new_campaigns, batch_size=BATCH)

    def write_after(self) -> None:
        Answer.objects.bulk_create(self.answers, batch_size=BATCH)
        self.outcome.undo_log["children"] = {Answer._meta.label: len(self.answers)}
        self.outcome.undo_log["leftovers"] = {Campaign._meta.label: [str(campaign.pk) for campaign in self.new_campaigns]}

    def preview_cells(self, instance: Any) -> list[str]:
        return [
            instance.campaign.session.reference,
            long_date(instance.answered_on) if instance.answered_on else "",
            "" if instance.overall is None else str(instance.overall).replace(".", ","),
            "" if instance.recommendation is None else str(instance.recommendation),
            instance.comment,
        ]


def _keyed_hash(secret: str, session: Any, parts: list[str]) -> str:
    """A fingerprint that nobody without the secret key can search for a time or a person."""
    message = "\x1f".join(("trainings.imports.answers", str(session), *parts))
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()
