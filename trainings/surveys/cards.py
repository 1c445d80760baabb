"""How the page of a session tells where each of its surveys stands, and each company, funder or trainer asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.web.dates import long_date, short_date
from trainings.surveys.models import Audience, Campaign
from trainings.surveys.queries import AskedParty, InvitationsCount, SurveyLine
from trainings.surveys.questionnaire import COLD, SATISFACTION, Kind, Questionnaire


def standing(line: SurveyLine, *, takes_place: bool, today: date) -> str:
    """Whether a survey left, when it leaves by itself, or why not. `takes_place`: its session is neither a draft nor called off."""
    if line.campaign is None:
        return _not_sent(line, takes_place=takes_place, today=today)
    if line.campaign.closed_on is not None:
        return _("Close le %(day)s : elle ne prend plus de réponses.") % {"day": long_date(line.campaign.closed_on)}
    said = [_("Ouverte le %(day)s.") % {"day": long_date(line.campaign.opened_on)}]
    if line.sent:
        links = ngettext("%(n)s lien personnel envoyé.", "%(n)s liens personnels envoyés.", line.sent)
        said.append(links % {"n": localize(line.sent)})
    else:
        said.append(_("Aucun lien personnel envoyé."))
    if line.reminded_at is not None:
        said.append(_("Dernière relance le %(day)s.") % {"day": long_date(line.reminded_at)})
    if line.declined:
        refused = ngettext(
            "%(n)s personne ne souhaite plus recevoir d’enquêtes ni de relances par e-mail.",
            "%(n)s personnes ne souhaitent plus recevoir d’enquêtes ni de relances par e-mail.",
            line.declined,
        )
        said.append(refused % {"n": localize(line.declined)})
    return " ".join(said)


def _not_sent(line: SurveyLine, *, takes_place: bool, today: date) -> str:
    if line.step is not None and line.step.skipped_reason:
        return _("Étape déclarée sans objet : %(reason)s") % {"reason": line.step.skipped_reason}
    if line.planned is None or not takes_place:
        return _("Pas encore envoyée.")
    day = {"day": long_date(line.planned.due_on)}
    if line.planned.due_on > today:
        return _("Part toute seule le %(day)s.") % day
    return _("Prévue le %(day)s : elle part au prochain passage des envois automatiques.") % day


def nobody_asked(audience: str, *, client: str) -> str:
    """Why a survey has nobody to ask. `client`: for whom the session is run, if it is for another organisation."""
    if audience == Audience.COMPANY:
        if client:
            return _("Session réalisée pour %(client)s : ouvrez l’enquête et transmettez-lui le lien.") % {"client": client}
        return _("Aucune entreprise n’est notée sur les inscriptions.")
    if audience == Audience.FUNDER:
        return _("Aucun financeur n’est noté sur les inscriptions.")
    return _("Personne n’est encore désigné pour animer la session.")


def party_words(party: AskedParty) -> str:
    """Where the link of somebody stands: an answer first, then what keeps it from leaving, then the last message."""
    if party.answered:
        return _("a répondu")
    if not party.person.address:
        return _("sans adresse e-mail")
    if party.declined:
        return _("ne souhaite plus recevoir de relances par e-mail")
    if party.reminded_at is not None:
        return _("relance du %(day)s") % {"day": short_date(party.reminded_at)}
    if party.sent_at is not None:
        return _("interrogé le %(day)s") % {"day": short_date(party.sent_at)}
    return _("pas encore interrogé")


def audience_words(questionnaire: Questionnaire) -> str:
    """Who a questionnaire asks, and when for the two that trainees answer."""
    if questionnaire.key == SATISFACTION:
        return _("Stagiaires, en fin de session")
    if questionnaire.key == COLD:
        return _("Stagiaires, quelques mois après")
    return {
        Audience.COMPANY: _("Entreprises"),
        Audience.FUNDER: _("Financeurs"),
        Audience.TRAINER: _("Équipe pédagogique"),
    }[Audience(questionnaire.audience)]


def collected(campaign: Campaign | None, invitations: InvitationsCount | None) -> str:
    """Where a survey stands, beside its results: opened or closed, and how many personal links served."""
    if campaign is None:
        return _(
            "L’enquête n’est pas ouverte. Elle s’ouvre dès que vous montrez le QR code, envoyez les liens ou saisissez un papier."
        )
    if campaign.closed_on is not None:
        return _("Close le %(day)s.") % {"day": long_date(campaign.closed_on)}
    opened = _("Ouverte le %(day)s.") % {"day": long_date(campaign.opened_on)}
    if invitations is None or not invitations.sent:
        return opened
    if not invitations.served:
        links = ngettext(
            "%(n)s lien personnel envoyé, il n’a pas encore servi.",
            "%(n)s liens personnels envoyés, aucun n’a encore servi.",
            invitations.sent,
        )
    else:
        links = ngettext(
            "%(n)s lien personnel envoyé, il a servi.",
            "%(n)s liens personnels envoyés, dont %(served)s déjà utilisés.",
            invitations.sent,
        )
    return f"{opened} {links % {'n': localize(invitations.sent), 'served': localize(invitations.served)}}"


def range_words(kind: Kind) -> str:
    """Between which figures a paper answer is typed; "" for a question that is not a figure."""
    return {Kind.SCALE: _("1 à 5"), Kind.RECOMMENDATION: _("0 à 10")}.get(kind, "")


@dataclass(frozen=True, slots=True)
class Gesture:
    """The link of a line of the list: the name of its address, its words, and those that only a screen reader says."""

    name: str
    words: str
    hidden: str = ""


def next_gesture(*, answers: int, opened: bool, by_party: bool, can_edit: bool) -> Gesture:
    """What one does next with the survey of a session. `by_party`: the list is that of a company or a funder."""
    if by_party:
        return Gesture("surveys:session", _("Toutes les enquêtes"), _("de"))
    if answers or not can_edit:
        return Gesture("surveys:results", _("Lire"), _("les résultats de"))
    return Gesture("surveys:papers", _("Saisir des papiers")) if opened else Gesture("surveys:share", _("Ouvrir l’enquête"))


def is_masked(*, answers: int, minimum: int) -> bool:
    """Whether answers came, too few to be shown."""
    return 0 < answers < minimum
