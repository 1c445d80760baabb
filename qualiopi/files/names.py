"""Names of files: cleaned when they come in, safe in a header when they go out. They are shown, never used as a path."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from django.utils.http import content_disposition_header

LONGEST = 150
_SEPARATORS = re.compile(r'[/\\:*?"<>|]+')
_SPACES = re.compile(r"\s+")
# Windows reads these as devices, whatever the extension.
_RESERVED = re.compile(r"^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE)


def clean_name(name: str) -> str:
    """A name that can be shown and written on any disk: no path, control, hidden or direction character, no device of Windows.

    What is left of « ../../etc/passwd » is « passwd »; a name of which nothing is left becomes « fichier ».
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Cc: controls; Cf: invisible (direction overrides, joiners); Co, Cn, Cs: private, unassigned, surrogates.
    shown = "".join(" " if character.isspace() else character for character in last)
    shown = "".join(character for character in shown if unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cn", "Cs"})
    shown = _SPACES.sub(" ", _SEPARATORS.sub("-", shown)).strip(" .-")
    extension = extension_of(shown)
    stem = (shown[: len(shown) - len(extension)] if extension else shown).strip(" .")
    if not stem:
        stem = "fichier"
    if _RESERVED.match(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    return stem[: LONGEST - len(extension)].rstrip(" .") + extension


def extension_of(name: str) -> str:
    """The last extension in lower case with its dot, « .pdf »; empty when there is none that looks like one."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""


def disposition(name: str, *, inline: bool) -> str:
    """The Content-Disposition header: `attachment` or `inline`, the name as RFC 6266 and RFC 8187 ask."""
    header = content_disposition_header(not inline, clean_name(name))
    return header or ("inline" if inline else "attachment")
