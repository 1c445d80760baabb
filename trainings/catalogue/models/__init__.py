"""Rows of the catalogue: courses, the versions of their programme, their public sheet, the right to prepare for a certification."""

from trainings.catalogue.models.accreditation import Accreditation, AccreditationKind
from trainings.catalogue.models.course import Course, Level
from trainings.catalogue.models.programme import Objective, Programme, Sequence, Skill
from trainings.catalogue.models.sheet import PublicSheet, Recognition

__all__ = [
    "Accreditation",
    "AccreditationKind",
    "Course",
    "Level",
    "Objective",
    "Programme",
    "PublicSheet",
    "Recognition",
    "Sequence",
    "Skill",
]
