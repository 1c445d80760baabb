"""What the public pages about the standard show: both grids side by side, and one indicator. No database."""

from __future__ import annotations

from dataclasses import dataclass

from qualiopi.standard.grids import standard
from qualiopi.standard.model import ChangeType, Criterion, Grid, Indicator


@dataclass(frozen=True, slots=True)
class Pair:
    """One indicator as it reads in the former grid and in the one in force; `former` is None for a new one."""

    former: Indicator | None
    current: Indicator

    @property
    def change(self) -> ChangeType:
        """How the decree touched it."""
        return self.current.change.type

    @property
    def reworded(self) -> bool:
        """Whether its text differs from one grid to the other."""
        return self.former is not None and self.former.summary != self.current.summary


@dataclass(frozen=True, slots=True)
class CriterionPairs:
    """A criterion and its indicators, both grids side by side."""

    criterion: Criterion
    pairs: tuple[Pair, ...]


def both_grids() -> tuple[Grid, Grid]:
    """The former grid and the one in force."""
    former, current = standard().grids
    return former, current


def side_by_side(*, changed_only: bool = False) -> list[CriterionPairs]:
    """Every indicator of both grids by criterion; with `changed_only`, those whose text or substance changed."""
    former, current = both_grids()
    found = []
    for criterion in current.criteria:
        pairs = tuple(
            Pair(former.indicator(indicator.number) if former.has(indicator.number) else None, indicator)
            for indicator in current.of_criterion(criterion.number)
        )
        kept = tuple(pair for pair in pairs if not changed_only or pair.change is not ChangeType.NONE)
        if kept:
            found.append(CriterionPairs(criterion, kept))
    return found


def change_counts() -> dict[ChangeType, int]:
    """How many indicators of the grid in force are unchanged, reworded, changed in substance, new."""
    changes = [indicator.change.type for indicator in both_grids()[1].indicators]
    return {kind: changes.count(kind) for kind in ChangeType}
