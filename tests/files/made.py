"""Files made for the tests: honest ones of every kind, and hostile ones."""

import io
import struct
import zipfile
import zlib

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.{}+xml"/></Types>'
)
PLAIN_DOCX = "openxmlformats-officedocument.wordprocessingml.document.main"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a form receives it; what the browser says of its type is never believed."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP with these members, compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def pdf(**changes: pikepdf.Object) -> bytes:
    """A PDF of one page; `changes` go in its catalogue (OpenAction=...)."""
    target = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        for key, value in changes.items():
            document.Root[f"/{key}"] = value
        document.save(target, deterministic_id=True)
    return target.getvalue()


def heavy_pdf(size: int) -> bytes:
    """A small PDF whose compressed objects unpack to `size` bytes."""
    # In pieces: the test looks at what reading costs, making must cost less.
    packer, megabyte = zlib.compressobj(9), b" " * 1024 * 1024
    packed = packer.compress(b"1 0 ") + b"".join(packer.compress(megabyte) for _ in range(size // len(megabyte))) + packer.flush()
    parts = [
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots 5 0 R>>\nendobj\n",
        b"4 0 obj\n<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj\n"
        % (len(packed), packed),
    ]
    content, places = b"%PDF-1.5\n", []
    for part in parts:
        places.append(len(content))
        content += part
    entries = [bytes(6), *(b"\1" + place.to_bytes(4) + b"\0" for place in places), b"\2" + (4).to_bytes(4) + b"\0"]
    entries.append(b"\1" + len(content).to_bytes(4) + b"\0")
    table = b"".join(entries)
    head = b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n" % len(table)
    return content + head + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(content)


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    target = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(target, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    return target.getvalue()


def picture(format_: str = "PNG", size: tuple[int, int] = (4, 4)) -> bytes:
    """A plain picture."""
    target = io.BytesIO()
    Image.new("RGB", size, (106, 44, 94)).save(target, format_)
    return target.getvalue()


def huge_png() -> bytes:
    """A PNG of a few bytes that announces ten billion points."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00")) + chunk(b"IEND", b"")


def docx(**more: bytes) -> bytes:
    """The least a reader takes for a Word document, and more members if wanted ("/" of their names written "__")."""
    members = {
        "[Content_Types].xml": CONTENT_TYPES.format(PLAIN_DOCX).encode(),
        "word/document.xml": b"<w:document/>",
    }
    return archive(members | {name.replace("__", "/"): content for name, content in more.items()})


def docm() -> bytes:
    """A Word document with macros, called .docx."""
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES.format("ms-word.document.macroEnabled.main").encode(),
            "word/document.xml": b"<w:document/>",
        }
    )


def xlsx() -> bytes:
    """A workbook."""
    book, target = Workbook(), io.BytesIO()
    book.active.append(["Session", "Note"])
    book.save(target)
    return target.getvalue()


def odt(manifest: bytes = b"<manifest/>") -> bytes:
    """A LibreOffice text."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("content.xml", "<office/>")
        made.writestr("META-INF/manifest.xml", manifest)
    return target.getvalue()
