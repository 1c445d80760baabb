"""Before the first account: whoever holds the server reads a code in its log, and opens the first organisation with it (ADR 128).

The code is derived, never stored: every process of the server finds the same, another database has another, and once there is an
account it opens nothing.
"""

from __future__ import annotations

import logging

from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import constant_time_compare, salted_hmac

from qualiopi.accounts.models import User

logger = logging.getLogger("temoin.opening")

# Without the signs that are taken for one another. Ten of them: some fifty bits.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10


def nobody_yet() -> bool:
    """Whether no account exists; one query."""
    return not User.objects.exists()


def opening_code() -> str:
    """The code, in two groups of five signs; one query."""
    born = MigrationRecorder.Migration.objects.order_by("id").values_list("applied", flat=True).first()
    number = int(salted_hmac("qualiopi.accounts.opening", str(born), algorithm="sha256").hexdigest(), 16)
    signs = []
    for _each in range(LENGTH):
        number, place = divmod(number, len(SIGNS))
        signs.append(SIGNS[place])
    return f"{''.join(signs[:5])}-{''.join(signs[5:])}"


def opens(typed: str) -> bool:
    """Whether this is the code, however it was typed."""
    return constant_time_compare(_plain(typed), _plain(opening_code()))


def tell(address: str) -> None:
    """Write the code in the server's log. `address`: the page that asks for it."""
    logger.warning(
        "Aucun compte n’existe encore. Pour ouvrir le premier organisme sur %s, le code est %s", address, opening_code()
    )


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())
