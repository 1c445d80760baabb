"""Reading the reports of online meeting tools: who was connected, from when to when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.exchange.reading import Table, UnreadableFile, read_table
from qualiopi.exchange.values import CellError, parse_date, parse_moment
from qualiopi.text import comparison_key
from trainings.attendance.moments import begins, ends
from trainings.sessions.models import HalfDay

# How Zoom and Teams call the same columns, in French and in English, compared without accents nor punctuation.
COLUMNS = {
    "name": ("name original name", "nom nom original", "nom d origine", "name", "nom", "full name", "nom complet"),
    "email": ("user email", "e mail", "email", "adresse e mail", "e mail de l utilisateur", "participant id upn"),
    "joined": (
        "join time",
        "heure d arrivee",
        "heure de connexion",
        "premiere connexion",
        "first join",
        "premier acces",
        "heure d entree",
    ),
    "left": ("leave time", "heure de depart", "heure de deconnexion", "derniere deconnexion", "last leave", "dernier depart"),
    "duration": ("duration minutes", "duree minutes", "duree dans la reunion", "in meeting duration", "duree", "duration"),
}
KNOWN = frozenset(name for names in COLUMNS.values() for name in names)
TOOLS = {
    "zoom": ("join time", "heure d arrivee", "heure d entree"),
    "teams": ("premiere connexion", "first join", "premier acces"),
}
_GUEST = re.compile(r"\s*\((?:invité|invitée|guest|externe|external|non vérifié|unverified)\)", re.IGNORECASE)
_ORIGINAL = re.compile(r"^(.*?)\s*\((.+)\)\s*$")
# « 11/20/2026 09:01:30 AM », « Nov 20, 2026 9:01 AM », « 20 nov. 2026 à 09:01:30 ».
_DAY_AND_HOUR = re.compile(r"^(.*?\d)[,\s]+(?:à\s+)?(\d{1,2}[:hH].*)$")
_NUMBERS = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$")
_SPELLED = re.compile(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in|n)?)?\s*(?:(\d+)\s*s(?:ec)?)?", re.IGNORECASE)


@dataclass(slots=True)
class Seen:
    """Somebody whom a report shows: the names and address displayed, and every stretch of connection."""

    name: str
    names: tuple[str, ...]
    email: str
    stretches: list[tuple[datetime, datetime]] = field(default_factory=list)
    told_minutes: int = 0

    def minutes(self, start: datetime, end: datetime) -> int:
        """Minutes connected between two moments: overlapping connections count once, and never more than the tool tells."""
        together = union_minutes(self.stretches, start, end)
        return min(together, self.told_minutes) if self.told_minutes else together


def union_minutes(stretches: Sequence[tuple[datetime, datetime]], start: datetime, end: datetime) -> int:
    """Whole minutes that these stretches cover between two moments, each counted once."""
    covered, reached = timedelta(), start
    for joined, left in sorted(stretches):
        joined, left = max(joined, reached), min(left, end)
        if left > joined:
            covered += left - joined
            reached = left
    return round(covered.total_seconds() / 60)


@dataclass(frozen=True, slots=True)
class Report:
    """What a report holds: the tool, and the people seen."""

    tool: str
    people: list[Seen]


def read_report(file: BinaryIO, half_day: HalfDay) -> Report:
    """The people of a Zoom or Teams report of this half-day.

    A date that may be read both ways is read as the day of the half-day. Raises UnreadableFile (a French sentence) for another kind of
    table, for one of another day, or when nobody is in it.
    """
    table = read_table(file, known=KNOWN)
    columns = _columns(table)
    if not {"name", "joined", "left"} <= columns.keys():
        raise UnreadableFile(
            _(
                "Ce fichier n’est pas un relevé de connexion : il y manque le nom, l’heure d’arrivée ou celle de départ. "
                "Exportez le rapport des participants de Zoom ou de Teams."
            )
        )
    seen: dict[str, Seen] = {}
    for row in table.rows:
        values = {key: row.values[place] for key, place in columns.items()}
        name = " ".join(str(values["name"] or "").split())
        joined, left = _moment(values["joined"], half_day), _moment(values["left"], half_day)
        if not name or joined is None or left is None or left < joined:
            continue
        email = str(values.get("email") or "").strip().lower()
        names = _names(name)
        person = seen.setdefault(email or names[-1].casefold(), Seen(_GUEST.sub("", name), names, email))
        person.stretches.append((joined, left))
        person.told_minutes += _minutes(values.get("duration"))
    people = list(seen.values())
    if not people:
        raise UnreadableFile(_("Ce relevé ne montre personne : exportez le rapport des participants une fois la réunion finie."))
    if not any(person.minutes(begins(half_day), ends(half_day)) for person in people):
        first = min(start for person in people for start, _left in person.stretches)
        raise UnreadableFile(
            _(
                "Ce relevé est celui du %(day)s : personne n’y est connecté pendant cette demi-journée. "
                "Choisissez l’autre demi-journée, ou l’autre fichier."
            )
            % {"day": f"{first:%d/%m/%Y}"}
        )
    return Report(_tool(table), people)


def _columns(table: Table) -> dict[str, int]:
    keys = [comparison_key(label) for label in table.labels]
    return {
        column: keys.index(found)
        for column, names in COLUMNS.items()
        if (found := next((name for name in names if name in keys), None)) is not None
    }


def _tool(table: Table) -> str:
    keys = {comparison_key(label) for label in table.labels}
    return next((tool.capitalize() for tool, marks in TOOLS.items() if keys & set(marks)), _("relevé"))


def _names(displayed: str) -> tuple[str, ...]:
    """The name displayed, then the one in brackets (the name of the account), without what tools add."""
    plain = _GUEST.sub("", displayed).strip()
    bracketed = _ORIGINAL.match(plain)
    return (bracketed[1], bracketed[2]) if bracketed else (plain,)


def _moment(value: object, half_day: HalfDay) -> datetime | None:
    """A moment as tools write it; None when it is not one.

    The day comes before the month or after it, as the account that exports has it: the day of the half-day tells which.
    """
    read = [moment for moment in map(_parsed, _spellings(value)) if moment is not None]
    same_day = [moment for moment in read if timezone.localdate(moment) == half_day.day]
    return (same_day + read + [None])[0]


def _spellings(value: object) -> list[object]:
    """What was written, then the same with its day and its month the other way round."""
    found = _DAY_AND_HOUR.match(str(value).strip()) if isinstance(value, str) else None
    if found is None:
        return [value]
    try:
        days = [f"{parse_date(found[1]):%d/%m/%Y}"]
    except CellError:
        days = []
    if numbers := _NUMBERS.match(found[1]):
        days.append(f"{numbers[2]}/{numbers[1]}/{numbers[3]}")
    return [f"{day} {found[2]}" for day in days]


def _parsed(value: object) -> datetime | None:
    try:
        return parse_moment(value)
    except CellError:
        return None


def _minutes(value: object) -> int:
    """A duration told in minutes (« 217 ») or in words (« 3 h 36 min 28 s »); 0 when it tells nothing."""
    text = str(value or "").strip()
    if text.isdigit():
        return int(text)
    found = _SPELLED.fullmatch(text)
    if not found or not any(found.groups()):
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return round(hours * 60 + minutes + seconds / 60)
