"""Forms about who is enrolled, who pays, who leaves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.web.forms import DayField
from qualiopi.web.seen import RememberedRows, Remembers, settle_rows
from trainings.sessions.models import Aim, Enrolment, EnrolmentState, TraineeType

NOT_SAID = ("", _("Je ne sais pas encore"))
SAID = [NOT_SAID, ("true", _("Oui")), ("false", _("Non"))]
FUNDING_LINES = 3


class MoneyField(forms.DecimalField):
    """An amount in euros without tax, as people type it: « 1 250,50 »."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=10, decimal_places=2, required=False, **kwargs)
        self.widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split()).removesuffix("€").replace(",", ".")
        return super().to_python(value)


def _said(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=SAID, required=False, coerce=lambda v: {"true": True, "false": False}.get(v), empty_value=None
    )


class FactsForm(Remembers, forms.Form):
    """What an enrolment is: for whom, of which type, at which price. What nobody knows yet can wait."""

    company = forms.CharField(
        label=_("Entreprise"),
        max_length=200,
        required=False,
        help_text=_("Reconnue par son nom, ajoutée sinon."),
        widget=forms.TextInput(attrs={"list": "companies", "autocomplete": "off"}),
    )
    has_company = _said(_("Une entreprise est-elle concernée ?"))
    has_funder = _said(_("Un financeur paie-t-il ?"))
    trainee_type = forms.ChoiceField(label=_("Type de stagiaire"), choices=[NOT_SAID, *TraineeType.choices], required=False)
    aim = forms.ChoiceField(
        label=_("Objectif de la formation suivie"),
        choices=[NOT_SAID, *Aim.choices],
        required=False,
        help_text=_("Proposé d’après la formation : changez-le si cette personne la suit pour autre chose."),
    )
    price = MoneyField(label=_("Prix hors taxes, en euros"))
    joined_on = DayField(
        label=_("Arrivé en cours de session, le"),
        required=False,
        help_text=_("Vide : depuis le premier jour. Rien n’est dû avant."),
    )

    def __init__(self, *args: Any, enrolment: Enrolment | None = None, **kwargs: Any) -> None:
        self.known = enrolment is not None
        super().__init__(*args, **kwargs)
        if enrolment is not None:
            self.initial.update(
                company=enrolment.company.name if enrolment.company else "",
                trainee_type=enrolment.trainee_type,
                aim=enrolment.aim,
                price=enrolment.price,
                joined_on=enrolment.joined_on,
                has_company={None: "", True: "true", False: "false"}[enrolment.has_company],
                has_funder={None: "", True: "true", False: "false"}[enrolment.has_funder],
            )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self.parts())

    def remembers(self) -> bool:
        """An enrolment that is made has nothing stored yet."""
        return self.known

    def parts(self) -> list[Any]:
        """The fieldsets, in order."""
        return [
            Fieldset(_("Pour qui"), Row(Column("company"), Column("has_company")), Row(Column("joined_on"))),
            Fieldset(
                _("Pour le bilan pédagogique et financier"), Row(Column("trainee_type"), Column("aim")), Row(Column("price"))
            ),
            Fieldset(_("Qui paie"), Row(Column("has_funder"))),
        ]


class EnrolmentForm(FactsForm):
    """One more trainee in a session; a list goes through the import."""

    first_name = forms.CharField(label=_("Prénom"), max_length=100)
    last_name = forms.CharField(label=_("Nom"), max_length=100)
    email = forms.EmailField(label=_("Adresse e-mail"), required=False, help_text=_("Pour envoyer l’enquête et les documents."))

    def parts(self) -> list[Any]:
        return [Fieldset(_("La personne"), Row(Column("first_name"), Column("last_name")), "email"), *super().parts()]


class FundingForm(forms.Form):
    """One line: a funder, what it pays, its file number. An empty line counts for nothing."""

    funder = forms.CharField(
        label=_("Financeur"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "funders", "autocomplete": "off"}),
    )
    amount = MoneyField(label=_("Montant hors taxes"))
    file_number = forms.CharField(label=_("Numéro de dossier"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Row(Column("funder"), Column("amount"), Column("file_number")))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("funder") and (data.get("amount") is not None or data.get("file_number")):
            self.add_error("funder", _("Nommez le financeur de cette ligne."))
        return data


class FundingLines(RememberedRows):
    """The funders of one enrolment: those it has, and empty lines for more."""

    def is_valid(self) -> bool:
        """Each line is, and nobody else changed them meanwhile."""
        settle_rows(self, saving_of=lambda: self.saved_by("fundings"))
        return super().is_valid()

    def lines(self) -> list[dict[str, Any]]:
        """The lines that name a funder."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("funder")]


def funding_lines(data: Any = None, enrolment: Enrolment | None = None) -> FundingLines:
    """The formset of who pays, filled with what is known."""
    known = enrolment.fundings.select_related("funder") if enrolment is not None else []
    initial = [{"funder": paid.funder.name, "amount": paid.amount, "file_number": paid.file_number} for paid in known]
    build = forms.formset_factory(FundingForm, formset=FundingLines, extra=max(1, FUNDING_LINES - len(initial)), max_num=20)
    return cast(FundingLines, build(data, initial=initial, prefix="paie"))


class ReturnForm(forms.Form):
    """Somebody who had left came back."""

    came_back_on = DayField(label=_("Revenu le"), help_text=_("Le premier jour suivi de nouveau."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class EndEnrolmentForm(Remembers, forms.Form):
    """Somebody left: what happened, when, why, what was done."""

    state = forms.ChoiceField(label=_("Ce qui s’est passé"), choices=[c for c in EnrolmentState.choices if c[0] != "enrolled"])
    ended_on = DayField(label=_("Depuis quand"), help_text=_("Le dernier jour suivi, ou le jour où la personne a prévenu."))
    end_reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=250,
        help_text=_("Le motif donné, sans détail de santé : ces lignes ne sont pas réservées."),
    )
    end_action = forms.CharField(
        label=_("Ce qui a été fait"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Appel, relance, report, aménagement proposé… Vous pourrez compléter plus tard."),
    )

    def __init__(self, *args: Any, enrolment: Enrolment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if enrolment is not None and enrolment.state != EnrolmentState.ENROLLED:
            self.initial.update({name: getattr(enrolment, name) for name in self.fields})
        self.helper = FormHelper()
        self.helper.form_tag = False
