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
# What phones write when nobody asks them for JPEG.
HEIC = Kind("HEIC", "image/heic", (".heic", ".heif", ".hif"))
DOCX = Kind("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
XLSX = Kind("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))
PPTX = Kind("PPTX", "application/vnd.openxmlformats-officedocument.presentationml.presentation", (".pptx",))
ODT = Kind("ODT", "application/vnd.oasis.opendocument.text", (".odt",))
ODS = Kind("ODS", "application/vnd.oasis.opendocument.spreadsheet", (".ods",))
ODP = Kind("ODP", "application/vnd.oasis.opendocument.presentation", (".odp",))
XLS = Kind("XLS", "application/vnd.ms-excel", (".xls",))
CSV = Kind("CSV", "text/csv", (".csv", ".tsv"))
TEXT = Kind("TXT", "text/plain", (".txt", ".md"))
EML = Kind("EML", "message/rfc822", (".eml",))
MSG = Kind("MSG", "application/vnd.ms-outlook", (".msg",))

PICTURES = frozenset({JPEG, PNG, GIF, WEBP, TIFF, HEIC})
MAILS = frozenset({EML, MSG})
TABLES = frozenset({XLSX, ODS, XLS, CSV, TEXT})
EVERY_KIND = frozenset({PDF, DOCX, PPTX, ODT, ODP}) | PICTURES | TABLES | MAILS

# What every current browser shows by itself. TIFF is not among them.
SHOWN_INLINE = frozenset(kind.media_type for kind in (PDF, JPEG, PNG, GIF, WEBP))
# What we draw again for it, and what we tell in a page.
DRAWN_AGAIN = frozenset({HEIC.media_type})
TOLD = frozenset(kind.media_type for kind in MAILS)

# Brands of ISO/IEC 23008-12 (annex B) whose pictures are coded as phones do; « avif » and « jpeg » are others.
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})

_LABELS = {kind.media_type: kind.label for kind in EVERY_KIND}


def says_heif(head: bytes) -> bool:
    """Whether a file that begins so says that it is a HEIC or HEIF picture."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS


def label_of(media_type: str) -> str:
    """The short name of a media type, for people: « PDF », « DOCX »; raises KeyError for one that is never kept."""
    return _LABELS[media_type]


def accept_attribute(kinds: frozenset[Kind] = EVERY_KIND) -> str:
    """The `accept` of a file field for these kinds: « .csv,.docx,… »."""
    return ",".join(sorted(extension for kind in kinds for extension in kind.extensions))
