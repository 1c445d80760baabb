"""Reads what the expectations speak of: settings, populations, conditions, unknown facts, kinds of documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from qualiopi.standard.expectations import DatedValue, Ground, Population, ProfileCondition, Rule, Setting, UnknownFact
from qualiopi.standard.grid_loader import PROFILE_FLAGS
from qualiopi.standard.located import Block, Reader
from qualiopi.standard.model import Standard

BASES = ("law", "guide_v9", "practice")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    settings: Mapping[str, Setting]
    days: Mapping[str, date]
    periods: tuple[str, ...]
    populations: Mapping[str, Population]
    profile_conditions: Mapping[str, ProfileCondition]
    subject_conditions: tuple[str, ...]
    unknown_facts: Mapping[str, UnknownFact]
    provisional: Mapping[str, str]
    placeholders: Mapping[str, tuple[str, ...]]  # subject ("any" for all) -> names
    document_types: Mapping[str, str]
    contents: Mapping[str, str]
    rules: Mapping[str, Rule]
    grounds: Mapping[str, Ground]


def load_vocabulary(folder: Path, standard: Standard) -> Vocabulary:
    """Raises ``StandardDataError`` naming file and line."""
    reader = Reader(folder / "vocabulary.yaml")
    content = reader.load()
    reader.only(
        content,
        required=(
            "periods", "populations", "profile_conditions", "subject_conditions", "unknown_facts", "provisional", "placeholders",
        ),
    )  # fmt: skip
    provisional = _sentences(reader, content, "provisional")
    documents = Reader(folder / "documents.yaml")
    documents_content = documents.load()
    documents.only(documents_content, required=("document_types", "contents"))
    placeholders = reader.block(content, "placeholders")
    return Vocabulary(
        settings=_settings(Reader(folder / "settings.yaml"), provisional),
        days=_days(Reader(folder / "settings.yaml")),
        periods=tuple(reader.block(content, "periods")),
        populations=_populations(reader, content),
        profile_conditions=_profile_conditions(reader, content),
        subject_conditions=tuple(reader.block(content, "subject_conditions")),
        unknown_facts=_unknown_facts(reader, content),
        provisional=provisional,
        placeholders=MappingProxyType({subject: reader.items(placeholders, subject) for subject in placeholders}),
        document_types=_sentences(documents, documents_content, "document_types"),
        contents=_sentences(documents, documents_content, "contents"),
        rules=_rules(Reader(folder / "rules.yaml"), standard),
        grounds=_grounds(Reader(folder / "rules.yaml"), standard),
    )


def _sentences(reader: Reader, content: Block, key: str) -> Mapping[str, str]:
    block = reader.block(content, key)
    return MappingProxyType({name: reader.text(block, name) for name in block})


def _settings(reader: Reader, provisional: Mapping[str, str]) -> Mapping[str, Setting]:
    content = reader.load()
    reader.only(content, required=("settings", "days"))
    block = reader.block(content, "settings")
    found: dict[str, Setting] = {}
    for key in block:
        entry = reader.block(block, key)
        reader.only(entry, required=("basis", "unit", "values"), optional=("because",))
        values: list[DatedValue] = []
        for value in reader.blocks(entry, "values"):
            reader.only(value, required=("since", "value"))
            since = reader.day(value, "since")
            previous = values[-1].since if values else None
            if values and (since is None or (previous is not None and since <= previous)):
                raise reader.fail(value.lines["since"], "values go from the oldest to the newest")
            values.append(DatedValue(since=since, value=reader.optional_number(value, "value")))
        found[key] = Setting(
            key=key,
            unit=reader.text(entry, "unit"),
            basis=reader.name(entry, "basis", BASES, "basis"),
            because=reader.name(entry, "because", provisional, "reason") if "because" in entry else None,
            values=tuple(values),
        )
    return MappingProxyType(found)


def _days(reader: Reader) -> Mapping[str, date]:
    block = reader.block(reader.load(), "days")
    found = {}
    for key in block:
        entry = reader.block(block, key)
        reader.only(entry, required=("basis", "day", "means"))
        reader.name(entry, "basis", BASES, "basis")
        day = reader.day(entry, "day")
        if day is None:
            raise reader.fail(entry.lines["day"], "'day': a date is expected, as 2026-11-01")
        found[key] = day
    return MappingProxyType(found)


def _populations(reader: Reader, content: Block) -> Mapping[str, Population]:
    block = reader.block(content, "populations")
    found = {}
    for key in block:
        entry = reader.block(block, key)
        reader.only(entry, required=("nouns", "feminine", "means"))
        one, many = pair(reader, entry, "nouns")
        found[key] = Population(key=key, one=one, many=many, feminine=reader.flag(entry, "feminine"))
    return MappingProxyType(found)


def _profile_conditions(reader: Reader, content: Block) -> Mapping[str, ProfileCondition]:
    block = reader.block(content, "profile_conditions")
    found = {}
    for key in block:
        entry = reader.block(block, key)
        reader.only(entry, required=("means", "unknown"), optional=("profile", "contradiction"))
        found[key] = ProfileCondition(
            key=key,
            profile_flags=reader.names(entry, "profile", PROFILE_FLAGS, "profile fact"),
            contradiction=reader.optional_text(entry, "contradiction") or "",
            unknown=reader.text(entry, "unknown"),
        )
    return MappingProxyType(found)


def _unknown_facts(reader: Reader, content: Block) -> Mapping[str, UnknownFact]:
    block = reader.block(content, "unknown_facts")
    found = {}
    for key in block:
        entry = reader.block(block, key)
        reader.only(entry, required=("level", "when", "sentence", "next_action"))
        found[key] = UnknownFact(
            key=key,
            organisation_level=reader.name(entry, "level", ("organisation", "subject"), "level") == "organisation",
            sentence=reader.text(entry, "sentence"),
            next_action=reader.text(entry, "next_action"),
        )
    return MappingProxyType(found)


def _rules(reader: Reader, standard: Standard) -> Mapping[str, Rule]:
    content = reader.load()
    reader.only(content, required=("rules", "set_aside"))
    block = reader.block(content, "rules")
    every = frozenset(indicator.number for grid in standard.grids for indicator in grid.indicators)
    found = {}
    for key in block:
        entry = reader.block(block, key)
        reader.only(entry, required=("means", "says", "indicators"))
        chosen = every if entry["indicators"] == "all" else frozenset(entry["indicators"])
        if not chosen or not chosen <= every:
            raise reader.fail(
                entry.lines["indicators"], f"'indicators': 'all', or numbers of the standard, not {sorted(chosen - every)}"
            )
        found[key] = Rule(key=key, says=reader.text(entry, "says"), indicators=chosen)
    return MappingProxyType(found)


def _grounds(reader: Reader, standard: Standard) -> Mapping[str, Ground]:
    block = reader.block(reader.load(), "set_aside")
    found = {}
    for key in block:
        entry = reader.block(block, key)
        reader.only(entry, required=("means", "says", "indicators", "grids"))
        grids, numbers = (
            frozenset(reader.names(entry, "grids", [grid.id for grid in standard.grids], "grid")),
            entry["indicators"],
        )
        for number in numbers:
            if not any(grid.id in grids and grid.has(number) for grid in standard.grids):
                raise reader.fail(entry.lines["indicators"], f"no grid of {sorted(grids)} has an indicator {number}")
        found[key] = Ground(key=key, says=reader.text(entry, "says"), indicators=frozenset(numbers), grids=grids)
    return MappingProxyType(found)


def pair(reader: Reader, block: Block, key: str) -> tuple[str, str]:
    """Singular and plural."""
    values: tuple[Any, ...] = reader.items(block, key)
    if len(values) != 2:
        raise reader.fail(block.lines[key], f"{key!r}: singular and plural are expected")
    return values[0], values[1]
