"""Forms of the people's pages."""

from trainings.people.forms.parties import CompanyForm, FunderForm
from trainings.people.forms.subcontractors import ReviewForm, SubcontractForm, SubcontractorForm
from trainings.people.forms.trainees import TraineeForm
from trainings.people.forms.trainers import CoversForm, ReasonForm, RecordForm, TrainerForm

__all__ = [
    "CompanyForm",
    "CoversForm",
    "FunderForm",
    "ReasonForm",
    "RecordForm",
    "ReviewForm",
    "SubcontractForm",
    "SubcontractorForm",
    "TraineeForm",
    "TrainerForm",
]
