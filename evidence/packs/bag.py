"""The BagIt frame of a pack (RFC 8493): declaration, information, manifests. Plain text, computed from digests already known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PayloadFile:
    """One file under `data/`: its path in the bag, its size in bytes, its SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


def declaration() -> bytes:
    """bagit.txt."""
    return b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def manifest(files: Iterable[PayloadFile]) -> bytes:
    """manifest-sha256.txt, which `sha256sum -c` reads too: hence no name holds what RFC 8493, 2.1.3 would encode (%, line ends)."""
    lines = sorted((file.path, file.sha256) for file in files)
    return "".join(f"{sha256}  {path}\n" for path, sha256 in lines).encode()


def information(files: Sequence[PayloadFile], fields: Iterable[tuple[str, str]]) -> bytes:
    """bag-info.txt: the given fields, then the payload's total size and count (`Payload-Oxum`)."""
    oxum = f"{sum(file.size for file in files)}.{len(files)}"
    told = [*((name, " ".join(value.split())) for name, value in fields if value), ("Payload-Oxum", oxum)]
    return "".join(f"{name}: {value}\n" for name, value in told).encode()


def tag_manifest(tags: Iterable[tuple[str, bytes]]) -> bytes:
    """tagmanifest-sha256.txt over the tag files, itself left out."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(tags)).encode()
