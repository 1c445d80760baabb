"""The sessions of a page, worded: one line each, with what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from evidence.agenda import wording
from evidence.agenda.queries import Agenda, Entry, Place
from evidence.dossiers.moments import Moment
from evidence.dossiers.queries.standing import Standing, standings_of
from evidence.dossiers.telling import Reach
from evidence.dossiers.to_do import to_do_of
from evidence.matrix.queries import Standing as DossierStanding
from evidence.matrix.wording import see_all
from evidence.readiness.expected import mini_of, session_results
from qualiopi.web.charts import mini_strip
from qualiopi.web.dates import period, short_date
from trainings.sessions.models import Session

MOST_FOLDED = 5  # sessions named under a fold

# The look of where a dossier stands; a plain word for the others: a status is an indicator's alone.
_LOOKS: Mapping[DossierStanding, str] = {
    DossierStanding.HOLE: "etat--manque",
    DossierStanding.TO_SETTLE: "etat--manque",
    DossierStanding.COMPLETE: "etat--complet",
    DossierStanding.TO_COME: "doux",
}


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next. `quiet`: nobody has to do anything now."""

    title: str
    when: str = ""
    url: str = ""
    late: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One session, what its dossier lacks and what comes next."""

    url: str
    title: str
    reference: str
    beside: str
    days: str
    first_day: str
    trainers: str
    people: int
    look: str
    dossier: str
    short: str
    strip: SafeString
    step: Step


@dataclass(frozen=True, slots=True)
class Line:
    """One session under a fold."""

    title: str
    reference: str
    days: str
    url: str


@dataclass(frozen=True, slots=True)
class Fold:
    """Sessions that ask for nothing: how many, when, the first of them, and where all of them are."""

    summary: str
    detail: str
    lines: tuple[Line, ...]
    url: str
    more: str


def rows_of(agenda: Agenda, shown: Iterable[tuple[Entry, Session]], *, now: datetime, reach: Reach, show_ways: bool) -> list[Row]:
    """These sessions, worded; what each must do next is read for all of them at once, in a constant number of queries."""
    pairs = list(shown)
    standings = standings_of([session for _entry, session in pairs], agenda.owed, now=now, read=agenda.board)
    results = session_results(agenda.board)
    found = []
    for (entry, session), standing in zip(pairs, standings, strict=True):
        dossier = wording.dossier(entry, session.state, str(session.get_state_display()))
        title, groups = mini_of(str(session.pk), results)
        found.append(
            Row(
                url=reverse("dossiers:session", args=[session.organisation.slug, session.pk]),
                title=session.course.title,
                reference=session.reference,
                beside=_beside(session),
                days=_days(entry),
                first_day=short_date(entry.first) if entry.first else "",
                trainers=", ".join(str(trainer) for trainer in session.trainers.all()),
                people=session.enrolled,  # type: ignore[attr-defined]
                look=_LOOKS[entry.standing] if entry.standing else "doux",
                dossier=dossier,
                short=wording.in_short(entry) or dossier,
                strip=mini_strip(title, groups) if title else SafeString(""),
                step=step_of(standing, reach=reach, show_ways=show_ways),
            )
        )
    return found


def step_of(standing: Standing, *, reach: Reach, show_ways: bool) -> Step:
    """What comes next of one session: the band of its page; else its first gesture; else what its own steps say will come."""
    found = to_do_of(standing, reach=reach, show_ways=show_ways)
    own = reverse("dossiers:session", args=[standing.session.organisation.slug, standing.session.pk])
    settled = standing.moment in (Moment.CALLED_OFF, Moment.CLOSED)
    line = found.band.line if found.band and not settled else next(iter(found.lines), None)
    if line is not None:
        url = line.act.url if line.act is not None and not line.act.posts else own
        return Step(line.title, line.when, url, late=line.late)
    if settled:
        return Step(_("rien"), quiet=True)
    if found.band is not None:
        return Step(found.band.title, "", own if found.band.act.posts else found.band.act.url)
    coming = next((step for step in standing.steps if not step.settled and step.due_on >= standing.today), None)
    if coming is None:
        return Step(_("rien"), quiet=True)
    return Step(coming.label, wording.by(coming.due_on, standing.today), quiet=True)


def _beside(session: Session) -> str:
    """Of what kind, and where."""
    where = Truncator(session.place).chars(40) if session.place else str(session.get_modality_display() or "")
    return " · ".join(part for part in (str(session.get_kind_display() or ""), where) if part)


def folded_of(entries: Iterable[Entry]) -> dict[Place, list[Entry]]:
    """Those that ask for nothing, by place."""
    found: dict[Place, list[Entry]] = {Place.COMPLETE: [], Place.ASIDE: []}
    for entry in entries:
        if entry.place in found:
            found[entry.place].append(entry)
    return {place: kept for place, kept in found.items() if kept}


def fold_of(organisation: str, place: Place, entries: Sequence[Entry], known: Mapping[UUID, Session]) -> Fold:
    """``known``: the sessions of the first ones, by key."""
    named = [(entry, known[entry.key]) for entry in entries[:MOST_FOLDED] if entry.key in known]
    return Fold(
        summary=wording.folded(place, len(entries)),
        detail=wording.from_to(entries),
        lines=tuple(
            Line(
                session.course.title,
                session.reference,
                _days(entry),
                reverse("dossiers:session", args=[organisation, session.pk]),
            )
            for entry, session in named
        ),
        url=reverse("agenda:index", args=[organisation], query={"dossier": place.value}),
        more=see_all(len(entries)) if len(entries) > MOST_FOLDED else "",
    )


def _days(entry: Entry) -> str:
    return period(entry.first, entry.last, short=True) if entry.first and entry.last else ""
