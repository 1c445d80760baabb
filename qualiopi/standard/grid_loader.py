"""Reads ``data/rnq.yaml`` and refuses it, naming the line, when a grid has a hole, a duplicate or an unknown name."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from qualiopi.standard.located import Block, Reader
from qualiopi.standard.model import (
    CATEGORIES,
    CategoryInfo,
    Change,
    ChangeType,
    Condition,
    Criterion,
    Grid,
    Guide,
    Indicator,
    Rule,
    Standard,
)

PROFILE_FLAGS = (
    "certifying",
    "work_study",
    "work_based",
    "remote",
    "subcontracts_out",
    "salary_portage",
    "works_as_subcontractor",
)
CRITERIA = 7
TWO_MONTHS = 62  # days at most
# What reading guide V9 says, and the guide of the 2026 grid may say otherwise.
FROM_GUIDE_V9 = frozenset({"expected_level", "minor_when", "new_entrant", "subcontractor"})

_INDICATOR_REQUIRED = (
    "number", "criterion", "since", "label", "summary", "expected_level", "categories", "condition", "details", "minor_when",
    "new_entrant", "subcontractor", "change_2026", "evidence", "kept_here",
)  # fmt: skip
_INDICATOR_OPTIONAL = ("summary_2019", "details_2026", "evidence_2026")


def load_standard(path: Path) -> Standard:
    """Raises ``StandardDataError`` (file and line) if anything is missing, repeated, unknown or contradictory."""
    reader = Reader(path)
    content = reader.load()
    reader.only(
        content,
        required=(
            "state_of", "categories", "grids", "guides", "open_questions", "legal_references", "criteria", "grading",
            "new_entrant", "surveillance", "conditions", "indicators",
        ),
    )  # fmt: skip
    state_of = reader.day(content, "state_of")
    if state_of is None:
        raise reader.fail(content.lines["state_of"], "'state_of': a date is expected")
    criteria = _criteria(reader, content)
    conditions = _conditions(reader, content)
    grading_block = reader.block(content, "grading")
    new_entrant_block = reader.block(content, "new_entrant")
    numbers = _numbers(reader, content)
    grading = _grading(reader, grading_block, numbers)
    new_entrant = _new_entrant(reader, new_entrant_block, numbers)
    surveillance = _surveillance(reader, reader.block(content, "surveillance"), numbers)
    indicators = _Indicators(reader, content, conditions, grading, new_entrant, surveillance)
    guides = _guides(reader, content)
    return Standard(
        state_of=state_of,
        grids=_grids(reader, content, criteria, indicators, guides),
        guides=tuple(sorted(guides.values(), key=lambda guide: (guide.published is None, guide.published, guide.version))),
        categories=_categories(reader, content),
        conditions=conditions,
        grading=grading,
        minor=reader.text(grading_block, "minor"),
        major=reader.text(grading_block, "major"),
        new_entrant=new_entrant,
        new_entrant_definition=reader.text(new_entrant_block, "definition"),
        surveillance=surveillance,
        open_questions=reader.items(content, "open_questions"),
        legal_references=tuple(
            (reader.text(block, "ref"), reader.text(block, "role"), reader.optional_text(block, "url"))
            for block in reader.blocks(content, "legal_references")
        ),
    )


def _categories(reader: Reader, content: Block) -> Mapping[str, CategoryInfo]:
    block = reader.block(content, "categories")
    reader.only(block, required=CATEGORIES)
    found = {}
    for code in CATEGORIES:
        entry = reader.block(block, code)
        reader.only(entry, required=("name", "article"))
        found[code] = CategoryInfo(code=code, name=reader.text(entry, "name"), article=reader.text(entry, "article"))
    return MappingProxyType(found)


def _criteria(reader: Reader, content: Block) -> tuple[Criterion, ...]:
    found = []
    for expected, block in enumerate(reader.blocks(content, "criteria"), start=1):
        reader.only(block, required=("number", "title", "summary"))
        number = reader.number(block, "number")
        if number != expected:
            raise reader.fail(block.lines["number"], f"criterion {expected} is expected here, not {number}")
        found.append(Criterion(number=number, title=reader.text(block, "title"), summary=reader.text(block, "summary")))
    if len(found) != CRITERIA:
        raise reader.fail(content.lines["criteria"], f"{CRITERIA} criteria are expected, not {len(found)}")
    return tuple(found)


def _conditions(reader: Reader, content: Block) -> Mapping[str, Condition]:
    found = {}
    block = reader.block(content, "conditions")
    for key in block:
        entry = reader.block(block, key)
        reader.only(entry, required=("profile", "always_for", "yes", "no", "unknown", "source"), optional=("always",))
        always_for = reader.names(entry, "always_for", CATEGORIES, "category")
        found[key] = Condition(
            key=key,
            profile_flags=reader.names(entry, "profile", PROFILE_FLAGS, "profile fact"),
            always_for=frozenset(always_for),
            yes=reader.text(entry, "yes"),
            no=reader.text(entry, "no"),
            unknown=reader.text(entry, "unknown"),
            always=reader.text(entry, "always") if always_for else "",
            source=reader.text(entry, "source"),
        )
    return MappingProxyType(found)


def _numbers(reader: Reader, content: Block) -> frozenset[int]:
    """The numbers of the indicators: from 1 on, in order, each once."""
    found: set[int] = set()
    for block in reader.blocks(content, "indicators"):
        number = reader.number(block, "number")
        if number in found:
            raise reader.fail(block.lines["number"], f"indicator {number} is there twice")
        if number != len(found) + 1:
            raise reader.fail(block.lines["number"], f"indicator {len(found) + 1} is missing before indicator {number}")
        found.add(number)
    return frozenset(found)


def _rule(reader: Reader, block: Block, key: str, numbers: frozenset[int], text: str) -> Rule:
    for name in (key, "deduced"):
        for value, line in zip(reader.items(block, name), block[name].lines if name in block else (), strict=True):
            if value not in numbers:
                raise reader.fail(line, f"{name!r}: unknown indicator {value!r}")
    return Rule(
        text=text,
        source=reader.text(block, "source"),
        indicators=frozenset(reader.items(block, key)),
        deduced=frozenset(reader.items(block, "deduced")),
        also=reader.items(block, "also"),
    )


def _grading(reader: Reader, block: Block, numbers: frozenset[int]) -> Rule:
    reader.only(block, required=("major_only", "source", "minor", "major", "deduced", "deduced_because"))
    return _rule(reader, block, "major_only", numbers, reader.text(block, "deduced_because"))


def _new_entrant(reader: Reader, block: Block, numbers: frozenset[int]) -> Rule:
    reader.only(block, required=("indicators", "definition", "rule", "source"))
    return _rule(reader, block, "indicators", numbers, reader.text(block, "rule"))


def _surveillance(reader: Reader, block: Block, numbers: frozenset[int]) -> Rule:
    reader.only(block, required=("always", "also", "source", "note", "deduced"))
    return _rule(reader, block, "always", numbers, reader.text(block, "note"))


class _Indicators:
    """Builds the indicators of one grid after the other from the same blocks."""

    def __init__(
        self,
        reader: Reader,
        content: Block,
        conditions: Mapping[str, Condition],
        grading: Rule,
        new_entrant: Rule,
        surveillance: Rule,
    ) -> None:
        self.reader = reader
        self.blocks = reader.blocks(content, "indicators")
        self.conditions = conditions
        self.grading = grading
        self.new_entrant = new_entrant
        self.surveillance = surveillance

    def of_grid(self, grid: Block, order: tuple[str, ...]) -> tuple[Indicator, ...]:
        reader = self.reader
        position = order.index(grid["id"])
        found = []
        for block in self.blocks:
            reader.only(block, required=_INDICATOR_REQUIRED, optional=_INDICATOR_OPTIONAL)
            if order.index(reader.name(block, "since", order, "grid")) <= position:
                found.append(self._build(block, grid, latest=position == len(order) - 1))
        wanted = reader.number(grid, "indicators")
        if [indicator.number for indicator in found] != list(range(1, wanted + 1)):
            raise reader.fail(
                grid.lines["indicators"], f"grid {grid['id']}: {wanted} indicators are expected, {len(found)} found"
            )
        return tuple(found)

    def _build(self, block: Block, grid: Block, *, latest: bool) -> Indicator:
        reader = self.reader
        number = reader.number(block, "number")
        categories = reader.names(block, "categories", CATEGORIES, "category")
        if not categories:
            raise reader.fail(block.lines["categories"], "at least one category is expected")
        criterion = reader.number(block, "criterion")
        if not 1 <= criterion <= CRITERIA:
            raise reader.fail(block.lines["criterion"], f"unknown criterion {criterion}")
        major_only = number in self.grading.indicators
        minor_when = reader.optional_text(block, "minor_when")
        if major_only is not (minor_when is None):
            raise reader.fail(block.lines["minor_when"], f"indicator {number}: 'minor_when' and 'grading' contradict each other")
        return Indicator(
            number=number,
            criterion=criterion,
            label=reader.text(block, "label"),
            summary=reader.text(block, "summary" if latest or "summary_2019" not in block else "summary_2019"),
            expected_level=reader.text(block, "expected_level"),
            categories=frozenset(categories),
            condition=self._condition(block),
            details=reader.items(block, "details") + (reader.items(block, "details_2026") if latest else ()),
            evidence=reader.items(block, "evidence") + (reader.items(block, "evidence_2026") if latest else ()),
            kept_here=reader.items(block, "kept_here"),
            major_only=major_only,
            minor_when=minor_when,
            new_entrant=reader.text(block, "new_entrant"),
            new_entrant_adapted=number in self.new_entrant.indicators,
            subcontractor=reader.text(block, "subcontractor"),
            always_in_surveillance=number in self.surveillance.indicators,
            change=self._change(block),
            reference=f"{grid['reference']}, indicateur {number}",
            provisional=self._provisional(number) if latest else frozenset(),
        )

    def _condition(self, block: Block) -> Condition | None:
        if block["condition"] is None:
            return None
        return self.conditions[self.reader.name(block, "condition", self.conditions, "condition")]

    def _change(self, block: Block) -> Change:
        change = self.reader.block(block, "change_2026")
        self.reader.only(change, required=("type", "text"))
        kind = ChangeType(self.reader.name(change, "type", tuple(ChangeType), "type of change"))
        if (kind is ChangeType.NEW) is not (block["since"] != "2019"):
            raise self.reader.fail(change.lines["type"], "an indicator is new if, and only if, it appears with the 2026 grid")
        return Change(type=kind, text=self.reader.text(change, "text"))

    def _provisional(self, number: int) -> frozenset[str]:
        deduced = {"major_only"} if number in self.grading.deduced else set()
        if number in self.surveillance.deduced:
            deduced.add("always_in_surveillance")
        return FROM_GUIDE_V9 | deduced


def _guides(reader: Reader, content: Block) -> dict[str, Guide]:
    found = {}
    for block in reader.blocks(content, "guides"):
        reader.only(block, required=("version", "published", "applicable_from", "grid", "note"))
        version = reader.text(block, "version")
        if version in found:
            raise reader.fail(block.lines["version"], f"guide {version} is there twice")
        published, applicable_from = reader.day(block, "published"), reader.day(block, "applicable_from")
        if (published is None) is not (applicable_from is None):
            raise reader.fail(
                block.lines["applicable_from"],
                "a guide that is online has a day from which it must be used, at most two months later",
            )
        if published is not None and applicable_from is not None and not 0 <= (applicable_from - published).days <= TWO_MONTHS:
            raise reader.fail(block.lines["applicable_from"], "a guide must be used at most two months after it is online")
        found[version] = Guide(
            version=version, published=published, applicable_from=applicable_from, note=reader.text(block, "note")
        )
    return found


def _grids(
    reader: Reader, content: Block, criteria: tuple[Criterion, ...], indicators: _Indicators, guides: Mapping[str, Guide]
) -> tuple[Grid, ...]:
    blocks = reader.blocks(content, "grids")
    order = tuple(reader.text(block, "id") for block in blocks)
    grids: list[Grid] = []
    for block in blocks:
        reader.only(
            block,
            required=("id", "label", "name", "published", "from", "until", "indicators", "reference", "url", "guide"),
        )
        if order.count(block["id"]) > 1:
            raise reader.fail(block.lines["id"], f"grid {block['id']} is there twice")
        published, start, end = (reader.day(block, key) for key in ("published", "from", "until"))
        if published is None:
            raise reader.fail(block.lines["published"], "'published': a date is expected")
        previous_end = grids[-1].end if grids else None
        follows = start is None if not grids else (start and previous_end and (start - previous_end).days == 1)
        if not follows:
            raise reader.fail(block.lines["from"], f"grid {block['id']} does not start the day after the one before it ends")
        guide = None if block["guide"] is None else guides[reader.name(block, "guide", guides, "guide")]
        grids.append(
            Grid(
                id=block["id"],
                label=reader.text(block, "label"),
                name=reader.text(block, "name"),
                reference=reader.text(block, "reference"),
                url=reader.text(block, "url"),
                published=published,
                start=start,
                end=end,
                guide=guide,
                indicators=indicators.of_grid(block, order),
                criteria=criteria,
            )
        )
    if not grids or grids[-1].end is not None:
        raise reader.fail(content.lines["grids"], "the last grid must be open: no audit date may be left without a grid")
    return tuple(grids)
