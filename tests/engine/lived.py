"""One session with the work that was done around it, and the mark that an expectation gives it."""

from datetime import date

from tests.engine.builders import (
    course,
    facts,
    judged,
    session,
    work,
)

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 2)  # the days of the builders' session
EIGHT = {"people": 8}


def proof(key, who=None, **fields):
    """The mark of one session (of eight people unless said otherwise) with this work around it."""
    known = facts(sessions=(session(**fields),), courses=(course(certifying=fields.pop("certifying", False)),))
    return judged(key, known, who)


def mark(result):
    return result.marks[0] if result.marks else None


def of_work(key, who=None, *, certifying=False, session_fields=(), **fields):
    known = facts(
        sessions=(session(work=work(FIRST, LAST, **fields), **dict(session_fields)),), courses=(course(certifying=certifying),)
    )
    return judged(key, known, who)
