"""Which state a session may take after which: a table, and what the dates alone decide. Nothing is read here, no clock either."""

from __future__ import annotations

from datetime import date

from qualiopi.organisations.enums import Category
from trainings.sessions.models.enrolments import Aim
from trainings.states import CALLED_OFF, NOT_BEGUN
from trainings.states import SessionState as S

# From each state, those that may follow, the most usual one first.
NEXT: dict[S, tuple[S, ...]] = {
    S.DRAFT: (S.PLANNED, S.CANCELLED),
    S.PLANNED: (S.CONFIRMED, S.POSTPONED, S.CANCELLED, S.DRAFT),
    S.CONFIRMED: (S.RUNNING, S.POSTPONED, S.CANCELLED, S.PLANNED),
    S.RUNNING: (S.DONE, S.CANCELLED),
    S.DONE: (S.CLOSED, S.RUNNING),
    S.CLOSED: (S.DONE,),
    S.CANCELLED: (S.PLANNED,),
    S.POSTPONED: (S.PLANNED, S.CANCELLED),
}
# What these states did not let happen stays with its reason; so does coming back from an ending.
_REASON_FROM = frozenset({S.CLOSED, S.CANCELLED})
# Half-days and dates no longer move: the session is over, or does not take place.
FROZEN = frozenset({S.CLOSED, S.CANCELLED})


def may_become(state: str, to: str) -> bool:
    """Whether a session in `state` may become `to`."""
    return S(to) in NEXT[S(state)]


def needs_reason(state: str, to: str) -> bool:
    """Whether this change has to say why."""
    return S(to) in CALLED_OFF or S(state) in _REASON_FROM


def states_by_the_dates(state: str, starts_on: date | None, ends_on: date | None, today: date) -> tuple[S, ...]:
    """The states a session goes through by itself, in order: a confirmed one begins on its first day, is done after the last.

    Empty when the dates change nothing. What nobody confirmed does not begin by itself.
    """
    now = S(state)
    if starts_on is None or now not in (S.CONFIRMED, S.RUNNING) or today < starts_on:
        return ()
    over = today > (ends_on or starts_on)
    if now is S.CONFIRMED:
        return (S.RUNNING, S.DONE) if over else (S.RUNNING,)
    return (S.DONE,) if over else ()


def usual_arrival(starts_on: date | None, ends_on: date | None, *, today: date) -> date | None:
    """The day proposed to whoever is enrolled while the session runs: today. None before it begins, and once it is over."""
    return today if starts_on is not None and starts_on < today <= (ends_on or starts_on) else None


def usual_aim(category: str, *, certifying: bool | None, level: str) -> Aim | str:
    """What people usually follow such a course for (Cerfa 10443*17, frame F-3); empty when the course does not say enough.

    `level`: of the registered certification. A registered CQP counts with the RNCP, with or without a level.
    """
    if category == Category.BC:
        return Aim.ASSESSMENT
    if category == Category.VAE:
        return Aim.VAE
    if certifying is None:
        return ""
    if not certifying:
        return Aim.OTHER
    if not level:
        return ""
    return Aim.RS if level == "rs" else Aim.RNCP


def is_forgotten(state: str, starts_on: date | None, ends_on: date | None, *, today: date) -> bool:
    """Whether its dates have passed and nobody started or cancelled it, as `queries.forgotten` finds it among all."""
    last = ends_on or starts_on
    return S(state) in NOT_BEGUN and last is not None and last < today
