"""Numbers by which the administration knows an organisation, as people type them."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trainings.people.rules import digits_of, luhn


def clean_activity_number(typed: str) -> str:
    """Eleven digits, spaces taken out; empty stays empty. Raises ValidationError."""
    number = digits_of(typed)
    if number and not re.fullmatch(r"[0-9]{2}[0-9A-Z]{9}", number):
        raise ValidationError(_("Un numéro de déclaration d’activité a 11 chiffres, comme 53 35 00000 35."))
    return number


def clean_siren(typed: str) -> str:
    """Nine digits whose last one agrees with the others; empty stays empty. Raises ValidationError."""
    number = digits_of(typed)
    if len(number) == 14 and luhn(number):
        number = number[:9]  # somebody copied the SIRET
    if number and not re.fullmatch(r"[0-9]{9}", number):
        raise ValidationError(_("Un SIREN a 9 chiffres : recopiez-le en entier."))
    if number and not luhn(number):
        raise ValidationError(_("Ce SIREN ne tombe pas juste : un chiffre est faux. Vérifiez-le sur un devis ou une facture."))
    return number
