"""What commands that open a door share: whom they are told to invite, and what became of the invitation."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any, TypedDict

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from qualiopi.organisations.emails import WayIn
from qualiopi.post.outbox import Departure


class Person(TypedDict):
    """Who is invited, as `open_account` takes it."""

    email: str
    full_name: str


def person(told: str) -> Person:
    """Who is meant by "adresse@exemple.fr" or "Prénom Nom <adresse@exemple.fr>"; the name is empty in the former."""
    full_name, address = parseaddr(told)
    # What cannot be read is refused with the words that were typed.
    return {"email": address or told, "full_name": full_name}


def refusal(error: ValidationError) -> CommandError:
    """The sentences of a refusal, for whoever typed the command."""
    return CommandError(" ".join(error.messages), returncode=1)


def tell(command: BaseCommand, invitation: WayIn, departure: Departure) -> dict[str, Any]:
    """Say what became of an invitation, and print its link; give both for the line of JSON."""
    command.stderr.write(_said(invitation.to, departure))
    if invitation.password_link:
        days = settings.PASSWORD_RESET_TIMEOUT // 86_400
        command.stderr.write(f"Lien pour choisir le mot de passe, une seule fois, pendant {days} jours :")
    else:
        command.stderr.write("Cette personne a déjà un mot de passe. Elle entre par :")
    command.stderr.write(invitation.link)
    return {"invited": invitation.to, "link": invitation.link, "message": departure.value}


def _said(address: str, departure: Departure) -> str:
    return {
        Departure.LEFT: f"L’invitation part à {address}.",
        Departure.UNREACHABLE: (
            f"Le serveur de messagerie ne répond pas : « manage.py db_worker » enverra l’invitation à {address} dès son retour. "
            "Le lien ci-dessous sert déjà."
        ),
        Departure.PRINTED: (
            f"Aucun serveur de messagerie n’est réglé (EMAIL_URL) : rien ne part vers {address}, donnez-lui le lien vous-même."
        ),
        Departure.REFUSED: (
            f"Le serveur de messagerie a refusé le message pour {address} : vérifiez l’adresse. Le lien ci-dessous sert déjà."
        ),
    }[departure]
