"""Photographs of phones: kept as they are, shown as a JPEG that tells nothing but the picture."""

import io

import pillow_heif
import pytest
from PIL import Image

from qualiopi.files import kinds
from qualiopi.files.errors import RefusedFile
from qualiopi.files.inspection import as_jpeg, asking, look_into
from tests.files import mails

RED, BLUE = (220, 30, 30), (20, 40, 200)


def shown(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(as_jpeg(io.BytesIO(content))), formats=["JPEG"])
    picture.load()
    return picture


def colour(picture: Image.Image, right: bool, low: bool) -> str:
    """Of the middle of a quarter."""
    point = picture.getpixel((picture.width * (1 + 2 * right) // 4, picture.height * (1 + 2 * low) // 4))
    return "red" if sum(abs(a - b) for a, b in zip(point, RED, strict=True)) < 60 else "blue"


@pytest.mark.parametrize("name", ["IMG_2034.HEIC", "IMG_2034.heif", "sans-terminaison"])
def test_a_photograph_of_a_phone_is_known_by_what_it_holds(tmp_path, name):
    path = tmp_path / "fichier"
    path.write_bytes(mails.heic())
    assert look_into(path, name=name, allowed=kinds.EVERY_KIND).kind == kinds.HEIC


@pytest.mark.parametrize("content", [mails.heic()[:400], mails.heic()[:20], b"\0\0\0\x18ftypheic" + bytes(400)])
def test_a_spoilt_photograph_is_refused(tmp_path, content):
    path = tmp_path / "fichier"
    path.write_bytes(content)
    with pytest.raises(RefusedFile, match="abîmé"):
        look_into(path, name="a.heic", allowed=kinds.EVERY_KIND)


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [(1, (64, 48), (False, False)), (3, (64, 48), (True, True)), (6, (48, 64), (True, False)), (8, (48, 64), (False, True))],
)
def test_a_photograph_is_shown_upright(orientation, size, red):
    picture = shown(mails.heic(orientation=orientation))
    corners = {(right, low): colour(picture, right, low) for right in (False, True) for low in (False, True)}
    assert picture.size == size
    assert [place for place, seen in corners.items() if seen == "red"] == [red]


def test_what_is_shown_tells_neither_place_nor_camera():
    content = mails.heic(place=True)
    original = Image.Exif()
    original.load(pillow_heif.open_heif(io.BytesIO(content)).info["exif"])
    assert dict(original.get_ifd(0x8825)) != {}
    picture = shown(content)
    assert (dict(picture.getexif()), set(picture.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}) == ({}, set())


def test_a_large_photograph_is_shown_smaller():
    assert shown(mails.heic((4032, 3024))).size == (asking.LARGEST_SHOWN[0], 1800)
