"""The index of a pack as a workbook, the same bytes for the same content. Imported where one is written: see `exchange.workbook`."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from qualiopi.exchange.workbook import Sheet, write_xlsx

_STILL = (1980, 1, 1, 0, 0, 0)


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as a workbook."""
    target = io.BytesIO()
    write_xlsx(target, sheets)
    return _without_clock(target.getvalue())


def _without_clock(content: bytes) -> bytes:
    """The same workbook with the hour of writing taken out of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as still:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", data)
            entry = zipfile.ZipInfo(info.filename, _STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            still.writestr(entry, data)
    return target.getvalue()
