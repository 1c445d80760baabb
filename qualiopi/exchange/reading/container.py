"""Looking at a workbook's container before its parser opens it: its kind, size once unpacked, entities, what its sheets do not show.

A workbook is an archive of XML parts. Each part is read once, in small pieces, and what is really unpacked is counted (an archive can
lie about its sizes). How far a table goes is known once it is parsed: until then the limits of the child hold.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from posixpath import join, normpath
from typing import TypeVar
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from . import formulas, opendocument, refusals
from .formulas import SheetFacts
from .limits import ReadLimits

CHUNK = 1024 * 1024
OVERLAP = 16
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
OPEN_DOCUMENT = "content.xml"
_SPREADSHEET = b"opendocument.spreadsheet"
R = TypeVar("R", formulas.FactsReader, opendocument.FactsReader)
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


@dataclass(frozen=True, slots=True)
class Container:
    """The kind of a workbook (« XLSX », « ODS », « XLS »), by its parts, and facts by sheet name (of an XLS, `excel97` reads them)."""

    kind: str
    facts: dict[str, SheetFacts]


def check_container(content: bytes, limits: ReadLimits) -> Container:
    """What this container holds. Raises ``UnreadableFile`` for what is unsafe, and for a kind that is not read."""
    if content.startswith(OLE_MAGIC):
        if ENCRYPTED_OLE_STREAM in content:
            raise refusals.encrypted()
        return Container("XLS", {})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > limits.archive_members:
                raise refusals.too_heavy()
            if any(member.flag_bits & 0x1 for member in members):
                raise refusals.encrypted()
            if sum(member.file_size for member in members) > limits.unpacked_size:
                raise refusals.too_heavy()
            kind = _kind(archive, {_part(member.filename) for member in members})
            return Container(kind, _walk(archive, members, kind, limits))
    except _DAMAGED as error:
        raise refusals.damaged() from error


def _kind(archive: zipfile.ZipFile, parts: set[str]) -> str:
    """By the part that holds the workbook: a list of types names what is not there. Raises ``UnreadableFile`` for what is none."""
    if "xl/workbook.bin" in parts:
        raise refusals.binary_workbook()
    if "xl/workbook.xml" in parts:
        return "XLSX"
    if OPEN_DOCUMENT not in parts or _SPREADSHEET not in _beginning(archive, "mimetype"):
        raise refusals.not_a_table()
    return "ODS"


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(100)


def _walk(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], kind: str, limits: ReadLimits) -> dict[str, SheetFacts]:
    budget = limits.unpacked_size
    sheet_of_part, unsaved = _sheets(archive) if kind == "XLSX" else ({}, False)
    telling: dict[str, zipfile.ZipInfo] = {}
    document: zipfile.ZipInfo | None = None
    for member in members:
        sheet = sheet_of_part.get(_part(member.filename))
        is_document = kind == "ODS" and member.filename == OPEN_DOCUMENT
        tail = b""
        with archive.open(member) as part:
            while chunk := part.read(CHUNK):
                budget -= len(chunk)
                if budget < 0:
                    raise refusals.too_heavy()
                piece = tail + chunk
                if member.filename.endswith((".xml", ".rels")) and _declares_entity(piece):
                    raise refusals.entities()
                if sheet is not None and sheet not in telling and formulas.may_tell(piece):
                    telling[sheet] = member
                if is_document and document is None and opendocument.may_tell(piece):
                    document = member
                tail = chunk[-OVERLAP:]
    if document is not None:
        return _read(archive, document, opendocument.FactsReader()).sheets
    return {sheet: _read(archive, member, formulas.FactsReader(unsaved=unsaved)).facts for sheet, member in telling.items()}


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, reader: R) -> R:
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            reader.feed(chunk)
    return reader


def _declares_entity(piece: bytes) -> bool:
    return b"<!ENTITY" in piece or b"<!DOCTYPE" in piece or b"<\x00!\x00D\x00O\x00C" in piece


def _part(name: str) -> str:
    """The name of a part as readers compare it."""
    return name.replace("\\", "/").lower()


def _sheets(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Part of the archive -> sheet name, read from the workbook's own table of contents; and whether it is still to be computed."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}, False
    workbook, relations = _small_xml(archive, "xl/workbook.xml"), _small_xml(archive, "xl/_rels/workbook.xml.rels")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = {}
    unsaved = False
    for element in workbook.iter():
        if element.tag.endswith("}calcPr"):
            unsaved = element.get("fullCalcOnLoad") in ("1", "true")
        if not element.tag.endswith("}sheet"):
            continue
        target = targets.get(element.get(f"{RELATION}id") or element.get(f"{STRICT_RELATION}id"), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        found[_part(part)] = element.get("name", "")
    return found, unsaved


def _small_xml(archive: zipfile.ZipFile, name: str) -> Element:
    with archive.open(name) as part:
        content = part.read(CHUNK + 1)
    if len(content) > CHUNK:
        raise refusals.too_heavy()
    return ElementTree.fromstring(content)
