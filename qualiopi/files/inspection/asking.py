"""The questions that the product asks about a file; a child process opens it and answers."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from qualiopi.files.errors import Reason, RefusedFile
from qualiopi.files.inspection import refusals
from qualiopi.files.kinds import Kind
from qualiopi.sandbox import Cause, Died, limits_for, run

# What a child runs.
LOOK, REDRAW = "qualiopi.files.inspection.look:look", "qualiopi.files.inspection.pictures:redraw"
# What a child may answer about a file, and the largest picture that it may draw again, in bytes.
LONGEST_ANSWER = 64 * 1024
LARGEST_DRAWING = 8 * 1024 * 1024


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


def redraw(picture: BinaryIO, *, largest: tuple[int, int]) -> bytes:
    """A PNG or JPEG picture drawn again as a PNG that fits in `largest` (width, height in points), upright; raises RefusedFile."""
    answer = _answer(REDRAW, picture, {"largest": list(largest)}, output=LARGEST_DRAWING)
    try:
        return base64.b64decode(answer["png"], validate=True)
    except (KeyError, TypeError, binascii.Error) as error:
        raise refusals.damaged() from error


def _answer(parser: str, file: BinaryIO, arguments: dict[str, Any], *, output: int) -> dict[str, Any]:
    """The one message of a child that opened this file; its refusal, or its death, as RefusedFile."""
    file.seek(0, os.SEEK_END)
    limits = limits_for(file.tell(), output=output)
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
