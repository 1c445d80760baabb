"""Fields of forms that several rooms show, and the refusals of verbs told beside the fields."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from qualiopi.web.dates import EARLIEST, LATEST


class DayInput(forms.DateInput):
    """The browser's own calendar: it shows the day in the person's language and sends it as 2027-03-18."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that a person of today may mean: a year with a slip of the finger is refused before anything counts from it."""

    widget = DayInput
    default_validators = [
        MinValueValidator(EARLIEST, _("Vérifiez l’année : cette date est trop ancienne.")),
        MaxValueValidator(LATEST, _("Vérifiez l’année : cette date est trop lointaine.")),
    ]


def take_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Tell a verb's refusal beside the fields it names, above the form for the rest."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields and field != NON_FIELD_ERRORS else None, errors)
