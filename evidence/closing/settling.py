"""Doing what the page that closes a session was asked, then closing it, at once or as soon as it may be."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from evidence.closing import sentences
from evidence.closing.models import ClosingRequest
from evidence.closing.plan import ATTESTING, Choices, Doing
from evidence.closing.queries import closing_of
from evidence.closing.verbs import close_session
from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.zones import on_days_of
from trainings.adaptations.verbs import record_answer
from trainings.attendance.queries import unsaid
from trainings.attendance.verbs import ask_to_sign, declare
from trainings.documents.queries import unfinished_batches
from trainings.documents.tasks import issue_in_background
from trainings.documents.verbs import ask_for_batch, to_issue
from trainings.learning.models import Moment
from trainings.learning.verbs import record_results
from trainings.sessions.models import Enrolment, HalfDay, Session, SessionState, Step
from trainings.sessions.verbs import skip_step
from trainings.surveys.questionnaire import SATISFACTION
from trainings.surveys.verbs import invite, open_campaign

logger = logging.getLogger("temoin.clock")
# For how long the clock looks whether a session may be closed.
WAITING = timedelta(days=7)


@dataclass(slots=True)
class Settled:
    """What became of it, in French sentences. ``done``: "" for what needs no word."""

    done: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    closed: bool = False
    awaiting: ClosingRequest | None = None


def settle(*, session: Session, choices: Choices, actor: User, site: str, now: datetime) -> Settled:
    """Do each thing chosen, each for itself: what is refused is told and stops nothing else. Then close the session, or ask that it
    be closed once the signatures and documents that were asked for are there.

    `site`: where the product is reached, for links that leave it. Side effects and journal of each verb; e-mails; series of documents.
    """
    settled = Settled()

    def do(act: Callable[[], str]) -> None:
        try:
            settled.done.append(act())
        except ValidationError as error:
            settled.refused += error.messages

    for (half_day, person), (kind, reason) in choices.absent.items():
        do(partial(_absent, session, half_day, person, kind, reason, actor))
    if choices.levels:
        do(lambda: _results(session, choices, actor))
    for person, wish in choices.wishes.items():
        do(partial(_answer, session, person, wish, actor, now))
    for step, reason in choices.skipped.items():
        do(partial(_skip, session, step, reason, actor))
    if Doing.OPINIONS in choices.doing:
        do(lambda: _opinions(session, actor, site))
    if Doing.SIGNATURES in choices.doing:
        do(lambda: _signatures(session, actor, site, now))
    whole = not unsaid(session, now=now)
    if Doing.DOCUMENTS in choices.doing:
        do(lambda: _issue(session, actor) if whole else _("Les attestations partiront quand la feuille sera complète."))
    _close(settled, session=session, choices=choices, actor=actor, now=now)
    return settled


def _absent(session: Session, half_day: UUID, person: UUID, kind: str, reason: str, actor: User) -> str:
    slot = HalfDay.objects.select_related("session").get(session=session, pk=half_day)
    who = Enrolment.objects.select_related("trainee").get(session=session, pk=person)
    declare(half_day=slot, enrolment=who, kind=kind, reason=reason, actor=actor)
    return ""


def _results(session: Session, choices: Choices, actor: User) -> str:
    day = min(timezone.localdate(), session.ends_on or timezone.localdate())
    n = record_results(session=session, moment=Moment.EXIT, levels=choices.levels, evaluation=None, dated_on=day, actor=actor)
    return sentences.results_words(n)


def _answer(session: Session, person: UUID, wish: str, actor: User, now: datetime) -> str:
    who = Enrolment.objects.select_related("session").get(session=session, pk=person)
    record_answer(enrolment=who, wish=wish, answered_on=timezone.localdate(now), actor=actor)
    return ""


def _skip(session: Session, step: UUID, reason: str, actor: User) -> str:
    skip_step(step=Step.objects.get(session=session, pk=step), reason=reason, actor=actor)
    return ""


def _opinions(session: Session, actor: User, site: str) -> str:
    campaign = open_campaign(session=session, actor=actor, questionnaire=SATISFACTION)
    return sentences.asked_words(invite(campaign=campaign, site=site, actor=actor))


def _signatures(session: Session, actor: User, site: str, now: datetime) -> str:
    return sentences.signing_words(ask_to_sign(session=session, site=site, actor=actor, now=now))


def _issue(session: Session, actor: User | None) -> str:
    total = 0
    for kind in ATTESTING:
        if to_issue(session, kind):
            batch = ask_for_batch(session=session, kind=kind, send_too=True, actor=actor)
            total += batch.total
            transaction.on_commit(partial(issue_in_background.enqueue, str(batch.pk)))
    return sentences.issuing_words(total)


def _close(settled: Settled, *, session: Session, choices: Choices, actor: User, now: datetime) -> None:
    holding = {each.key for each in closing_of(session, now=now).holding}
    if not holding:
        try:
            close_session(session=session, actor=actor, now=now)
        except ValidationError as error:
            settled.refused += error.messages
        else:
            settled.closed = True
        return
    documents = Doing.DOCUMENTS in choices.doing
    asked = {"attendance_and_follow_up_traced"} if Doing.SIGNATURES in choices.doing else set()
    asked |= {"end_certificates_issued"} if documents else set()
    if holding <= asked and not settled.refused:
        settled.awaiting = ask_to_close(session=session, documents=documents, actor=actor, now=now)


@transaction.atomic
def ask_to_close(*, session: Session, documents: bool, actor: User | None, now: datetime) -> ClosingRequest:
    """Have the clock close a session as soon as nothing holds it, within a week; asked again, the week begins again. Journal."""
    Session.objects.select_for_update().values("pk").get(pk=session.pk)
    known = ClosingRequest.objects.filter(session=session, ended_at__isnull=True).first()
    request = known or ClosingRequest(organisation=session.organisation, session=session, asked_by=actor)
    request.until, request.documents = timezone.localdate(now) + WAITING, documents
    request.full_clean()
    request.save()
    record(verb="closing.asked", actor=actor, organisation_id=session.organisation_id, target=session)
    return request


@transaction.atomic
def call_off(*, session: Session, actor: User | None, now: datetime) -> None:
    """A session closes no more by itself; without effect when nobody asked that it did. Journal."""
    if _end(session, _("Annulée par une personne."), now=now):
        record(verb="closing.called_off", actor=actor, organisation_id=session.organisation_id, target=session)


def close_awaited(*, now: datetime) -> list[str]:
    """One round of the clock: issue what waited for the last signature, close what nothing holds any more, end what waited too long.

    Gives a French sentence for each session whose wait ended. Each request is looked at by one clock at a time; what breaks in one
    stops no other. A constant number of queries for each session that waits.
    """
    told: list[str] = []
    for pk in list(ClosingRequest.objects.filter(ended_at__isnull=True).order_by("created_at").values_list("pk", flat=True)):
        try:
            with translation.override("fr"):
                told += _look(pk, now)
        except Exception:
            logger.exception("The closing %s could not be looked at", pk)
    return told


def _look(pk: UUID, now: datetime) -> Iterable[str]:
    with transaction.atomic():
        request: ClosingRequest | None = (
            ClosingRequest.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("organisation", "session__organisation", "session__course", "asked_by")
            .filter(pk=pk, ended_at__isnull=True)
            .first()
        )
        if request is None:
            return []
        with on_days_of(request.organisation):
            words = _became(request, now)
        if words:
            _end(request.session, words, now=now)
    return [f"{request.session} : {words}"] if words else []


def _became(request: ClosingRequest, now: datetime) -> str:
    """What ends the wait, in a sentence; "" while it goes on."""
    session = request.session
    if session.state != SessionState.DONE:
        return _("La session n’est plus à clore.")
    holding = closing_of(session, now=now).holding
    if not holding:
        close_session(session=session, actor=request.asked_by, now=now)
        return _("Close.")
    if timezone.localdate(now) > request.until:
        return sentences.still_open_words(len(holding))
    _go_on(request, now)
    return ""


def _go_on(request: ClosingRequest, now: datetime) -> None:
    """Issue the documents that waited for the register, once it is whole; a series under way is left alone."""
    session = request.session
    if not request.documents or unsaid(session, now=now) or unfinished_batches().filter(session=session).exists():
        return
    _issue(session, request.asked_by)
    # Asked for once: what is refused then is told by the series, for a person to mend.
    ClosingRequest.objects.filter(pk=request.pk).update(documents=False)


def _end(session: Session, words: str, *, now: datetime) -> int:
    return ClosingRequest.objects.filter(session=session, ended_at__isnull=True).update(ended_at=now, outcome=words[:200])
