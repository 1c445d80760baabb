"""What is asked before the start: the questionnaires shipped, completed with the objectives and prerequisites of the course followed."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path

from qualiopi.text import comparison_key
from trainings.learning.models import IntakeKind
from trainings.sessions.models import Session
from trainings.surveys.questionnaire import Kind, Question, Questionnaire, Words, load

FOLDER = Path(__file__).parent / "questionnaires"
# Kept by the restricted room, never among the answers.
ADAPTATION, ADAPTATION_NEED = "adaptation", "adaptation_need"
APART = frozenset({ADAPTATION, ADAPTATION_NEED})
PREREQUISITES = "prerequisites"
LEVELS = {
    "new": Words({"fr": "Je ne sais pas encore", "en": "Not yet"}),
    "idea": Words({"fr": "J’en ai une idée", "en": "I have some idea"}),
    "helped": Words({"fr": "Je sais, avec de l’aide", "en": "I can, with help"}),
    "alone": Words({"fr": "Je sais, sans aide", "en": "I can, without help"}),
}
TODAY = Words({"fr": "Savez-vous le faire aujourd’hui ?", "en": "Can you do this today?"})
MET = Words({"fr": "Remplissez-vous les prérequis de la formation ?", "en": "Do you meet the prerequisites of the course?"})
MET_LABEL = Words({"fr": "Prérequis", "en": "Prerequisites"})


@cache
def _shipped(kind: str) -> Questionnaire:
    return load(FOLDER / f"{kind}.yaml")


def objective_key(objective_id: int) -> str:
    """The key under which the answer about one objective is kept."""
    return f"objective-{objective_id}"


def questionnaire_for(kind: str, session: Session) -> Questionnaire:
    """What is asked of the people of a session. Positioning: two queries (objectives of the programme followed, public sheet)."""
    shape = _shipped(kind)
    if kind != IntakeKind.POSITIONING:
        return shape
    level, *rest = shape.questions
    asked = [level, *_objectives(session), *_prerequisites(session), *rest]
    return dataclasses.replace(shape, questions=tuple(asked))


def _objectives(session: Session) -> list[Question]:
    if session.programme_id is None:
        return []
    return [
        Question(
            key=objective_key(objective.pk),
            kind=Kind.CHOICE,
            text=_same(objective.text),
            label=_same(objective.text),
            theme=_same(objective.text),
            hint=TODAY,
            choices=LEVELS,
        )
        for objective in (session.programme.objectives.all() if session.programme else ())
    ]


def _prerequisites(session: Session) -> list[Question]:
    """Nothing to ask when the public sheet names none."""
    sheet = getattr(session.course, "sheet", None)
    written = sheet.prerequisites.strip() if sheet else ""
    if not written or comparison_key(written).startswith(("aucun", "sans prerequis", "pas de prerequis", "neant")):
        return []
    return [
        Question(
            key=PREREQUISITES,
            kind=Kind.YES_PARTLY_NO,
            text=MET,
            label=MET_LABEL,
            theme=MET_LABEL,
            hint=_same(written),
            required=True,
        )
    ]


def _same(text: str) -> Words:
    """Words of the organisation, the same in each language."""
    return Words({"fr": text, "en": text})
