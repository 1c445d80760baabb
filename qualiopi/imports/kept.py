"""A table that is kept as a file: its name, and what is said when the files room refuses it. There it is a document; here, a table."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from qualiopi.exchange.reading import DEFAULT_LIMITS, Table, UnreadableFile, refusals
from qualiopi.files.errors import Reason, RefusedFile
from qualiopi.files.kinds import CSV, ODS, TEXT, XLS, XLSX
from qualiopi.files.names import extension_of

_KINDS = {"CSV": (CSV, TEXT), "XLSX": (XLSX,), "XLS": (XLS,), "ODS": (ODS,)}


def named_by_content(name: str, table: Table) -> str:
    """The name of a file with the extension of what it holds: « suivi.xls » that is a text becomes « suivi.csv »."""
    kinds = _KINDS[table.format]
    extension = extension_of(name)
    if any(extension in kind.extensions for kind in kinds):
        return name
    return name.removesuffix(extension) + kinds[0].extensions[0] if extension else name


def refusal_of(error: RefusedFile) -> UnreadableFile:
    """What to say of a table that the files room refuses, and what to do with a table."""
    say = _SAID.get(error.reason)
    return say() if say else UnreadableFile(str(error))


def _macros() -> UnreadableFile:
    return UnreadableFile(
        _("Ce classeur contient des macros ou du contenu actif. Enregistrez-le au format XLSX, sans macros, puis déposez-le.")
    )


def _large() -> UnreadableFile:
    smallest = min(settings.UPLOAD_MAX_BYTES, DEFAULT_LIMITS.file_size)
    return refusals.too_large(replace(DEFAULT_LIMITS, file_size=smallest))


_SAID = {
    Reason.ARCHIVE: refusals.not_a_table,
    Reason.BUSY: refusals.busy,
    Reason.DAMAGED: refusals.damaged,
    Reason.HEAVY: refusals.too_heavy,
    Reason.LARGE: _large,
    Reason.LOCKED: refusals.encrypted,
    Reason.MACROS: _macros,
    Reason.OLD: refusals.not_a_table,
    Reason.PAGE: refusals.web_page,
    Reason.PROGRAM: refusals.not_a_table,
    Reason.SLOW: refusals.too_long,
    Reason.UNKNOWN: refusals.not_a_table,
}
