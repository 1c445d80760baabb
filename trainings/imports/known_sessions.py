"""Sessions that were there before the table: what it changes in them is told, kept in the journal, and followed by what hangs on dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.exchange.models import ImportRun
from qualiopi.journal.verbs import Noted, record_each
from trainings.sessions.models import HalfDay, Session, SessionState
from trainings.sessions.queries import Said, laid, papers_of_each
from trainings.sessions.telling import consequences, new_values
from trainings.sessions.verbs.dates import Moved, follow_each, values_changed

# What a session said of itself before, when the table names it.
_SAID = ("starts_on", "ends_on", "duration_hours", "modality", "place")


def closed_words(session: Session) -> str:
    """Why a line cannot change a closed session."""
    return _("La session %(reference)s est close : son dossier ne change plus. Rouvrez-la d’abord, en disant pourquoi.") % {
        "reference": session.reference
    }


def moved_sessions(changed: Iterable[tuple[Session, Mapping[str, Any]]], *, reason: str) -> list[Moved]:
    """Sessions whose dates, hours, place, modality or state are new, with what they said before. One query.

    `changed`: each session with its former values by attribute, as far as they were other ones; `reason` is kept with a change of state.
    """
    touched = [(session, former) for session, former in changed if any(name in former for name in (*_SAID, "state"))]
    half_days: dict[Any, list[HalfDay]] = {}
    for half_day in HalfDay.objects.filter(session__in=[session for session, _former in touched]):
        half_days.setdefault(half_day.session_id, []).append(half_day)
    moved = []
    for session, former in touched:
        starts_on, ends_on, hours, modality, place = (former.get(name, getattr(session, name)) for name in _SAID)
        before = Said(starts_on, ends_on, hours, modality, place, laid(half_days.get(session.pk, ())))
        moved.append(Moved(session, before, str(former.get("state", "")), reason))
    return moved


def sentences_of(moved: Sequence[Moved]) -> list[tuple[Session, str]]:
    """What a person is told before such changes are made: both values, half-days that say otherwise, papers already issued. One query."""
    papers = papers_of_each(each.session for each in moved)
    told = []
    for each in moved:
        session, before = each.session, each.before
        after = Said(session.starts_on, session.ends_on, session.duration_hours, session.modality, session.place, before.laid)
        sentences = [*new_values(before, after), *_new_state(each)]
        if not before.says_as(after):
            sentences += consequences(before, after, papers.get(session.pk, []))
        told += [(session, sentence) for sentence in sentences]
    return told


def keep_changes(
    changed: Iterable[tuple[Session, Iterable[str]]], moved: Sequence[Moved], *, run: ImportRun, actor: User | None
) -> None:
    """Once saved: links and steps follow, changes of dates and state stay with their reason, the journal keeps both values.

    `changed`: every session with the names of what changed; `moved`: those among them of which `moved_sessions` had to tell.
    """
    follow_each(moved, actor=actor)
    values = {each.session.pk: values_changed(each.before, each.session) for each in moved}
    record_each(
        verb="session.imported",
        actor=actor,
        organisation_id=run.organisation_id,
        subjects=[
            Noted(session, {"fields": sorted(names), "import": run.file.name, **values.get(session.pk, {})})
            for session, names in changed
        ],
    )


def _new_state(moved: Moved) -> list[str]:
    if moved.was in ("", moved.session.state):
        return []
    return [
        _("État de la session : %(now)s, au lieu de : %(then)s.")
        % {"now": SessionState(moved.session.state).label, "then": SessionState(moved.was).label}
    ]
