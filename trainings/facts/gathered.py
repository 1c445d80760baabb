"""What sessions tell, read from everything recorded around them: of a whole organisation, or of some sessions, in as many queries."""

from __future__ import annotations

from datetime import date

from qualiopi.identifiers import Names
from trainings.facts.documents import read_papers
from trainings.facts.enrolments import read_enrolled
from trainings.facts.learning import read_needs, read_results
from trainings.facts.opinions import read_opinions
from trainings.facts.register import read_register
from trainings.facts.rows import Told
from trainings.facts.scope import Scope
from trainings.facts.sessions import Around, read_sessions


def gather_sessions(
    scope: Scope, *, until: date, today: date, absent_half_days: int, row_open_days: int
) -> dict[str, Told | None]:
    """By session, in time order; None for one that nobody dated. Reads only."""
    names = Names()
    around = Around(
        enrolled=read_enrolled(scope, names, until=until, today=today),
        needs=read_needs(scope, names, until=until),
        results=read_results(scope, names, until=until),
        register=read_register(
            scope, names, until=until, today=today, absent_half_days=absent_half_days, row_open_days=row_open_days
        ),
        papers=read_papers(scope, names, until=until),
        opinions=read_opinions(scope, names, until=until),
    )
    return read_sessions(scope, names, around, today=today)
