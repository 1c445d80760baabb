"""What is due leaves by itself: once, whether the clock runs every five minutes, twice at once, or after a day off."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from trainings.documents import verbs as documents
from trainings.learning import verbs as learning
from trainings.sessions.models import Session, SessionState, Step
from trainings.sessions.verbs import NotSendable, advance_states
from trainings.states import NOT_HELD
from trainings.surveys import verbs as surveys
from trainings.surveys.queries import campaigns_to_remind
from trainings.ticking.verbs import tick_proved_steps

logger = logging.getLogger("temoin.clock")

# Which room sends a step, by the first word of its key.
SENDERS: dict[str, Callable[..., str]] = {"intake": learning.send_step, "survey": surveys.send_step}
# The same for steps of one session that leave together: one message a person, however many documents.
TOGETHER: dict[str, Callable[..., dict[Step, str | Exception]]] = {"document": documents.send_steps}
# While a clock holds a step no other one takes it; what could not leave waits as long before it is tried again.
HOLD = timedelta(hours=1)
# What people do is looked for once a day, from its day on, until it is recorded in full.
LOOK = timedelta(days=1)
# What has no sense once people have arrived.
BEFORE_START = ("intake:", "document:convocation", "document:welcome_booklet", "document:internal_rules")
TOO_LATE = gettext_lazy(
    "Trop tard : la session a commencé. Remettez-le en main propre, ou notez pourquoi l’étape est sans objet."
)


@dataclass
class Report:
    """What a round of the clock did, in French sentences: what left, what waits and why, what broke."""

    done: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def send_due(*, now: datetime) -> Report:
    """Let sessions begin and end by their dates, send every automatic step whose day has come, then the reminders of the surveys.
    Steps done by hand are ticked once what they ask for is recorded.

    `now`: aware moment; the day is that of each organisation, one time zone after the other. Each step is claimed by one conditional
    update before anything leaves, and looked at again then: two clocks never send the same one. What misses something keeps its
    sentence in `problem` and is tried again after HOLD. A step that breaks stops no other one. Side effects: e-mails and documents of
    the rooms, `done_at`, journal.
    """
    report = Report()
    with translation.override("fr"):
        for zone in Organisation.objects.order_by("time_zone").values_list("time_zone", flat=True).distinct():
            with timezone.override(ZoneInfo(zone)):
                _round(Round(Organisation.objects.filter(time_zone=zone).order_by().values("pk"), now), report)
    return report


@dataclass(frozen=True, slots=True)
class Round:
    """What a clock looks at in one time zone: the keys of the organisations that keep it, and the aware moment."""

    here: QuerySet[Any]
    now: datetime

    @property
    def today(self) -> date:
        """Which day it is there."""
        return timezone.localdate(self.now)


def _round(at: Round, report: Report) -> None:
    _advance(at, report)
    for moment in _moments(due(at)):
        _send(moment, at, report)
    _remind(at, report)
    _tick(at, report)


def due(at: Round) -> QuerySet[Step]:
    """Automatic steps whose day has come and that nobody did, set aside or holds, oldest first; not those already told too late.

    No join: a claim must look again at the step itself when another clock has just changed it (a subquery would not).
    """
    today, now = at.today, at.now
    settled = Session.objects.exclude(state__in=NOT_HELD).order_by().values("pk")
    begun = Session.objects.filter(starts_on__lte=today).order_by().values("pk")
    before_start = reduce(or_, (Q(key__startswith=key) for key in BEFORE_START))
    steps: QuerySet[Step] = (
        Step.objects.filter(automatic=True, done_at__isnull=True, skipped_reason="", due_on__lte=today, session__in=settled)
        .filter(organisation__in=at.here)
        .filter(Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - HOLD))
        .exclude(before_start, session__in=begun, problem=TOO_LATE)
        .order_by("due_on", "pk")
    )
    return steps


def _room_of(key: str) -> str:
    return key.partition(":")[0]


def _moments(steps: QuerySet[Step]) -> list[list[UUID]]:
    """What is sent in one go: the documents of a session together, each other step alone; the oldest first."""
    moments: dict[object, list[UUID]] = {}
    for pk, session, key in steps.values_list("pk", "session", "key"):
        room = _room_of(key)
        moments.setdefault((room, session) if room in TOGETHER else pk, []).append(pk)
    return list(moments.values())


def _send(moment: list[UUID], at: Round, report: Report) -> None:
    ready = []
    for step in filter(None, (_claimed(pk, at) for pk in moment)):
        late = _too_late(step, at.today)
        if late:
            _tell(step, NotSendable(late), at.now, report)
        else:
            ready.append(step)
    for step, outcome in _outcomes(ready, at.now).items():
        _tell(step, outcome, at.now, report)


def _claimed(pk: UUID, at: Round) -> Step | None:
    """The step, now ours; None when another clock has it, somebody did it, or the session was cancelled meanwhile."""
    if not due(at).filter(pk=pk).order_by().update(claimed_at=at.now):
        return None
    found: Step = Step.objects.select_related("organisation", "session__course", "session__organisation", "trainer", "owner").get(
        pk=pk
    )
    return found


def _outcomes(steps: list[Step], now: datetime) -> dict[Step, str | Exception]:
    """What sending each step came to: a sentence, or what held it back."""
    if not steps:
        return {}
    room = _room_of(steps[0].key)
    sender = SENDERS.get(room)
    try:
        if room in TOGETHER:
            return TOGETHER[room](steps=steps, now=now)
        if sender is None:
            return dict.fromkeys(steps, NotSendable(_("Rien ne sait envoyer cette étape : faites-la à la main, puis cochez-la.")))
        return {step: sender(step=step, now=now) for step in steps}
    except Exception as error:  # whatever breaks in one step must not hold the others back
        return dict.fromkeys(steps, error)


def _tell(step: Step, outcome: str | Exception, now: datetime, report: Report) -> None:
    name = f"{step.organisation}, {step.session.reference}, {step.label}"
    if isinstance(outcome, str):
        _stamp(step, outcome, now)
        report.done.append(f"{name} : {outcome}")
    elif isinstance(outcome, NotSendable):
        _keep_problem(step, outcome.sentence)
        report.waiting.append(f"{name} : {outcome.sentence}")
    else:
        logger.error("Step %s could not be sent", step.pk, exc_info=outcome)
        _keep_problem(
            step, _("Une erreur a empêché l’envoi. Il sera tenté de nouveau ; prévenez qui tient le serveur si elle dure.")
        )
        report.broken.append(_("%(step)s : erreur, voir le journal du serveur.") % {"step": name})


def _tick(at: Round, report: Report) -> None:
    """Tick the steps by hand whose day has come and whose work is recorded; each session is looked at once a day."""
    today, now = at.today, at.now
    settled = Session.objects.exclude(state__in=(*NOT_HELD, SessionState.CLOSED)).order_by().values("pk")
    waiting = Step.objects.filter(
        organisation__in=at.here, automatic=False, done_at__isnull=True, skipped_reason="", due_on__lte=today, session__in=settled
    ).filter(Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - LOOK))
    for pk in list(waiting.order_by("session").values_list("session", flat=True).distinct()):
        if not waiting.filter(session=pk).update(claimed_at=now):
            continue  # another clock looks at it
        session = Session.objects.select_related("organisation", "programme").get(pk=pk)
        try:
            ticked = tick_proved_steps(session=session, actor=None, now=now, automatic=False)
        except Exception:  # whatever breaks in one session must not hold the others back
            logger.exception("The steps of session %s could not be looked at", pk)
            report.broken.append(_("%(name)s : étapes non relues, voir le journal du serveur.") % {"name": session})
        else:
            report.done += [
                _("%(name)s, %(step)s : tout est enregistré.")
                % {"name": f"{session.organisation}, {session.reference}", "step": step}
                for step in ticked
            ]


def _too_late(step: Step, today: date) -> str:
    """Why it no longer makes sense to send this, empty when it does."""
    begins = step.session.starts_on
    if begins is not None and begins <= today and step.key.startswith(BEFORE_START):
        return str(TOO_LATE)
    return ""


def _keep_problem(step: Step, sentence: str) -> None:
    Step.objects.filter(pk=step.pk).update(problem=sentence[:250])


@transaction.atomic
def _stamp(step: Step, told: str, now: datetime) -> None:
    Step.objects.filter(pk=step.pk).update(done_at=now, problem="")
    record(
        verb="step.sent",
        actor=None,
        organisation_id=step.organisation_id,
        target=step.session,
        details={"step": step.key, "told": told[:250]},
    )


def _advance(at: Round, report: Report) -> None:
    try:
        report.done += advance_states(now=at.now, organisations=at.here)
    except Exception:  # whatever breaks must not hold the rest back
        logger.exception("The states of the sessions could not follow their dates")
        report.broken.append(_("Les sessions n’ont pas pu commencer ou finir par leurs dates, voir le journal du serveur."))


def _remind(at: Round, report: Report) -> None:
    for campaign in campaigns_to_remind(now=at.now, organisations=at.here):
        name = f"{campaign.organisation}, {campaign.session}"
        try:
            told = surveys.remind_by_clock(campaign=campaign)
        except Exception:  # whatever breaks must not hold the rest back
            logger.exception("Campaign %s could not be reminded", campaign.pk)
            report.broken.append(_("%(name)s : relance interrompue, voir le journal du serveur.") % {"name": name})
        else:
            if told:
                report.done.append(f"{name} : {told}")
