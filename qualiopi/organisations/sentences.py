"""What pages say of an invitation: whether it left, and what to do with its link when it did not."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.post.outbox import Departure


def invitation_words(departure: Departure, email: str, *, again: bool) -> str:
    """What became of an invitation. `again`: it was sent again; the first one tries again by itself, and the access is given anyway."""
    first = {
        Departure.LEFT: _("L’invitation part à %(address)s."),
        Departure.UNREACHABLE: _(
            "L’accès est donné. Le serveur de messagerie ne répond pas : l’invitation partira à %(address)s dès son retour."
        ),
        Departure.REFUSED: _(
            "L’accès est donné, mais le serveur de messagerie a refusé le message pour %(address)s : vérifiez l’adresse."
        ),
        Departure.PRINTED: _("L’accès est donné, mais aucun serveur de messagerie n’est réglé : rien ne part à %(address)s."),
    }
    next_ones = {
        Departure.LEFT: _("L’invitation repart à %(address)s."),
        Departure.UNREACHABLE: _(
            "Le serveur de messagerie ne répond pas : l’invitation n’est pas partie à %(address)s. Recommencez dans un moment."
        ),
        Departure.REFUSED: _("Le serveur de messagerie a refusé le message pour %(address)s : vérifiez l’adresse."),
        Departure.PRINTED: _("Aucun serveur de messagerie n’est réglé : rien ne part à %(address)s."),
    }
    return (next_ones if again else first)[departure] % {"address": email}


def link_advice(*, chooses_password: bool, given: bool) -> str:
    """What to do with the link of an invitation that did not leave. `given`: it is shown; `chooses_password`: by it, one does."""
    if not given:
        return _(
            "Cette personne entre aussi ailleurs : le lien par lequel elle choisit son mot de passe ne part que par e-mail. "
            "Renvoyez l’invitation quand la messagerie marche."
        )
    if not chooses_password:
        return _("Cette personne a déjà un mot de passe : donnez-lui cette adresse, elle entre avec.")
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    sentence = ngettext(
        "Donnez ce lien à cette personne et à elle seule : qui l’ouvre choisit son mot de passe. Il sert une fois, pendant %(n)s jour.",
        "Donnez ce lien à cette personne et à elle seule : qui l’ouvre choisit son mot de passe. Il sert une fois, pendant %(n)s jours.",
        days,
    )
    return sentence % {"n": days}
