"""From numbers to a result: a share or a count, and what is not known about it."""

from dataclasses import dataclass

from evidence.engine.facts import TightenedThreshold
from evidence.engine.result import Outcome
from qualiopi.standard.expectations import Measure

# One missing subject out of three or more is at risk, never insufficient by itself (practice).
SINGLE_HOLE_FROM = 3
_ROUNDING = 1e-9


def tighten(measure: Measure, own: TightenedThreshold | None) -> Measure:
    """The stricter of ours and the organisation's, limit by limit."""
    if own is None:
        return measure
    demonstrable = max(measure.demonstrable, own.demonstrable)
    return Measure(share=measure.share, demonstrable=demonstrable, at_risk=min(max(measure.at_risk, own.at_risk), demonstrable))


def judge_share(measure: Measure, n: int, d: int) -> Outcome:
    """``n`` satisfied of ``d``, which is above 0."""
    if n >= measure.demonstrable * d - _ROUNDING:
        return Outcome.DEMONSTRABLE
    if n >= measure.at_risk * d - _ROUNDING:
        return Outcome.AT_RISK
    single_hole = d >= SINGLE_HOLE_FROM and d - n == 1 and measure.demonstrable > measure.at_risk
    return Outcome.AT_RISK if single_hole else Outcome.INSUFFICIENT


def judge_count(measure: Measure, n: int) -> Outcome:
    if n >= measure.demonstrable - _ROUNDING:
        return Outcome.DEMONSTRABLE
    return Outcome.AT_RISK if n >= measure.at_risk - _ROUNDING else Outcome.INSUFFICIENT


@dataclass(frozen=True, slots=True)
class Counted:
    """``n`` satisfied of ``d``, ``unread`` of them by a file that nobody has read, ``old``: one at least by a proof that has aged.
    ``unknown``: subjects of which one can't tell whether they belong, or whether their proof came in time."""

    n: int
    d: int
    unknown: int = 0
    unread: int = 0
    old: bool = False


def judge_counted(measure: Measure, counted: Counted, *, empty: Outcome) -> Outcome:
    """The unknown subjects counted twice, once left out and once as missing: the same result both ways is the result."""
    left_out = _judge_known(measure, counted, counted.d) if counted.d else empty
    if not counted.unknown:
        return left_out
    as_missing = _judge_known(measure, counted, counted.d + counted.unknown)
    return left_out if left_out is as_missing else Outcome.CANNOT_BE_JUDGED


def _judge_known(measure: Measure, counted: Counted, d: int) -> Outcome:
    """A file that nobody has read mends a hole, and gives at best at risk; so does a proof that has aged."""
    read = judge_share(measure, counted.n - counted.unread, d)
    if counted.unread and read is not Outcome.DEMONSTRABLE:
        return cap_when_old(judge_share(measure, counted.n, d))
    return cap_when_old(read) if counted.old else read


def cap_when_old(outcome: Outcome) -> Outcome:
    """An old proof satisfies, and the expectation cannot be better than at risk."""
    return Outcome.AT_RISK if outcome is Outcome.DEMONSTRABLE else outcome
