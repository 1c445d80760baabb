"""What the pages that merge two people say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings.merging.relations import One, Rule


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What prevents two pages from becoming one, and what to do, in a sentence."""

    words: str
    instead: str


def sealed_twice(session: Any) -> Obstacle:
    """Both signed in one session: the register names two people, and never changes."""
    return Obstacle(
        _("Session %(session)s : les deux fiches ont signé") % {"session": session},
        _(
            "Un émargement scellé nomme deux personnes, et ne se réécrit pas. Si c’est la même, gardez les deux fiches et mettez fin à "
            "l’inscription en trop, en disant pourquoi."
        ),
    )


def closed_session(session: Any) -> Obstacle:
    """Both are enrolled in a session whose file no longer moves."""
    return Obstacle(
        _("Session %(session)s : elle est close, et les deux fiches y sont inscrites") % {"session": session},
        _("Deux inscriptions deviendraient une : rouvrez d’abord la session, en disant pourquoi."),
    )


def number_waits(session: Any) -> Obstacle:
    """A document of one of them was given a number, and waits to be printed."""
    return Obstacle(
        _("Session %(session)s : un numéro de document est réservé") % {"session": session},
        _("Émettez d’abord ce document : aucun numéro ne se perd."),
    )


def other_way(gone: Any, *, both: bool) -> Obstacle:
    """The trainer who would go countersigned registers, that never change."""
    words = _("%(trainer)s a contresigné des émargements") % {"trainer": gone}
    if both:
        instead = _("L’autre fiche aussi : un registre scellé nomme qui a signé. Gardez les deux, et n’en confiez plus qu’à une.")
    else:
        instead = _("Un registre scellé nomme qui a signé : gardez cette fiche-là (« Garder plutôt l’autre fiche »).")
    return Obstacle(words, instead)


def twice(model: type[Model], rule: Rule, *, of: str) -> Obstacle:
    """Both sides hold what there is one of, and they contradict each other."""
    what = str(model._meta.verbose_name_plural)
    words = (
        _("Session %(session)s : %(what)s, des deux côtés") % {"session": of, "what": what}
        if of
        else _("%(what)s, des deux côtés") % {"what": what.capitalize()}
    )
    return Obstacle(words, str(rule.instead) if isinstance(rule, One) else "")


def counted(moves: list[tuple[type[Model], int]]) -> list[str]:
    """What changes hands, in words."""
    return [f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural}" for model, count in moves]


def answer(*, obstacles: int, to_choose: int) -> str:
    """The sentence under the title of the page that compares."""
    if obstacles:
        return ngettext(
            "Ces deux fiches ne fusionnent pas encore : un point est à régler d’abord.",
            "Ces deux fiches ne fusionnent pas encore : %(n)s points sont à régler d’abord.",
            obstacles,
        ) % {"n": obstacles}
    if to_choose:
        return ngettext(
            "Une valeur diffère : choisissez celle qui reste.",
            "%(n)s valeurs diffèrent : choisissez celles qui restent.",
            to_choose,
        ) % {"n": to_choose}
    return _("Rien ne se contredit : une seule fiche garde tout.")
