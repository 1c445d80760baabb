"""Pictures, decoded to their last line by a real parser; and drawn again when their points alone are wanted. Loaded in a child alone."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from qualiopi.files import kinds
from qualiopi.files.errors import RefusedFile
from qualiopi.files.inspection import refusals
from qualiopi.files.kinds import Kind

# MPO: a JPEG with other pictures behind the first one, as phones write for portraits; every reader of JPEG shows the first.
_KINDS = {
    "JPEG": kinds.JPEG,
    "MPO": kinds.JPEG,
    "PNG": kinds.PNG,
    "GIF": kinds.GIF,
    "WEBP": kinds.WEBP,
    "TIFF": kinds.TIFF,
    "HEIF": kinds.HEIC,
}
# Pillow opens an MPO by its reader of JPEG, and knows no other.
_READERS = [name for name in _KINDS if name != "MPO"]
# A photograph of a phone has up to 50 million points; beyond, decoding would take hundreds of megabytes of memory.
MOST_POINTS = 64_000_000
# Of what is shown in a page: enough for an A4 sheet to be read.
_JPEG_QUALITY = 85
# Loads what reads each format, here and now rather than in each child. Of a photograph of a phone the picture alone is wanted.
Image.init()
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def kinds_of(suffixes: set[str]) -> frozenset[Kind]:
    """The kinds of picture that bear one of these extensions."""
    return frozenset(kind for kind in _KINDS.values() if suffixes & set(kind.extensions))


def read_picture(path: Path) -> Kind:
    """The kind of a picture that decodes to its last line; raises RefusedFile."""
    with _opened(path, _READERS) as picture:
        return _KINDS[picture.format or ""]


def redraw(path: Path, *, largest: list[int]) -> Iterator[dict[str, str]]:
    """One message: a PNG of a PNG or JPEG picture, upright and no larger than (width, height); or the sentence that refuses it."""
    yield _drawn(path, ["PNG", "JPEG"], "RGBA", largest, {"format": "PNG", "optimize": True})


def show(path: Path, *, largest: list[int]) -> Iterator[dict[str, str]]:
    """One message: a JPEG of a HEIC picture, upright and no larger than (width, height), its points alone; or what refuses it."""
    yield _drawn(path, ["HEIF"], "RGB", largest, {"format": "JPEG", "quality": _JPEG_QUALITY})


def _drawn(path: Path, formats: list[str], mode: str, largest: list[int], options: dict[str, Any]) -> dict[str, str]:
    written = io.BytesIO()
    try:
        with _opened(path, formats) as picture:
            # Of fifty million points one copy is enough.
            picture.thumbnail((max(largest), max(largest)))
            small = _in_usual_colours(ImageOps.exif_transpose(picture)).convert(mode)
    except RefusedFile as refused:
        return {"refused": str(refused)}
    small.thumbnail((largest[0], largest[1]))
    # Where and when it was taken, and with what, go no further.
    small.info.clear()
    small.save(written, **options)
    return {"picture": base64.b64encode(written.getvalue()).decode()}


def _in_usual_colours(picture: Image.Image) -> Image.Image:
    """The colours as a screen shows them, without the profile of the camera."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode != "RGB":
        return picture
    try:
        with io.BytesIO(profile) as file:
            return ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(file), ImageCms.createProfile("sRGB")) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


@contextmanager
def _opened(path: Path, formats: list[str]) -> Iterator[Image.Image]:
    """A picture, decoded; raises RefusedFile for one that is too large or that does not decode."""
    try:
        with warnings.catch_warnings():
            # Our own bound on the number of points is the one that counts.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=formats) as picture:
                if picture.width * picture.height > MOST_POINTS:
                    raise refusals.too_heavy()
                picture.load()
                yield picture
    except Image.DecompressionBombError as error:
        raise refusals.too_heavy() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, RuntimeError) as error:
        if isinstance(error, RefusedFile):
            raise
        raise refusals.damaged() from error
