"""Why a personal link signs nothing, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qualiopi.links import LinkState
from qualiopi.web.parts import Refusal


def refusal_of(state: LinkState) -> Refusal:
    """What the page says of a link in this state; KeyError for one that no link of attendance has."""
    wrong = _("Une demi-journée manque, ou quelque chose est faux ?")
    question = _("Une question ?")
    heading, words, ask = {
        LinkState.EXPIRED: (_("Ce lien n’est plus valable."), _("Le temps prévu pour signer est passé."), wrong),
        LinkState.CLOSED: (_("Cette session est close."), _("Son émargement est arrêté : il ne change plus."), wrong),
        LinkState.CANCELLED: (_("Cette session a été annulée."), _("Il n’y a plus rien à signer."), question),
        LinkState.POSTPONED: (
            _("Cette session a été reportée."),
            _("Vous signerez aux nouvelles dates : un message vous les dira."),
            question,
        ),
        LinkState.LEFT: (
            _("Votre inscription à cette session s’est arrêtée."),
            _("Il n’y a plus rien à signer. Si c’est une erreur, dites-le."),
            wrong,
        ),
    }[state]
    return Refusal(heading, words, ask=ask)
