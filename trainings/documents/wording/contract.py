"""What the law fixes in the contract of somebody who pays for themselves, and what a wording may not say against it.

Labour Code, L. 6353-3 to L. 6353-6: signed before the definitive enrolment and any payment; ten days to withdraw, during which nothing
is due; then 30 % of the price at most, the balance as the course goes.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

WITHDRAWAL_DAYS = 10
FIRST_SHARE = Decimal("0.30")
_CENT = Decimal("0.01")
_PAID_FIRST = re.compile(
    r"acompte|arrhes|avance|premier\s+(?:versement|paiement)|(?:à|lors de)\s+(?:la commande|l.inscription|la signature)", re.I
)
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|pour\s*cent)", re.I)
_WITHDRAWAL = re.compile(r"rétract|renonc", re.I)
_DAYS = re.compile(r"\b(\d+|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf)\s+jours?\b", re.I)
_WORDS = {
    word: number for number, word in enumerate(["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"])
} | {"une": 1}


def first_payment(price: Decimal) -> Decimal:
    """The most that can be asked first: 30 % of the price, rounded down to the cent."""
    return (price * FIRST_SHARE).quantize(_CENT, rounding=ROUND_DOWN)


def withdrawal_ends(signed_on: date) -> date:
    """The last day on which the person may withdraw; nothing is due before the next."""
    return signed_on + timedelta(days=WITHDRAWAL_DAYS)


def contradictions(body: str) -> list[tuple[int, str]]:
    """Lines of a wording that ask for more than the law allows, or leave fewer days: (line, sentence)."""
    found = []
    for number, line in enumerate(body.splitlines(), start=1):
        shares = [Decimal(share.replace(",", ".")) for share in _SHARE.findall(line)] if _PAID_FIRST.search(line) else []
        if any(share > FIRST_SHARE * 100 for share in shares):
            found.append(
                (number, _("le premier versement ne dépasse pas 30 % du prix (article L. 6353-6) : écrivez 30 % au plus."))
            )
        days = [_WORDS.get(said.lower()) or int(said) for said in _DAYS.findall(line)] if _WITHDRAWAL.search(line) else []
        if any(said < WITHDRAWAL_DAYS for said in days):
            found.append(
                (number, _("la personne a dix jours pour se rétracter (article L. 6353-5) : écrivez dix jours au moins."))
            )
    return found


def concluded_too_late(first_day: date | None, day: date) -> str:
    """Why a contract can't be issued on this day: the course has begun; empty when it can."""
    if first_day is None or day <= first_day:
        return ""
    return _(
        "contrat conclu avant l’inscription définitive et avant tout paiement (Code du travail, L. 6353-3) : la session a "
        "commencé, il n’est plus temps."
    )
