"""The standing cast, and a course about which much is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests import cast
from tests.factories import CourseFactory
from tests.harness.worlds import shared
from trainings.catalogue.completeness import SHEET_COLUMNS
from trainings.catalogue.verbs import ObjectiveLine, SequenceLine, adopt, proofread, save_draft, save_sheet, start_draft

SAID = {column: f"Ce que dit {column}" for column in SHEET_COLUMNS if column != "recognition"} | {
    "audience": "Responsables d’équipe",
    "recognition": "attestation",
    "found_at": "https://fil-ouest.example/reunion",
}


people = shared(cast.gather)


@pytest.fixture
def course(people):
    """A course of the organisation, of which nothing is said yet."""
    return CourseFactory(organisation=people.organisation, title="Animer une réunion qui décide")


@pytest.fixture
def complete(people, course):
    """The same course once its programme is adopted, its sheet written and proofread."""
    make_complete(course, people.training_manager)
    return course


def make_complete(course, person, *, on=date(2026, 1, 5)):
    """Write, adopt and proofread everything that is asked of a course that is not certifying."""
    draft = start_draft(course=course, on=on, actor=person)
    save_draft(
        programme=draft,
        fields={"contents": "Préparer, animer, décider.", "modality": "présentiel", "methods": "Cas pratiques"},
        objectives=[ObjectiveLine("Préparer un ordre du jour", "ordre du jour rédigé"), ObjectiveLine("Décider", "jeu de rôle")],
        skills=[],
        sequences=[
            SequenceLine("Préparer", Decimal("7"), objectives=(0,)),
            SequenceLine("Décider", Decimal("7"), objectives=(1,)),
        ],
        actor=person,
    )
    adopt(programme=draft, on=on, change_note="", actor=person)
    save_sheet(course=course, fields=SAID, actor=person)
    proofread(course=course, on=date(2026, 11, 2), found_at=SAID["found_at"], said_alike=True, actor=person)
