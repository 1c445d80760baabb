"""What people may ask of the board, and what they may decide."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.engine.result import Status
from evidence.readiness.models import Conclusion, RuleSetting, TightenedThreshold
from qualiopi.standard.expectations import Expectation
from qualiopi.standard.model import Grid
from qualiopi.web.forms import DayField, DayInput
from qualiopi.web.seen import Remembers

STATUS_CHOICES = [
    ("", _("Tous les statuts")),
    (Status.DEMONSTRABLE.value, _("démontrables")),
    (Status.AT_RISK.value, _("à risque")),
    (Status.INSUFFICIENT.value, _("insuffisants")),
    (Status.CANNOT_BE_JUDGED.value, _("impossibles à juger")),
    (Status.NOT_APPLICABLE.value, _("non applicables")),
]
SCOPE_CHOICES = [
    ("", _("Tous")),
    ("surveillance", _("Toujours vus en surveillance")),
    ("majeur", _("Non-conformité majeure seulement")),
    ("2026", _("Changés en 2026")),
]


class AuditDateForm(forms.Form):
    """The audit date of any page of the room, in the address."""

    date = DayField(label=_("Date d’audit"), required=False, widget=DayInput(attrs={"class": "form-control form-control-s"}))

    def chosen(self) -> datetime.date | None:
        """The date asked for, None when none is or when it can't be read (the form then says so)."""
        return self.cleaned_data.get("date") if self.is_valid() or "date" in self.cleaned_data else None


class BoardForm(AuditDateForm):
    """Filters of the board."""

    statut = forms.ChoiceField(choices=STATUS_CHOICES, required=False, widget=forms.HiddenInput)
    critere = forms.TypedChoiceField(
        label=_("Critère"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select form-control-s"}),
    )
    portee = forms.ChoiceField(
        label=_("Portée"),
        choices=SCOPE_CHOICES,
        required=False,
        widget=forms.Select(attrs={"class": "form-select form-control-s"}),
    )
    q = forms.CharField(
        label=_("Mot ou numéro"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control form-control-s", "type": "search"}),
    )

    def __init__(self, data: Any, *, grid: Grid) -> None:
        super().__init__(data)
        criteria = [(criterion.number, f"{criterion.number}. {criterion.title}") for criterion in grid.criteria]
        self.fields["critere"].choices = [("", _("Tous")), *criteria]  # type: ignore[attr-defined]


class ConclusionForm(forms.ModelForm):
    """What a person concludes."""

    class Meta:
        model = Conclusion
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        labels = {"text": _("Votre conclusion")}
        help_texts = {
            "text": _("Ce que vous avez lu, ce que vous en pensez, ce qui reste à faire. Votre nom et la date suivent.")
        }


class CoverForm(Remembers, forms.Form):
    """Which piece covers which of the lines that lack; none is ticked beforehand."""

    document = forms.ChoiceField(label=_("La pièce que vous avez lue"), widget=forms.RadioSelect)
    lines = forms.MultipleChoiceField(label=_("Ce qu’elle couvre"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, pieces: list[tuple[str, str]], lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].choices = pieces  # type: ignore[attr-defined]
        self.fields["lines"].choices = lines  # type: ignore[attr-defined]


class SetAsideForm(Remembers, forms.Form):
    """Why an indicator is set aside, on which of the grounds that are open today, and until when."""

    ground = forms.ChoiceField(label=_("Ce qui le permet"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Motif"), widget=forms.Textarea(attrs={"rows": 4}))
    until = DayField(label=_("Jusqu’au"))

    def __init__(self, *args: Any, grounds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]
        self.fields["ground"].initial = grounds[0][0] if len(grounds) == 1 else None


class ThresholdForm(Remembers, forms.Form):
    """The limits of one expectation, never under ours: in percent for a share, in number of proofs otherwise."""

    demonstrable = forms.DecimalField(max_digits=5, decimal_places=1, localize=False)
    at_risk = forms.DecimalField(max_digits=5, decimal_places=1, localize=False)
    reason = forms.CharField(label=_("Pourquoi ce seuil"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, expectation: Expectation, standing: TightenedThreshold | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.share = expectation.measure.share
        unit = _("en %") if self.share else _("en nombre de preuves")
        for name, label in (("demonstrable", _("Démontrable à partir de")), ("at_risk", _("À risque à partir de"))):
            field = self.fields[name]
            field.label, field.help_text = label, unit
            field.widget.attrs.update({"min": self.shown(getattr(expectation.measure, name)), "step": "any"})
            if self.share:
                field.widget.attrs["max"] = "100"
            field.initial = self.shown(float(getattr(standing or expectation.measure, name)))
        self.fields["reason"].initial = standing.reason if standing else ""

    def shown(self, limit: float) -> str:
        """A limit in the unit of the form."""
        return f"{limit * 100 if self.share else limit:g}"

    def limit(self, name: str) -> Decimal:
        """A limit in the unit of the measure."""
        value: Decimal = self.cleaned_data[name]
        return value / 100 if self.share else value


class RuleForm(forms.ModelForm):
    """A figure of the rules, from a day on."""

    class Meta:
        model = RuleSetting
        fields = ["key", "value", "effective_from", "source"]
        widgets = {"effective_from": DayInput(), "key": forms.Select()}
        labels = {
            "key": _("Règle"),
            "effective_from": _("À partir du"),
            "source": _("Source : texte officiel, ou motif de notre pratique"),
        }

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].widget.choices = choices  # type: ignore[attr-defined]
        self.fields["value"].help_text = _("Laissez vide si le texte qui la fixe n’est pas encore connu.")
