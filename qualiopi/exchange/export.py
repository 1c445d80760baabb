"""The only way a list leaves as a file: CSV or XLSX, and no cell becomes a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from qualiopi.exchange.defusing import safe_text


class _Echo:
    """A file that hands back what is written: the CSV writer then serves a stream."""

    def write(self, line: str) -> str:
        return line


def local_moment(value: datetime) -> datetime:
    """The moment as people read it here: spreadsheets know no time zone."""
    return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value


def day_text(day: date) -> str:
    """« 13/01/2026 », whatever the year."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def clock_text(value: time | timedelta) -> str:
    """« 09:30 » for an hour of the day, « 35:00 » for a duration however long; seconds when there are some."""
    if isinstance(value, time):
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    minutes, seconds = divmod(round(abs(value).total_seconds()), 60)
    sign = "-" if value < timedelta(0) else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def _csv_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        moment = local_moment(value)
        return f"{day_text(moment)} {moment:%H:%M}"
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, time | timedelta):
        return clock_text(value)
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",")
    return str(value) if isinstance(value, int) else safe_text(str(value))


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
        write_xlsx(target, [(name, headings, rows)])
        target.seek(0)
        return FileResponse(target, as_attachment=True, filename=filename)
    raise Http404
