"""The kinds of files that are kept, by what they hold and not by what they are called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its media type, the extensions it may bear (the first is the usual one), its short name for people."""

    label: str
    media_type: str
    extensions: tuple[str, ...]


PDF = Kind("PDF", "application/pdf", (".pdf",))
JPEG = Kind("JPG", "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = Kind("PNG", "image/png", (".png",))
GIF = Kind("GIF", "image/gif", (".gif",))
WEBP = Kind("WEBP", "image/webp", (".webp",))
TIFF = Kind("TIFF", "image/tiff", (".tif", ".tiff"))
DOCX = Kind("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
XLSX = Kind("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))
PPTX = Kind("PPTX", "application/vnd.openxmlformats-officedocument.presentationml.presentation", (".pptx",))
ODT = Kind("ODT", "application/vnd.oasis.opendocument.text", (".odt",))
ODS = Kind("ODS", "application/vnd.oasis.opendocument.spreadsheet", (".ods",))
ODP = Kind("ODP", "application/vnd.oasis.opendocument.presentation", (".odp",))
XLS = Kind("XLS", "application/vnd.ms-excel", (".xls",))
CSV = Kind("CSV", "text/csv", (".csv", ".tsv"))
TEXT = Kind("TXT", "text/plain", (".txt", ".md"))

PICTURES = frozenset({JPEG, PNG, GIF, WEBP, TIFF})
TABLES = frozenset({XLSX, ODS, XLS, CSV, TEXT})
EVERY_KIND = frozenset({PDF, DOCX, PPTX, ODT, ODP}) | PICTURES | TABLES

# What every current browser shows by itself. TIFF is not among them.
SHOWN_INLINE = frozenset(kind.media_type for kind in (PDF, JPEG, PNG, GIF, WEBP))

_LABELS = {kind.media_type: kind.label for kind in EVERY_KIND}


def label_of(media_type: str) -> str:
    """The short name of a media type, for people: « PDF », « DOCX »; raises KeyError for one that is never kept."""
    return _LABELS[media_type]


def accept_attribute(kinds: frozenset[Kind] = EVERY_KIND) -> str:
    """The `accept` of a file field for these kinds: « .csv,.docx,… »."""
    return ",".join(sorted(extension for kind in kinds for extension in kind.extensions))
