"""Forms of the learning room."""

from trainings.learning.forms.intake import ConclusionForm, SessionNeedForm, TypedForm
from trainings.learning.forms.results import EvaluationForm, SourceForm

__all__ = ["ConclusionForm", "EvaluationForm", "SessionNeedForm", "SourceForm", "TypedForm"]
