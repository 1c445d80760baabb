"""For whom a session is run, by whom, under which contract."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.files.kinds import accept_attribute
from qualiopi.web.forms import DayField
from qualiopi.web.seen import Remembers
from trainings.people.missions import Mission
from trainings.people.models import Subcontract, Subcontractor
from trainings.sessions.models import Session

OURS, FOR_ANOTHER, GIVEN = "ours", "for_another", "given"


class ContractForm(Remembers, forms.Form):
    """Three ways to hold a session; only the part of the one chosen is read."""

    way = forms.ChoiceField(
        label=_("Cette session"),
        widget=forms.RadioSelect,
        choices=[
            (OURS, _("est la nôtre, et nous la réalisons")),
            (FOR_ANOTHER, _("nous est confiée par un autre organisme de formation")),
            (GIVEN, _("est la nôtre, et nous la confions à un sous-traitant")),
        ],
    )
    run_for = forms.CharField(label=_("Organisme qui vous la confie"), max_length=200, required=False)
    contract_reference = forms.CharField(label=_("Référence du contrat"), max_length=100, required=False)
    contract_signed_on = DayField(label=_("Signé le"), required=False)
    upload = forms.FileField(label=_("Contrat signé"), required=False)
    missions = forms.MultipleChoiceField(
        label=_("Missions que ce contrat vous donne"),
        choices=Mission.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sans mission dite par le contrat, l’auditeur regarde tous les indicateurs."),
    )
    given_to = forms.ModelChoiceField(
        label=_("Sous-traitant"),
        queryset=Subcontractor.objects.none(),
        required=False,
        help_text=_("Un formateur porté par la coopérative n’est pas un sous-traitant."),
    )
    subcontract = forms.ModelChoiceField(
        label=_("Contrat de sous-traitance"),
        queryset=Subcontract.objects.none(),
        required=False,
        empty_label=_("pas encore de contrat"),
        help_text=_("Signé avant le premier jour, avec ses missions : c’est ce que regarde l’indicateur 27."),
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        way = FOR_ANOTHER if session.run_for else GIVEN if session.given_to_id else OURS
        initial = {
            "way": way,
            "run_for": session.run_for,
            "contract_reference": session.contract_reference,
            "contract_signed_on": session.contract_signed_on,
            "missions": session.missions or [],
            "given_to": session.given_to_id,
            "subcontract": session.subcontract_id,
        }
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        organisation = session.organisation
        self.fields["upload"].widget.attrs["accept"] = accept_attribute()
        self.fields["given_to"].queryset = Subcontractor.objects.for_organisation(organisation)
        contracts = Subcontract.objects.for_organisation(organisation).select_related("subcontractor")
        self.fields["subcontract"].queryset = contracts
        self.fields["subcontract"].label_from_instance = lambda contract: f"{contract.reference}, {contract.subcontractor}"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "way",
            Fieldset(
                _("Si un autre organisme vous la confie"),
                "run_for",
                Row(Column("contract_reference"), Column("contract_signed_on"), Column("upload")),
                "missions",
            ),
            Fieldset(_("Si vous la confiez à un sous-traitant"), Row(Column("given_to"), Column("subcontract"))),
        )

    def clean(self) -> dict[str, Any]:
        """A session given names to whom."""
        data = super().clean() or {}
        if data.get("way") == GIVEN and not data.get("given_to"):
            self.add_error("given_to", _("Choisissez le sous-traitant."))
        return data
