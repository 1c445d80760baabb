"""What the law asks of one session paid by the CPF and given to a subcontractor. Pure: the caller gives the facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from qualiopi.standard.subcontracting import CpfRules
from trainings.people.models import Exemption


@dataclass(frozen=True, slots=True)
class Given:
    """One session given, its subcontractor and its contract, as far as they are recorded."""

    first_day: date | None
    certified_from: date | None = None
    certified_until: date | None = None
    exemption: str = ""
    has_number: bool = False
    has_contract: bool = False
    signed_on: date | None = None
    declared_on: date | None = None
    no_cascade: bool = False
    blanks: tuple[str, ...] = ()  # what the contract does not say, in words
    led_by_another: bool = False  # a trainer of another subcontractor is assigned


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement. `met` is None when nobody can tell; `detail` says why, in French."""

    key: str
    met: bool | None
    detail: str


def cpf_checks(given: Given, rules: CpfRules) -> list[Check]:
    """Each requirement of the rules on this session; none when its contract is older than they are."""
    concerned = given.signed_on or given.first_day
    if concerned is not None and concerned < rules.since:
        return []
    found = {
        "certified": _certified(given),
        "contract": _contract(given),
        "declared": _said(given.declared_on is not None, _("Date de déclaration à la Caisse des Dépôts absente.")),
        "no_cascade": _no_cascade(given),
        "activity_number": _said(given.has_number, _("Numéro de déclaration d’activité absent de la fiche.")),
    }
    return [Check(key, *found[key]) for key in rules.requirements]


def _said(met: bool, otherwise: str) -> tuple[bool | None, str]:
    return met, "" if met else otherwise


def _certified(given: Given) -> tuple[bool | None, str]:
    if given.first_day is None:
        return None, _("La session n’a pas encore de premier jour.")
    start, end = given.certified_from, given.certified_until
    if end is not None and given.first_day <= end and (start is None or start <= given.first_day):
        return True, ""
    if given.exemption == Exemption.MICRO:
        return True, _("Dispense : régime micro-social, sous le plafond.")
    if given.exemption == Exemption.PART_OF_ACTION:
        return None, _("Dispense nommée ; il n’est pas établi qu’elle vaille pour le certificat Qualiopi.")
    if end is None:
        return False, _("Ni fin de validité d’un certificat, ni dispense sur la fiche.")
    return False, _("Le certificat ne couvrait pas le premier jour de la session, et aucune dispense n’est nommée.")


def _contract(given: Given) -> tuple[bool | None, str]:
    if not given.has_contract:
        return False, _("Aucun contrat n’est relié à la session.")
    if given.signed_on is None:
        return False, _("Le contrat n’est pas signé.")
    if given.first_day is not None and given.signed_on > given.first_day:
        return False, _("Le contrat a été signé après le premier jour.")
    if given.blanks:
        return False, _("Le contrat ne dit pas : %(blanks)s.") % {"blanks": ", ".join(given.blanks)}
    return True, ""


def _no_cascade(given: Given) -> tuple[bool | None, str]:
    if given.led_by_another:
        return False, _("Une personne d’un autre sous-traitant anime la session.")
    return _said(given.no_cascade, _("Le contrat ne l’exclut pas."))
