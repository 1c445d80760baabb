"""Forms of the steps around a session."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qualiopi.accounts.models import User
from qualiopi.organisations.enums import Capability
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.queries import members_who
from qualiopi.web.forms import DayField
from qualiopi.web.seen import Remembers
from trainings.people.models import Trainer
from trainings.sessions.models import Session


class StepForm(Remembers, forms.Form):
    """By when, and by whom: a member of the organisation or a trainer, in one list."""

    label = forms.CharField(label=_("À faire"), max_length=200)
    due_on = DayField(label=_("Pour le"))
    in_charge = forms.ChoiceField(label=_("Confiée à"), required=False)

    def __init__(self, *args: Any, session: Session, new: bool, **kwargs: Any) -> None:
        self.new = new
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields["in_charge"].choices = _people(session.organisation)
        if not new:
            del self.fields["label"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        row = Row(Column("due_on"), Column("in_charge"))
        self.helper.layout = Layout("label", row) if new else Layout(row)

    def remembers(self) -> bool:
        """A step that is added has nothing stored yet."""
        return not self.new

    def owners(self) -> dict[str, Any]:
        """`owner` and `trainer` as the verbs take them."""
        who, _dot, pk = self.cleaned_data["in_charge"].partition(".")
        return {
            "owner": User.objects.get(pk=pk) if who == "user" else None,
            "trainer": Trainer.objects.for_organisation(self.session.organisation).get(pk=pk) if who == "trainer" else None,
        }


def _people(organisation: Organisation) -> list[Any]:
    """Who can do a step: members who may edit sessions today (an auditor reads, a former member is gone), and trainers."""
    members = [
        (f"user.{member.user_id}", str(member.user))
        for member in members_who(organisation, Capability.EDIT_SESSIONS, today=timezone.localdate())
    ]
    trainers = [(f"trainer.{trainer.pk}", str(trainer)) for trainer in Trainer.objects.for_organisation(organisation)]
    return [("", _("personne")), (_("Équipe"), members), (_("Formateurs"), trainers)]


class SkipForm(Remembers, forms.Form):
    """Why a step does not apply."""

    reason = forms.CharField(label=_("Sans objet parce que"), max_length=250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
