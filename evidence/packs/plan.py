"""The plan of a pack: which bytes stand where. Kept beside the pack, it makes the same archive again at each download."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings

from evidence.packs.archive import Archive, Entry

CHUNK = 1024 * 1024
# Up to this size a file is held whole while it is checked; above, it is read twice. Memory stays flat either way.
HELD_WHOLE = 8 * CHUNK


class AlteredPiece(Exception):
    """A file is not, or no longer, the one that was filed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One file of the archive. `source`: path under MEDIA_ROOT; `sha256`: what its bytes must give."""

    name: str
    size: int
    crc32: int
    sha256: str
    source: str


@dataclass(slots=True)
class Plan:
    """Every file of the archive in its order."""

    lines: list[Line] = field(default_factory=list)

    def archive(self) -> Archive:
        """The ZIP that the lines make."""
        return Archive([Entry(line.name, line.size, line.crc32, line.source) for line in self.lines])

    def stream(self, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Bytes of the archive; every file is checked against its digest before its first byte leaves. Raises AlteredPiece."""
        digests = {line.source: line.sha256 for line in self.lines}

        def read(entry: Entry, first: int, last: int) -> Iterator[bytes]:
            return read_checked(entry.source, digests[entry.source], first, last)

        return self.archive().stream(read, start=start, end=end)

    def save(self, path: Path) -> None:
        """Write the plan as JSON."""
        path.write_text(json.dumps([list(asdict(line).values()) for line in self.lines], ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Plan:
        """Read a plan written by `save`."""
        return cls([Line(*values) for values in json.loads(path.read_text(encoding="utf-8"))])


def read_checked(source: str, sha256: str, first: int, last: int) -> Iterator[bytes]:
    """Bytes `first` to `last` of a file under MEDIA_ROOT, none before the whole file gave the digest. Raises AlteredPiece."""
    path = Path(settings.MEDIA_ROOT) / source
    try:
        with path.open("rb") as file:
            if path.stat().st_size <= HELD_WHOLE:
                content = file.read()
                if hashlib.sha256(content).hexdigest() != sha256:
                    raise AlteredPiece(source)
                yield content[first:last]
                return
            digest = hashlib.sha256()
            while piece := file.read(CHUNK):
                digest.update(piece)
            if digest.hexdigest() != sha256:
                raise AlteredPiece(source)
            file.seek(first)
            left = last - first
            while left and (piece := file.read(min(CHUNK, left))):
                left -= len(piece)
                yield piece
    except FileNotFoundError as error:
        raise AlteredPiece(source) from error


def is_intact(source: str, sha256: str) -> bool:
    """Whether a file under MEDIA_ROOT still gives this digest."""
    try:
        for _piece in read_checked(source, sha256, 0, 0):
            pass
    except AlteredPiece:
        return False
    return True


def write_generated(folder: str, name: str, in_archive: str, content: bytes) -> Line:
    """Keep bytes made for a pack in its folder under MEDIA_ROOT, and give their line."""
    source = f"{folder}/{name}"
    path = Path(settings.MEDIA_ROOT) / source
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    path.write_bytes(content)
    return Line(in_archive, len(content), zlib.crc32(content), hashlib.sha256(content).hexdigest(), source)
