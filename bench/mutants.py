"""Files spoilt in many ways, the same every time: valid samples of each kind, and what chance makes of them."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.files import made, mails

SAMPLES = Path(__file__).parents[1] / "tests" / "samples"
_ZIP = b"PK\x03\x04"
TABLES = {".csv", ".xlsx", ".xls", ".ods"}
_NUMBERS = [b"0", b"1", b"-1", b"99999", b"1048576", b"2147483647", b"4294967296", b"18446744073709551615", b"1e308"]
_EXTREMES = [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\x01\0\0\0"]


def samples() -> list[tuple[str, bytes]]:
    """(name, content) of valid files: those of the tests and one or two of every kind that is kept, an archive beside them."""
    found = [(path.name, path.read_bytes()) for path in sorted(SAMPLES.iterdir()) if path.suffix in TABLES]
    found += [(f"photo.{kind.lower()}", made.picture(kind, (64, 48))) for kind in ("PNG", "JPEG", "GIF", "WEBP", "TIFF")]
    found += [("acte.pdf", made.pdf()), ("lourd.pdf", made.heavy_pdf(1024 * 1024))]
    found += [("lettre.docx", made.docx()), ("lettre.odt", made.odt()), ("classeur.xlsx", made.xlsx()), ("classeur.ods", _ods())]
    files = {"plan.pdf": made.pdf()}
    found += [("photo.heic", mails.heic()), ("message.eml", mails.eml(page=mails.PAGE, files=files))]
    found += [("message.msg", mails.msg(files=files)), ("page.msg", mails.msg(text=None, page=mails.PAGE))]
    found.append(("dossier.zip", made.archive({"a.txt": b"bonjour", "b/c.pdf": made.pdf()})))
    return [(name, _still(content)) for name, content in found]


def _still(content: bytes) -> bytes:
    """The same archive whenever it was made; anything else as it is."""
    if not content.startswith(_ZIP):
        return content
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in source.infolist():
            part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-02-03T09:00:00Z", source.read(member))
            # A ZipInfo of its own bears the first day that the format knows.
            copy.writestr(zipfile.ZipInfo(member.filename), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _ods() -> bytes:
    """A sheet of LibreOffice, with cells and rows that repeat themselves."""
    cell = b'<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
    row = b"<table:table-row>%s</table:table-row>"
    rows = row % (cell % b"Nom" + cell % b"Email") + row % (cell % b"Zo\xc3\xa9" + cell % b"zoe@exemple.fr")
    rows += b'<table:table-row table:number-rows-repeated="1000"><table:table-cell table:number-columns-repeated="50"/></table:table-row>'
    names = b"".join(
        b' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name) for name in (b"office", b"table", b"text")
    )
    content = (
        b'<?xml version="1.0" encoding="UTF-8"?><office:document-content%s><office:body><office:spreadsheet><table:table table:name="Un">'
        b"%s</table:table></office:spreadsheet></office:body></office:document-content>" % (names, rows)
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", b"<manifest/>")
    return target.getvalue()


def mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many spoilt files, each kind in its turn, as (name, content): each was spoilt one to four times."""
    chance = random.Random(seed)
    valid = samples()
    for number in range(count):
        name, content = valid[number % len(valid)]
        spoil = _inside if content.startswith(_ZIP) and chance.random() < 0.7 else _outside
        for _time in range(chance.randint(1, 4)):
            content = spoil(content, chance)
        yield name, content


def _outside(content: bytes, chance: random.Random) -> bytes:
    return chance.choice(_WAYS)(content, chance)


def _inside(content: bytes, chance: random.Random) -> bytes:
    """A part of an archive spoilt, the archive itself made well again."""
    target = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            parts = {member.filename: source.read(member) for member in source.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return _outside(content, chance)
    chosen = chance.choice(sorted(parts)) if parts else ""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name, part in parts.items():
            spoilt = chance.choice(_PART_WAYS)(part, chance) if name == chosen else part
            copy.writestr(zipfile.ZipInfo(name), spoilt, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _place(content: bytes, chance: random.Random, length: int = 0) -> int:
    return chance.randrange(max(1, len(content) - length + 1))


def _bits(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _time in range(min(len(spoilt), chance.choice([1, 2, 8, 64]))):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _extreme(content: bytes, chance: random.Random) -> bytes:
    start, value = _place(content, chance, 4), chance.choice(_EXTREMES)
    return content[:start] + value + content[start + 4 :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: _place(content, chance)]


def _without(content: bytes, chance: random.Random) -> bytes:
    start = _place(content, chance)
    return content[:start] + content[start + chance.choice([1, 16, 256, 4096]) :]


def _twice(content: bytes, chance: random.Random) -> bytes:
    start = _place(content, chance)
    piece = content[start : start + chance.choice([1, 16, 256, 4096])]
    return content[:start] + piece * chance.choice([2, 3, 50]) + content[start + len(piece) :]


def _noise(content: bytes, chance: random.Random) -> bytes:
    start = _place(content, chance)
    return content[:start] + chance.randbytes(chance.choice([1, 4, 64, 1024])) + content[start:]


def _number(content: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"\d+", content[:200_000]))
    if not found:
        return _bits(content, chance)
    one = chance.choice(found)
    return content[: one.start()] + chance.choice(_NUMBERS) + content[one.end() :]


def _tags(content: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"<[^<>]{1,200}>", content[:200_000]))
    if not found:
        return _number(content, chance)
    one, other = chance.choice(found), chance.choice(found)
    return content[: one.start()] + chance.choice([b"", one[0] * 2, other[0], one[0] * 5_000]) + content[one.end() :]


_Way = Callable[[bytes, random.Random], bytes]
_WAYS: list[_Way] = [_bits, _bits, _extreme, _cut, _without, _twice, _noise, _number]
_PART_WAYS: list[_Way] = [_number, _number, _tags, _tags, _bits, _cut, _without, _twice, _noise]
