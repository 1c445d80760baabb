"""The words of each kind of import."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from qualiopi.exchange.models import ImportKind


@dataclass(frozen=True, slots=True)
class Wording:
    """How pages speak of one kind: what one does, what comes in, where it is found afterwards."""

    action: str | Promise
    detail: str | Promise
    icon: str
    created: str | Promise
    updated: str | Promise
    found_at: str
    found_label: str | Promise


WORDINGS = {
    ImportKind.SESSIONS: Wording(
        action=_("Importer des sessions"),
        detail=_("Votre tableau de suivi : références, formations, dates, formateurs."),
        icon="calendar-event",
        created=_("sessions à créer"),
        updated=_("reconnues par leur référence"),
        found_at="agenda:index",
        found_label=_("Voir les sessions"),
    ),
    ImportKind.ENROLMENTS: Wording(
        action=_("Importer des stagiaires"),
        detail=_("Noms, adresses, entreprises, financeurs, et la session de chacun."),
        icon="users",
        created=_("personnes à créer"),
        updated=_("reconnues par leur nom, leur adresse ou leur naissance"),
        found_at="people:trainees",
        found_label=_("Voir les stagiaires"),
    ),
    ImportKind.SURVEY_ANSWERS: Wording(
        action=_("Importer des réponses d’enquête"),
        detail=_("Google Forms, Microsoft Forms, LimeSurvey ou Anotéa. Aucun nom n’est gardé."),
        icon="message",
        created=_("réponses à ajouter"),
        updated=_("réponses à mettre à jour"),
        found_at="surveys:list",
        found_label=_("Voir les enquêtes"),
    ),
    ImportKind.EVIDENCE_GRID: Wording(
        action=_("Importer une grille de preuves"),
        detail=_("Votre classeur d’audit : les pièces annoncées par indicateur, à déposer ensuite."),
        icon="files",
        created=_("pièces à annoncer"),
        updated=_("pièces à mettre à jour"),
        found_at="library:list",
        found_label=_("Voir les preuves"),
    ),
}

# What an import did besides its own lines, by key of ``ImportOutcome.counts``.
COUNTED = {
    "courses": ngettext_lazy("%(n)s nouvelle formation", "%(n)s nouvelles formations", "n"),
    "trainers": ngettext_lazy("%(n)s nouvelle fiche de formateur", "%(n)s nouvelles fiches de formateurs", "n"),
    "assignments": ngettext_lazy("%(n)s intervention", "%(n)s interventions", "n"),
    "enrolments": ngettext_lazy("%(n)s inscription", "%(n)s inscriptions", "n"),
    "enrolments_updated": ngettext_lazy("%(n)s inscription mise à jour", "%(n)s inscriptions mises à jour", "n"),
    "companies": ngettext_lazy("%(n)s nouvelle entreprise", "%(n)s nouvelles entreprises", "n"),
    "funders": ngettext_lazy("%(n)s nouveau financeur", "%(n)s nouveaux financeurs", "n"),
    "campaigns": ngettext_lazy("%(n)s enquête ouverte pour ces réponses", "%(n)s enquêtes ouvertes pour ces réponses", "n"),
    "indicator_links": ngettext_lazy("%(n)s lien vers un indicateur", "%(n)s liens vers des indicateurs", "n"),
}


def counted(counts: dict[str, int]) -> list[str]:
    """What else was done, as short phrases; nothing for what is zero."""
    return [str(COUNTED[key] % {"n": number}) for key, number in counts.items() if number]
