"""Forms of the learning room."""

from trainings.learning.forms.exams import ExamDatesForm, ExamLineForm, PeriodForm
from trainings.learning.forms.intake import ConclusionForm, SessionNeedForm, TypedForm
from trainings.learning.forms.results import EvaluationForm, LevelsForm, SourceForm

__all__ = [
    "ConclusionForm",
    "EvaluationForm",
    "ExamDatesForm",
    "ExamLineForm",
    "LevelsForm",
    "PeriodForm",
    "SessionNeedForm",
    "SourceForm",
    "TypedForm",
]
