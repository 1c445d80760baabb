"""Names of files and folders inside a pack: readable, safe on Windows, never twice the same in a folder."""

from __future__ import annotations

import re
import unicodedata

# What Windows forbids, and the percent sign, which manifests would have to encode and `sha256sum` would not understand.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%\x00-\x1f\x7f]')
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Names of devices, which Windows refuses with any extension.
_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
# A path of 260 characters is the limit of many Windows programs; this leaves room for where the pack is unfolded.
_LONGEST = 70


def safe_name(text: str, *, longest: int = _LONGEST) -> str:
    """A file or folder name without path: forbidden and invisible characters give way, ends carry neither dot nor space."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    plain = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", plain)).strip(" .-")
    plain = plain[:longest].rstrip(" .-")
    if plain.split(".")[0].strip().lower() in _RESERVED:
        plain = f"{plain}-"
    return plain or "sans nom"


def safe_file_name(stem: str, ending: str, extension: str) -> str:
    """A file name of which `ending` (", version 2") and `extension` (with its dot, or empty) are kept whole."""
    clean = re.sub(r"[^a-z0-9.]", "", extension.lower())
    return safe_name(stem, longest=_LONGEST - len(ending) - len(clean)) + ending + clean


class Names:
    """Gives each path once: the second of a name gets « (2) » before its extension. Compared as Windows does, without case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, path: str) -> str:
        """The path, or the first free variant of it."""
        folder, _slash, name = path.rpartition("/")
        stem, dot, extension = name.rpartition(".")
        if not dot:
            stem, extension = name, ""
        candidate, number = path, 1
        while candidate.casefold() in self._taken:
            number += 1
            varied = f"{stem} ({number}){dot}{extension}"
            candidate = f"{folder}/{varied}" if folder else varied
        self._taken.add(candidate.casefold())
        return candidate
