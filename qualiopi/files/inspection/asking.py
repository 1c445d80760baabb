"""The questions that the product asks about a file; a child process opens it and answers."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from qualiopi.files.errors import Reason, RefusedFile
from qualiopi.files.inspection import refusals
from qualiopi.files.kinds import Kind, says_heif
from qualiopi.sandbox import Cause, Died, limits_for, run

# Enough to know a HEIC picture.
HEAD = 12
# What a child runs.
LOOK = "qualiopi.files.inspection.look:look"
REDRAW, SHOW = "qualiopi.files.inspection.pictures:redraw", "qualiopi.files.inspection.pictures:show"
TELL = "qualiopi.files.inspection.mails:tell"
# What a child may answer about a file, and the largest picture that it may draw again, in bytes.
LONGEST_ANSWER = 64 * 1024
LARGEST_DRAWING = 8 * 1024 * 1024
# What is told of a message: a hundred thousand letters, each in six bytes at the most, and the names of a hundred files.
LONGEST_MAIL = 1024 * 1024
# Of a photograph in a page, in points: more than a screen shows, enough to read what was photographed.
LARGEST_SHOWN = (2400, 2400)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file turned out to be. `active`: it holds something that a reader could run (scripts of a PDF)."""

    kind: Kind
    active: bool = False


def look_into(path: Path, *, name: str, allowed: frozenset[Kind]) -> Seen:
    """Tell the kind of the file at `path`, called `name`; raise RefusedFile with what to do when it can't be kept.

    What its first bytes tell to be of another kind than `allowed` is refused before anything opens it.
    """
    arguments = {"name": name, "allowed": sorted(kind.media_type for kind in allowed)}
    with path.open("rb") as file:
        answer = _answer(LOOK, file, arguments, output=LONGEST_ANSWER)
    seen = {kind.media_type: kind for kind in allowed}.get(str(answer.get("kind")))
    if seen is None:
        raise refusals.damaged()
    return Seen(seen, active=answer.get("active") is not False)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a message: its name, cleaned, and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Mail:
    """What is told of a message, all of it as text. `cut`: there is more to read in the file; `more`: files attached and not named."""

    subject: str
    sender: str
    to: str
    copied: str
    date: datetime | None
    text: str
    cut: bool
    attached: tuple[Attached, ...]
    more: int


def redraw(picture: BinaryIO, *, largest: tuple[int, int]) -> bytes:
    """A PNG or JPEG picture drawn again as a PNG that fits in `largest` (width, height in points), upright; raises RefusedFile."""
    return _picture(REDRAW, picture, largest)


def as_jpeg(picture: BinaryIO) -> bytes:
    """A HEIC picture as a JPEG that every browser shows: upright, no larger than LARGEST_SHOWN, its points alone; raises RefusedFile."""
    return _picture(SHOW, picture, LARGEST_SHOWN)


def read_mail(file: BinaryIO, *, media_type: str) -> Mail:
    """What a message says; raises RefusedFile."""
    answer = _answer(TELL, file, {"kind": media_type}, output=LONGEST_MAIL)
    try:
        return Mail(
            **{name: str(answer[name]) for name in ("subject", "sender", "to", "copied", "text")},
            date=_moment(answer["date"]),
            cut=bool(answer["cut"]),
            attached=tuple(Attached(str(each["name"]), int(each["size"])) for each in answer["attached"]),
            more=int(answer["more"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise refusals.damaged() from error


def _moment(told: Any) -> datetime | None:
    """A moment without a zone is one of Greenwich (RFC 5322, 3.3, « -0000 »)."""
    if not isinstance(told, datetime):
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _picture(parser: str, picture: BinaryIO, largest: tuple[int, int]) -> bytes:
    answer = _answer(parser, picture, {"largest": list(largest)}, output=LARGEST_DRAWING)
    try:
        return base64.b64decode(answer["picture"], validate=True)
    except (KeyError, TypeError, binascii.Error) as error:
        raise refusals.damaged() from error


def _answer(parser: str, file: BinaryIO, arguments: dict[str, Any], *, output: int) -> dict[str, Any]:
    """The one message of a child that opened this file; its refusal, or its death, as RefusedFile."""
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(0)
    # The reader of HEIC starts a thread even when it is asked for none.
    limits = limits_for(size, output=output, threads=says_heif(file.read(HEAD)))
    file.seek(0)
    try:
        messages = list(run(parser, file, arguments=arguments, limits=limits))
    except Died as died:
        raise _REFUSALS[died.cause]() from died
    if len(messages) != 1 or not isinstance(messages[0], dict):
        raise refusals.damaged()
    if "refused" in messages[0]:
        reason = str(messages[0].get("reason"))
        known = Reason(reason) if reason in set(Reason) else Reason.OTHER
        raise RefusedFile(str(messages[0]["refused"]), known)
    return messages[0]


_REFUSALS = {
    Cause.MEMORY: refusals.too_heavy,
    Cause.OUTPUT: refusals.too_heavy,
    Cause.TIME: refusals.too_long,
    Cause.CRASH: refusals.damaged,
    Cause.BUSY: refusals.busy,
}
