"""Answers: by a link, or typed from paper. Nothing written here can be joined with a person."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.links import LinkRefusedError, LinkState
from trainings.surveys.answers import Value, read_all
from trainings.surveys.links import response_id
from trainings.surveys.models import Answer, Campaign, Invitation, Response, ResponseSource
from trainings.surveys.queries import door
from trainings.surveys.questionnaire import Kind, Questionnaire, shipped


@transaction.atomic
def answer(*, token: str, values: Mapping[str, object], language: str, once: str) -> Response:
    """Keep one filled questionnaire that came through a link, dated today.

    `token`: the link's. `values`: raw values by question. `once`: a secret of this attempt; the same one twice keeps one answer.
    Raises LinkRefusedError (unknown, closed, expired, full, or personal and already used) and ValidationError (values).
    Side effects: a personal link is spent. No line in the journal: it would tell at which minute somebody answered.
    """
    today = timezone.localdate()
    found = door(token, today=today)
    if found is None or found.state is not LinkState.OPEN:
        kept = _kept_already(found.campaign if found else None, once)
        if kept is not None:
            return kept
        raise LinkRefusedError(found.state if found else None)
    campaign = found.campaign
    questionnaire = shipped()[campaign.questionnaire]
    given = read_all(questionnaire, values)
    kept = _kept_already(campaign, once)
    if kept is not None:
        return kept
    if found.invitation is not None:
        # Claimed in one statement: of two that come together, one finds the link spent.
        if not Invitation.objects.filter(pk=found.invitation.pk, answered=False).update(answered=True):
            kept = _kept_already(campaign, once)
            if kept is not None:
                return kept
            raise LinkRefusedError(LinkState.USED)
        source = ResponseSource.PERSONAL_LINK
    else:
        source = ResponseSource.SESSION_LINK
    try:
        with transaction.atomic():
            pk = response_id(once)
            return _keep(campaign, questionnaire, given, pk=pk, source=source, language=language, answered_on=today)
    except IntegrityError:
        # The same form came twice at the same moment: the other one is kept.
        kept = _kept_already(campaign, once)
        if kept is None:
            raise
        return kept


def _kept_already(campaign: Campaign | None, once: str) -> Response | None:
    if campaign is None:
        return None
    kept: Response | None = Response.objects.filter(pk=response_id(once), campaign=campaign).first()
    return kept


def _keep(
    campaign: Campaign,
    questionnaire: Questionnaire,
    given: Mapping[str, Value],
    *,
    pk: UUID,
    source: ResponseSource,
    language: str,
    answered_on: date | None,
) -> Response:
    columns: dict[str, Value] = {}
    answers: list[Answer] = []
    for question in questionnaire.questions:
        value = given.get(question.key)
        if value is None:
            continue
        if question.feeds:
            columns[question.feeds] = value
        elif question.kind in (Kind.SCALE, Kind.RECOMMENDATION):
            answers.append(Answer(response_id=pk, question=question.key, number=value))
        elif question.kind is Kind.TEXT:
            answers.append(Answer(response_id=pk, question=question.key, text=str(value)))
        else:
            answers.append(Answer(response_id=pk, question=question.key, choice=str(value)))
    response: Response = Response.objects.create(
        pk=pk,
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        answered_on=answered_on,
        source=source,
        language=language,
        **columns,
    )
    Answer.objects.bulk_create(answers)
    return response


@transaction.atomic
def type_paper_answers(
    *, campaign: Campaign, papers: Sequence[Mapping[str, object]], answered_on: date | None, actor: User
) -> list[Response]:
    """Keep answers typed from paper: one mapping of raw values by question for each paper. All of them or none.

    `answered_on`: the day written on the papers, None when they bear none. Raises ValidationError with one sentence per wrong paper,
    or when the day is to come. Papers may be typed after the closing. Side effect: papers of an earlier day show that the survey was
    put that day, and move its opening. Writes the journal: who typed how many.
    """
    if answered_on is not None and answered_on > timezone.localdate():
        raise ValidationError(_("Ces réponses porteraient une date à venir : vérifiez le jour."))
    questionnaire = shipped()[campaign.questionnaire]
    wrong: list[str] = []
    read: list[dict[str, Value]] = []
    for place, paper in enumerate(papers, start=1):
        try:
            read.append(read_all(questionnaire, paper, complete=False))
        except ValidationError as error:
            wrong.extend(_("Papier %(place)s : %(fault)s") % {"place": place, "fault": fault} for fault in error.messages)
    if wrong or not papers:
        raise ValidationError(wrong or [_("Aucune réponse n’est saisie.")])
    kept = [
        _keep(
            campaign,
            questionnaire,
            given,
            pk=uuid.uuid4(),
            source=ResponseSource.PAPER,
            language="fr",
            answered_on=answered_on,
        )
        for given in read
    ]
    if answered_on is not None and answered_on < campaign.opened_on:
        campaign.opened_on = answered_on
        campaign.save(update_fields=["opened_on"])
    record(
        verb="survey.paper_typed",
        actor=actor,
        organisation_id=campaign.organisation_id,
        target=campaign,
        details={"answers": len(kept)},
    )
    return kept
