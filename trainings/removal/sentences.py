"""What the page that deletes says, for each kind of thing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qualiopi.web.typography import listed


@dataclass(frozen=True, slots=True)
class Words:
    """The question, what goes with it, why not, and what is said once done; each with the name of the thing."""

    question: Promise
    alone: Promise
    kept: Promise
    done: Promise


WORDS = {
    "session": Words(
        gettext_lazy("Supprimer la session %(name)s ?"),
        gettext_lazy("Rien ne dépend de cette session."),
        gettext_lazy("Cette session ne se supprime pas"),
        gettext_lazy("La session %(name)s est supprimée."),
    ),
    "enrolment": Words(
        gettext_lazy("Supprimer l’inscription %(name)s ?"),
        gettext_lazy("Rien ne dépend de cette inscription. La fiche de la personne reste."),
        gettext_lazy("Cette inscription ne se supprime pas"),
        gettext_lazy("L’inscription %(name)s est supprimée."),
    ),
    "trainee": Words(
        gettext_lazy("Supprimer la fiche de %(name)s ?"),
        gettext_lazy("Rien ne dépend de cette fiche."),
        gettext_lazy("Cette fiche ne se supprime pas"),
        gettext_lazy("La fiche de %(name)s est supprimée."),
    ),
    "trainer": Words(
        gettext_lazy("Supprimer la fiche de %(name)s ?"),
        gettext_lazy(
            "Rien ne dépend de cette fiche. Un compte pour se connecter, s’il y en a un, reste : il se règle avec les membres."
        ),
        gettext_lazy("Cette fiche ne se supprime pas"),
        gettext_lazy("La fiche de %(name)s est supprimée."),
    ),
    "company": Words(
        gettext_lazy("Supprimer l’entreprise %(name)s ?"),
        gettext_lazy("Rien ne dépend de cette entreprise."),
        gettext_lazy("Cette entreprise ne se supprime pas"),
        gettext_lazy("L’entreprise %(name)s est supprimée."),
    ),
    "funder": Words(
        gettext_lazy("Supprimer le financeur %(name)s ?"),
        gettext_lazy("Rien ne dépend de ce financeur."),
        gettext_lazy("Ce financeur ne se supprime pas"),
        gettext_lazy("Le financeur %(name)s est supprimé."),
    ),
    "course": Words(
        gettext_lazy("Supprimer la formation %(name)s ?"),
        gettext_lazy("Rien ne dépend de cette formation."),
        gettext_lazy("Cette formation ne se supprime pas"),
        gettext_lazy("La formation %(name)s est supprimée."),
    ),
    "subcontractor": Words(
        gettext_lazy("Supprimer le sous-traitant %(name)s ?"),
        gettext_lazy("Rien ne dépend de ce sous-traitant."),
        gettext_lazy("Ce sous-traitant ne se supprime pas"),
        gettext_lazy("Le sous-traitant %(name)s est supprimé."),
    ),
}


def answer(kind: str, *, depends: int, going: list[str]) -> str:
    """The sentence under the title: what keeps it, or what goes with it."""
    if depends:
        return ngettext("%(kept)s : une chose en dépend.", "%(kept)s : %(n)s choses en dépendent.", depends) % {
            "kept": WORDS[kind].kept,
            "n": depends,
        }
    if going:
        return _("%(alone)s Cela part avec : %(going)s. Le journal garde ce qui est supprimé.") % {
            "alone": WORDS[kind].alone,
            "going": listed(going),
        }
    return _("%(alone)s Le journal garde ce qui est supprimé.") % {"alone": WORDS[kind].alone}
