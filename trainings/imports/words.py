"""Words of files for our states, modalities and kinds. Keys are compared without accents nor capitals."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from trainings.sessions.models import EnrolmentState, Modality, SessionKind, SessionState

T = TypeVar("T")


class NotEnrolled(StrEnum):
    """What a list says of somebody who is not enrolled, or not yet."""

    WAITING = "not_enrolled"


def both_genders(feminine: Mapping[str, T]) -> dict[str, T]:
    """The same words in the masculine too: « planifiee » and « planifie », « close » and « clos »."""
    masculine = {" ".join(_masculine(word) for word in key.split()): value for key, value in feminine.items()}
    return {**masculine, **feminine}


def _masculine(word: str) -> str:
    return word[:-1] if word.endswith(("ee", "ie", "te", "ue", "close")) else word


MODALITIES = {
    "presentiel": Modality.ON_SITE,
    "en presentiel": Modality.ON_SITE,
    "salle": Modality.ON_SITE,
    "sur site": Modality.ON_SITE,
    "on site": Modality.ON_SITE,
    "distanciel": Modality.REMOTE,
    "a distance": Modality.REMOTE,
    "distance": Modality.REMOTE,
    "foad": Modality.REMOTE,
    "visio": Modality.REMOTE,
    "visioconference": Modality.REMOTE,
    "classe virtuelle": Modality.REMOTE,
    "e learning": Modality.REMOTE,
    "elearning": Modality.REMOTE,
    "en ligne": Modality.REMOTE,
    "remote": Modality.REMOTE,
    "online": Modality.REMOTE,
    "zoom": Modality.REMOTE,
    "teams": Modality.REMOTE,
    "e formation": Modality.REMOTE,
    "formation a distance": Modality.REMOTE,
    "a distance synchrone": Modality.REMOTE,
    "synchrone": Modality.REMOTE,
    "asynchrone": Modality.REMOTE,
    "mixte": Modality.MIXED,
    "hybride": Modality.MIXED,
    "blended": Modality.MIXED,
    "bimodal": Modality.MIXED,
    "comodal": Modality.MIXED,
    "presentiel et distanciel": Modality.MIXED,
    "mixed": Modality.MIXED,
}
# A file that names both means both.
MODALITIES_TOGETHER = {frozenset({Modality.ON_SITE, Modality.REMOTE}): Modality.MIXED}
KINDS = {
    "inter": SessionKind.INTER,
    "inter entreprise": SessionKind.INTER,
    "inter entreprises": SessionKind.INTER,
    "interentreprises": SessionKind.INTER,
    "intra": SessionKind.INTRA,
    "intra entreprise": SessionKind.INTRA,
    "intra entreprises": SessionKind.INTRA,
    "intraentreprise": SessionKind.INTRA,
    "individuel": SessionKind.INDIVIDUAL,
    "individuelle": SessionKind.INDIVIDUAL,
    "sous traitance": SessionKind.SUBCONTRACTED,
    "sous traitee": SessionKind.SUBCONTRACTED,
    "sous traitant": SessionKind.SUBCONTRACTED,
    "pour un autre organisme de formation": SessionKind.SUBCONTRACTED,
}
STATES = both_genders(
    {
        "brouillon": SessionState.DRAFT,
        "draft": SessionState.DRAFT,
        "prevue": SessionState.PLANNED,
        "planifiee": SessionState.PLANNED,
        "programmee": SessionState.PLANNED,
        "a venir": SessionState.PLANNED,
        "env": SessionState.PLANNED,
        "envisagee": SessionState.PLANNED,
        "a confirmer": SessionState.PLANNED,
        "planned": SessionState.PLANNED,
        "scheduled": SessionState.PLANNED,
        "confirmee": SessionState.CONFIRMED,
        "conf": SessionState.CONFIRMED,
        "ouverte": SessionState.CONFIRMED,
        "validee": SessionState.CONFIRMED,
        "maintenue": SessionState.CONFIRMED,
        "confirmed": SessionState.CONFIRMED,
        "en cours": SessionState.RUNNING,
        "ongoing": SessionState.RUNNING,
        "in progress": SessionState.RUNNING,
        "demarree": SessionState.RUNNING,
        "commencee": SessionState.RUNNING,
        "terminee": SessionState.DONE,
        "realisee": SessionState.DONE,
        "effectuee": SessionState.DONE,
        "finie": SessionState.DONE,
        "achevee": SessionState.DONE,
        "passee": SessionState.DONE,
        "cloturee": SessionState.DONE,
        "close": SessionState.DONE,
        "archivee": SessionState.DONE,
        "facturee": SessionState.DONE,
        "soldee": SessionState.DONE,
        "done": SessionState.DONE,
        "completed": SessionState.DONE,
        "arch": SessionState.DONE,
        "annulee": SessionState.CANCELLED,
        "not": SessionState.CANCELLED,
        "non realisee": SessionState.CANCELLED,
        "non tenue": SessionState.CANCELLED,
        "abandonnee": SessionState.CANCELLED,
        "supprimee": SessionState.CANCELLED,
        "cancelled": SessionState.CANCELLED,
        "canceled": SessionState.CANCELLED,
        "reportee": SessionState.POSTPONED,
        "decalee": SessionState.POSTPONED,
        "postponed": SessionState.POSTPONED,
    }
)
# States of lists of trainees: our own words, those of the files of the personal training account (EDOF: accepté, entrée et sortie de
# formation, service fait, annulé ou refusé par qui), those of learning platforms (Moodle: actif, suspendu, en cours, achevé).
ENROLMENT_STATES: dict[str, EnrolmentState | NotEnrolled] = both_genders(
    {
        "inscrite": EnrolmentState.ENROLLED,
        "inscription": EnrolmentState.ENROLLED,
        "inscription en cours": EnrolmentState.ENROLLED,
        "enregistree": EnrolmentState.ENROLLED,
        "presente": EnrolmentState.ENROLLED,
        "confirmee": EnrolmentState.ENROLLED,
        "acceptee": EnrolmentState.ENROLLED,
        "convoquee": EnrolmentState.ENROLLED,
        "terminee": EnrolmentState.ENROLLED,
        "achevee": EnrolmentState.ENROLLED,
        "realisee": EnrolmentState.ENROLLED,
        "en formation": EnrolmentState.ENROLLED,
        "entree en formation": EnrolmentState.ENROLLED,
        "entre en formation": EnrolmentState.ENROLLED,
        "entree declaree": EnrolmentState.ENROLLED,
        "sortie de formation": EnrolmentState.ENROLLED,
        "sorti de formation": EnrolmentState.ENROLLED,
        "sortie declaree": EnrolmentState.ENROLLED,
        "service fait": EnrolmentState.ENROLLED,
        "service fait declare": EnrolmentState.ENROLLED,
        "service fait valide": EnrolmentState.ENROLLED,
        "facturee": EnrolmentState.ENROLLED,
        "payee": EnrolmentState.ENROLLED,
        "soldee": EnrolmentState.ENROLLED,
        "active": EnrolmentState.ENROLLED,
        "actif": EnrolmentState.ENROLLED,
        "en cours": EnrolmentState.ENROLLED,
        "non commencee": EnrolmentState.ENROLLED,
        "pas commence": EnrolmentState.ENROLLED,
        "pas encore commence": EnrolmentState.ENROLLED,
        "not started": EnrolmentState.ENROLLED,
        "in progress": EnrolmentState.ENROLLED,
        "completed": EnrolmentState.ENROLLED,
        "enrolled": EnrolmentState.ENROLLED,
        "desistee": EnrolmentState.WITHDRAWN,
        "desistement": EnrolmentState.WITHDRAWN,
        "desistee avant le premier jour": EnrolmentState.WITHDRAWN,
        "desistement avant le premier jour": EnrolmentState.WITHDRAWN,
        "annulee": EnrolmentState.WITHDRAWN,
        "annulation": EnrolmentState.WITHDRAWN,
        "annule par le titulaire": EnrolmentState.WITHDRAWN,
        "annule par l organisme": EnrolmentState.WITHDRAWN,
        "annule par le financeur": EnrolmentState.WITHDRAWN,
        "annulation titulaire": EnrolmentState.WITHDRAWN,
        "cancelled": EnrolmentState.WITHDRAWN,
        "withdrawn": EnrolmentState.WITHDRAWN,
        "interrompue": EnrolmentState.INTERRUPTED,
        "interruption": EnrolmentState.INTERRUPTED,
        "parcours interrompu": EnrolmentState.INTERRUPTED,
        "suspendue": EnrolmentState.INTERRUPTED,
        "suspended": EnrolmentState.INTERRUPTED,
        "abandon": EnrolmentState.ABANDONED,
        "abandonnee": EnrolmentState.ABANDONED,
        "termine avec abandon": EnrolmentState.ABANDONED,
        "sortie anticipee": EnrolmentState.ABANDONED,
        "dropped": EnrolmentState.ABANDONED,
        "liste d attente": NotEnrolled.WAITING,
        "sur liste d attente": NotEnrolled.WAITING,
        "inscrit liste d attente": NotEnrolled.WAITING,
        "en attente": NotEnrolled.WAITING,
        "en attente d acceptation": NotEnrolled.WAITING,
        "waiting": NotEnrolled.WAITING,
        "waiting list": NotEnrolled.WAITING,
        "waitlist": NotEnrolled.WAITING,
        "preinscrite": NotEnrolled.WAITING,
        "pre inscrite": NotEnrolled.WAITING,
        "candidate": NotEnrolled.WAITING,
        "prospect": NotEnrolled.WAITING,
        "devis": NotEnrolled.WAITING,
        "option": NotEnrolled.WAITING,
        "a traiter": NotEnrolled.WAITING,
        "a confirmer": NotEnrolled.WAITING,
        "refusee": NotEnrolled.WAITING,
        "refuse par le titulaire": NotEnrolled.WAITING,
        "refuse par l organisme": NotEnrolled.WAITING,
        "refuse par le financeur": NotEnrolled.WAITING,
        "rejetee": NotEnrolled.WAITING,
        "sans suite": NotEnrolled.WAITING,
        "non retenue": NotEnrolled.WAITING,
    }
)
# « Inscrit », « terminé » or « confirmé » beside another state say less than it: « terminé avec abandon » is an abandonment.
WEAK_ENROLMENT_STATES = frozenset({EnrolmentState.ENROLLED})
CIVILITIES = {
    "mme": "mme",
    "ms": "mme",
    "mrs": "mme",
    "female": "mme",
    "feminin": "mme",
    "male": "m",
    "masculin": "m",
    "madame": "mme",
    "mlle": "mme",
    "mademoiselle": "mme",
    "femme": "mme",
    "f": "mme",
    "m": "m",
    "mr": "m",
    "monsieur": "m",
    "homme": "m",
    "h": "m",
}


def _in_every_form(masculine: Mapping[str, T]) -> dict[str, T]:
    """The same words in the feminine and as forms write both: « satisfait », « satisfaite », « satisfait(e) » (« satisfait e »)."""
    found = dict(masculine)
    for key, value in masculine.items():
        if key.endswith(("satisfait", "moyen", "bon", "mauvais", "insuffisant", "excellent")):
            feminine = {"moyen": "ne", "bon": "ne"}.get(key, "e")
            found |= {f"{key}{feminine}": value, f"{key} {feminine}": value}
    return found


# Marks in words, out of five. « Oui », « en partie » and « non » give no mark: they are told and not counted.
MARKS_IN_WORDS = _in_every_form(
    {
        "tout a fait": 5,
        "tout a fait d accord": 5,
        "tout a fait satisfait": 5,
        "tout a fait atteint": 5,
        "totalement": 5,
        "entierement": 5,
        "tres satisfait": 5,
        "tres bien": 5,
        "tres bon": 5,
        "excellent": 5,
        "strongly agree": 5,
        "very satisfied": 5,
        "plutot oui": 4,
        "plutot": 4,
        "plutot d accord": 4,
        "plutot satisfait": 4,
        "plutot atteint": 4,
        "d accord": 4,
        "satisfait": 4,
        "assez satisfait": 4,
        "bien": 4,
        "bon": 4,
        "agree": 4,
        "satisfied": 4,
        "moyennement": 3,
        "moyennement satisfait": 3,
        "moyen": 3,
        "moyennement d accord": 3,
        "neutre": 3,
        "ni d accord ni pas d accord": 3,
        "ni satisfait ni insatisfait": 3,
        "neutral": 3,
        "plutot non": 2,
        "plutot pas d accord": 2,
        "plutot pas satisfait": 2,
        "plutot insatisfait": 2,
        "peu satisfait": 2,
        "peu d accord": 2,
        "insatisfait": 2,
        "insuffisant": 2,
        "pas d accord": 2,
        "pas satisfait": 2,
        "disagree": 2,
        "dissatisfied": 2,
        "pas du tout": 1,
        "pas du tout d accord": 1,
        "pas du tout satisfait": 1,
        "tres insatisfait": 1,
        "tres mauvais": 1,
        "mauvais": 1,
        "tres insuffisant": 1,
        "strongly disagree": 1,
        "very dissatisfied": 1,
    }
)
