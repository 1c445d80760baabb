"""Checking a pack offline: what was altered, removed or added since it was made. Reads the ZIP alone, no database."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_CHUNK = 1024 * 1024
# What reading an entry raises when somebody damaged it, compressed it in a way nobody reads here,
# locked it with a password or said that it lies elsewhere.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class UnreadablePack(Exception):
    """The file is not one of our packs; the message is a French sentence that says why."""


@dataclass(slots=True)
class Verification:
    """What was found, by path inside the pack."""

    checked: int = 0
    altered: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether nothing moved."""
        return not (self.altered or self.removed or self.added)


def verify(path: Path) -> Verification:
    """Compare every file with the manifests; raise UnreadablePack when the file is no pack at all.

    The payload is held to manifest-sha256.txt, the tag files to tagmanifest-sha256.txt.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _verify(archive)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise UnreadablePack(f"Ce fichier ne se lit pas comme un dossier de preuves : {error}") from error


def _verify(archive: zipfile.ZipFile) -> Verification:
    names = [name for name in archive.namelist() if not name.endswith("/")]
    manifests = [name for name in names if name.endswith("/tagmanifest-sha256.txt") and name.count("/") == 1]
    if len(manifests) != 1:
        raise UnreadablePack("Ce fichier ne contient pas un dossier de preuves et un seul (tagmanifest-sha256.txt).")
    root = manifests[0].rpartition("/")[0] + "/"
    found = Verification()
    expected: dict[str, str] = {}
    for manifest in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        if root + manifest not in names:
            continue
        try:
            expected |= _read_manifest(archive, root + manifest)
        except _UNREADABLE:
            found.altered.append(manifest)
    # Twice the same name: a reader could be shown the other one.
    found.added += sorted(name.removeprefix(root) for name, times in Counter(names).items() if times > 1)
    present = {name.removeprefix(root) for name in names if name.startswith(root)}
    for path, digest in sorted(expected.items()):
        if path not in present:
            found.removed.append(path)
            continue
        found.checked += 1
        if _digest(archive, root + path) != digest and path not in found.altered:
            found.altered.append(path)
    # Beside the bag, a file may bear the very path of one that is expected inside.
    beside = {name for name in names if not name.startswith(root)}
    found.added += sorted((present - expected.keys() - {"tagmanifest-sha256.txt"}) | beside)
    return found


def _read_manifest(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    entries: dict[str, str] = {}
    for line in archive.read(name).decode().splitlines():
        digest, path = line.split("  ", 1)
        entries[path] = digest
    return entries


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    """SHA-256 of an entry; empty when its own checksum already tells that it was damaged."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            _feed(digest, file)
    except _UNREADABLE:
        return ""
    return digest.hexdigest()


def _feed(digest: hashlib._Hash, file: IO[bytes]) -> None:
    while piece := file.read(_CHUNK):
        digest.update(piece)
