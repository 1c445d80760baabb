"""What one may ask of the matrix, in its address."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from evidence.matrix.wording import STANDINGS
from evidence.readiness.forms import AuditDateForm
from qualiopi.web.forms import DayInput


class MatrixForm(AuditDateForm):
    """Filters of the matrix."""

    DOSSIERS = tuple((standing.value, label) for standing, label in STANDINGS.items())

    q = forms.CharField(
        label=_("Session"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control form-control-s", "type": "search"}),
    )
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", _("Toutes")), ("avenir", _("à venir")), ("encours", _("en cours")), ("terminee", _("terminées"))],
        widget=forms.Select(attrs={"class": "form-select form-control-s"}),
    )
    formateur = forms.CharField(
        label=_("Formateur"),
        required=False,
        # Not `max_length`, which a list of choices has no attribute for.
        validators=[MaxLengthValidator(36)],
        widget=forms.Select(attrs={"class": "form-select form-control-s"}),
    )
    du = forms.DateField(label=_("Depuis le"), required=False, widget=DayInput(attrs={"class": "form-control form-control-s"}))
    au = forms.DateField(label=_("Jusqu’au"), required=False, widget=DayInput(attrs={"class": "form-control form-control-s"}))
    dossier = forms.ChoiceField(
        label=_("Dossier"),
        required=False,
        choices=[("", _("Tous")), *DOSSIERS],
        widget=forms.Select(attrs={"class": "form-select form-control-s"}),
    )

    def set_trainers(self, trainers: list[tuple[str, str]]) -> None:
        """The trainers one may choose from, by name."""
        self.fields["formateur"].widget.choices = [("", _("Tous")), *trainers]  # type: ignore[attr-defined]
