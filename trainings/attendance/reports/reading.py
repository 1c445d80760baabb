"""From the rows of a report to the people seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import BinaryIO

from django.utils.translation import gettext as _

from qualiopi.exchange.reading import Note, Row, Rows, UnreadableFile, read_rows
from qualiopi.text import comparison_key
from trainings.attendance.moments import begins, ends
from trainings.attendance.reports import sentences
from trainings.attendance.reports.gathering import ReportLine, gather, trust_activities
from trainings.attendance.reports.hours import Order, Written, cut, settle
from trainings.attendance.reports.layouts import ARRIVED, DEPARTED, TOOLS, YES, Tells
from trainings.attendance.reports.lengths import seconds_of
from trainings.attendance.reports.people import Seen, Stretch
from trainings.attendance.reports.recognising import HOURS, Found, find_lists
from trainings.sessions.models import HalfDay

_GUEST = re.compile(
    r"\s*\((?:invité|invitée|guest|externe|external|extern|non vérifié|unverified|nicht überprüft|gast)\)", re.IGNORECASE
)
_ORIGINAL = re.compile(r"^([^()]{1,200})\(([^()]{1,200})\)\s*$")


@dataclass(frozen=True, slots=True)
class Report:
    """What a report holds: the tool, the people seen, and what there is to tell of it."""

    tool: str
    people: list[Seen]
    notes: list[Note] = field(default_factory=list)


def read_report(file: BinaryIO, half_day: HalfDay, elsewhere: Sequence[Stretch] = ()) -> Report:
    """The people of a report of this half-day, from any of the tools of `layouts`.

    Dates that may be read both ways are read as the day of the half-day, all of them or none. `elsewhere`: the other half-days of the
    session. Raises UnreadableFile (a French sentence) for another kind of table, for one of another day, or when nobody is in it.
    """
    lists, notes = find_lists(_sheets(file))
    dated = [found for found in lists if found.layout.tells is not Tells.TOTAL]
    if not dated:
        raise _not_a_report(lists)
    moments = (cut(found.cell(row, role)) for found in dated for row in found.rows for role in HOURS)
    order, doubts = settle([moment for moment in moments if moment], half_day.day)
    reader = _Reader(half_day, order)
    lines = [line for found in dated for line in reader.lines(found)]
    if reader.dayless:
        notes.append(sentences.dayless())
    notes = [*doubts, *reader.notes(), *notes]
    lines, disagreements = trust_activities(lines)
    people, gathered = gather(lines)
    if not any(person.stretches for person in people):
        raise UnreadableFile(_("Ce relevé ne montre personne : exportez le rapport des participants une fois la réunion finie."))
    _check_half_day(people, half_day)
    notes = [
        *gathered,
        *disagreements,
        *sentences.shared_out(people, half_day, elsewhere),
        *sentences.shifted(people, half_day),
        *notes,
    ]
    return Report(dated[0].layout.tool or _("sans outil connu"), people, notes)


def _sheets(file: BinaryIO) -> list[Rows]:
    """Every visible sheet of a file."""
    first = read_rows(file)
    return [first, *(read_rows(file, sheet=name) for name in first.sheets if name != first.sheet)]


def _not_a_report(lists: list[Found]) -> UnreadableFile:
    if lists:
        return UnreadableFile(str(lists[0].layout.again))
    return UnreadableFile(
        _(
            "Ce fichier n’est pas un relevé de connexion : il y manque le nom, l’heure d’arrivée ou celle de départ. "
            "Exportez le rapport des participants de %(tools)s, puis déposez-le tel quel."
        )
        % {"tools": _("%(many)s ou %(last)s") % {"many": ", ".join(TOOLS[:-1]), "last": TOOLS[-1]}}
    )


def _check_half_day(people: list[Seen], half_day: HalfDay) -> None:
    """Raise UnreadableFile when nobody was there during the half-day."""
    start, end = begins(half_day), ends(half_day)
    if any(person.minutes(start, end) for person in people):
        return
    first = min(joined for person in people for joined, _left in person.stretches)
    raise UnreadableFile(
        _(
            "Ce relevé est celui du %(day)s : personne n’y est connecté pendant cette demi-journée. "
            "Choisissez l’autre demi-journée, ou l’autre fichier ; si les heures sont décalées, réglez l’outil sur votre heure locale "
            "et exportez de nouveau."
        )
        % {"day": f"{first.astimezone(start.tzinfo):%d/%m/%Y}"}
    )


class _Reader:
    """Reads rows, all dates in one order, and remembers what it left out."""

    def __init__(self, half_day: HalfDay, order: Order) -> None:
        self.half_day, self.order = half_day, order
        self.dayless = False
        self.unreadable: list[int] = []
        self.away: list[str] = []
        self.open: list[str] = []

    def lines(self, found: Found) -> list[ReportLine]:
        """What each row of a list tells."""
        if found.layout.tells is Tells.EVENT:
            return self._stays(found)
        lines = []
        for row in found.rows:
            line = self._line(found, row)
            if line is not None:
                lines.append(line)
        return lines

    def notes(self) -> list[Note]:
        """What was left out, and what the report does not say."""
        return [*sentences.left_out(self.unreadable), *sentences.never_came(self.away), *sentences.still_there(self.open)]

    def _line(self, found: Found, row: Row) -> ReportLine | None:
        name, names = _names(found, row)
        email = found.text(row, "email").lower() or found.text(row, "account").lower()
        email = email if "@" in email else ""
        if "attended" in found.places and comparison_key(found.text(row, "attended")) not in YES:
            self.away.append(name or email)
            return None
        joined, left = self._moment(found, row, "joined"), self._moment(found, row, "left")
        length = seconds_of(found.cell(row, "duration"), found.words.get("duration", ""))
        if "moderator" in found.places and not found.text(row, "moderator"):
            return None  # BigBlueButton: the answers to an anonymous poll, on a last row that is nobody's
        if joined is not None and left is None and length is not None and found.layout.tells is Tells.SPAN:
            left = joined + timedelta(seconds=length)
            self.open.append(name or email)
        if not (name or email) or joined is None or left is None or left < joined:
            self.unreadable.append(row.line)
            return None
        waiting = comparison_key(found.text(row, "waiting")) in YES
        lasted = (left - joined).total_seconds()
        return ReportLine(
            name=name or email,
            names=names or (email,),
            email=email,
            stretch=(joined, left),
            told=lasted if length is None else length,
            waiting=waiting,
            whole=found.layout.tells is Tells.SPAN,
        )

    def _stays(self, found: Found) -> list[ReportLine]:
        """Arrivals and departures put together, by name; who has not left stays until the last thing that the list tells."""
        events: list[tuple[datetime, bool, Row]] = []
        for row in found.rows:
            at, action = self._moment(found, row, "at"), comparison_key(found.text(row, "action"))
            if at is None or not (action in ARRIVED or action in DEPARTED) or not found.text(row, "name"):
                self.unreadable.append(row.line)
            else:
                events.append((at, action in ARRIVED, row))
        lines: list[ReportLine] = []
        there: dict[str, tuple[datetime, Row]] = {}
        for at, arrived, row in sorted(events, key=lambda event: event[0]):
            name = found.text(row, "name")
            if arrived:
                there.setdefault(name, (at, row))
            elif name in there:
                lines.append(_stay(found, there.pop(name), at))
            else:
                self.unreadable.append(row.line)
        for name, begun in there.items():
            self.open.append(name)
            lines.append(_stay(found, begun, max(at for at, _arrived, _row in events)))
        return lines

    def _moment(self, found: Found, row: Row, role: str) -> datetime | None:
        written = cut(found.cell(row, role))
        if written is None:
            return None
        self.dayless = self.dayless or _has_no_day(written)
        return written.at(self.order, self.half_day.day, found.zone)


def _has_no_day(written: Written) -> bool:
    return written.numbers is None and written.day is None


def _stay(found: Found, begun: tuple[datetime, Row], left: datetime) -> ReportLine:
    joined, row = begun
    name, names = _names(found, row)
    return ReportLine(name, names, "", (joined, left), (left - joined).total_seconds(), waiting=False, whole=False)


def _names(found: Found, row: Row) -> tuple[str, tuple[str, ...]]:
    """The name to show, then each name by which somebody may be known: displayed, in brackets (the account's), first and last."""
    full = (
        " ".join(filter(None, (found.text(row, "first_name"), found.text(row, "last_name"))))
        if "first_name" in found.places
        else ""
    )
    displayed = _GUEST.sub("", found.text(row, "name")).strip()
    bracketed = _ORIGINAL.match(displayed)
    names = (bracketed[1].strip(), bracketed[2].strip()) if bracketed else (displayed,)
    if full and comparison_key(full) not in map(comparison_key, names):
        names = (*names, full)
    return full or displayed, tuple(name for name in names if name)
