"""Why the link of a survey takes no answer, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qualiopi.links import LinkState
from qualiopi.web.parts import Refusal


def refusal_of(state: LinkState, *, organisation: str) -> Refusal:
    """What the page says of a link in this state; KeyError for one that no survey has. `organisation`: the name of who asks."""
    if state is LinkState.USED:
        words = _(
            "Ce lien a déjà servi, une fois comme prévu. Elle est gardée sans votre nom : personne ne peut la retrouver pour la changer."
        )
        title, ask = _("Réponse déjà envoyée"), _("Quelque chose à ajouter ? Écrivez à")
        return Refusal(_("Votre réponse est bien arrivée."), words, title, ask)
    heading, words = {
        LinkState.CLOSED: (
            _("Cette enquête est close."),
            _("%(organisation_name)s ne recueille plus de réponses pour cette session.") % {"organisation_name": organisation},
        ),
        LinkState.EXPIRED: (_("Ce lien n’est plus valable."), _("Le temps prévu pour répondre est passé.")),
        LinkState.FULL: (
            _("Cette enquête a reçu plus de réponses que prévu."),
            _("Demandez un nouveau lien à la personne qui vous forme."),
        ),
    }[state]
    return Refusal(heading, words, _("Enquête terminée"), _("Votre avis compte encore. Écrivez à"))
