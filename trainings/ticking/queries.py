"""Which steps of a session are told by what was recorded, and which nobody calls for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from trainings.attendance.queries import half_day_counts
from trainings.documents.models import DocumentKind, Issued
from trainings.learning.models import Intake, IntakeKind, Moment, ObjectiveResult
from trainings.sessions.models import Enrolment, EnrolmentState, Session
from trainings.surveys.models import Campaign


def steps_told_by_facts(session: Session, people: Sequence[Enrolment]) -> set[str]:
    """Keys of the steps that what was recorded tells, whoever did them: nobody has to say so a second time. Three queries.

    A document is there for the whole session or for each person; a questionnaire answered by each; a survey by somebody; an agreement
    or a contract signed for each; every answer given before the start has its conclusion.
    """
    told: set[str] = set()
    everybody = {each.pk for each in people}
    by_kind: dict[str, set[UUID | None]] = {}
    issued = list(
        Issued.objects.filter(session=session, cancelled_at__isnull=True, subcontractor__isnull=True)
        .order_by()
        .values_list("kind", "enrolment", "company", "signed_on")
    )
    for kind, enrolment, company, _signed_on in issued:
        if company is None:
            by_kind.setdefault(f"document:{kind}", set()).add(enrolment)
    intakes = list(Intake.objects.filter(enrolment__session=session).order_by().values_list("kind", "enrolment", "concluded_on"))
    for kind, enrolment, _concluded_on in intakes:
        by_kind.setdefault(f"intake:{kind}", set()).add(enrolment)
    told |= {key for key, given in by_kind.items() if None in given or everybody <= given}
    asked = {f"intake:{kind}" for kind in IntakeKind.values}
    if asked <= told and all(concluded_on for _kind, _enrolment, concluded_on in intakes):
        told.add("conclude")
    signed = {
        party
        for kind, *parties, signed_on in issued
        if signed_on and kind in (DocumentKind.AGREEMENT, DocumentKind.CONTRACT)
        for party in parties
        if party
    }
    if all(each.pk in signed or each.company_id in signed for each in people):
        told.add("agreement")
    answered = (
        Campaign.objects.filter(session=session, responses__isnull=False).order_by().values_list("questionnaire", flat=True)
    )
    return told | {f"survey:{questionnaire}" for questionnaire in answered.distinct()}


def steps_proved(session: Session, *, now: datetime) -> set[str]:
    """Keys of the steps whose work is recorded in full: what facts tell, and the register and the results when nothing is missing there."""
    people = people_of(session)
    if not people:
        return set()
    proved = steps_told_by_facts(session, people)
    if _register_is_whole(session, now):
        proved.add("attendance")
    if _results_are_noted(session, people):
        proved.add("results")
    return proved


def steps_without_object(people: Sequence[Enrolment]) -> dict[str, str]:
    """Keys of the steps that nobody of this session calls for, each with the reason: no company, no funder. No query."""
    without = {}
    if all(each.has_company is False for each in people):
        without["survey:company"] = _("Aucune entreprise n’est concernée.")
    if all(each.has_funder is False for each in people):
        without["survey:funder"] = _("Aucun financeur ne paie.")
    return without


def surveys_over(session: Session) -> set[str]:
    """Keys of the steps whose survey somebody closed: no answer is waited for any more. One query."""
    over = Campaign.objects.filter(session=session, closed_on__isnull=False).order_by().values_list("questionnaire", flat=True)
    return {f"survey:{questionnaire}" for questionnaire in over}


def people_of(session: Session) -> list[Enrolment]:
    """Everybody who came: withdrawn people are left out."""
    return list(session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).select_related("trainee"))


def _register_is_whole(session: Session, now: datetime) -> bool:
    """Half-days were planned; each has a line for everybody, and its countersignature."""
    counts = half_day_counts(session, now=now)
    return bool(counts) and not any(count.missing or count.countersignature is None for count in counts)


def _results_are_noted(session: Session, people: Sequence[Enrolment]) -> bool:
    """Each objective of the programme, at the end, for everybody who stayed: whoever left on the way has no such result."""
    if session.programme is None:
        return False
    objectives = session.programme.objectives.count()
    known = dict(
        ObjectiveResult.objects.filter(enrolment__session=session, moment=Moment.EXIT, objective__programme=session.programme)
        .order_by()
        .values_list("enrolment")
        .annotate(Count("objective", distinct=True))
    )
    return all(known.get(each.pk, 0) >= objectives for each in people if each.state == EnrolmentState.ENROLLED)
