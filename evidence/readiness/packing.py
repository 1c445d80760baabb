"""A board as bytes, and back, by the library that keeps what sessions tell (ADR 148, 161). What it is read with is the code that wrote it:
who keeps the bytes keeps a digest of the code beside them.

Subjects stand in dozens of results each, and pieces under several indicators: they are written once, and named by their places.
Expectations are named by their keys: they are read from the standard.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar, get_type_hints

import msgspec

from evidence.engine.pieces import Shelf, Shelved
from evidence.engine.result import ExpectationResult, IndicatorStatus, Mark, Subject
from evidence.readiness.outline import Outline
from qualiopi.standard.book import expectations
from qualiopi.standard.profile import Profile

Thing = TypeVar("Thing")
_MARKS = tuple(Mark)
_CODES = {mark: code for code, mark in enumerate(_MARKS)}


def _rows(row: type, *, but: Iterable[str]) -> tuple[type[msgspec.Struct], Callable[[Any], Any]]:
    """A row with the fields of another, but these; and what makes one of it."""
    hints = get_type_hints(row)
    names = [each.name for each in fields(row) if each.name not in set(but)]
    kept = msgspec.defstruct(f"Kept{row.__name__}", [(name, hints[name]) for name in names], array_like=True, frozen=True)
    return kept, lambda value: kept(*(getattr(value, name) for name in names))


# What the columns beside them say.
_Result, _result = _rows(ExpectationResult, but=("expectation", "subjects", "marks", "kept", "asked", "document_ids"))
_Status, _status = _rows(IndicatorStatus, but=("expectations", "leading", "pieces"))


class _KeptResult(NamedTuple):
    """A result. `subjects`, `kept` and `asked`: the place of each list among those of the board; `documents`: those of identifiers."""

    expectation: str
    subjects: int
    marks: bytes
    kept: int
    asked: int
    documents: tuple[int, ...]
    rest: _Result  # type: ignore[valid-type]


class _KeptStatus(NamedTuple):
    """A status. `leading`: the place of that result among its own; `pieces`: the places of identifiers, by shelf."""

    leading: int | None
    results: tuple[_KeptResult, ...]
    pieces: tuple[tuple[Shelf, tuple[int, ...]], ...]
    rest: _Status  # type: ignore[valid-type]


class _KeptBoard(NamedTuple):
    audit_date: date
    profile: Profile
    statuses: tuple[_KeptStatus, ...]
    subjects: tuple[Subject, ...]
    identifiers: tuple[str, ...]
    subjects_of: tuple[tuple[int, ...], ...]
    identifiers_of: tuple[tuple[int, ...], ...]


class _Once(Generic[Thing]):
    """Things met so far, each once, told apart by what they are and not by what they say: comparing them would cost more."""

    def __init__(self) -> None:
        self.things: list[Thing] = []
        self._places: dict[int, int] = {}

    def lists(self, lists: Sequence[Sequence[Thing]]) -> tuple[tuple[int, ...], ...]:
        """The places of the things of each list."""
        places, things = self._places, self.things
        for each in lists:
            for identity, thing in zip(map(id, each), each, strict=True):
                if identity not in places:
                    places[identity] = len(things)
                    things.append(thing)
        return tuple(tuple(map(places.__getitem__, map(id, each))) for each in lists)

    def place(self, thing: Thing) -> int:
        found = self._places.setdefault(id(thing), len(self.things))
        if found == len(self.things):
            self.things.append(thing)
        return found


def pack_statuses(audit_date: date, profile: Profile, statuses: Iterable[IndicatorStatus]) -> bytes:
    """What was judged, compressed."""
    subjects, identifiers = _Once[Subject](), dict[str, int]()
    subjects_of, identifiers_of = _Once[tuple[Subject, ...]](), _Once[frozenset[str]]()

    def places(names: Collection[str]) -> tuple[int, ...]:
        for name in names:
            if name not in identifiers:
                identifiers[name] = len(identifiers)
        return tuple(map(identifiers.__getitem__, names))

    def of_result(result: ExpectationResult) -> _KeptResult:
        return _KeptResult(
            expectation=result.expectation.key,
            subjects=subjects_of.place(result.subjects),
            marks=bytes(map(_CODES.__getitem__, result.marks)),
            kept=identifiers_of.place(result.kept),
            asked=identifiers_of.place(result.asked),
            documents=places(result.document_ids),
            rest=_result(result),
        )

    kept = tuple(
        _KeptStatus(
            _place_of(status.leading, status.expectations),
            tuple(map(of_result, status.expectations)),
            tuple((shelf, places(ids)) for shelf, ids in status.pieces),
            _status(status),
        )
        for status in statuses
    )
    places_of_subjects = subjects.lists(subjects_of.things)
    places_of_identifiers = tuple(map(places, identifiers_of.things))
    return _packed(
        _KeptBoard(
            audit_date,
            profile,
            kept,
            tuple(subjects.things),
            tuple(identifiers),
            places_of_subjects,
            places_of_identifiers,
        )
    )


def unpack_statuses(content: bytes | memoryview) -> tuple[date, Profile, tuple[IndicatorStatus, ...]]:
    """What these bytes say. Raise msgspec.DecodeError for bytes that `pack_statuses` did not write."""
    kept, book = _read_board(zlib.decompress(content)), expectations().by_key
    lists = [tuple(map(kept.subjects.__getitem__, places)) for places in kept.subjects_of]
    named = kept.identifiers.__getitem__
    sets = [frozenset(map(named, places)) for places in kept.identifiers_of]

    def result(row: _KeptResult) -> ExpectationResult:
        return ExpectationResult(
            expectation=book[row.expectation],
            subjects=lists[row.subjects],
            marks=tuple(map(_MARKS.__getitem__, row.marks)),
            kept=sets[row.kept],
            asked=sets[row.asked],
            document_ids=tuple(map(named, row.documents)),
            **_said(row.rest),
        )

    def status(row: _KeptStatus) -> IndicatorStatus:
        results = tuple(map(result, row.results))
        return IndicatorStatus(
            expectations=results,
            leading=None if row.leading is None else results[row.leading],
            pieces=tuple(Shelved(shelf, tuple(map(named, ids))) for shelf, ids in row.pieces),
            **_said(row.rest),
        )

    return kept.audit_date, kept.profile, tuple(map(status, kept.statuses))


def pack_outline(outline: Outline) -> bytes:
    """What is shown of what was looked at, compressed."""
    return _packed(outline)


def unpack_outline(content: bytes | memoryview) -> Outline:
    """What these bytes say. Raise msgspec.DecodeError for bytes that `pack_outline` did not write."""
    return _read_outline(zlib.decompress(content))


def _place_of(leading: ExpectationResult | None, results: Iterable[ExpectationResult]) -> int | None:
    return None if leading is None else [each is leading for each in results].index(True)


def _said(row: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__}


def _plain(value: Any) -> Any:
    """What the library does not know how to write."""
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not kept")


_encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
_read_board = msgspec.msgpack.Decoder(_KeptBoard).decode
_read_outline = msgspec.msgpack.Decoder(Outline).decode


def _packed(value: Any) -> bytes:
    return zlib.compress(_encode(value), 1)
