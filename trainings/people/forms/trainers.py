"""A trainer, and the lines of their file."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.accounts.models import User
from qualiopi.files.kinds import accept_attribute
from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import Organisation
from qualiopi.web.forms import DayField
from qualiopi.web.identity import ActivityNumberField, PhoneField
from qualiopi.web.seen import Remembers
from trainings.people.models import RecordKind, Subcontractor, Trainer, TrainerRecord
from trainings.people.rules import StatusReading, read_status


class TrainerForm(Remembers, forms.ModelForm):
    """A trainer, and how they are bound to the organisation.

    A status that the number typed beside it contradicts is kept only by somebody who read what follows from it.
    """

    empty_choices = {"subcontractor": _("Aucun"), "user": _("Sans compte")}

    keep_status = forms.BooleanField(
        label=gettext_lazy("J’ai lu, et je garde ce statut"),
        required=False,
        help_text=gettext_lazy("Par exemple parce que ce numéro ne sert jamais aux sessions animées ici."),
    )

    class Meta:
        model = Trainer
        fields = ["first_name", "last_name", "email", "phone", "titles", "status", "activity_number", "subcontractor", "user"]
        field_classes = {"phone": PhoneField, "activity_number": ActivityNumberField}
        help_texts = {
            "titles": gettext_lazy("Diplôme, fonction, expérience : le contrat d’un particulier les donne."),
            "status": gettext_lazy(
                "Décide des indicateurs 22 et 27 : un formateur porté par la coopérative n’est pas un sous-traitant."
            ),
            "activity_number": gettext_lazy("Le sien, s’il ou elle en a un : pas celui de l’organisme."),
            "user": gettext_lazy("Son compte, pour qu’il ou elle voie ses sessions et montre le QR code de l’enquête."),
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        self.reading: StatusReading | None = None
        self.fields["subcontractor"].queryset = Subcontractor.objects.for_organisation(organisation)
        self.fields["user"].queryset = User.objects.filter(memberships__organisation=organisation, memberships__role=Role.TRAINER)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("first_name"), Column("last_name")),
            Row(Column("email"), Column("phone")),
            "titles",
            Row(Column("status"), Column("activity_number")),
            "subcontractor",
            "user",
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        own = self.instance.organisation.activity_number
        reading = read_status(status=said.get("status", ""), activity_number=said.get("activity_number", ""), own_number=own)
        if reading.contradicts and reading.standing == "our_number":
            self.add_error("activity_number", _("C’est le numéro de l’organisme : laissez vide, ou tapez celui de la personne."))
        elif reading.contradicts and not said.get("keep_status"):
            self.reading = reading
            self.helper.layout.fields.append("keep_status")
            sentence = _(
                "Une personne qui enseigne sous son propre numéro est un sous-traitant : "
                "choisissez ce statut, ou gardez celui-ci en connaissance de cause."
            )
            self.add_error("status", sentence)
        return said

    @property
    def fields_of_trainer(self) -> dict[str, Any]:
        """What was typed, without what only confirms it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "keep_status"}


class CoversForm(Remembers, forms.Form):
    """Which required qualifications a title covers, in the words of the courses."""

    covers = forms.MultipleChoiceField(
        label=gettext_lazy("Ce que ce titre couvre"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, requirements: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["covers"].choices = [(each, each) for each in requirements]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False


class RecordForm(Remembers, forms.ModelForm):
    """One line of a trainer's file: what it is, its days, what it says."""

    upload = forms.FileField(
        label=gettext_lazy("Fichier"),
        required=False,
        help_text=gettext_lazy("PDF, image, Word ou LibreOffice. Un entretien peut se passer de fichier."),
        widget=forms.FileInput({"accept": accept_attribute()}),
    )

    class Meta:
        model = TrainerRecord
        fields = ["kind", "title", "dated_on", "valid_until", "note"]
        field_classes = {"dated_on": DayField, "valid_until": DayField}
        help_texts = {
            "title": gettext_lazy("Pour une qualification exigée par une formation, reprenez ses mots."),
            "dated_on": gettext_lazy("Délivrance, entretien, ou début de validité."),
            "valid_until": gettext_lazy("Laissez vide quand la pièce n’expire pas."),
            "note": gettext_lazy("Un entretien ou une observation se termine par une conclusion."),
        }

    def __init__(self, *args: Any, trainer: Trainer, with_file: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation, self.instance.trainer = trainer.organisation, trainer
        self.fields["kind"].choices = RecordKind.choices
        self.fields["title"].widget.attrs["list"] = "qualifications-exigees"
        self.fields["note"].widget.attrs["rows"] = 3
        if not with_file:
            del self.fields["upload"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("kind"), Column("title")),
            Row(Column("dated_on"), Column("valid_until")),
            "note",
            *(["upload"] if with_file else []),
        )


class ReasonForm(forms.Form):
    """Why a line leaves a file."""

    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
