"""Sentences of the year, each with a form for zero, one and many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.organisations.cycle import Window
from qualiopi.organisations.models import CertifierAudit
from qualiopi.web.dates import long_date, short_month
from qualiopi.web.typography import capitalised, in_words, listed

MOST_NAMED = 3  # things that expire, by name


def year_answer(sessions: int, waiting: int, days: tuple[date, date], expiring: int) -> str:
    """What the picture shows: how many sessions, how many of them wait, how many things expire from today on."""
    first, last = (month(day) for day in days)
    if not sessions:
        held = _("Aucune session de %(first)s à %(last)s.") % {"first": first, "last": last}
    else:
        words = ngettext(
            "%(count)s session de %(first)s à %(last)s, %(waiting)s.",
            "%(count)s sessions de %(first)s à %(last)s, %(waiting)s.",
            sessions,
        )
        counts = {"count": _many(sessions), "waiting": _wait(waiting)}
        held = words % {**counts, "first": first, "last": last}
    return f"{held} {_expire(expiring)}"


def _many(count: int) -> str:
    return capitalised(in_words(count, feminine=True))


def _wait(count: int) -> str:
    if not count:
        return _("aucune à compléter")
    return ngettext("%(n)s à compléter", "%(n)s à compléter", count) % {"n": in_words(count, feminine=True)}


def _expire(count: int) -> str:
    if not count:
        return _("Rien n’expire d’ici là.")
    words = ngettext("%(n)s échéance d’ici là.", "%(n)s échéances d’ici là.", count)
    return words % {"n": _many(count)}


def month(day: date) -> str:
    """« mars 2027 »."""
    return date_format(day, "F Y")


def month_told(first: date, sessions: int, waiting: int) -> str:
    """What is read aloud of a month."""
    count = ngettext("%(n)s session", "%(n)s sessions", sessions) % {"n": sessions}
    return _("%(month)s : %(count)s, %(waiting)s") % {"month": month(first), "count": count, "waiting": _wait(waiting)}


def so_many_expire(count: int) -> str:
    """Beside their number, which the ring says; "" for none."""
    return ngettext("échéance", "échéances", count) if count else ""


def expiring_told(first: date, names: Sequence[str]) -> str:
    """What is read aloud of what expires in a month."""
    return _("%(month)s, expire : %(names)s") % {"month": month(first), "names": some_of(names)}


def some_of(names: Sequence[str]) -> str:
    """« a, b, c et 4 autres »."""
    if len(names) <= MOST_NAMED + 1:
        return listed(names)
    others = len(names) - MOST_NAMED
    return listed([*names[:MOST_NAMED], _("%(n)s autres") % {"n": others}])


def the_certificate() -> str:
    """The end of the certificate, among what expires."""
    return _("le certificat")


def visit(day: date) -> str:
    """A visit of the certifier, in few words."""
    return _("audit, %(day)s") % {"day": f"{day.day} {short_month(day)}"}


def visit_told(audit: CertifierAudit) -> str:
    """The same, read aloud."""
    return _("%(kind)s le %(day)s") % {
        "kind": str(audit.get_kind_display()).capitalize(),
        "day": long_date(audit.held_on),
    }


def window() -> str:
    """The days between which the surveillance visit is held."""
    return _("fenêtre de surveillance")


def window_told(found: Window) -> str:
    """The same, read aloud."""
    return _("Fenêtre de surveillance, du %(start)s au %(end)s") % {
        "start": long_date(found.start),
        "end": long_date(found.end),
    }
