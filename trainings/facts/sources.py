"""From which tables facts are read, and which sessions or organisations a row of each is about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import DateTimeField, Model

from qualiopi.accounts.models import User
from qualiopi.organisations.models import ActivityProfile, CertifierAudit, Member, Organisation
from trainings.adaptations.models import AdaptationRequest, Measure
from trainings.attendance.models import FollowUp, Mark
from trainings.catalogue.models import Accreditation, Course, Objective, Programme, PublicSheet, Sequence, Skill
from trainings.documents.models import Issued, Sending
from trainings.learning.models import ExamResult, Intake, ObjectiveResult, PublishedRates, SessionNeed
from trainings.people.models import Company, Funder, Subcontract, Subcontractor, SubcontractorReview, Trainer, TrainerRecord
from trainings.sessions.models import Enrolment, Funding, HalfDay, Session, SessionTrainer
from trainings.surveys.models import Campaign, Invitation, Response


@dataclass(frozen=True, slots=True)
class Source:
    """A table. ``session``: the way from its rows to their session; ``compared``: those of its days that a reading compares with the day
    it is made.

    A row that many sessions share has no such way: ``where`` finds them in SQL, ``s`` being the session and ``{row}`` the row; of these
    only ``columns`` count, and no day.
    """

    model: type[Model]
    session: str = ""
    compared: tuple[str, ...] = ()
    where: str = ""
    columns: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)

    @property
    def days(self) -> tuple[tuple[str, bool], ...]:
        """The columns compared, each with True when it holds an instant."""
        return tuple((name, isinstance(self.model._meta.get_field(name), DateTimeField)) for name in self.compared)

    def finds(self, row: str) -> str:
        """The SQL condition that the sessions ``s`` of a row meet."""
        return self.where.format(row=row) if self.where else f's."id" = {_reached(self.model, self.session, row)}'


@dataclass(frozen=True, slots=True)
class Shared:
    """A table read beside the sessions of an organisation. ``organisation``: the way from its rows to it; empty: every one reads them.

    ``columns``: those that count, all of them when empty.
    """

    model: type[Model]
    organisation: str = "organisation"
    columns: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)

    def finds(self, row: str) -> str:
        """The SQL condition that the organisations ``o`` of a row meet."""
        return f'o."id" = {_reached(self.model, self.organisation, row)}' if self.organisation else "1 = 1"


def _reached(model: type[Model], way: str, row: str) -> str:
    """The SQL of the key at the end of a way of foreign keys from a row."""
    found = ""
    for number, name in enumerate(way.split("__")):
        field = model._meta.get_field("id" if name == "pk" else name)
        column = f'"{field.column}"'  # type: ignore[union-attr]
        parent = f'(SELECT k.{column} FROM "{model._meta.db_table}" k WHERE k."id" = {found})'  # noqa: S608  (our own names)
        found = parent if number else f"{row}.{column}"
        model = field.related_model or model  # type: ignore[assignment]
    return found


SOURCES = (
    Source(Session, "pk"),
    Source(SessionTrainer, "session"),
    Source(HalfDay, "session", compared=("day",)),
    Source(Enrolment, "session", compared=("ended_on",)),
    Source(Funding, "enrolment__session"),
    Source(Intake, "enrolment__session", compared=("answered_on", "concluded_on")),
    Source(SessionNeed, "session", compared=("recorded_on",)),
    Source(AdaptationRequest, "enrolment__session", compared=("answered_on", "decided_on")),
    Source(Measure, "request__enrolment__session"),
    Source(Mark, "session", compared=("created_at",)),
    Source(FollowUp, "enrolment__session", compared=("contacted_on",)),
    Source(ObjectiveResult, "enrolment__session", compared=("dated_on",)),
    Source(ExamResult, "enrolment__session", compared=("registered_on", "exam_on")),
    Source(Issued, "session", compared=("issued_on", "signed_on", "cancelled_at")),
    Source(Sending, "document__session", compared=("sent_at",)),
    Source(Campaign, "session"),
    Source(Invitation, "campaign__session", compared=("sent_at", "reminded_at")),
    Source(Response, "campaign__session"),
    # Shared by sessions.
    Source(Objective, where='s."programme_id" = {row}."programme_id"', columns=("programme",)),
    Source(Course, where='s."course_id" = {row}."id"', columns=("required_qualification",)),
    Source(
        Funder,
        where='s."id" IN (SELECT e."session_id" FROM "trainings_funding" f JOIN "trainings_enrolment" e ON e."id" = f."enrolment_id"'
        ' WHERE f."funder_id" = {row}."id")',
        columns=("kind",),
    ),
)
# What is not about one session, or is read of all of them together.
SHARED = [
    Shared(Organisation, "pk"),
    Shared(ActivityProfile),
    Shared(CertifierAudit),
    Shared(Member),
    # Accounts are named beside what they decided.
    Shared(User, "", columns=("full_name", "email")),
    Shared(Course),
    Shared(PublicSheet),
    Shared(Programme),
    Shared(Objective, "programme__organisation"),
    Shared(Sequence, "programme__organisation"),
    Shared(Skill, "programme__organisation"),
    Shared(Sequence.skills.through, "sequence__programme__organisation"),
    Shared(Accreditation),
    Shared(PublishedRates),
    Shared(Trainer),
    Shared(TrainerRecord),
    Shared(Subcontractor),
    Shared(Subcontract),
    Shared(SubcontractorReview),
    Shared(Company),
    Shared(Funder),
]


def watch(*tables: Shared) -> None:
    """Have these tables of a higher floor noted too, from the next `migrate` on. Said when the process starts."""
    SHARED.extend(each for each in tables if each not in SHARED)


def watched() -> list[Source | Shared]:
    """Every table that the database watches."""
    return [*SOURCES, *SHARED]
