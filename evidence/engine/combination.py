"""From the results of an indicator's expectations to its status. In order; a later step overrides."""

from evidence.engine import sentences
from evidence.engine.result import ExpectationResult, Outcome, Status

WORST_FIRST = (Outcome.INSUFFICIENT, Outcome.AT_RISK, Outcome.CANNOT_BE_JUDGED, Outcome.DEMONSTRABLE)
_RANK = {outcome: rank for rank, outcome in enumerate(WORST_FIRST)}
_LOWERING = (Outcome.AT_RISK, Outcome.INSUFFICIENT)


def combine(results: tuple[ExpectationResult, ...]) -> tuple[Status, tuple[str, ...]]:
    """The status of an indicator that applies, and the sentences the combination itself adds."""
    # Without object, put off, not followed: printed, no part in the status.
    counted = [result for result in results if result.outcome in _RANK]
    blocking = [result.outcome for result in counted if result.expectation.blocking]
    contributing = [result.outcome for result in counted if not result.expectation.blocking]
    judged = [result for result in counted if result.judged]
    if not blocking and not judged:
        return Status.CANNOT_BE_JUDGED, (sentences.NOTHING_TO_JUDGE,)
    # Contributing alone: demonstrable, then lowered like any other.
    worst = min(blocking, key=_RANK.__getitem__) if blocking else Outcome.DEMONSTRABLE
    if worst is Outcome.DEMONSTRABLE and any(outcome in _LOWERING for outcome in contributing):
        worst = Outcome.AT_RISK
    if any(result.expectation.none_is_insufficient and result.d and not result.n for result in judged):
        worst = min(worst, Outcome.INSUFFICIENT, key=_RANK.__getitem__)
    if Outcome.CANNOT_BE_JUDGED not in blocking and judged and not any(result.found_something for result in judged):
        # Said only where nothing is: what has aged or is dated otherwise exists.
        lapsed = any(result.lapsed for result in judged)
        return Status.INSUFFICIENT, (sentences.NOTHING_COUNTS if lapsed else sentences.NOTHING_RECORDED,)
    return Status(worst.value), ()


def leading(results: tuple[ExpectationResult, ...]) -> ExpectationResult | None:
    """The worst expectation; blocking before contributing, then the greatest number of holes, then the key.

    Where all is well, the one that counts the most says more than a single piece.
    """
    counted = [result for result in results if result.outcome in _RANK]
    if not counted:
        return None
    return min(
        counted,
        key=lambda result: (
            _RANK[result.outcome],
            not result.expectation.blocking,
            -len(result.missing),
            -result.d if result.outcome is Outcome.DEMONSTRABLE else 0,
            result.expectation.key,
        ),
    )
