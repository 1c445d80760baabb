"""What enrolments add up to by session, in SQL. Nobody enrolled is named, nor counted one by one, in Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, FilteredRelation, Max, Min, OuterRef, Q, QuerySet

from qualiopi.identifiers import Names, raw
from trainings.adaptations.models import Measure, MeasureState, Wish
from trainings.facts.rows import NOBODY, People
from trainings.facts.scope import Scope
from trainings.learning.models import IntakeKind
from trainings.people.models import FunderKind
from trainings.sessions.models import NEVER_BEGAN, Aim, Enrolment, EnrolmentState, Funding

# Aims that an examination of a registered certification does not end.
_WITHOUT_EXAMINATION = (Aim.OTHER, Aim.CQP, Aim.ASSESSMENT)
ENROLLED = Q(state=EnrolmentState.ENROLLED)
CANDIDATE = ENROLLED & ~Q(aim__in=_WITHOUT_EXAMINATION)


class Counts(NamedTuple):
    """The enrolments of one session."""

    enrolled: int = 0
    company_known: int = 0
    funder_known: int = 0
    completed: int = 0
    needs: People = NOBODY
    positioned: People = NOBODY
    asked: People = NOBODY
    needs_declared: int = 0
    needs_answered: People = NOBODY
    adapted: int = 0
    carried_out: int = 0
    candidates: int = 0
    presented: People = NOBODY
    first_exam_on: date | None = None


NO_COUNTS = Counts()


class OfCompany(NamedTuple):
    """The enrolments of one company in one session: all, those whose own need was analysed, those paid by the CPF alone."""

    enrolled: int
    needs: int
    cpf: int = 0


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Everything enrolments add up to, by session."""

    counts: Mapping[str, Counts]
    companies: Mapping[str, Mapping[str, OfCompany]]
    funders: Mapping[str, tuple[str, ...]]
    cpf: Mapping[str, int]  # paid by the CPF and by nobody else


@dataclass(slots=True)
class _Paid:
    funders: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    cpf: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    cpf_by_company: dict[tuple[str, str], int] = field(default_factory=dict)


def read_enrolled(scope: Scope, names: Names, *, until: date, today: date) -> Enrolled:
    """Three queries. A session without any enrolment is absent; people withdrawn before the first day are left out."""
    rows = scope.of(Enrolment).exclude(pk__in=never_began(scope)).order_by()
    paid = _paid(scope, names)
    companies: defaultdict[str, dict[str, OfCompany]] = defaultdict(dict)
    of_company = rows.filter(company__isnull=False).annotate(needs=_intake(IntakeKind.NEEDS, "concluded_on", until))
    by_company = of_company.values_list(raw("session_id"), raw("company_id")).annotate(Count("id"), Count("needs"))
    for session, company, enrolled, needs in by_company:
        key = names[session], names[company]
        companies[key[0]][key[1]] = OfCompany(enrolled, needs, paid.cpf_by_company.get(key, 0))
    return Enrolled(
        counts=_counts(rows, names, until=until, today=today),
        companies=companies,
        funders={session: tuple(sorted(found)) for session, found in paid.funders.items()},
        cpf=paid.cpf,
    )


def never_began(scope: Scope) -> QuerySet[Enrolment, Any]:
    """The keys of those who withdrew, or left before the first day: few, and looked up faster in a set than by a join."""
    found: QuerySet[Enrolment, Any] = (
        scope.of(Enrolment).exclude(state=EnrolmentState.ENROLLED).filter(NEVER_BEGAN).order_by().values("pk")
    )
    return found


def _intake(kind: IntakeKind, day: str, until: date) -> FilteredRelation:
    """The one intake of this kind that an enrolment may have, when it was made in time to be seen."""
    return FilteredRelation("intakes", condition=Q(intakes__kind=kind, **{f"intakes__{day}__lte": until}))


def presented_by(until: date, today: date) -> Q:
    """Candidates who were told, registered in time, and of whom one knows what became; or who did not sit, for a reason."""
    registered = Q(exam__informed_on__isnull=False, exam__registered_on__lte=until) & (
        Q(exam__exam_on__isnull=True) | Q(exam__exam_on__gte=F("exam__registered_on"))
    )
    known = Q(exam__exam_on__gte=today) | Q(exam__sat=False) | Q(exam__sat=True, exam__passed__isnull=False)
    return CANDIDATE & ((registered & known) | (Q(exam__isnull=False) & ~Q(exam__not_sat_reason="")))


def _counts(rows: QuerySet[Enrolment], names: Names, *, until: date, today: date) -> dict[str, Counts]:
    """At most one intake of a kind, one request and one examination each: the joins multiply nothing."""
    answered = Q(asking__wish=Wish.YES, asking__decided_on__lte=until)
    measures = Measure.objects.filter(request__enrolment=OuterRef("pk"))
    adapted = answered & Q(Exists(measures))
    carried_out = adapted & ~Q(Exists(measures.filter(state=MeasureState.PLANNED)))
    candidate, presented = CANDIDATE, presented_by(until, today)
    found = {}
    for session, *numbers in (
        rows.annotate(
            needs=_intake(IntakeKind.NEEDS, "concluded_on", until),
            placing=_intake(IntakeKind.POSITIONING, "answered_on", until),
            asking=FilteredRelation("adaptation_request", condition=Q(adaptation_request__answered_on__lte=until)),
        )
        .values_list(raw("session_id"))
        .annotate(
            n0=Count("id"),
            n1=Count("has_company"),
            n2=Count("has_funder"),
            n3=Count("id", filter=ENROLLED),
            n4=Count("needs"),
            d4=Max("needs__concluded_on"),
            n5=Count("placing"),
            d5=Max("placing__answered_on"),
            n6=Count("asking"),
            d6=Max("asking__answered_on"),
            n7=Count("id", filter=Q(asking__wish=Wish.YES)),
            n8=Count("id", filter=answered),
            d8=Max("asking__decided_on", filter=answered),
            n9=Count("id", filter=adapted),
            n10=Count("id", filter=carried_out),
            n11=Count("id", filter=candidate),
            n12=Count("id", filter=presented),
            d12=Max("exam__registered_on", filter=presented),
            d13=Min("exam__exam_on"),
        )
    ):
        (
            enrolled, company_known, funder_known, completed, needs, needs_on, positioned, positioned_on, asked_number, asked_on,
            declared, answered_number, answered_on, adapted_number, carried_number, candidates, presented_number, presented_on,
            exam_on,
        ) = numbers  # fmt: skip
        found[names[session]] = Counts(
            enrolled, company_known, funder_known, completed, People(needs, needs_on), People(positioned, positioned_on),
            People(asked_number, asked_on), declared, People(answered_number, answered_on), adapted_number, carried_number,
            candidates, People(presented_number, presented_on), exam_on,
        )  # fmt: skip
    return found


def _paid(scope: Scope, names: Names) -> _Paid:
    """Who pays, and for how many enrolments the CPF is alone: one to which somebody adds something follows the ordinary rules."""
    another = Funding.objects.filter(enrolment=OuterRef("enrolment")).exclude(funder__kind=FunderKind.CPF)
    alone = Q(funder__kind=FunderKind.CPF) & ~Q(Exists(another))
    rows = scope.of(Funding, "enrolment__session").exclude(enrolment__in=never_began(scope)).order_by()
    paid = _Paid()
    for session, company, funder, cpf in rows.values_list(
        raw("enrolment__session_id"), raw("enrolment__company_id"), raw("funder_id")
    ).annotate(cpf=Count("enrolment", filter=alone, distinct=True)):
        name = names[session]
        paid.funders[name].add(names[funder])
        if cpf:
            paid.cpf[name] += cpf
            if company is not None:
                key = name, names[company]
                paid.cpf_by_company[key] = paid.cpf_by_company.get(key, 0) + cpf
    return paid
