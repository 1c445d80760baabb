"""The plan of a pack: which bytes stand where. Kept beside the pack, it makes the same archive again at each download."""

from __future__ import annotations

import hashlib
import json
import os
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

from qualiopi.files.archive import Archive, ArchiveEntry
from qualiopi.files.sending import Wire

CHUNK = 1024 * 1024
# Up to this size a file is held whole while it is checked; above, it is read twice. Memory stays flat either way.
HELD_WHOLE = 8 * CHUNK
# A file written to within these seconds gets no seal: the clock of a file system may not tell two writings so close apart.
SETTLED_AFTER = 2.0


class AlteredPiece(Exception):
    """A file is not, or no longer, the one that was filed."""


@dataclass(frozen=True, slots=True)
class PackLine:
    """One file of the archive. `source`: path under MEDIA_ROOT; `sha256`: what its bytes must give; `seal`: see `Plan.sealed`."""

    name: str
    size: int
    crc32: int
    sha256: str
    source: str
    seal: str = ""


@dataclass(slots=True)
class Plan:
    """Every file of the archive in its order."""

    lines: list[PackLine] = field(default_factory=list)

    def archive(self) -> Archive:
        """The ZIP that the lines make."""
        return Archive([ArchiveEntry(line.name, line.size, line.crc32, line.source) for line in self.lines])

    def stream(
        self,
        *,
        start: int = 0,
        end: int | None = None,
        made: Mapping[str, bytes] = MappingProxyType({}),
        wire: Wire | None = None,
    ) -> Iterator[bytes]:
        """Bytes of the archive. `made`: by source, files that are nowhere on the disk. Raises AlteredPiece.

        `wire` takes what lies in files on the disk: it is not given here, but sent at its place among what is.

        Every file is checked against its digest before its first byte leaves, except one whose seal tells that nothing touched it
        since it was last checked.
        """
        lines = {line.source: line for line in self.lines}

        def read(entry: ArchiveEntry, first: int, last: int) -> Iterator[bytes]:
            if entry.source in made:
                return iter([made[entry.source][first:last]])
            line = lines[entry.source]
            return read_checked(line.source, line.sha256, first, last, seal=line.seal, wire=wire)

        body = self.archive().stream(read, start=start, end=end)
        return body if wire is None else wire.filled(body)

    def sealed(self) -> Plan:
        """The same plan, with what the file system says of each file: to be taken before the check that vouches for its bytes.

        Whoever writes to a file, renames another over it or resets its dates changes its seal, and it is read again.
        """
        settled_before = time.time() - SETTLED_AFTER
        return Plan([replace(line, seal=seal_of(line.source, settled_before=settled_before)) for line in self.lines])

    def save(self, path: Path) -> None:
        """Write the plan as JSON."""
        path.write_text(json.dumps([list(asdict(line).values()) for line in self.lines], ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Plan:
        """Read a plan written by `save`."""
        return cls([PackLine(*values) for values in json.loads(path.read_text(encoding="utf-8"))])


def seal_of(source: str, *, settled_before: float) -> str:
    """What the file system says of a file under MEDIA_ROOT; empty when it was written to after `settled_before` (a Unix time)."""
    status = (Path(settings.MEDIA_ROOT) / source).stat()
    return _seal(status) if status.st_ctime < settled_before else ""


def _seal(status: os.stat_result) -> str:
    return f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def read_checked(source: str, sha256: str, first: int, last: int, *, seal: str = "", wire: Wire | None = None) -> Iterator[bytes]:
    """Bytes `first` to `last` of a file under MEDIA_ROOT, none before the whole file gave the digest. Raises AlteredPiece.

    A file that still bears the `seal` is not read whole for its digest. `wire`, if given, takes what has not been read for it.
    """
    try:
        # For thousands of files, a Path and a file object each would take as long as sending them.
        file = os.open(os.path.join(settings.MEDIA_ROOT, source), os.O_RDONLY)
    except FileNotFoundError as error:
        raise AlteredPiece(source) from error
    try:
        status = os.fstat(file)
        if not seal or _seal(status) != seal:
            if status.st_size <= HELD_WHOLE:
                content = b"".join(_pieces(file, 0, status.st_size))
                if hashlib.sha256(content).hexdigest() != sha256:
                    raise AlteredPiece(source)
                yield content[first:last]
                return
            digest = hashlib.sha256()
            for piece in _pieces(file, 0, status.st_size):
                digest.update(piece)
            if digest.hexdigest() != sha256:
                raise AlteredPiece(source)
        if wire is None:
            yield from _pieces(file, first, last)
        elif wire.send(file, first, last - first) < last - first:
            raise AlteredPiece(source)
    finally:
        os.close(file)


def _pieces(file: int, first: int, last: int) -> Iterator[bytes]:
    """Bytes `first` to `last` of an open file, fewer when it is shorter."""
    while first < last and (piece := os.pread(file, min(CHUNK, last - first), first)):
        first += len(piece)
        yield piece


def is_intact(source: str, sha256: str) -> bool:
    """Whether a file under MEDIA_ROOT still gives this digest."""
    try:
        for _piece in read_checked(source, sha256, 0, 0):
            pass
    except AlteredPiece:
        return False
    return True


def write_generated(folder: str, name: str, in_archive: str, content: bytes) -> PackLine:
    """Keep bytes made for a pack in its folder under MEDIA_ROOT, and give their line."""
    source = f"{folder}/{name}"
    path = Path(settings.MEDIA_ROOT) / source
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    path.write_bytes(content)
    return PackLine(in_archive, len(content), zlib.crc32(content), hashlib.sha256(content).hexdigest(), source)
