"""What the page of a link says before and after somebody refused."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from qualiopi.optouts.models import MailChoice


@dataclass(frozen=True, slots=True)
class Standing:
    """The page: its heading, its sentence, its button, and what the button posts."""

    heading: str
    words: str
    button: str
    action: str


def standing_of(choice: MailChoice) -> Standing:
    """What is chosen today, and what one may do about it."""
    given = {"organisation": choice.organisation.name, "email": choice.email}
    if choice.refused_at is None:
        return Standing(
            heading=_("Ne plus recevoir ces messages ?"),
            words=_("%(organisation)s n’enverra plus d’enquêtes ni de relances à %(email)s.") % given,
            button=_("Ne plus les recevoir"),
            action="refuse",
        )
    return Standing(
        heading=_("C’est noté."),
        words=_("%(organisation)s n’envoie plus d’enquêtes ni de relances à %(email)s.") % given,
        button=_("Les recevoir de nouveau"),
        action="take_again",
    )
