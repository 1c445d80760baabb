"""A ZIP whose every byte is known before the first one leaves: stored entries, fixed dates, sizes and checksums known beforehand.

Hence a length that can be announced, a download that can resume anywhere, and the same bytes for the same entries. Format: PKWARE
APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.14 and 4.3.15 (ZIP64 end records), 4.5.3 (ZIP64 extra).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

# 1 January 1980, midnight: the first date the format knows. A date of our own would change the bytes.
_DOS_DATE = (1 << 5) | 1
_UTF8_NAME = 1 << 11
_LIMIT_32 = 0xFFFFFFFF
_LIMIT_16 = 0xFFFF
_REGULAR_FILE = (0o100644 << 16) & _LIMIT_32
_MADE_BY_UNIX = 3 << 8


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One file of the archive. `source` is what `open_source` is called with; `size` in bytes."""

    name: str
    size: int
    crc32: int
    source: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the archive: bytes made here, or the content of an entry."""

    size: int
    data: bytes = b""
    entry: ArchiveEntry | None = None


@dataclass(frozen=True)
class Archive:
    """The plan of a ZIP. Nothing is read before `stream`."""

    entries: Sequence[ArchiveEntry]

    @cached_property
    def _pieces(self) -> list[_Piece]:
        pieces: list[_Piece] = []
        central: list[bytes] = []
        offset = 0
        for entry in self.entries:
            header = _local_header(entry)
            central.append(_central_header(entry, offset))
            pieces += [_Piece(len(header), data=header), _Piece(entry.size, entry=entry)]
            offset += len(header) + entry.size
        tail = b"".join(central)
        tail += _end_records(len(self.entries), size=len(tail), offset=offset)
        return [*pieces, _Piece(len(tail), data=tail)]

    @cached_property
    def _starts(self) -> list[int]:
        starts, offset = [], 0
        for piece in self._pieces:
            starts.append(offset)
            offset += piece.size
        return starts

    @cached_property
    def size(self) -> int:
        """Length of the whole archive in bytes."""
        return self._starts[-1] + self._pieces[-1].size

    def stream(
        self, read_entry: Callable[[ArchiveEntry, int, int], Iterator[bytes]], *, start: int = 0, end: int | None = None
    ) -> Iterator[bytes]:
        """Bytes `start` to `end` (excluded) of the archive.

        `read_entry(entry, first, last)` gives the bytes `first` to `last` (excluded) of one entry; it may raise to stop the stream.
        """
        stop = self.size if end is None else min(end, self.size)
        place = max(bisect_right(self._starts, start) - 1, 0)
        for piece_start, piece in zip(self._starts[place:], self._pieces[place:], strict=True):
            if piece_start >= stop:
                return
            first, last = max(start - piece_start, 0), min(stop - piece_start, piece.size)
            if first >= last:
                continue
            if piece.entry is None:
                yield piece.data[first:last]
            else:
                yield from read_entry(piece.entry, first, last)


def _local_header(entry: ArchiveEntry) -> bytes:
    name = entry.name.encode()
    big = entry.size >= _LIMIT_32
    extra = struct.pack("<HHQQ", 1, 16, entry.size, entry.size) if big else b""
    size = _LIMIT_32 if big else entry.size
    version = 45 if big else 20
    fixed = struct.pack(
        "<4sHHHHHIIIHH", b"PK\x03\x04", version, _UTF8_NAME, 0, 0, _DOS_DATE, entry.crc32, size, size, len(name), len(extra)
    )
    return fixed + name + extra


def _central_header(entry: ArchiveEntry, offset: int) -> bytes:
    name = entry.name.encode()
    big = entry.size >= _LIMIT_32
    far = offset >= _LIMIT_32
    values = ([entry.size, entry.size] if big else []) + ([offset] if far else [])
    extra = struct.pack(f"<HH{len(values)}Q", 1, 8 * len(values), *values) if values else b""
    size = _LIMIT_32 if big else entry.size
    version = 45 if values else 20
    fixed = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\x01\x02",
        _MADE_BY_UNIX | version,
        version,
        _UTF8_NAME,
        0,
        0,
        _DOS_DATE,
        entry.crc32,
        size,
        size,
        len(name),
        len(extra),
        0,
        0,
        0,
        _REGULAR_FILE,
        _LIMIT_32 if far else offset,
    )
    return fixed + name + extra


def _end_records(count: int, *, size: int, offset: int) -> bytes:
    records = b""
    if count >= _LIMIT_16 or size >= _LIMIT_32 or offset >= _LIMIT_32:
        records += struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, _MADE_BY_UNIX | 45, 45, 0, 0, count, count, size, offset)
        records += struct.pack("<4sIQI", b"PK\x06\x07", 0, offset + size, 1)
    short = min(count, _LIMIT_16)
    records += struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, short, short, min(size, _LIMIT_32), min(offset, _LIMIT_32), 0)
    return records
