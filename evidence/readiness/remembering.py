"""What the board of today need not look at again: documents, while nothing beside the sessions changed; what was seen of each session,
while its row and all that stands around it are the same (ADR 177). A cache, which may be emptied at any time and which no audit reads."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from itertools import compress
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from evidence.engine.facts import DocumentFacts
from evidence.engine.seen import Around, Memory, Seen
from evidence.readiness.models import KeptSeen
from qualiopi.organisations.models import Organisation
from trainings.facts.keeping import Standing
from trainings.facts.rows import SessionRow

Filed = tuple[tuple[DocumentFacts, ...], list[UUID]]
# Beyond one session in so many that had to be looked at again, what was seen is kept anew.
_ONE_IN = 50


class _Kept(NamedTuple):
    """What was seen: of each session, in their order, the digest of its row; by expectation, the place in ``seen`` of what was seen of
    each, from one on, zero where nothing was."""

    sessions: tuple[str, ...]
    digests: tuple[bytes, ...]
    seen: tuple[Seen, ...]
    places: dict[str, bytes]


class Recalled:
    """What is kept of an organisation beside its board, as it is read and as it becomes."""

    def __init__(self, organisation: Organisation, made_with: str, before: Standing) -> None:
        self.organisation = organisation
        self.made_with = made_with
        row = KeptSeen.objects.filter(organisation=organisation, made_with=made_with).first()
        self._row = row
        self._stands = row is not None and row.shared == before.shared and not before.shared_waiting
        self._documents = b""
        self._until: date | None = None
        self._around = b""
        self._sessions: dict[str, bytes] = {}
        self._memory = Memory()
        self._changed = True

    def documents(self, until: date, read: Callable[[], Filed]) -> Filed:
        """Those of that day, kept or read."""
        self._until = until
        if self._row is not None and self._stands and self._row.read_on == until:
            self._documents, self._changed = bytes(self._row.documents), False
            return _read_filed(self._documents)
        found = read()
        self._documents = _encode(found)
        return found

    def memory(self, around: Around, sessions: Iterable[SessionRow]) -> Memory:
        """What was seen of those of these sessions that are the same, if what stands around them is."""
        self._around = _digest(_encode(around._replace(facts=replace(around.facts, documents=()))), self._documents)
        self._sessions = {row.id: _digest(_encode(row)) for row in sessions}
        if self._row is None or bytes(self._row.around) != self._around:
            self._changed = True
            return self._memory
        kept = _read_kept(self._row.seen)
        was = dict(zip(kept.sessions, kept.digests, strict=True))
        seen = dict(enumerate(kept.seen, 1))
        for expectation, packed in kept.places.items():
            places = array("I", packed)
            there = compress(kept.sessions, places)
            self._memory.seen[expectation] = dict(zip(there, map(seen.__getitem__, filter(None, places)), strict=True))
        others = [session for session in was.keys() | self._sessions.keys() if was.get(session) != self._sessions.get(session)]
        self._memory.forget(others)
        self._changed = self._changed or len(others) * _ONE_IN > len(self._sessions)
        return self._memory

    def row(self, shared: int) -> KeptSeen | None:
        """What is to be kept; None where what is kept does as well. ``shared``: after how many changes beside the sessions it was read."""
        if not self._changed or self._until is None:
            return None
        return KeptSeen(
            organisation=self.organisation,
            read_on=self._until,
            made_with=self.made_with,
            shared=shared,
            documents=self._documents,
            around=self._around,
            seen=_encode(self._kept()),
        )

    def _kept(self) -> _Kept:
        sessions = tuple(self._sessions)
        places_of: dict[Seen, int] = {}
        # By what they are: comparing them costs more, and most are a few that are made once.
        known = {id(None): 0}
        places = {}
        for expectation, by_session in self._memory.seen.items():
            seen = list(map(by_session.get, sessions))
            for identity, each in dict(zip(map(id, seen), seen, strict=True)).items():
                if each is not None and identity not in known:
                    known[identity] = places_of.setdefault(each, len(places_of) + 1)
            places[expectation] = array("I", map(known.__getitem__, map(id, seen))).tobytes()
        return _Kept(sessions, tuple(self._sessions.values()), tuple(places_of), places)


def _digest(*contents: bytes) -> bytes:
    found = blake2b(digest_size=16)
    for content in contents:
        found.update(content)
    return found.digest()


def _plain(value: Any) -> Any:
    """What the library does not know how to write."""
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not kept")


_encode = msgspec.msgpack.Encoder(enc_hook=_plain, order="deterministic").encode
_read_filed = msgspec.msgpack.Decoder(Filed).decode
_read_kept = msgspec.msgpack.Decoder(_Kept).decode
