"""The twelve months around today, unworded save for what is read aloud: sessions by month, the window and the visits, what expires."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.urls import reverse

from evidence.agenda import year_words as wording
from evidence.agenda.queries import Entry, Place
from evidence.readiness.queries import Board
from qualiopi.organisations.cycle import certificate_end, surveillance_window
from qualiopi.organisations.models import CertifierAudit, Organisation
from qualiopi.standard.book import expectations
from qualiopi.web.charts import Moment, Month, Year
from qualiopi.web.dates import short_month

MONTHS, BEFORE = 12, 5


@dataclass(frozen=True, slots=True)
class Expiring:
    """Something that counts until a day, and where it is renewed."""

    day: date
    what: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One month as a row of the table."""

    month: str
    sessions: int
    waiting: int
    audits: str
    expiring: str


def first_month(today: date, audit: date | None) -> date:
    """Where the twelve months begin: five months ago, later when the next audit would fall outside; never after this month."""
    usual = today.replace(day=1) - relativedelta(months=BEFORE)
    if audit is None:
        return usual
    latest = min(audit.replace(day=1) - relativedelta(months=MONTHS - 1), today.replace(day=1))
    return max(usual, latest)


def expiring_of(board: Board, organisation: Organisation) -> list[Expiring]:
    """What counts until a day: the documents that carry one, what the engine says will have lapsed by the audit, the certificate. A
    document that a proof rests on is said once."""
    slug = organisation.slug
    found = {
        (each.valid_until, each.title): Expiring(each.valid_until, each.title, reverse("library:detail", args=[slug, each.id]))
        for each in board.outline.lapsing
    }
    days = {day for day, _title in found}
    book = expectations().by_key
    for status in board.statuses:
        for renewal in status.renewals:
            expectation = book[renewal.expectation_key]
            if renewal.until not in days and not expectation.sensitive:
                what = f"{renewal.subject.label}, {expectation.short_name}"
                url = reverse("indicators:page", args=[slug, status.number])
                found.setdefault((renewal.until, what), Expiring(renewal.until, what, url))
    if organisation.certified_on:
        end = organisation.certified_until or certificate_end(organisation.certified_on)
        found[(end, "")] = Expiring(end, wording.the_certificate(), reverse("audits:index", args=[slug]))
    return sorted(found.values(), key=lambda each: (each.day, each.what))


def year_of(
    organisation: Organisation,
    entries: Iterable[Entry],
    expiring: Sequence[Expiring],
    planned: Sequence[CertifierAudit],
    *,
    today: date,
) -> tuple[Year, list[Line]]:
    """The picture, and the same as a table."""
    start = first_month(today, planned[0].held_on if planned else None)
    end = start + relativedelta(months=MONTHS)
    placed = Counter(
        (entry.first.year, entry.first.month, entry.place)
        for entry in entries
        if entry.first and start <= entry.first < end and entry.place is not Place.ASIDE
    )
    ending = [each for each in expiring if start <= each.day < end]
    audits_url = reverse("audits:index", args=[organisation.slug])
    visits = [
        Moment(_months(start, each.held_on), wording.visit(each.held_on), wording.visit_told(each), audits_url)
        for each in planned
        if each.held_on < end
    ]
    window = _window(organisation, start, end, audits_url)
    months, lines = [], []
    for number in range(MONTHS):
        first = start + relativedelta(months=number)
        counts = [placed[(first.year, first.month, place)] for place in (Place.WAITING, Place.COMPLETE, Place.COMING)]
        lapsing = [each for each in ending if (each.day.year, each.day.month) == (first.year, first.month)]
        months.append(_month(organisation.slug, first, counts, lapsing, said=number == 0 or first.month == 1))
        held = [each.label for each in visits if int(each.at) == number]
        inside = window is not None and window.at < number + 1 and window.until > number
        lines.append(
            Line(
                month=wording.month(first),
                sessions=sum(counts),
                waiting=counts[0],
                audits=", ".join([*held, *([window.label] if window and inside else [])]),
                expiring=wording.some_of([each.what for each in lapsing]),
            )
        )
    waiting = sum(month.waiting for month in months)
    title = wording.year_answer(
        sum(month.sessions for month in months),
        waiting,
        (start, end - relativedelta(days=1)),
        sum(e.day >= today for e in ending),
    )
    return Year(title, months, _months(start, today), visits, window), lines


def _month(slug: str, first: date, counts: Sequence[int], lapsing: Sequence[Expiring], *, said: bool) -> Month:
    last = first.replace(day=monthrange(first.year, first.month)[1])
    waiting, complete, coming = counts
    return Month(
        label=short_month(first),
        year=str(first.year) if said else "",
        waiting=waiting,
        complete=complete,
        coming=coming,
        told=wording.month_told(first, sum(counts), waiting),
        url=reverse("agenda:index", args=[slug], query={"since": first.isoformat(), "up_to": last.isoformat()}),
        expiring=len(lapsing),
        expiring_label=wording.so_many_expire(len(lapsing)),
        expiring_told=wording.expiring_told(first, [each.what for each in lapsing]),
        expiring_url=lapsing[0].url if len(lapsing) == 1 else "#annee-chiffres" if lapsing else "",
    )


def _window(organisation: Organisation, start: date, end: date, url: str) -> Moment | None:
    """The part of the surveillance window that falls in these months."""
    if not organisation.certified_on:
        return None
    found = surveillance_window(organisation.certified_on)
    if found.end < start or found.start >= end:
        return None
    at, until = max(_months(start, found.start), 0.0), min(_months(start, found.end), float(MONTHS))
    return Moment(at, wording.window(), wording.window_told(found), url, until)


def _months(start: date, day: date) -> float:
    """Months from the first day of one to a day."""
    whole = (day.year - start.year) * 12 + day.month - start.month
    return whole + (day.day - 1) / monthrange(day.year, day.month)[1]
