"""What is told once a session changed: values that are no longer the same, and the papers that still say the old ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.web.dates import long_date, period
from qualiopi.web.typography import hours
from trainings.sessions.calendar import SATURDAY, holiday_name
from trainings.sessions.models import Session
from trainings.sessions.queries import Said, papers_of, said_by

# Numbers of papers told by name; the others are counted.
_NAMED = 5


def tell_changes(request: HttpRequest, before: Said, session: Session) -> None:
    """Say which dates and hours are new, what the half-days do not cover, and which documents were issued with the old values."""
    after = said_by(session)
    for sentence in new_values(before, after):
        messages.info(request, sentence)
    for sentence in consequences(before, after, papers_of(session) if not before.says_as(after) else []):
        messages.warning(request, sentence)


def consequences(before: Said, after: Said, papers: Sequence[str]) -> list[str]:
    """What the half-days do not cover, and the documents issued (their numbers) that still say the old values."""
    told = [gap_words(after)] if after.parted else []
    if papers and not before.says_as(after):
        told.append(_papers_words(papers))
    return told


def gap_words(said: Said) -> str:
    """How a session and its half-days differ; empty when they agree, or when there is no half-day."""
    if not said.parted:
        return ""
    return _("La session et ses demi-journées diffèrent. Session : %(said)s ; demi-journées : %(laid)s.") % {
        "said": _dates_and_hours(said.starts_on, said.ends_on, said.hours),
        "laid": _dates_and_hours(said.laid.first, said.laid.last, said.laid.hours),
    }


def new_values(before: Said, after: Said) -> list[str]:
    """Dates and hours that are no longer those that were said, with both."""
    told = []
    if before.starts_on and (before.starts_on, before.ends_on) != (after.starts_on, after.ends_on):
        told.append(
            _("Dates de la session : %(now)s, au lieu de : %(then)s.")
            % {
                "now": _dates_and_hours(after.starts_on, after.ends_on, None),
                "then": _dates_and_hours(before.starts_on, before.ends_on, None),
            }
        )
    if before.hours and before.hours != after.hours:
        told.append(
            _("Durée de la session : %(now)s, au lieu de %(then)s.")
            % {"now": hours(after.hours) if after.hours else _("à préciser"), "then": hours(before.hours)}
        )
    return told


def _dates_and_hours(first: date | None, last: date | None, length: Decimal | None) -> str:
    dates = period(first, last or first) if first else _("dates à préciser")
    return f"{dates}, {hours(length)}" if length else dates


def _papers_words(numbers: Sequence[str]) -> str:
    named = ", ".join(numbers[:_NAMED])
    more = len(numbers) - _NAMED
    if more > 0:
        named = ngettext("%(named)s et un autre", "%(named)s et %(more)s autres", more) % {"named": named, "more": more}
    return ngettext(
        "Un document déjà émis porte les anciennes valeurs : %(named)s. Annulez-le et émettez-le de nouveau si elles comptent.",
        "Des documents déjà émis portent les anciennes valeurs : %(named)s. Annulez-les et émettez-les de nouveau si elles comptent.",
        len(numbers),
    ) % {"named": named}


def moved_off(asked: date, begins: date | None, *, postcode: str) -> str:
    """Why a session does not begin on the day that was asked for; empty when it does. `postcode`: of its place."""
    if begins is None or begins == asked:
        return ""
    holiday = holiday_name(asked, postcode)
    if holiday:
        words = _("Le %(asked)s est férié (%(holiday)s) : le premier jour est le %(begins)s.")
    elif asked.weekday() >= SATURDAY:
        words = _("Le %(asked)s tombe un week-end : le premier jour est le %(begins)s.")
    else:
        return ""
    said = {"asked": long_date(asked, weekday=True), "holiday": holiday, "begins": long_date(begins, weekday=True)}
    return words % said
