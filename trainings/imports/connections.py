"""Connection reports from the command line: the half-day is named, then everything goes as on its page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.exchange.outcome import ImportOutcome, PreviewRow
from qualiopi.exchange.reading import Note, NoteKind, UnreadableFile
from qualiopi.files.errors import RefusedFile
from qualiopi.imports.errors import ImportRefusedError
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import long_date
from trainings.attendance.models import Connection, ConnectionReport
from trainings.attendance.verbs import file_report
from trainings.sessions.models import DayPart, HalfDay, Session

PARTS = {"morning": DayPart.MORNING, "afternoon": DayPart.AFTERNOON, "evening": DayPart.EVENING}
HEADINGS = ["name", "email", "minutes", "kept", "waited", "trainee"]


def import_connections(
    *, organisation: Organisation, upload: File[Any], session: str, day: date | None, part: str, actor: User | None
) -> ImportOutcome:
    """Keep a report for one half-day, as its page does: who is who is then checked there, before the register.

    Returns one line per person seen (`HEADINGS`; minutes in all, minutes of the half-day, minutes waited, the trainee recognised) and
    what is told of the file. Raises ImportRefusedError when the half-day is not named, unknown or shut; UnreadableFile for the file.
    """
    half_day = _half_day(organisation, session, day, part)
    try:
        report = file_report(half_day=half_day, upload=upload, actor=actor)
    except RefusedFile as error:
        raise UnreadableFile(str(error)) from error
    except ValidationError as error:
        sentence = " ".join(error.messages)
        raise (UnreadableFile if hasattr(error, "error_dict") else ImportRefusedError)(sentence) from error
    return _told(report)


def _half_day(organisation: Organisation, reference: str, day: date | None, part: str) -> HalfDay:
    if not reference or day is None or part not in PARTS:
        raise ImportRefusedError(
            _(
                "Un relevé de connexion est celui d’une demi-journée : dites-la avec --session RÉFÉRENCE --day AAAA-MM-JJ "
                "--part morning, afternoon ou evening."
            )
        )
    session = Session.objects.for_organisation(organisation).filter(reference=reference).first()
    if session is None:
        raise ImportRefusedError(_("Aucune session n’a la référence « %(reference)s ».") % {"reference": reference})
    half_days = list(HalfDay.objects.filter(session=session).select_related("session", "organisation"))
    for half_day in half_days:
        if (half_day.day, half_day.part) == (day, PARTS[part]):
            return half_day
    raise ImportRefusedError(
        _("La session %(reference)s n’a pas de demi-journée le %(day)s, %(part)s. Ses demi-journées : %(half_days)s.")
        % {
            "reference": reference,
            "day": long_date(day),
            "part": PARTS[part].label,
            "half_days": " ; ".join(str(each) for each in half_days) or _("aucune"),
        }
    )


def _told(report: ConnectionReport) -> ImportOutcome:
    connections = list(report.connections.select_related("enrolment__trainee"))
    matched = sum(connection.enrolment_id is not None for connection in connections)
    summary = _(
        "Relevé de connexion %(tool)s, %(half_day)s : %(people)s vues, %(matched)s reconnues. Vérifiez qui est qui sur la page du relevé, "
        "puis reportez-le sur l’émargement."
    ) % {"tool": report.tool, "half_day": report.half_day, "people": len(connections), "matched": matched}
    return ImportOutcome(
        rows=len(connections),
        created=len(connections),
        counts={"matched": matched, "unmatched": len(connections) - matched},
        notes=[
            Note(NoteKind.READ_AS, summary),
            *(
                Note(NoteKind(told["kind"]), told["sentence"], tuple(told["lines"]), tuple(told["words"]))
                for told in report.notes
            ),
        ],
        preview_headings=HEADINGS,
        preview=[_line(connection) for connection in connections],
    )


def _line(connection: Connection) -> PreviewRow:
    kept, trainee = connection.kept_minutes or 0, str(connection.enrolment.trainee) if connection.enrolment else ""
    words = _("%(name)s : %(kept)s min retenues sur %(minutes)s") % {
        "name": connection.seen_name,
        "kept": kept,
        "minutes": connection.minutes,
    }
    if connection.waited_minutes:
        words += _(", %(waited)s en salle d’attente") % {"waited": connection.waited_minutes}
    words += _(" ; c’est %(trainee)s.") % {"trainee": trainee} if trainee else _(" ; à reconnaître.")
    numbers = (connection.minutes, kept, connection.waited_minutes)
    return PreviewRow(0, [connection.seen_name, connection.seen_email, *map(str, numbers), trainee], words)
