"""What stands around the list of courses, and what a course lacks, in words."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qualiopi.web.lists import ListWords
from qualiopi.web.typography import listed
from trainings.catalogue.completeness import Gap
from trainings.catalogue.queries import CourseState

COURSES: Final = ListWords(
    tab="courses",
    plural=gettext_lazy("Formations"),
    find=gettext_lazy("Chercher une formation"),
    new=gettext_lazy("Nouvelle formation"),
    create_url="catalogue:create",
)

GAPS = {
    "found_at": gettext_lazy("l’adresse où le public trouve cette information"),
    "proofread": gettext_lazy("la relecture par une personne"),
    "proofread_old": gettext_lazy("une relecture de moins d’un an"),
    "said_alike": gettext_lazy("la confirmation que tous les supports disent la même chose"),
    "programme": gettext_lazy("un programme adopté"),
    "objectives": gettext_lazy("les objectifs"),
    "contents": gettext_lazy("le contenu"),
    "sequences": gettext_lazy("les séquences"),
    "modality": gettext_lazy("la modalité"),
    "remote_work_and_time": gettext_lazy("les travaux demandés à distance et leur durée"),
    "work_based_phases": gettext_lazy("les phases en situation de travail"),
    "skills": gettext_lazy("les compétences de la certification"),
    "registration_unknown": gettext_lazy("la date d’enregistrement de la certification"),
    "registration_over": gettext_lazy("un enregistrement de la certification en cours de validité"),
    "right": gettext_lazy("une habilitation, ou la source qui dit qu’il n’en faut pas"),
    "right_over": gettext_lazy("une habilitation en cours de validité"),
}


def gap_words(gap: Gap) -> str:
    """What is missing, after « il manque »."""
    if gap.key == "assessment_of_each":
        return ngettext("l’évaluation d’un objectif", "l’évaluation de %(n)s objectifs", gap.count) % {"n": gap.count}
    if gap.key == "sequence_lengths":
        return ngettext("la durée d’une séquence", "la durée de %(n)s séquences", gap.count) % {"n": gap.count}
    if gap.key == "uncovered_skills":
        return ngettext("une séquence pour une compétence", "des séquences pour %(n)s compétences", gap.count) % {"n": gap.count}
    if gap.key == "skill_tests":
        return ngettext("l’épreuve d’une compétence", "l’épreuve de %(n)s compétences", gap.count) % {"n": gap.count}
    return str(GAPS[gap.key])


def lacks(state: CourseState) -> list[str]:
    """What is missing, one expression per part of the course, after « il manque »."""
    found = []
    if state.missing:
        count = len(state.missing)
        found.append(ngettext("une rubrique à la fiche publique", "%(n)s rubriques à la fiche publique", count) % {"n": count})
    if state.programme and state.programme[0].key == "programme":
        found.append(gap_words(state.programme[0]))
    elif state.programme:
        count = len(state.programme)
        found.append(ngettext("un point au programme", "%(n)s points au programme", count) % {"n": count})
    if state.right:
        found.append(_("la preuve du droit de préparer la certification"))
    if state.proofreading:
        found.append(_("la relecture de ce qui est publié"))
    return found


def answer(state: CourseState) -> str:
    """The answer at the head of a course: what is missing, in a sentence."""
    missing = lacks(state)
    if missing:
        return _("Il manque %(what)s.") % {"what": listed(missing)}
    return _("Rien ne manque : ce que le public lit est complet et relu, et le programme dit comment chaque objectif est évalué.")
