"""Fields of forms for numbers that have a check: SIRET, SIREN, declaration of activity, postcode, phone.

What is stored already is taken as it stands, so that an old wrong number never stops somebody from mending another field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from qualiopi.identity import BadIdentifier, activity_number, postcode, siren, siret
from qualiopi.phones import holds_several, international

# With the spaces, dots and dashes that people put in a number; a column's own length is for the number alone.
LONGEST_TYPED = 60


class IdentifierField(forms.CharField):
    """A number as people type it, given back in the one form that is stored. `read` raises ValueError with a sentence."""

    read: Callable[[str], str]
    stored = ""
    inputmode = "text"

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_TYPED, **kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        self.stored = str(form.get_initial_for_field(self, field_name) or "").strip()
        bound: BoundField = super().get_bound_field(form, field_name)
        return bound

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if not text or text == self.stored:
            return text
        try:
            return type(self).read(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": self.inputmode}


class SiretField(IdentifierField):
    """An establishment."""

    read = staticmethod(siret)
    inputmode = "numeric"


class SirenField(IdentifierField):
    """A company."""

    read = staticmethod(siren)
    inputmode = "numeric"


class ActivityNumberField(IdentifierField):
    """A training organisation."""

    read = staticmethod(activity_number)


class PostcodeField(IdentifierField):
    """A place in France, or abroad with the sign of its country."""

    read = staticmethod(postcode)


def _one_phone(typed: str) -> str:
    if holds_several(typed):
        raise BadIdentifier(_("Ce champ tient un seul numéro : gardez celui où l’on joint la personne."))
    return international(typed)


class PhoneField(IdentifierField):
    """One phone number, of France or of abroad."""

    read = staticmethod(_one_phone)
    inputmode = "tel"
