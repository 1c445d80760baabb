"""Why the link of the questions asked before a session takes no answer, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qualiopi.links import LinkState
from qualiopi.web.parts import Refusal


def refusal_of(state: LinkState) -> Refusal:
    """What the page says of a link in this state; KeyError for one that no link of this room has."""
    heading, words = {
        LinkState.CANCELLED: (
            _("Cette session n’a plus lieu."),
            _("Il n’y a plus rien à préparer. Pour une autre date, demandez à l’organisme de formation."),
        ),
        LinkState.POSTPONED: (
            _("Cette session est reportée."),
            _("Vous recevrez un nouveau lien quand ses dates seront fixées. Ce que vous aviez déjà écrit est gardé."),
        ),
        LinkState.LEFT: (
            _("Votre inscription à cette session a pris fin."),
            _("Si c’est une erreur, dites-le : votre inscription peut être rouverte."),
        ),
        LinkState.CLOSED: (
            _("Cette session est terminée."),
            _("Ces questions se posaient avant de commencer. Merci d’y avoir pensé."),
        ),
        LinkState.EXPIRED: (
            _("Ce lien n’est plus valable."),
            _("La formation est passée, ou le temps prévu pour répondre. Vous pouvez en demander un autre."),
        ),
    }[state]
    return Refusal(heading, words)
