"""What the frame of every page needs: who, where, which entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from qualiopi.organisations.enums import Capability
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest
from qualiopi.organisations.queries import Access
from qualiopi.organisations.waiting import at_hand_of, waiting, worth_asking


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of the navigation. `count_url`: where a page asks for the count, when it does not know it."""

    label: str
    icon: str
    url: str
    current: bool
    count: int | None = None
    count_url: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One organisation, or the network, in the switch."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class NextAudit:
    """The lit card at the foot of the rail."""

    days: int
    label: str
    held_on: date
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The rail."""

    organisation_name: str
    network_name: str
    home_url: str
    search_url: str
    choices: list[Choice]
    entries: list[MenuEntry]
    next_audit: NextAudit | None
    person_name: str
    person_initials: str
    role_label: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` inside an organisation, None elsewhere. Nothing is read before a template asks."""
    access: Access | None = getattr(request, "access", None)
    return {
        "frame": SimpleLazyObject(lambda: _frame(request, access)) if access else None,
        "organisation": access and access.organisation,
    }


# Who may look for something: each kind of thing asks for one of these.
SEARCHERS = (C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS, C.VIEW_EVIDENCE, C.VIEW_READINESS)

# Rooms that are reached from sessions, people and courses.
_ABOUT_SESSIONS = (
    "sessions",
    "people",
    "catalogue",
    "imports",
    "attendance",
    "learning",
    "adaptations",
    "documents",
    "closing",
    "merging",
    "removal",
    "dossiers",
    "matrix",
    "agenda",
)


def _entries(access: Access) -> list[tuple[tuple[Capability, ...], str, str, str, tuple[str, ...]]]:
    """Capability, label, icon, name of the URL, and the namespaces for which the entry is the current one."""
    return [
        ((C.VIEW_HOME,), _("Ce qui m’attend"), "home", "home:index", ())
        if access.allows(C.VIEW_HOME)
        else ((C.TEACH,), _("Ce que je dois"), "home", "debts:mine", ()),
        (
            (C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS),
            _("Sessions"),
            "calendar-event",
            "agenda:index",
            _ABOUT_SESSIONS,
        ),
        ((C.VIEW_READINESS,), _("Ce qui est dû"), "send", "debts:index", ("debts",)),
        ((C.VIEW_SURVEYS,), _("Enquêtes"), "message", "surveys:list", ("surveys",)),
        ((C.VIEW_EVIDENCE,), _("Preuves"), "files", "library:list", ("library",)),
        ((C.VIEW_READINESS,), _("Indicateurs"), "list-check", "readiness:board", ("readiness",)),
        ((C.VIEW_READINESS,), _("Audits"), "flag", "audits:index", ("audits", "packs")),
        ((C.VIEW_SETTINGS,), _("Réglages"), "adjustments-horizontal", "organisations:settings", ("organisations",)),
    ]


def _choices(access: Access, accesses: list[Access]) -> list[Choice]:
    """The organisations one may enter, then the network for its head."""
    found = [
        Choice(
            other.organisation.name,
            reverse("organisations:enter", args=[other.organisation.slug]),
            other.organisation == access.organisation,
        )
        for other in accesses
    ]
    if access.allows(C.VIEW_NETWORK) and access.organisation.network:
        found.append(Choice(_("Tout le réseau"), reverse("network:index", args=[access.organisation.network.slug]), False))
    return found


def _count(request: HttpRequest) -> tuple[int | None, str]:
    """How many things await on the first page; while that is not known, where a page may ask for it."""
    asked = cast(TenantRequest, request)
    count = waiting(asked)
    may_ask = count is None and worth_asking(asked)
    return count, reverse("home:waiting", args=[asked.organisation.slug]) if may_ask else ""


def _frame(request: HttpRequest, access: Access) -> Frame:
    organisation = access.organisation
    match = request.resolver_match
    view_name = match.view_name if match else ""
    namespace = view_name.split(":")[0]
    entries = [
        MenuEntry(
            label,
            icon,
            reverse(name, args=[organisation.slug]),
            view_name == name or namespace in namespaces,
            *(_count(request) if name == "home:index" else ()),
        )
        for capabilities, label, icon, name, namespaces in _entries(access)
        if any(access.allows(capability) for capability in capabilities)
    ]
    accesses: list[Access] = getattr(request, "accesses", [])
    today = timezone.localdate()
    audit = at_hand_of(cast(TenantRequest, request)).visit if access.allows(C.VIEW_READINESS) else None
    return Frame(
        organisation_name=organisation.name,
        network_name=organisation.network.name if organisation.network else "",
        home_url=reverse("organisations:enter", args=[organisation.slug]),
        search_url=reverse("search:find", args=[organisation.slug])
        if any(access.allows(capability) for capability in SEARCHERS)
        else "",
        choices=_choices(access, accesses),
        entries=entries,
        next_audit=NextAudit(
            days=(audit.held_on - today).days,
            label=audit.get_kind_display(),
            held_on=audit.held_on,
            url=reverse("audits:index", args=[organisation.slug]),
        )
        if audit
        else None,
        person_name=str(request.user),
        person_initials=getattr(request.user, "initials", ""),
        role_label=str(access.role.label),
    )
