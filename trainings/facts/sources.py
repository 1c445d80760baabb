"""From which tables the facts of a session are read, and which sessions a row of each is about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import DateField, DateTimeField, Model

from trainings.adaptations.models import AdaptationRequest, Measure
from trainings.attendance.models import FollowUp, Mark
from trainings.catalogue.models import Course, Objective
from trainings.documents.models import Issued, Sending
from trainings.learning.models import ExamResult, Intake, ObjectiveResult, SessionNeed
from trainings.people.models import Funder
from trainings.sessions.models import Enrolment, Funding, HalfDay, Session, SessionTrainer
from trainings.surveys.models import Campaign, Invitation, Response


@dataclass(frozen=True, slots=True)
class Source:
    """A table. ``session``: the way from its rows to their session.

    A row that many sessions share has no such way: ``where`` finds them in SQL, ``s`` being the session and ``{row}`` the row; of these
    only ``columns`` count, and no day.
    """

    model: type[Model]
    session: str = ""
    where: str = ""
    columns: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)

    @property
    def days(self) -> tuple[tuple[str, bool], ...]:
        """Its columns that hold a day, or an instant (then True). A reading may compare any of them with the day it is made."""
        if not self.session:
            return ()
        fields = (field for field in self.model._meta.concrete_fields if isinstance(field, DateField))
        return tuple((field.name, isinstance(field, DateTimeField)) for field in fields)

    def finds(self, row: str) -> str:
        """The SQL condition that the sessions ``s`` of a row meet."""
        if self.where:
            return self.where.format(row=row)
        model, found = self.model, ""
        for number, name in enumerate(self.session.split("__")):
            field = model._meta.get_field("id" if name == "pk" else name)
            column = f'"{field.column}"'  # type: ignore[union-attr]
            parent = f'(SELECT k.{column} FROM "{model._meta.db_table}" k WHERE k."id" = {found})'  # noqa: S608  (our own names)
            found = parent if number else f"{row}.{column}"
            model = field.related_model or model  # type: ignore[assignment]
        return f's."id" = {found}'


SOURCES = (
    Source(Session, "pk"),
    Source(SessionTrainer, "session"),
    Source(HalfDay, "session"),
    Source(Enrolment, "session"),
    Source(Funding, "enrolment__session"),
    Source(Intake, "enrolment__session"),
    Source(SessionNeed, "session"),
    Source(AdaptationRequest, "enrolment__session"),
    Source(Measure, "request__enrolment__session"),
    Source(Mark, "session"),
    Source(FollowUp, "enrolment__session"),
    Source(ObjectiveResult, "enrolment__session"),
    Source(ExamResult, "enrolment__session"),
    Source(Issued, "session"),
    Source(Sending, "document__session"),
    Source(Campaign, "session"),
    Source(Invitation, "campaign__session"),
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
