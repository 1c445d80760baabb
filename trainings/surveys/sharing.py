"""The page that shows the link of a survey: what it says in each state of the link, and its one button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qualiopi.links import LinkState

# Two states that no token tells: the survey was never opened, or the key its link was made with is gone.
UNOPENED: Final = "unopened"
LOST: Final = "lost"


@dataclass(frozen=True, slots=True)
class Act:
    """The one button: what it sends, its icon, its words."""

    name: str
    icon: str
    words: Promise


@dataclass(frozen=True, slots=True)
class SharePage:
    """What the page says. `open`: it shows the code; else its button, and when it has none, that papers can still be typed."""

    heading: Promise
    words: Promise
    act: Act | None = None
    open: bool = False


_NEW_LINK: Final = _("Il faut un nouveau lien")
_RENEW: Final = Act("renew", "refresh", _("Faire un nouveau lien"))
_PAGES: Final[dict[str, SharePage]] = {
    LinkState.OPEN: SharePage(
        _("Votre avis, en deux minutes"),
        _("Visez le code avec l’appareil photo du téléphone, ou recopiez l’adresse. Sans compte et sans nom."),
        open=True,
    ),
    UNOPENED: SharePage(
        _("L’enquête n’est pas encore ouverte"),
        _("Ouvrez-la à la fin de la session, puis projetez ou montrez le QR code : chaque stagiaire répond sur son téléphone."),
        Act("open", "qrcode", _("Ouvrir l’enquête et montrer le QR code")),
    ),
    LinkState.CLOSED: SharePage(
        _("Cette enquête est close"),
        _("Elle ne prend plus de réponses. En l’ouvrant de nouveau, vous lui donnez un nouveau lien."),
        Act("open", "qrcode", _("Ouvrir de nouveau l’enquête")),
    ),
    LinkState.EXPIRED: SharePage(_NEW_LINK, _("Le temps prévu pour répondre est passé : le lien ne fonctionne plus.")),
    LinkState.FULL: SharePage(
        _NEW_LINK,
        _(
            "Ce lien a reçu bien plus de réponses qu’il n’y a d’inscrits : il a sans doute circulé."
            " Lisez les réponses avant d’en tenir compte."
        ),
        _RENEW,
    ),
    LOST: SharePage(_NEW_LINK, _("L’ancien lien a été fait avec une clé qui n’est plus là."), _RENEW),
}


def share_page(state: str) -> SharePage:
    """What the page says when the link of a session is in this state; KeyError for one that it never has."""
    return _PAGES[state]
