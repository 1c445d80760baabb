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


class ColourInput(forms.ColorInput):
    """The browser's own choice of a colour: it always holds one, seven characters long, and HTML lets nobody say so again."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: an `<input type="color">` is never empty."""
        return False

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Without the length, which the field gives to every text."""
        return {name: value for name, value in super().build_attrs(base_attrs, extra_attrs).items() if name != "maxlength"}


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
