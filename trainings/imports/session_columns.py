"""The columns of a table of sessions: what they are called, how each is read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.exchange import values
from qualiopi.exchange.columns import Column, paragraph, text
from qualiopi.exchange.judgements import LEFT_OUT, judge_dates, judge_numbers, judge_people, judge_words
from qualiopi.exchange.resources import TableResource
from qualiopi.exchange.values import CellError, Days
from trainings.imports.words import KINDS, MODALITIES, MODALITIES_TOGETHER, STATES
from trainings.sessions.models import Modality, SessionKind, SessionState


def _hours(value: Any) -> Decimal | None:
    hours = values.parse_hours(value)
    if hours is not None and hours <= 0:
        raise CellError(_("Une durée est au-dessus de zéro. Laissez la cellule vide si elle n’est pas connue."))
    return hours


def _modalities() -> list[tuple[str, str]]:
    return [*((value, str(label)) for value, label in Modality.choices), (LEFT_OUT, _("ne rien reprendre"))]


def _kinds() -> list[tuple[str, str]]:
    return [*((value, str(label)) for value, label in SessionKind.choices), (LEFT_OUT, _("ne rien reprendre"))]


def _states() -> list[tuple[str, str]]:
    known = set(STATES.values())
    return [*((value, str(label)) for value, label in SessionState.choices if value in known), (LEFT_OUT, _("ne rien reprendre"))]


def _day_or_days(value: Any, *, month_first: bool = False) -> date | Days | None:
    """One day, or the days of a cell that names several."""
    days: Days | None = values.parse_days(value, month_first=month_first)
    return days if days is None or days.first != days.last else days.first


class SessionColumns(TableResource):
    """What a table of sessions may hold."""

    reference = Column(
        gettext_lazy("Référence de la session"),
        parse=text(60),
        required=True,
        synonyms=(
            "réf", "référence", "ref session", "référence session", "référence de la session", "code session", "id session",
            "id_session", "n° session", "numéro de session", "n°", "numéro", "id session dokelio", "identifiant session",
        ),
        understood=gettext_lazy("texte"),
    )  # fmt: skip
    course = Column(
        gettext_lazy("Formation"),
        parse=text(250),
        transient=True,
        required=True,
        synonyms=(
            "intitulé de la formation", "intitulé", "formation", "titre", "titre formation", "titre de la formation", "action",
            "libellé action", "libellé formation", "nom de la formation", "programme", "stage", "module",
        ),
        understood=gettext_lazy("reconnue par son intitulé, créée sinon"),
    )  # fmt: skip
    course_code = Column(
        gettext_lazy("Code interne de la formation"),
        parse=text(60),
        transient=True,
        synonyms=("code interne", "code formation", "code programme"),
        understood=gettext_lazy("texte"),
    )
    trainers = Column(
        gettext_lazy("Formateurs"),
        judge=judge_people,
        transient=True,
        synonyms=(
            "formateur", "formateurs", "formateur s", "formatrice", "formateur trice", "intervenant", "intervenants",
            "intervenant s", "animateur", "nom formateur", "nom du formateur",
        ),
        understood=gettext_lazy("plusieurs par cellule"),
    )  # fmt: skip
    trainer_first_name = Column(
        gettext_lazy("Prénom du formateur"),
        transient=True,
        synonyms=("prénom formateur", "prénom du formateur"),
        understood=gettext_lazy("complète le nom du formateur"),
    )
    kind = Column(
        gettext_lazy("Type"),
        judge=judge_words(KINDS, _kinds),
        synonyms=("type de la formation", "type de session", "type", "inter intra", "type de formation"),
        understood=gettext_lazy("inter, intra, individuelle ou sous-traitance"),
    )
    starts_on = Column(
        gettext_lazy("Début"),
        judge=judge_dates(_day_or_days),
        family="dates",
        synonyms=(
            "date de début", "début", "date début", "date debut", "du", "premier jour", "date de début de session", "date session",
            "date entrée", "dd_datedebutplanformation", "date", "dates", "dates de formation", "dates de la session", "jours",
            "jours de formation", "période",
        ),
        understood=gettext_lazy("dates"),
    )  # fmt: skip
    ends_on = Column(
        gettext_lazy("Fin"),
        judge=judge_dates(_day_or_days),
        family="dates",
        synonyms=(
            "date de fin", "fin", "date fin", "au", "dernier jour", "date de fin de session", "date sortie prévue",
            "date de fin prévue", "dd_datefinplanformation",
        ),
        understood=gettext_lazy("dates"),
    )  # fmt: skip
    duration_hours = Column(
        gettext_lazy("Durée"),
        judge=judge_numbers(_hours, small=True),
        synonyms=("durée (heures)", "durée", "heures", "nb heures", "nombre d'heures", "durée en heures", "volume horaire"),
        understood=gettext_lazy("heures"),
    )
    place = Column(
        gettext_lazy("Lieu"),
        parse=paragraph(250),
        synonyms=("lieu", "lieu de formation", "adresse", "ville", "salle", "site", "site nom"),
        understood=gettext_lazy("adresse gardée, même sur deux lignes"),
    )
    modality = Column(
        gettext_lazy("Modalité"),
        judge=judge_words(MODALITIES, _modalities, both=MODALITIES_TOGETHER),
        synonyms=("modalité", "modalités", "format", "mode", "présentiel distanciel", "modalité pédagogique"),
        understood=gettext_lazy("présentiel, à distance ou mixte"),
    )
    expected_trainees = Column(
        gettext_lazy("Stagiaires annoncés"),
        judge=judge_numbers(values.parse_count, whole=True),
        synonyms=(
            "nb stagiaires", "nombre de stagiaires", "participants", "nb participants", "nombre de participants", "effectif",
            "effectif prévu", "nb", "stagiaires", "inscrits", "nb inscrits",
        ),
        understood=gettext_lazy("nombre entier"),
        doubt=gettext_lazy("prévu ou réel ? ici, le nombre annoncé"),
    )  # fmt: skip
    price = Column(
        gettext_lazy("Prix HT"),
        judge=judge_numbers(values.parse_amount),
        synonyms=(
            "prix de vente total (ht)", "prix ht", "prix", "montant", "montant ht", "tarif", "tarif ht", "prix total", "total ht",
            "chiffre d'affaires", "ca",
        ),
        understood=gettext_lazy("euros"),
    )  # fmt: skip
    state = Column(
        gettext_lazy("État"),
        judge=judge_words(STATES, _states),
        synonyms=("statut", "état", "statut de la session", "état de la session", "avancement"),
        understood=gettext_lazy("prévue, en cours, terminée, annulée…"),
    )
    run_for = Column(
        gettext_lazy("Donneur d’ordre"),
        parse=text(200),
        synonyms=("sous-traitance pour", "donneur d'ordre", "pour le compte de", "réalisée pour", "of donneur d'ordre"),
        understood=gettext_lazy("un autre organisme de formation"),
        doubt=gettext_lazy("vous seriez le sous-traitant"),
    )

    needs = (
        (("reference",), gettext_lazy("Aucune colonne ne donne la référence des sessions : choisissez-la dans les colonnes.")),
        (("course",), gettext_lazy("Aucune colonne ne donne l’intitulé de la formation : choisissez-la dans les colonnes.")),
    )
