"""Reading subcontractors, their contracts, and the sessions they were given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from qualiopi.folding import sought
from qualiopi.organisations.models import Organisation
from qualiopi.standard.subcontracting import CpfRules
from trainings.people.cpf import Check, Given, cpf_checks
from trainings.people.models import Funder, FunderKind, Subcontract, Subcontractor


def subcontractors_of(organisation: Organisation, *, search: str = "") -> QuerySet[Subcontractor]:
    """Subcontractors by name, with `session_count`, `trainer_count` and `last_review_on`."""
    rows: QuerySet[Subcontractor] = (
        Subcontractor.objects.for_organisation(organisation)
        .annotate(
            session_count=Count("sessions", distinct=True),
            trainer_count=Count("trainers", distinct=True),
            last_review_on=Max("reviews__held_on"),
        )
        .order_by("name", "pk")
    )
    return sought(rows, search, "found_by")


def subcontract_of(organisation: Organisation, pk: UUID) -> Subcontract:
    """One contract with its subcontractor and its file. Raises Subcontract.DoesNotExist."""
    rows = Subcontract.objects.for_organisation(organisation).select_related("subcontractor", "file")
    found: Subcontract = rows.get(pk=pk)
    return found


def blanks_of(contract: Subcontract) -> tuple[str, ...]:
    """What the law wants written in a contract and this one does not say, in words."""
    said = {
        "missions": bool(contract.missions),
        "content": bool(contract.content),
        "means": bool(contract.means),
        "follow_up": bool(contract.follow_up),
        "valid_until": contract.valid_until is not None,
        "price": bool(contract.price),
    }
    return tuple(str(Subcontract._meta.get_field(name).verbose_name) for name, there in said.items() if not there)  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class GivenSession:
    """A session given to a subcontractor. `checks` is empty unless the CPF pays for somebody in it."""

    id: UUID
    reference: str
    course: str
    first_day: date | None
    last_day: date | None
    contract: str
    paid_by_cpf: bool
    checks: tuple[Check, ...]

    @property
    def unmet(self) -> list[Check]:
        """What the law asks and is not there."""
        return [check for check in self.checks if check.met is False]


def given_sessions(subcontractor: Subcontractor, rules: CpfRules, *, limit: int) -> list[GivenSession]:
    """The last sessions given to a subcontractor, with what the CPF rules ask of them; three queries, whatever their number."""
    contracts = {contract.pk: contract for contract in subcontractor.contracts.all()}
    # Of another: a person of another subcontractor, or one who invoices for themselves.
    foreign = Q(trainers__status="subcontractor") & (
        Q(trainers__subcontractor__isnull=True) | ~Q(trainers__subcontractor=subcontractor)
    )
    rows = (
        subcontractor.sessions.select_related("course")
        .annotate(
            cpf=Count(
                "enrolments",
                filter=Q(enrolments__fundings__funder__kind=FunderKind.CPF) & ~Q(enrolments__state="withdrawn"),
                distinct=True,
            ),
            others=Count("trainers", filter=foreign, distinct=True),
        )
        .order_by("-starts_on", "reference")
    )
    found = []
    for row in rows[:limit]:
        contract = contracts.get(row.subcontract_id) if row.subcontract_id else None
        given = Given(
            first_day=row.starts_on,
            certified_from=subcontractor.certified_from,
            certified_until=subcontractor.certified_until,
            exemption=subcontractor.exemption,
            has_number=bool(subcontractor.activity_number),
            has_contract=contract is not None,
            signed_on=contract.signed_on if contract else None,
            declared_on=contract.declared_on if contract else None,
            no_cascade=bool(contract and contract.no_cascade),
            blanks=blanks_of(contract) if contract else (),
            led_by_another=row.others > 0,
        )
        found.append(
            GivenSession(
                id=row.pk,
                reference=row.reference,
                course=row.course.title,
                first_day=row.starts_on,
                last_day=row.ends_on,
                contract=contract.reference if contract else "",
                paid_by_cpf=row.cpf > 0,
                checks=tuple(cpf_checks(given, rules)) if row.cpf else (),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class CpfShare:
    """What the CPF paid in a year, and how much of it for sessions given away; known only when every amount is."""

    total: Decimal
    given: Decimal

    @property
    def percent(self) -> int:
        """Rounded up: a cap is not met by rounding."""
        return ceil(self.given * 100 / self.total)


def cpf_share(organisation: Organisation, year: int) -> CpfShare | None:
    """Sum the CPF fundings of the sessions that began in a year; None when there are none or when an amount is unknown. One query."""
    rows = (
        Funder.objects.for_organisation(organisation)
        .filter(kind=FunderKind.CPF, fundings__enrolment__session__starts_on__year=year)
        .exclude(fundings__enrolment__state="withdrawn")
        .values_list("fundings__amount", "fundings__enrolment__session__given_to", "fundings__enrolment__state")
    )
    total, given = Decimal(0), Decimal(0)
    for amount, given_to, _state in rows:
        if amount is None:
            return None
        total += amount
        given += amount if given_to else 0
    return CpfShare(total, given) if total else None
