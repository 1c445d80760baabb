"""Looking at a workbook's container before its parser opens it: size once unpacked, entities, formulas, hidden columns.

A workbook is an archive of XML parts. Each part is read once, in small pieces, and what is really unpacked is counted (an archive can
lie about its sizes). How far a table goes is known once it is parsed: until then the limits of the child hold.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from . import refusals
from .formulas import FactsReader, SheetFacts, may_tell
from .limits import ReadLimits

CHUNK = 1024 * 1024
OVERLAP = 16
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
ENCRYPTED_OLE_STREAM = "EncryptedPackage".encode("utf-16-le")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
# What reading a damaged archive raises, ours excepted: a directory that is elsewhere than it says, a method nobody has, a bad checksum.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    ExpatError,
    ParseError,
    DefusedXmlException,
)


def check_container(content: bytes, limits: ReadLimits) -> dict[str, SheetFacts]:
    """Facts by sheet name for an XLSX, nothing for other kinds. Raises ``UnreadableFile`` for what is unsafe."""
    if content.startswith(OLE_MAGIC):
        if ENCRYPTED_OLE_STREAM in content:
            raise refusals.encrypted()
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > limits.archive_members:
                raise refusals.too_heavy()
            if any(member.flag_bits & 0x1 for member in members):
                raise refusals.encrypted()
            if sum(member.file_size for member in members) > limits.unpacked_size:
                raise refusals.too_heavy()
            return _walk(archive, members, limits)
    except _DAMAGED as error:
        raise refusals.damaged() from error


def _walk(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: ReadLimits) -> dict[str, SheetFacts]:
    budget = limits.unpacked_size
    sheet_of_part = _sheet_names(archive)
    telling: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        sheet = sheet_of_part.get(_part(member.filename))
        tail = b""
        with archive.open(member) as part:
            while chunk := part.read(CHUNK):
                budget -= len(chunk)
                if budget < 0:
                    raise refusals.too_heavy()
                piece = tail + chunk
                if member.filename.endswith((".xml", ".rels")) and _declares_entity(piece):
                    raise refusals.entities()
                if sheet is not None and sheet not in telling and may_tell(piece):
                    telling[sheet] = member
                tail = chunk[-OVERLAP:]
    return {sheet: _read_facts(archive, member) for sheet, member in telling.items()}


def _read_facts(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> SheetFacts:
    reader = FactsReader()
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            reader.feed(chunk)
    return reader.facts


def _declares_entity(piece: bytes) -> bool:
    return b"<!ENTITY" in piece or b"<!DOCTYPE" in piece or b"<\x00!\x00D\x00O\x00C" in piece


def _part(name: str) -> str:
    """The name of a part as readers compare it."""
    return name.replace("\\", "/").lower()


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part of the archive -> sheet name, read from the workbook's own table of contents."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    workbook, relations = _small_xml(archive, "xl/workbook.xml"), _small_xml(archive, "xl/_rels/workbook.xml.rels")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = {}
    for sheet in workbook.iter():
        if not sheet.tag.endswith("}sheet"):
            continue
        target = targets.get(sheet.get(f"{RELATION}id") or sheet.get(f"{STRICT_RELATION}id"), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        found[_part(part)] = sheet.get("name", "")
    return found


def _small_xml(archive: zipfile.ZipFile, name: str) -> Element:
    with archive.open(name) as part:
        content = part.read(CHUNK + 1)
    if len(content) > CHUNK:
        raise refusals.too_heavy()
    return ElementTree.fromstring(content)
