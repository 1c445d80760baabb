"""Messages and photographs of phones made for the tests."""

import io
import struct
from datetime import UTC, datetime
from email.message import EmailMessage

import pillow_heif
from extract_msg.ole_writer import OleWriter
from PIL import Image

SUBJECT, SENDER, TO = (
    "Convocation séance 1",
    "Maëlle Kerdraon <maelle.kerdraon@exemple.fr>",
    "Zoé Brémaud <zoe.bremaud@exemple.fr>",
)
TEXT = "Bonjour Zoé,\n\nLa séance commence à 9 h.\n"
PAGE = (
    "<html><head><style>p{color:red}</style><title>caché</title></head><body><script>alert(1)</script>"
    "<p>Bonjour <b>Zoé</b>,</p><p>La séance<br>commence à 9 h.</p><img src='https://pisteur.example/i.gif'>"
    "<a href='https://exemple.fr/plan'>Le plan</a></body></html>"
)
# [MS-OXPROPS]: PidTagMessageDeliveryTime and PidTagClientSubmitTime, of type PtypTime.
_DELIVERED, _SUBMITTED, _TIME = 0x0E06, 0x0039, 0x0040
_FILETIME_OF_1970 = 116_444_736_000_000_000


def eml(*, text: str | None = TEXT, page: str | None = None, files: dict[str, bytes] | None = None) -> bytes:
    """A message as a mail program writes it."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = SUBJECT, SENDER, TO
    message["Date"], message["Message-ID"] = "Tue, 03 Feb 2026 09:30:00 +0100", "<1@exemple.fr>"
    if text is not None:
        message.set_content(text)
    if page is not None:
        (message.set_content if text is None else message.add_alternative)(page, subtype="html")
    for name, content in (files or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    # Boundaries are drawn by lot: the same bytes every time.
    content = message.as_bytes()
    for number, part in enumerate(message.walk()):
        if boundary := part.get_boundary():
            content = content.replace(boundary.encode(), b"==frontiere-%d==" % number)
    return content


def msg(
    *, kind: str = "IPM.Note", text: str | None = TEXT, page: str | None = None, files: dict[str, bytes] | None = None
) -> bytes:
    """A message as Outlook keeps it ([MS-OXMSG]): text in streams of its own, what has a fixed size in one table."""
    writer, target = OleWriter(), io.BytesIO()
    _add(writer, [], {0x001A: kind, 0x0037: SUBJECT, 0x0C1A: "Maëlle Kerdraon", 0x0C1F: "maelle.kerdraon@exemple.fr", 0x0E04: TO})
    if text is not None:
        writer.addEntry(["__substg1.0_1000001F"], text.encode("utf-16-le"))
    if page is not None:
        writer.addEntry(["__substg1.0_10130102"], page.encode())
    recipient = ["__recip_version1.0_#00000000"]
    writer.addEntry(recipient, storage=True)
    _add(writer, recipient, {0x3001: "Zoé Brémaud", 0x39FE: "zoe.bremaud@exemple.fr"})
    # PidTagRecipientType 1: to.
    writer.addEntry([*recipient, "__properties_version1.0"], bytes(8) + struct.pack("<HHIQ", 0x0003, 0x0C15, 6, 1))
    moment = int(datetime(2026, 2, 3, 8, 30, tzinfo=UTC).timestamp() * 10**7) + _FILETIME_OF_1970
    times = b"".join(struct.pack("<HHIQ", _TIME, tag, 6, moment) for tag in (_SUBMITTED, _DELIVERED))
    files = files or {}
    counts = struct.pack("<8xIIII8x", 1, len(files), 1, len(files))
    writer.addEntry(["__properties_version1.0"], counts + times)
    writer.addEntry(["__nameid_version1.0"], storage=True)
    for name in ("00020102", "00030102", "00040102"):
        writer.addEntry(["__nameid_version1.0", f"__substg1.0_{name}"], b"")
    for number, (name, content) in enumerate(files.items()):
        place = [f"__attach_version1.0_#{number:08X}"]
        writer.addEntry(place, storage=True)
        _add(writer, place, {0x3707: name, 0x370E: "multipart/signed" if name == "smime.p7m" else "application/octet-stream"})
        writer.addEntry([*place, "__substg1.0_37010102"], content)
        method = struct.pack("<HHIQ", 0x0003, 0x3705, 6, 1)
        writer.addEntry([*place, "__properties_version1.0"], bytes(8) + method)
    writer.write(target)
    return target.getvalue()


def _add(writer: OleWriter, place: list[str], texts: dict[int, str]) -> None:
    for tag, value in texts.items():
        writer.addEntry([*place, f"__substg1.0_{tag:04X}001F"], value.encode("utf-16-le"))


def heic(size: tuple[int, int] = (64, 48), *, orientation: int = 1, place: bool = False) -> bytes:
    """A photograph as a phone keeps it: blue, with a red upper left quarter; `place`: it tells where it was taken."""
    photo = Image.new("RGB", size, (20, 40, 200))
    photo.paste((220, 30, 30), (0, 0, size[0] // 2, size[1] // 2))
    exif, target = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    exif[0x010F] = "Téléphone Exemple"
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 23.0, 59.0), 3: "W", 4: (4.0, 29.0, 9.0)})
    pillow_heif.from_pillow(photo).save(target, exif=exif.tobytes(), quality=90)
    return target.getvalue()
