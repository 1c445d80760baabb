"""What can be done with the catalogue."""

from trainings.catalogue.verbs.accreditations import remove_accreditation, save_accreditation
from trainings.catalogue.verbs.courses import duplicate_course, save_course
from trainings.catalogue.verbs.programmes import (
    ObjectiveLine,
    SequenceLine,
    SkillLine,
    adopt,
    discard_draft,
    save_draft,
    start_draft,
)
from trainings.catalogue.verbs.sheets import proofread, publish, save_sheet, unpublish

__all__ = [
    "ObjectiveLine",
    "SequenceLine",
    "SkillLine",
    "adopt",
    "discard_draft",
    "duplicate_course",
    "proofread",
    "publish",
    "remove_accreditation",
    "save_accreditation",
    "save_course",
    "save_draft",
    "save_sheet",
    "start_draft",
    "unpublish",
]
