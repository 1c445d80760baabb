"""For whom a document of a session is issued."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from trainings.documents.models import DocumentKind, Issued
from trainings.documents.wording.kinds import Recipients, facts_of
from trainings.people.models import Company, FunderKind, Subcontractor
from trainings.sessions.models import Enrolment, EnrolmentState, Session, TraineeType


@dataclass(frozen=True, slots=True)
class Target:
    """One document to issue: for a person, a company, a subcontractor, or the whole session when all are None."""

    session: Session
    enrolment: Enrolment | None = None
    company: Company | None = None
    subcontractor: Subcontractor | None = None
    # Whom a company sends.
    people: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What names this target among those of its session, in forms."""
        row = self.enrolment or self.company or self.subcontractor or self.session
        return str(row.pk)

    @property
    def label(self) -> str:
        """Who it is, in words."""
        if self.enrolment is not None:
            return str(self.enrolment.trainee)
        return str(self.company or self.subcontractor or self.session)


def key_of(issued: Issued) -> str:
    """The key of the target that a document was issued for."""
    return str(issued.enrolment_id or issued.company_id or issued.subcontractor_id or issued.session_id)


def people_concerned(session: Session, kind: str) -> QuerySet[Enrolment]:
    """Whom a personal document of this kind is for, by name, with their companies.

    Whoever withdrew is told nothing more; whoever left on the way has followed something, which is certified. A contract is for
    people who enrol by themselves: neither a company nor the CPF (whose general terms stand for a contract) pays.
    """
    people: QuerySet[Enrolment] = (
        session.enrolments.exclude(state=EnrolmentState.WITHDRAWN)
        .select_related("trainee", "company")
        .order_by("trainee__last_name", "trainee__first_name", "pk")
    )
    if kind == DocumentKind.CONTRACT:
        alone = Q(has_company=False, has_company__isnull=False) | Q(trainee_type=TraineeType.INDIVIDUAL)
        cpf = session.enrolments.filter(fundings__funder__kind=FunderKind.CPF)
        people = people.filter(alone, company__isnull=True).exclude(pk__in=cpf.values("pk"))
    if kind in (DocumentKind.CONVOCATION, DocumentKind.CONTRACT):
        people = people.filter(state=EnrolmentState.ENROLLED)
    return people


def targets_of(session: Session, kind: str) -> list[Target]:
    """Everybody a document of this kind is for, in one query."""
    recipients = facts_of(kind).recipients
    if recipients is Recipients.PERSON:
        return [Target(session, enrolment=enrolment) for enrolment in people_concerned(session, kind)]
    if recipients is Recipients.COMPANY:
        if session.run_for:
            # The client signs with the companies; our own contract is the one by which it gives us the session.
            return []
        enrolled = session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).filter(company__isnull=False)
        sent: dict[Company, list[str]] = {}
        for each in enrolled.select_related("trainee", "company").order_by(
            "company__name", "company", "trainee__last_name", "pk"
        ):
            if each.company is not None:
                sent.setdefault(each.company, []).append(str(each.trainee))
        return [Target(session, company=company, people=tuple(people)) for company, people in sent.items()]
    if recipients is Recipients.SUBCONTRACTOR:
        return [Target(session, subcontractor=session.given_to)] if session.given_to is not None else []
    return [Target(session)]


def counts_of_targets(session: Session) -> dict[str, int]:
    """How many documents of each kind a session calls for, in three queries."""
    people = people_concerned(session, DocumentKind.COMPLETION)
    counts = {
        Recipients.SESSION: 1,
        Recipients.SUBCONTRACTOR: 1 if session.given_to_id else 0,
        Recipients.PERSON: people.count(),
    }
    called: dict[str, int] = {}
    for kind in DocumentKind:
        recipients = facts_of(kind).recipients
        if kind is DocumentKind.CONTRACT or kind is DocumentKind.CONVOCATION:
            called[kind.value] = people_concerned(session, kind).count()
        elif recipients is Recipients.COMPANY:
            enrolled = session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).filter(company__isnull=False)
            called[kind.value] = 0 if session.run_for else enrolled.order_by().values("company").distinct().count()
        else:
            called[kind.value] = counts[recipients]
    return called


def uncertain_people(session: Session) -> list[UUID]:
    """Enrolments of which nobody said whether a company is concerned: neither a convention nor a contract is proposed for them."""
    unsaid = session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).filter(company__isnull=True, has_company__isnull=True)
    return list(unsaid.exclude(trainee_type=TraineeType.INDIVIDUAL).values_list("pk", flat=True))
