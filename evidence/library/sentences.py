"""What the library answers first, and how it names its groups."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evidence.library.needs import Need
from qualiopi.web.dates import long_date, month_of
from qualiopi.web.typography import capitalised, in_words, listed

_MOST = 2  # other needs told in the first sentence
_TITLE = 48  # letters of a title on a button

HEADS: Final = {
    Need.EXPIRED: gettext_lazy("Expirées"),
    Need.EXPIRING: gettext_lazy("À renouveler avant l’audit"),
    Need.TO_READ: gettext_lazy("À relire"),
    Need.UNLINKED: gettext_lazy("Sans indicateur"),
    Need.TO_FILE: gettext_lazy("À déposer"),
    Need.REFUSED: gettext_lazy("Refusées à la relecture"),
    Need.NOTHING: gettext_lazy("Rien à reprendre"),
    Need.WITHDRAWN: gettext_lazy("Retirées"),
}


def answer(counts: Mapping[Need, int], *, waiting: int, audit: date | None) -> str:
    """What expires before the audit, or has expired; then what else waits for somebody. `waiting`: files that nobody sorted yet;
    `audit`: its day, None when there is none to come."""
    if not sum(counts[need] for need in Need if need is not Need.WITHDRAWN):
        return _("Aucune pièce encore, %(files)s.") % {"files": _to_sort(waiting)} if waiting else _("Aucune pièce encore.")
    lapsing = bool(counts[Need.EXPIRED] or counts[Need.EXPIRING])
    others = _others(counts, waiting, others=lapsing)[:_MOST]
    if lapsing:
        told = ", ".join([*_lapsing(counts), *others])
        return f"{capitalised(told)}."
    calm = _("Rien n’expire avant l’audit du %(day)s") % {"day": long_date(audit)} if audit else _("Rien n’a expiré")
    return f"{calm}{_(' ; ')}{listed(others)}." if others else f"{calm}."


def _lapsing(counts: Mapping[Need, int]) -> list[str]:
    expired, expiring = counts[Need.EXPIRED], counts[Need.EXPIRING]
    told = []
    if expired:
        told.append(_n(ngettext("%(n)s pièce a expiré", "%(n)s pièces ont expiré", expired), expired))
    if expiring and expired:
        told.append(_n(ngettext("%(n)s expire avant l’audit", "%(n)s expirent avant l’audit", expiring), expiring))
    elif expiring:
        told.append(_n(ngettext("%(n)s pièce expire avant l’audit", "%(n)s pièces expirent avant l’audit", expiring), expiring))
    return told


def _others(counts: Mapping[Need, int], waiting: int, *, others: bool) -> list[str]:
    """What waits, the most pressing first. `others`: pieces were told already, these are other ones."""
    read, unlinked, announced = counts[Need.TO_READ], counts[Need.UNLINKED], counts[Need.TO_FILE]
    told = [_to_sort(waiting)] if waiting else []
    if read:
        words = (
            ngettext("%(n)s autre attend une relecture", "%(n)s autres attendent une relecture", read)
            if others
            else ngettext("%(n)s pièce attend une relecture", "%(n)s pièces attendent une relecture", read)
        )
        told.append(_n(words, read))
    if unlinked:
        words = ngettext("%(n)s n’a pas d’indicateur", "%(n)s n’ont pas d’indicateur", unlinked)
        if not (others or read):
            words = ngettext("%(n)s pièce n’a pas d’indicateur", "%(n)s pièces n’ont pas d’indicateur", unlinked)
        told.append(_n(words, unlinked))
    if announced:
        words = ngettext("%(n)s pièce annoncée est à déposer", "%(n)s pièces annoncées sont à déposer", announced)
        told.append(_n(words, announced))
    return told


def to_sort(waiting: int) -> str:
    """« trois fichiers attendent d’être rangés », at the head of the page that sorts them."""
    return capitalised(_to_sort(waiting))


def read_from_names(waiting: int, sure: int) -> str:
    """How many of the files shown need no more than a yes."""
    if not sure:
        return ngettext("Son nom ne dit pas ce qu’il est : à vous.", "Leurs noms ne disent pas ce qu’ils sont : à vous.", waiting)
    if sure == waiting:
        return ngettext(
            "Son nom dit ce qu’il est : vérifiez, puis rangez.",
            "Leurs noms disent ce qu’ils sont : vérifiez, puis rangez.",
            waiting,
        )
    words = ngettext(
        "%(n)s fichier sur %(total)s dit par son nom ce qu’il est.",
        "%(n)s fichiers sur %(total)s disent par leur nom ce qu’ils sont.",
        sure,
    )
    return capitalised(words % {"n": in_words(sure), "total": in_words(waiting)})


def _to_sort(waiting: int) -> str:
    words = ngettext("%(n)s fichier attend d’être rangé", "%(n)s fichiers attendent d’être rangés", waiting)
    return words % {"n": in_words(waiting)}


def _n(words: str, count: int) -> str:
    return words % {"n": in_words(count, feminine=True)}


def so_many(count: int) -> str:
    """« 8 pièces », beside the head of a group."""
    return ngettext("%(n)s pièce", "%(n)s pièces", count) % {"n": count}


def of_month(month: date) -> str:
    """The head of what needs nothing, by month of filing: « Novembre 2026 »."""
    return capitalised(month_of(month))


def criterion(number: int, title: str) -> str:
    """The head of a fold."""
    return _("%(number)s. %(title)s") % {"number": number, "title": title}


def sort_them(waiting: int) -> str:
    """The button that leads to the files to sort."""
    words = ngettext("Ranger le fichier déposé", "Ranger les %(n)s fichiers déposés", waiting)
    return words % {"n": in_words(waiting)}


def renew(title: str) -> str:
    """The button of the first piece that lapses."""
    return _("Renouveler « %(title)s »") % {"title": _short(title)}


def file_it(title: str) -> str:
    """The button of the first piece that was announced."""
    return _("Déposer « %(title)s »") % {"title": _short(title)}


def read_them(count: int) -> str:
    """The button that opens what nobody read; `count`: under this need alone."""
    return ngettext("Relire la pièce", "Relire les pièces", count)


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"
