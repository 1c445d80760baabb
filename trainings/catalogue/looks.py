"""How the pages of a course tell its rights, its sheet and its programme: words and classes, from plain values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qualiopi.web.dates import delay, long_date
from trainings.catalogue.models import Accreditation, AccreditationKind

SOON_DAYS = 182


@dataclass(frozen=True, slots=True)
class Right:
    """A right to prepare a certification as the page shows it: its row, its dates in words, and their class."""

    row: Accreditation
    words: str
    look: str


@dataclass(frozen=True, slots=True)
class ListWords:
    """One of the three lists of a programme that is written: its name, what a line holds, how a list is pasted."""

    kind: str
    anchor: str
    title: Promise
    hint: Promise
    pasting: Promise


OBJECTIVES = ListWords(
    "objectives",
    "t-objectifs",
    gettext_lazy("Objectifs"),
    gettext_lazy("un verbe d’action, et comment on voit qu’il est atteint"),
    gettext_lazy(
        "Un par ligne. Depuis un tableau, la deuxième colonne est l’évaluation ; à la main, séparez par une barre : "
        "objectif | évalué par."
    ),
)
SKILLS = ListWords(
    "skills",
    "t-competences",
    gettext_lazy("Compétences de la certification"),
    gettext_lazy("telles qu’écrites dans le référentiel, avec l’épreuve"),
    gettext_lazy("Une par ligne : compétence | épreuve."),
)
SEQUENCES = ListWords(
    "sequences",
    "t-sequences",
    gettext_lazy("Séquences"),
    gettext_lazy("objectifs et compétences par leurs numéros sur cette page : 1, 3"),
    gettext_lazy("Une par ligne : séquence | durée | modalité."),
)


def right_of(row: Accreditation, *, today: date) -> Right:
    """How a right stands today: over, to come, over within six months, or plainly valid."""
    start, end = long_date(row.valid_from), row.valid_until
    if end is None:
        words = _("depuis le %(start)s") % {"start": start}
    else:
        words = _("du %(start)s au %(end)s") % {"start": start, "end": long_date(end)}
    if end is not None and end < today:
        return Right(row, f"{words}, {_('échue')}", "c-insuf")
    if row.valid_from > today:
        return Right(row, f"{words}, {_('à venir')}", "doux")
    if row.kind != AccreditationKind.NOT_REQUIRED and end is not None and (end - today).days <= SOON_DAYS:
        return Right(row, f"{words}, {delay(end, today)}", "c-risque")
    return Right(row, words, "doux")


def registration_look(until: date | None, *, today: date) -> str:
    """The class of the last day of a registration."""
    return "c-insuf" if until is not None and until < today else "doux"


def asked_by(grids: Collection[str]) -> str:
    """Which texts ask for a heading. `grids`: their identifiers, at least one of "2019" and "2026"."""
    if "2019" not in grids:
        return _("texte de 2026")
    return _("textes de 2019 et de 2026") if "2026" in grids else _("audits d’avant le 1er novembre 2026")


def alike_words(said_alike: bool | None) -> str:
    """What the last reading found of the other places where the sheet is told; None when they were not compared."""
    if said_alike is None:
        return _("les autres supports n’ont pas été comparés")
    return (
        _("tous les supports disent la même chose")
        if said_alike
        else _("les supports ne disent pas tous la même chose : à corriger")
    )


def certification_words(code: str, certifying: bool | None) -> str:
    """What the list says of a course without a code that nobody yet called certifying or not; "" of every other."""
    return _("certifiante : à préciser") if not code and certifying is None else ""


def version_words(in_force_from: date | None, *, today: date, sessions: int) -> str:
    """Where a version of a programme stands: in preparation, adopted for later, or in force and followed."""
    if in_force_from is None:
        return _("Cette version est en préparation : aucune session ne la suit encore.")
    if in_force_from > today:
        return _("Adoptée pour le %(day)s : elle ne change plus.") % {"day": long_date(in_force_from)}
    return ngettext(
        "En vigueur depuis le %(day)s, suivie par %(n)s session. Elle ne change plus.",
        "En vigueur depuis le %(day)s, suivie par %(n)s sessions. Elle ne change plus.",
        sessions,
    ) % {"day": long_date(in_force_from), "n": localize(sessions)}
