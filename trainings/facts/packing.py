"""Rows as compact JSON, field by field in their order, and back (ADR 161). What the text is read with is the code that wrote it: who
keeps texts keeps a digest of this room beside them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from trainings.facts.rows import Told

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(list[Told]).decode


def pack(told: Told) -> str:
    """One session as text. The same facts give the same text."""
    return _encode(told).decode()


def unpack(texts: Iterable[str]) -> list[Told]:
    """The rows that these texts say. Raise msgspec.DecodeError for texts that `pack` did not write."""
    return _decode(f"[{','.join(texts)}]")
