"""What to do first on the page of a course: one step, its words, and where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from trainings.catalogue.completeness import COURSE_COLUMNS
from trainings.catalogue.models import Course, Programme
from trainings.catalogue.queries import CourseState

_CONTINUES_A_DRAFT: Final = "edit_programme"
_WRITES_THE_SHEET: Final = "sheet"
# Title, detail and label of the button, by the name of the page where the step is done.
_WORDS: Final[dict[str, tuple[str | Promise, str | Promise, str | Promise]]] = {
    "sheet": ("", _("Ce que le programme dit déjà est proposé ; vous relisez et enregistrez."), _("Ouvrir la fiche")),
    "edit": (
        _("Complétez ce qui décrit la certification"),
        _("Intitulé exact, code, certificateur, date et durée de l’enregistrement."),
        _("Compléter"),
    ),
    "edit_programme": (
        _("Terminez la version %(n)s du programme, puis adoptez-la"),
        _("Une fois adoptée, elle ne change plus ; les sessions créées ensuite la suivent."),
        _("Continuer"),
    ),
    "first_programme": (
        _("Écrivez le programme"),
        _("Objectifs avec leur évaluation, séquences avec leur durée. Vous pouvez coller vos listes."),
        _("Commencer"),
    ),
    "start_programme": (
        _("Préparez une nouvelle version du programme"),
        _("La version en vigueur ne change plus : une nouvelle version comble ce qui manque."),
        _("Préparer"),
    ),
    "add_accreditation": (
        _("Ajoutez l’habilitation"),
        _("Ou la source qui dit qu’aucune n’est exigée. Elle compte au premier jour de chaque session."),
        _("Ajouter"),
    ),
    "proofread": (
        _("Relisez ce qui est publié, et datez la relecture"),
        _("Une fois par an, tous supports confondus."),
        _("Noter la relecture"),
    ),
}
# Steps that make something at once: their button posts to the page that starts a version.
_STARTS: Final = ("first_programme", "start_programme")


@dataclass(frozen=True, slots=True)
class NextStep:
    """The first thing to do. `posts`: its button changes something rather than leading to a form."""

    name: str
    title: str
    detail: str
    label: str
    url: str
    posts: bool


def next_step(state: CourseState, *, course: Course, draft: Programme | None) -> NextStep | None:
    """What to do first, None when nothing is missing. `draft`: the version in preparation, if any."""
    name = step_name(state, drafted=draft is not None)
    if not name:
        return None
    title, detail, label = _WORDS[name]
    if name == _WRITES_THE_SHEET:
        count = len(state.missing)
        title = ngettext(
            "Complétez la fiche publique : une rubrique à écrire",
            "Complétez la fiche publique : %(n)s rubriques à écrire",
            count,
        ) % {"n": localize(count)}
    elif name == _CONTINUES_A_DRAFT and draft is not None:
        title = str(title) % {"n": localize(draft.number)}
    posts = name in _STARTS
    page = "start_programme" if posts else name
    about = draft if name == _CONTINUES_A_DRAFT and draft is not None else course
    url = reverse(f"catalogue:{page}", args=[course.organisation.slug, about.pk])
    return NextStep(name, str(title), str(detail), str(label), url, posts)


def step_name(state: CourseState, *, drafted: bool) -> str:
    """The name of the page where the first thing to do is done; "" when nothing is missing. `drafted`: a version is in preparation."""
    without_programme = any(gap.key == "programme" for gap in state.programme)
    steps: Sequence[tuple[object, str]] = (
        (state.missing and all(heading.column in COURSE_COLUMNS for heading in state.missing), "edit"),
        (state.missing, "sheet"),
        (state.programme and drafted, "edit_programme"),
        (without_programme, "first_programme"),
        (state.programme, "start_programme"),
        (any(gap.key.startswith("registration") for gap in state.right), "edit"),
        (state.right, "add_accreditation"),
        (state.proofreading, "proofread"),
    )
    return next((name for holds, name in steps if holds), "")
