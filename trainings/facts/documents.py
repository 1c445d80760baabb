"""Documents issued and sent around sessions: by session and by company, never by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, TextField, Value, When

from qualiopi.identifiers import Names, as_day, raw
from qualiopi.web.dates import as_date
from trainings.documents.models import DocumentKind, Issued, Sending
from trainings.facts.enrolments import OfCompany, never_began
from trainings.facts.moments import end_of
from trainings.facts.rows import NOBODY, People
from trainings.facts.scope import Scope
from trainings.sessions.models import Enrolment, EnrolmentState

_AGREEMENT, _CONTRACT, _END = DocumentKind.AGREEMENT.value, DocumentKind.CONTRACT.value, "end"
_AT_THE_END = (DocumentKind.COMPLETION, DocumentKind.ATTESTATION)


@dataclass(slots=True)
class Signed:
    """What is signed for one session: for all of it, by company, and by how many people for themselves."""

    whole_on: date | None = None
    by_company: dict[str, date] | None = None
    people: People = NOBODY


@dataclass(frozen=True, slots=True)
class Papers:
    """Everything issued, by session."""

    signed: Mapping[str, Signed]
    certified: Mapping[str, People]
    told: Mapping[str, People]


def read_papers(scope: Scope, names: Names, *, until: date) -> Papers:
    """Two queries; what was cancelled by that day counts for nothing."""
    signed: defaultdict[str, Signed] = defaultdict(Signed)
    certified: dict[str, People] = {}
    is_signed = Q(signed_on__lte=until)
    gone = _people(scope).exclude(state=EnrolmentState.ENROLLED)
    withdrawn = never_began(scope)
    rows = (
        scope.of(Issued)
        .filter(
            Q(cancelled_at__isnull=True) | Q(cancelled_at__gte=end_of(until)),
            kind__in=(_AGREEMENT, _CONTRACT, *_AT_THE_END),
            issued_on__lte=until,
        )
        .annotate(purpose=Case(When(kind__in=_AT_THE_END, then=Value(_END)), default=F("kind"), output_field=CharField()))
        .order_by()
        .values_list(raw("session_id"), raw("company_id"), "purpose")
        .annotate(
            people=Count("enrolment", distinct=True, filter=~Q(enrolment__in=gone)),
            last_issued_on=Max("issued_on", output_field=TextField()),
            signing=Count("enrolment", distinct=True, filter=is_signed & ~Q(enrolment__in=withdrawn)),
            last_signed_on=Max("signed_on", filter=is_signed & Q(enrolment__isnull=False), output_field=TextField()),
            first_signed_on=Min("signed_on", filter=is_signed & Q(enrolment__isnull=True), output_field=TextField()),
        )
    )
    for session, company, purpose, people, last_issued_on, signing, last_signing_on, first_signed_on in rows:
        name = names[session]
        issued_on, last_signed_on, signed_on = as_day(last_issued_on), as_day(last_signing_on), as_day(first_signed_on)
        if purpose == _END:
            before = certified.get(name, NOBODY)
            certified[name] = People(before.number + people, max(filter(None, (before.last_on, issued_on)))) if people else before
            continue
        found = signed[name]
        if signing:
            found.people = People(found.people.number + signing, max(filter(None, (found.people.last_on, last_signed_on))))
        if signed_on is None:
            continue
        if company is not None:
            found.by_company = {**(found.by_company or {}), names[company]: signed_on}
        elif found.whole_on is None or signed_on < found.whole_on:
            found.whole_on = signed_on
    return Papers(signed=signed, certified=certified, told=_told(scope, names, until))


def people_agreed(signed: Signed, companies: Mapping[str, OfCompany], *, owed: int) -> People:
    """How many of the ``owed`` people of a session are covered by a signature: of their company, of their own, or of the session's."""
    if signed.whole_on is not None:
        return People(owed, signed.whole_on)
    through = {company: day for company, day in (signed.by_company or {}).items() if company in companies}
    days = [*through.values(), *([signed.people.last_on] if signed.people.last_on else [])]
    covered = sum(companies[company].enrolled - companies[company].cpf for company in through)
    return People(signed.people.number + covered, max(days, default=None))


def _told(scope: Scope, names: Names, until: date) -> dict[str, People]:
    """People to whom joining instructions left. The first sending of each counts: sending again spoils nothing."""
    earlier = Sending.objects.filter(document=OuterRef("document"), sent_at__lt=OuterRef("sent_at"))
    rows = (
        scope.of(Sending, "document__session", "document__organisation")
        .filter(
            ~Exists(earlier),
            Q(document__cancelled_at__isnull=True) | Q(document__cancelled_at__gte=end_of(until)),
            document__kind=DocumentKind.CONVOCATION,
            sent_at__lt=end_of(until),
        )
        .exclude(document__enrolment__in=never_began(scope))
        .order_by()
        .values_list(raw("document__session_id"))
        .annotate(people=Count("document__enrolment", distinct=True), last_at=Max("sent_at"))
    )
    return {names[session]: People(people, as_date(last_at)) for session, people, last_at in rows}


def _people(scope: Scope) -> QuerySet[Enrolment, Any]:
    """The keys of enrolments, to leave some out: a few are looked up faster in a set than everybody in their table."""
    found: QuerySet[Enrolment, Any] = scope.of(Enrolment).order_by().values("pk")
    return found
