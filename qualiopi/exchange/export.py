"""The only way a list leaves as a file: CSV or XLSX, and no cell becomes a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

# What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection).
_RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_text(value: str) -> str:
    """A text that no spreadsheet runs: an apostrophe goes before what begins like a formula."""
    return f"'{value}" if value.startswith(_RISKY_STARTS) else value


class _Echo:
    """A file that hands back what is written: the CSV writer then serves a stream."""

    def write(self, line: str) -> str:
        return line


def local_moment(value: datetime) -> datetime:
    """The moment as people read it here: spreadsheets know no time zone."""
    return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value


def _csv_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{local_moment(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",")
    return safe_text(str(value)) if not isinstance(value, int) else str(value)


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Lines of a CSV that French spreadsheets open as it is: UTF-8 with its mark, semicolons, decimal commas."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([safe_text(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([_csv_value(value) for value in row])


def export_response(kind: str, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponseBase:
    """The list as a download: `kind` is csv (streamed) or xlsx; raise Http404 for anything else."""
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.{kind}"
    if kind == "csv":
        response = StreamingHttpResponse(csv_lines(headings, rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response
    if kind == "xlsx":
        # Ten megabytes of library, for a list in twenty: a process that serves pages loads it when somebody asks for a workbook.
        from qualiopi.exchange.workbook import write_xlsx

        target = TemporaryFile()  # noqa: SIM115 - the response closes it once sent
        write_xlsx(target, headings, rows, title=name)
        target.seek(0)
        return FileResponse(target, as_attachment=True, filename=filename)
    raise Http404
