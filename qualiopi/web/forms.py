"""Fields of forms that several rooms show, and the refusals of verbs told beside the fields."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models.fields import BLANK_CHOICE_DASH
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


# What a list says before anything is chosen: Django would draw dashes, which a screen reader spells.
TO_CHOOSE, UNSAID = _("Choisir…"), _("Non précisé")
_DASHES = dict(BLANK_CHOICE_DASH)[""]


class NamesEmptyChoices(forms.BaseForm):
    """A form, to be mixed in first, whose lists say in words that nothing is chosen. `empty_choices`: a field's own words, by name."""

    empty_choices: Mapping[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            say_empty_choice(field, self.empty_choices.get(name, TO_CHOOSE if field.required else UNSAID))


def say_empty_choice(field: forms.Field, words: Any) -> None:
    """Put words in place of the dashes of a list; what already says something else stays."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == _DASHES:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField) and not callable(field.choices):
        pairs: list[Any] = list(field.choices)
        field.choices = [(key, words if label == _DASHES else label) for key, label in pairs]


def take_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Tell a verb's refusal beside the fields it names, above the form for the rest."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields and field != NON_FIELD_ERRORS else None, errors)
