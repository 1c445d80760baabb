"""What the page of a search says."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.search.kinds import Found, Kind
from qualiopi.text import search_words


def answer(text: str, found: Sequence[Found]) -> str:
    """How much answers; "" where the rest of the page says why nothing does."""
    number = sum(len(each.hits) for each in found)
    if not number:
        return ""
    if any(each.more for each in found):
        return _("Plus de %(number)s réponses à « %(text)s » : ajoutez un mot, ou ouvrez une liste.") % {
            "number": number,
            "text": text,
        }
    said = ngettext("%(number)s réponse à « %(text)s ».", "%(number)s réponses à « %(text)s ».", number)
    return said % {"number": number, "text": text}


def nothing(text: str, found: Sequence[Found], kinds: Sequence[Kind]) -> tuple[str, str] | None:
    """Why the page is empty, and what to do about it; None when it is not."""
    if found:
        return None
    named = get_text_list([str(kind.title).lower() for kind in kinds], _("et"))
    if not text:
        return _("Que cherchez-vous ?"), _(
            "Écrivez un nom, une référence ou quelques mots : accents et majuscules ne comptent pas. On cherche parmi : %(named)s."
        ) % {"named": named}
    if not search_words(text):
        return _("Il n’y a ni lettre ni chiffre à chercher."), _("Écrivez au moins un mot, ou un numéro.")
    return _("Rien ne répond à « %(text)s ».") % {"text": text}, _(
        "Essayez un seul mot, ou le début d’un nom : chaque mot écrit doit se trouver. On a cherché parmi : %(named)s."
    ) % {"named": named}


def all_of(each: Found) -> str:
    """The words of the link to the list: it shows more, or the same with all that can be done there."""
    if each.more:
        return _("Voir la suite dans la liste")
    return _("Ouvrir dans la liste")


def heading(kind: Kind) -> str:
    """A kind as the title of its group."""
    return str(capfirst(kind.title))
