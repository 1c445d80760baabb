"""Office documents: an archive with a known table of contents, of a bearable size, with nothing in it that runs.

Loaded in a child process alone.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from qualiopi.files import kinds
from qualiopi.files.errors import RefusedFile
from qualiopi.files.inspection import refusals
from qualiopi.files.kinds import Kind

CHUNK = 256 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_MEMBERS = 10_000
SMALL_PART = 2 * 1024 * 1024
_MAIN_PARTS = {"word/document.xml": kinds.DOCX, "xl/workbook.xml": kinds.XLSX, "ppt/presentation.xml": kinds.PPTX}
_MIMETYPES = {kind.media_type.encode(): kind for kind in (kinds.ODT, kinds.ODS, kinds.ODP)}
KINDS = frozenset(_MAIN_PARTS.values()) | frozenset(_MIMETYPES.values())
_ODF_ENCRYPTION = b"encryption-data"
_RUNS = re.compile(r"(^|/)(vbaProject[^/]*|vbaData\.xml|activeX|macrosheets|Basic|Scripts)(/|$|\.)", re.IGNORECASE)
EXECUTABLE = re.compile(r"\.(exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|msi|jar|html?|svgz)$", re.IGNORECASE)
_REMOTE_TEMPLATE = re.compile(
    rb'<[^>]*attachedTemplate"[^>]*TargetMode="External"|<[^>]*TargetMode="External"[^>]*attachedTemplate"'
)


def open_document(path: Path) -> Kind:
    """DOCX, XLSX, PPTX, ODT, ODS or ODP; raises RefusedFile for another archive, a damaged one, a bomb, or macros."""
    try:
        with zipfile.ZipFile(path) as archive:
            kind = _kind(archive)
            _check_members(archive)
            _read_everything(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, RefusedFile):
            raise
        raise refusals.damaged() from error
    return kind


def _kind(archive: zipfile.ZipFile) -> Kind:
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > MOST_MEMBERS:
        raise refusals.too_heavy()
    if "xl/workbook.bin" in names:
        raise refusals.binary_workbook()
    if "[Content_Types].xml" in names:
        found = [kind for part, kind in _MAIN_PARTS.items() if part in names]
        if len(found) == 1:
            if _has_type(archive, names, "macroEnabled"):
                raise refusals.macros()
            return found[0]
    if "mimetype" in names:
        declared = _small_part(archive, "mimetype").strip()
        if declared in _MIMETYPES and "content.xml" in names:
            if "META-INF/manifest.xml" in names and _ODF_ENCRYPTION in _small_part(archive, "META-INF/manifest.xml"):
                raise refusals.locked()
            return _MIMETYPES[declared]
    raise refusals.archive()


def _has_type(archive: zipfile.ZipFile, names: set[str], word: str) -> bool:
    """Whether a part that is there has a type with this word: some programs list the types of all that they could write."""
    try:
        types = ElementTree.fromstring(_small_part(archive, "[Content_Types].xml"))
    except (ParseError, DefusedXmlException) as error:
        raise refusals.damaged() from error
    parts = {f"/{name.lower()}" for name in names}
    overridden = {
        element.get("PartName", "").lower(): element.get("ContentType", "") for element in types if "PartName" in element.attrib
    }
    by_extension = {
        element.get("Extension", "").lower(): element.get("ContentType", "") for element in types if "Extension" in element.attrib
    }
    return any(word in overridden.get(part, by_extension.get(part.rpartition(".")[2], "")) for part in parts)


def _check_members(archive: zipfile.ZipFile) -> None:
    seen: set[str] = set()
    for member in archive.infolist():
        name = member.filename
        if member.flag_bits & 0x1:
            raise refusals.locked()
        if name in seen or name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name):
            raise refusals.damaged()
        seen.add(name)
        if _RUNS.search(name) or EXECUTABLE.search(name):
            raise refusals.macros()
        if name.endswith("settings.xml.rels") and _REMOTE_TEMPLATE.search(_small_part(archive, name)):
            raise refusals.macros()


def _read_everything(archive: zipfile.ZipFile) -> None:
    """Unpack each part in pieces, without keeping any: an archive may lie about its sizes, and a checksum be wrong."""
    left = LARGEST_UNPACKED
    for member in archive.infolist():
        with archive.open(member) as part:
            while piece := part.read(CHUNK):
                left -= len(piece)
                if left < 0:
                    raise refusals.too_heavy()


def _small_part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(SMALL_PART + 1)
    if len(content) > SMALL_PART:
        raise refusals.too_heavy()
    return content
