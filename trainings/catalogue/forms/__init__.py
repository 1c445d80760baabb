"""Forms of the catalogue's pages."""

from trainings.catalogue.forms.accreditation import AccreditationForm
from trainings.catalogue.forms.course import CourseForm, DuplicateForm
from trainings.catalogue.forms.draft import AdoptForm, DraftEditor
from trainings.catalogue.forms.sheet import ProofreadForm, SheetForm

__all__ = [
    "AccreditationForm",
    "AdoptForm",
    "CourseForm",
    "DraftEditor",
    "DuplicateForm",
    "ProofreadForm",
    "SheetForm",
]
