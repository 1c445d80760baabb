"""Looking at a workbook's container before any parser opens it: size once unpacked, entities, extent, formulas.

A workbook is an archive of XML parts. Everything here reads each part once, in small pieces, and counts what is
really unpacked (an archive can lie about its sizes), so that a hostile file costs little whatever it claims.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from .limits import ReadLimits
from .tables import UnreadableFile
from .text import too_many_columns, too_many_rows

CHUNK = 1024 * 1024
OVERLAP = 4096
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
ENCRYPTED_OLE_STREAM = "EncryptedPackage".encode("utf-16-le")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FILLED_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"[^>]*[^/>]>')
ANY_CELL = re.compile(rb"<(?:\w+:)?c[ >]")
HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col [^>]*>")
UNCOMPUTED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*><f(?: [^>]*)?>([^<]{0,2000})</f>(?:<v ?/>|<v></v>)?</c>',
)
FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
ODS_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"')
ODS_CELL = re.compile(rb"<table:table-cell([^>]*[^/])>|<table:table-row([^>]*)>")


@dataclass
class SheetFacts:
    """What the parser does not tell about one sheet. Rows and columns from 0."""

    hidden_columns: set[int] = field(default_factory=set)
    formulas: int = 0
    uncomputed: dict[tuple[int, int], str] = field(default_factory=dict)


def check_container(content: bytes, limits: ReadLimits) -> dict[str, SheetFacts]:
    """Facts by sheet name for an XLSX, nothing for other kinds. Raises ``UnreadableFile`` for what is unsafe."""
    if content.startswith(OLE_MAGIC):
        if ENCRYPTED_OLE_STREAM in content:
            raise _encrypted()
        return {}
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise damaged() from error
    with archive:
        members = archive.infolist()
        if len(members) > limits.archive_members:
            raise _too_heavy()
        if any(member.flag_bits & 0x1 for member in members):
            raise _encrypted()
        if sum(member.file_size for member in members) > limits.unpacked_size:
            raise _too_heavy()
        return _walk(archive, members, limits)


def _walk(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: ReadLimits) -> dict[str, SheetFacts]:
    budget = limits.unpacked_size
    sheet_of_part = _sheet_names(archive)
    facts: dict[str, SheetFacts] = {}
    scans: dict[str, _SheetScan] = {}
    for member in members:
        sheet = sheet_of_part.get(member.filename)
        scan = scans.setdefault(sheet, _SheetScan(limits)) if sheet is not None else None
        ods = _OdsScan(limits) if member.filename == "content.xml" else None
        tail = b""
        try:
            with archive.open(member) as part:
                while chunk := part.read(CHUNK):
                    budget -= len(chunk)
                    if budget < 0:
                        raise _too_heavy()
                    if member.filename.endswith((".xml", ".rels")) and _declares_entity(tail + chunk):
                        raise UnreadableFile(
                            _(
                                "Ce classeur contient des déclarations que nous n’ouvrons pas (entités XML). "
                                "Enregistrez-le de nouveau depuis votre tableur, ou au format CSV."
                            )
                        )
                    if scan is not None:
                        scan.feed(tail, chunk)
                    if ods is not None:
                        ods.feed(tail, chunk)
                    tail = chunk[-OVERLAP:]
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise damaged() from error
    for sheet, scan in scans.items():
        facts[sheet] = scan.facts
    return facts


def _declares_entity(piece: bytes) -> bool:
    return b"<!ENTITY" in piece or b"<!DOCTYPE" in piece or b"<\x00!\x00D\x00O\x00C" in piece


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part of the archive -> sheet name, read from the workbook's own table of contents."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    workbook, relations = _small_xml(archive, "xl/workbook.xml"), _small_xml(archive, "xl/_rels/workbook.xml.rels")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = {}
    for sheet in workbook.iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(f"{RELATION}id"), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        found[part] = sheet.get("name", "")
    return found


def _small_xml(archive: zipfile.ZipFile, name: str) -> Element:
    try:
        with archive.open(name) as part:
            content = part.read(CHUNK + 1)
        if len(content) > CHUNK:
            raise _too_heavy()
        return ElementTree.fromstring(content)
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise damaged() from error


class _SheetScan:
    """Extent, formulas and hidden columns of one sheet, whatever its declared dimension."""

    def __init__(self, limits: ReadLimits) -> None:
        self.limits = limits
        self.facts = SheetFacts()
        self.columns: set[bytes] = set()
        self.last_row = 0
        self.cells = 0

    def feed(self, tail: bytes, chunk: bytes) -> None:
        piece = tail[-256:] + chunk
        self.cells += len(ANY_CELL.findall(chunk))
        found = FILLED_CELL.findall(piece)
        if found:
            self.columns.update({column for column, _row in found})
            self.last_row = max(self.last_row, *(int(row) for _column, row in found))
        width = max((column_number(column) for column in self.columns), default=0)
        if width > self.limits.columns:
            raise too_many_columns(self.limits)
        if self.last_row > self.limits.rows or width * self.last_row > self.limits.cells * 4:
            raise too_many_rows(self.limits)
        if self.cells > self.limits.cells * 4:
            raise too_many_rows(self.limits)
        self.facts.formulas += len(FORMULA.findall(chunk))
        if self.facts.formulas and len(self.facts.uncomputed) < 10_000:
            for column, row, formula in UNCOMPUTED.findall(tail + chunk):
                place = (int(row) - 1, column_number(column) - 1)
                self.facts.uncomputed[place] = "=" + formula.decode("utf-8", "replace")
        if not self.facts.hidden_columns:
            self._note_hidden(piece)

    def _note_hidden(self, piece: bytes) -> None:
        for tag in HIDDEN_COLUMNS.findall(piece):
            if b'hidden="1"' in tag or b'hidden="true"' in tag:
                bounds = [re.search(rb'\b%s="(\d{1,5})"' % name, tag) for name in (b"min", b"max")]
                if bounds[0] is not None and bounds[1] is not None:
                    first, last = int(bounds[0][1]), min(int(bounds[1][1]), self.limits.columns)
                    self.facts.hidden_columns.update(range(first - 1, last))


class _OdsScan:
    """Refuses a filled cell or row that claims to repeat itself beyond what a table of ours holds."""

    def __init__(self, limits: ReadLimits) -> None:
        self.limits = limits
        self.row_repeats = 1

    def feed(self, tail: bytes, chunk: bytes) -> None:
        for cell, row in ODS_CELL.findall(tail[-256:] + chunk):
            repeated = ODS_REPEATED.search(cell or row)
            times = int(repeated[1]) if repeated else 1
            if row:
                self.row_repeats = times
            elif times > self.limits.columns:
                raise too_many_columns(self.limits)
            elif b"office:value" in cell and self.row_repeats > self.limits.rows // 100:
                raise too_many_rows(self.limits)


def column_number(letters: bytes) -> int:
    """``A`` is 1, ``XFD`` is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def damaged() -> UnreadableFile:
    return UnreadableFile(
        _("Ce classeur est abîmé ou incomplet. Ouvrez-le dans votre tableur, enregistrez-le, puis déposez-le de nouveau.")
    )


def _encrypted() -> UnreadableFile:
    return UnreadableFile(
        _("Ce classeur est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe, puis déposez-la.")
    )


def _too_heavy() -> UnreadableFile:
    return UnreadableFile(
        _(
            "Ce classeur devient énorme une fois ouvert. Copiez le tableau utile dans un nouveau classeur, "
            "sans image ni mise en forme, puis déposez-le."
        )
    )
