"""What the page of the settings says of each thing that is set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.organisations.enums import TimeZone
from qualiopi.organisations.models import CertifierAudit, Organisation
from qualiopi.web.dates import long_date
from qualiopi.web.parts import SettingLine


def local_time(organisation: Organisation) -> str:
    """Whose hours a page or a paper prints, for who may read it elsewhere; "" where they are those of Paris."""
    if organisation.time_zone == TimeZone.PARIS:
        return ""
    return _("heure locale : %(zone)s") % {"zone": organisation.get_time_zone_display()}


def setting_lines(
    organisation: Organisation,
    *,
    unsure: int,
    people: int,
    audit: CertifierAudit | None,
    address: Callable[[str], str],
) -> list[SettingLine]:
    """One line for each thing that the organisation sets of itself. `unsure`: how many indicators wait for an answer of its
    profile; `people`: how many have access; `address`: of a view by its name, "" for who may not open it."""
    categories: list[str] = organisation.profile.categories
    lines = [
        SettingLine(
            _("Fiche de l’organisme"), "id", address("organisations:card"), _card(organisation), not organisation.activity_number
        ),
        SettingLine(
            _("Profil d’activité"),
            "list-details",
            address("organisations:profile"),
            _profile(categories),
            bool(unsure) or not categories,
        ),
        SettingLine(
            _("Membres et rôles"),
            "users",
            address("organisations:members"),
            ngettext("%(n)s personne a accès", "%(n)s personnes ont accès", people) % {"n": people},
        ),
        SettingLine(
            _("Certificat et audits passés"),
            "certificate",
            address("organisations:certificate"),
            _certificate(organisation.certified_on, audit),
        ),
    ]
    journal = address("organisations:journal")
    if journal:
        lines.append(SettingLine(_("Journal"), "history", journal, _("qui a changé quoi, qui a ouvert quoi")))
    return lines


def _card(organisation: Organisation) -> str:
    declared = _("déclaration d’activité %(number)s") % {"number": organisation.activity_number}
    parts = [
        organisation.name,
        declared if organisation.activity_number else _("déclaration d’activité à écrire"),
        organisation.city,
        local_time(organisation),
    ]
    return " · ".join(part for part in parts if part)


def _profile(categories: list[str]) -> str:
    done = ", ".join(categories) or _("catégories d’actions à préciser")
    return f"{done} · {_('décide des indicateurs qui vous concernent')}"


def _certificate(certified_on: date | None, audit: CertifierAudit | None) -> str:
    held = _("certificat du %(day)s") % {"day": long_date(certified_on)} if certified_on else _("pas encore de certificat noté")
    if audit is None:
        return held
    planned = _("%(kind)s prévu le %(day)s") % {"kind": audit.get_kind_display(), "day": long_date(audit.held_on)}
    return f"{held} · {planned}"
