"""Rules on sessions paid by the CPF and given to a subcontractor, as dated data. Reads and checks; knows neither clock nor database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from qualiopi.standard.grids import DATA
from qualiopi.standard.located import Block, Reader, StandardDataError

__all__ = ["CpfRequirement", "CpfRules", "DatedFigure", "FigureOverTime", "StandardDataError", "cpf_rules", "load_cpf_rules"]

UNITS = ("percent", "euros")
REQUIREMENTS = ("certified", "contract", "declared", "no_cascade", "activity_number")


@dataclass(frozen=True, slots=True)
class DatedFigure:
    """What a figure is from a day on, and who says so; None is not known."""

    since: date
    value: int | None
    source: str


@dataclass(frozen=True, slots=True)
class FigureOverTime:
    """A figure that texts change. ``inferred``: that it serves here is our reading, not the words of a text."""

    key: str
    label: str
    unit: str
    inferred: bool
    values: tuple[DatedFigure, ...]

    def on(self, day: date) -> DatedFigure | None:
        """The figure in force that day; None before the first one."""
        passed = [value for value in self.values if value.since <= day]
        return passed[-1] if passed else None


@dataclass(frozen=True, slots=True)
class CpfRequirement:
    """One thing asked of a contract or of a subcontractor."""

    key: str
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class CpfRules:
    """All of them. They hold for contracts signed from ``since`` on."""

    since: date
    basis: str
    figures: Mapping[str, FigureOverTime]
    requirements: Mapping[str, CpfRequirement]


@cache
def cpf_rules() -> CpfRules:
    """The rules of this version of the product. Raises ``StandardDataError`` if its own data is wrong."""
    return load_cpf_rules(DATA / "subcontracting.yaml")


def load_cpf_rules(path: Path) -> CpfRules:
    """Read the rules. Raises ``StandardDataError`` naming file and line."""
    reader = Reader(path)
    content = reader.load()
    reader.only(content, required=("rules_since", "basis", "settings", "requirements"))
    block = reader.block(content, "settings")
    requirements = {}
    for entry in reader.blocks(content, "requirements"):
        reader.only(entry, required=("key", "sentence", "source"))
        key = reader.name(entry, "key", REQUIREMENTS, "requirement")
        if key in requirements:
            raise reader.fail(entry.lines["key"], f"{key!r} is there twice")
        requirements[key] = CpfRequirement(key, reader.text(entry, "sentence"), reader.text(entry, "source"))
    return CpfRules(
        since=_day(reader, content, "rules_since"),
        basis=reader.text(content, "basis"),
        figures=MappingProxyType({key: _figure(reader, key, reader.block(block, key)) for key in block}),
        requirements=MappingProxyType(requirements),
    )


def _figure(reader: Reader, key: str, entry: Block) -> FigureOverTime:
    reader.only(entry, required=("label", "unit", "values"), optional=("inferred",))
    values: list[DatedFigure] = []
    for value in reader.blocks(entry, "values"):
        reader.only(value, required=("since", "value", "source"))
        since = _day(reader, value, "since")
        if values and since <= values[-1].since:
            raise reader.fail(value.lines["since"], "values go from the oldest to the newest")
        values.append(DatedFigure(since, reader.optional_number(value, "value"), reader.text(value, "source")))
    return FigureOverTime(
        key=key,
        label=reader.text(entry, "label"),
        unit=reader.name(entry, "unit", UNITS, "unit"),
        inferred=reader.flag(entry, "inferred"),
        values=tuple(values),
    )


def _day(reader: Reader, block: Block, key: str) -> date:
    day = reader.day(block, key)
    if day is None:
        raise reader.fail(block.lines[key], f"{key!r}: a date is expected, as 2026-11-01")
    return day
