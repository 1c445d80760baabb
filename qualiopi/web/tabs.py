"""The tabs that several pages share: which there are, who sees each, and which one is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qualiopi.web.parts import Option
from qualiopi.web.reach import reachable


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: the key that its pages name, its word, and the name of its address, which may be one of a room above."""

    key: str
    label: Promise
    address: str


@dataclass(frozen=True, slots=True)
class TabSet:
    """Tabs in their order; `label` tells what they are of and is read aloud."""

    label: Promise
    tabs: tuple[Tab, ...]


TAB_SETS: Final[dict[str, TabSet]] = {
    "session": TabSet(
        _("La session"),
        (
            Tab("session", _("Session"), "dossiers:session"),
            Tab("attendance", _("Présences"), "attendance:session"),
            Tab("before", _("Avant"), "learning:before"),
            Tab("results", _("Acquis"), "learning:results"),
            Tab("documents", _("Documents"), "documents:session"),
            Tab("surveys", _("Avis"), "surveys:session"),
            Tab("dossier", _("Dossier"), "dossiers:detail"),
        ),
    ),
    "sessions_and_people": TabSet(
        _("Sessions et personnes"),
        (
            Tab("sessions", _("Sessions"), "agenda:index"),
            Tab("courses", _("Formations"), "catalogue:list"),
            Tab("trainers", _("Formateurs"), "people:trainers"),
            Tab("subcontractors", _("Sous-traitants"), "people:subcontractors"),
            Tab("trainees", _("Stagiaires"), "people:trainees"),
            Tab("companies", _("Entreprises"), "people:companies"),
            Tab("funders", _("Financeurs"), "people:funders"),
        ),
    ),
}


def tabs_of(request: HttpRequest, name: str, here: str, *args: object) -> list[Option]:
    """The tabs of a set that the reader may open, `here` on; `args` of their addresses.

    ValueError when no tab of the set is `here`: a page that stands nowhere is a mistake of ours.
    """
    tabs = TAB_SETS[name].tabs
    if here not in {tab.key for tab in tabs}:
        raise ValueError(f"Aucun onglet « {here} » parmi ceux de « {name} ».")
    addresses = [(tab, reachable(request, tab.address, *args)) for tab in tabs]
    return [Option(str(tab.label), address, current=tab.key == here) for tab, address in addresses if address]
