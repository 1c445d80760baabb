"""Connection reports: kept, matched with people, reported on the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.exchange.reading import Note, NoteKind, UnreadableFile
from qualiopi.files.errors import RefusedFile
from qualiopi.files.kinds import CSV, ODS, TEXT, XLS, XLSX
from qualiopi.files.verbs import all_or_nothing, receive
from qualiopi.imports.kept import refusal_of
from qualiopi.journal.verbs import record
from qualiopi.text import person_key
from trainings.attendance.models import Connection, ConnectionReport, Mark, MarkKind, MarkMethod
from trainings.attendance.moments import begins, ends
from trainings.attendance.queries.grid import expected_people
from trainings.attendance.queries.remote import minutes_by_person
from trainings.attendance.reports import Seen, Stretch, read_report
from trainings.attendance.verbs.lines import NewLine, append, lock
from trainings.attendance.verbs.refusals import check_begun, check_session
from trainings.people.queries import known_as
from trainings.sessions.models import Enrolment, HalfDay

REPORTS = frozenset({CSV, TEXT, XLSX, XLS, ODS})
# What the column of minutes holds.
LONGEST = 32_767


def file_report(*, half_day: HalfDay, upload: File[Any], actor: User | None) -> ConnectionReport:
    """Keep a report of a meeting tool for a half-day, and match the people it shows by address, else by name.

    Somebody who cannot be told from another one is left to be matched by hand; what was left out or doubted is kept beside (`notes`).
    Nothing is on the register yet. Raises ValidationError when the session is over, before the half-day, or for a table that is not a
    report of it. `actor` is None for commands. Writes the journal.
    """
    check_session(half_day.session)
    check_begun(half_day, timezone.now())
    others = HalfDay.objects.filter(session=half_day.session_id, day=half_day.day).exclude(pk=half_day.pk)
    elsewhere = [(begins(other), ends(other)) for other in others]
    try:
        read = read_report(upload, half_day, elsewhere)  # type: ignore[arg-type]
    except UnreadableFile as error:
        raise ValidationError({"file": error.sentence}) from error
    upload.seek(0)
    guesses = _Guesses(expected_people(half_day.session).prefetch_related("trainee__former_identities"))
    matched = [(seen, guesses.of(seen)) for seen in read.people]
    with all_or_nothing():
        try:
            stored = receive(organisation=half_day.organisation, upload=upload, actor=actor, allowed=REPORTS)
        except RefusedFile as error:
            # A report is a table: what is said of a document does not help.
            raise ValidationError({"file": refusal_of(error).sentence}) from error
        with transaction.atomic():
            stored.save()
            report = ConnectionReport.objects.create(
                organisation=half_day.organisation,
                half_day=half_day,
                tool=read.tool,
                file=stored,
                created_by=actor,
                notes=[note.as_dict() for note in (*read.notes, *guesses.notes)],
            )
            Connection.objects.bulk_create(_connection(report, seen, enrolment, elsewhere) for seen, enrolment in matched)
            record(
                verb="attendance.report_filed",
                actor=actor,
                organisation_id=half_day.organisation_id,
                target=half_day,
                details={"tool": read.tool, "people": len(read.people)},
            )
    return report


def _connection(report: ConnectionReport, seen: Seen, enrolment: Enrolment | None, elsewhere: list[Stretch]) -> Connection:
    joined, left = seen.span or (None, None)
    return Connection(
        report=report,
        seen_name=seen.name[:200],
        seen_email=seen.email[:254],
        joined_at=joined,
        left_at=left,
        stretches=[[start.isoformat(), end.isoformat()] for start, end in sorted(seen.stretches)],
        waited_minutes=min(LONGEST, seen.waited_minutes),
        minutes=min(LONGEST, seen.told_minutes),
        kept_minutes=seen.minutes(begins(report.half_day), ends(report.half_day), elsewhere),
        enrolment=enrolment,
    )


class _Guesses:
    """Whom each person seen is believed to be, and what was doubted (`notes`)."""

    def __init__(self, people: Iterable[Enrolment]) -> None:
        self.by_email: dict[str, list[Enrolment]] = {}
        self.by_name: dict[str, list[Enrolment]] = {}
        self.notes: list[Note] = []
        for enrolment in people:
            names, emails = known_as(enrolment.trainee)
            for name in names:
                self.by_name.setdefault(name, []).append(enrolment)
            for email in emails:
                self.by_email.setdefault(email, []).append(enrolment)

    def of(self, seen: Seen) -> Enrolment | None:
        """The one person of that address, else of that name; None as soon as somebody else may be meant.

        An address that several people of the report share says nothing; one whose name is another trainee's contradicts itself.
        """
        named = self._named(seen)
        mailed = self.by_email.get(seen.email, []) if seen.email and not seen.shared else []
        if len(mailed) == 1 and named and mailed[0] not in named:
            sentence = _("%(name)s : l’adresse %(email)s est celle de %(other)s. Dites qui c’est.")
            told = {"name": seen.name, "email": seen.email, "other": mailed[0].trainee}
            self.notes.append(Note(NoteKind.DOUBT, sentence % told))
            return None
        if len(mailed) == 1:
            return mailed[0]
        return named[0] if len(named) == 1 else None

    def _named(self, seen: Seen) -> list[Enrolment]:
        """Who is enrolled under one of the names shown: the last is the most official."""
        for name in reversed(seen.names):
            if found := self.by_name.get(person_key(name, "")):
                return found
        return []


def match_report(*, report: ConnectionReport, chosen: Mapping[int, tuple[UUID | None, int]], actor: User) -> None:
    """Correct by hand whom a report shows: by connection, the enrolment (None: nobody) and the minutes kept.

    Raises ValidationError once the report is on the register, for somebody who is not enrolled, or for more minutes than the half-day
    has. Writes the journal when something changed.
    """
    people = set(expected_people(report.half_day.session).values_list("pk", flat=True))
    with transaction.atomic():
        locked = ConnectionReport.objects.select_for_update().get(pk=report.pk)
        if locked.applied_at is not None:
            raise ValidationError(_("Ce relevé est déjà reporté : corrigez la ligne de la personne sur l’émargement."))
        changed: list[str] = []
        corrected: list[Connection] = []
        for connection in Connection.objects.filter(report=report, pk__in=chosen):
            enrolment, minutes = chosen[connection.pk]
            if enrolment is not None and enrolment not in people:
                raise ValidationError(_("Cette personne n’est pas inscrite à cette session."))
            if not 0 <= minutes <= report.half_day.minutes:
                raise ValidationError(_("On ne suit pas plus de minutes que la demi-journée n’en compte."))
            if (connection.enrolment_id, connection.kept_minutes) != (enrolment, minutes):
                changed += [f"who-{connection.pk}"] if connection.enrolment_id != enrolment else []
                changed += [f"minutes-{connection.pk}"] if connection.kept_minutes != minutes else []
                connection.enrolment_id, connection.kept_minutes, connection.by_hand = enrolment, minutes, True
                corrected.append(connection)
        Connection.objects.bulk_update(corrected, ["enrolment", "kept_minutes", "by_hand"])
        if changed:
            record(
                verb="attendance.report_matched",
                actor=actor,
                organisation_id=report.organisation_id,
                target=report,
                # Named as on the page, where somebody else may have it open.
                details={"fields": changed},
            )


@dataclass(frozen=True, slots=True)
class Applied:
    """Lines that a report added: people present, lines completed with their minutes, people absent."""

    present: int
    completed: int
    absent: int


def apply_report(*, report: ConnectionReport, actor: User, absent_too: bool = False, address: str = "") -> Applied:
    """Put a report on the register: one line per person matched, with the minutes kept; once.

    Who signed already gets a line that completes the signature with the minutes. `absent_too`: who is not connected during the
    half-day, and of whom nothing is said, is noted absent: not in the report, or in its waiting room alone. Raises ValidationError when
    it was done before, when nobody is matched or the session is over. Writes the journal.
    """
    half_day = report.half_day
    check_session(half_day.session)
    now = timezone.now()
    with transaction.atomic():
        chain = lock(half_day.session, [half_day])
        locked = ConnectionReport.objects.select_for_update().get(pk=report.pk)
        if locked.applied_at is not None:
            raise ValidationError(_("Ce relevé est déjà reporté sur l’émargement : il n’y a rien à refaire."))
        followed = {person: minutes for person, minutes in minutes_by_person(report).items() if minutes}
        if not followed:
            raise ValidationError(_("Personne n’est encore rapproché : dites d’abord qui est qui."))
        known = {mark.enrolment_id: mark for mark in Mark.objects.filter(half_day=half_day, superseded_by=None, trainer=None)}
        told: dict[str, Any] = {
            "half_day": half_day,
            "method": MarkMethod.CONNECTION,
            "file": report.file,
            "made_by": actor,
            "address": address,
        }
        lines, completed = [], 0
        for person, minutes in followed.items():
            before = known.get(person)
            if before is not None and (before.kind != MarkKind.PRESENT or before.minutes is not None):
                continue
            completed += before is not None
            why = _("Relevé de connexion %(tool)s") % {"tool": report.tool} if before else ""
            lines.append(
                NewLine(
                    kind=MarkKind.PRESENT,
                    enrolment=person,
                    minutes=minutes,
                    signed_at=min(now, ends(half_day)),
                    supersedes=before,
                    reason=why,
                    **told,
                )
            )
        present = len(lines) - completed
        absent = [
            enrolment.pk
            for enrolment in (expected_people(half_day.session) if absent_too else [])
            if enrolment.pk not in followed
            and enrolment.pk not in known
            and (enrolment.ended_on is None or half_day.day <= enrolment.ended_on)
        ]
        lines += [NewLine(kind=MarkKind.ABSENT, enrolment=person, signed_at=now, **told) for person in absent]
        append(chain, half_day.session, lines)
        ConnectionReport.objects.filter(pk=report.pk).update(applied_at=now)
        details = {"present": present, "completed": completed, "absent": len(absent)}
        record(
            verb="attendance.report_applied",
            actor=actor,
            organisation_id=report.organisation_id,
            target=half_day,
            details=details,
        )
    return Applied(present, completed, len(absent))
