"""Forms that plan: a session from its course and dates, its half-days, its moves, its copies."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.models import Organisation
from qualiopi.web.forms import DayField, NamesEmptyChoices
from qualiopi.web.seen import Remembers
from trainings.catalogue.models import Course
from trainings.catalogue.queries import programme_in_force
from trainings.people.models import Trainer
from trainings.sessions.calendar import OpenDays, Proposal, TooLong, month_later, postcode_in, propose
from trainings.sessions.models import DayPart, HalfDay, Modality, Session, SessionKind
from trainings.sessions.verbs.schedule import MOST_IN_A_SERIES

RHYTHMS = {
    "days": (_("journées entières"), (DayPart.MORNING, DayPart.AFTERNOON)),
    "am": (_("matins"), (DayPart.MORNING,)),
    "pm": (_("après-midi"), (DayPart.AFTERNOON,)),
    "soir": (_("soirées"), (DayPart.EVENING,)),
}


class PlanForm(NamesEmptyChoices, forms.Form):
    """A session from a course and dates: everything else has an answer already, or can wait."""

    course = forms.ModelChoiceField(label=_("Formation"), queryset=Course.objects.none())
    first_day = DayField(label=_("Premier jour"))
    last_day = DayField(
        label=_("Dernier jour"), required=False, help_text=_("Vide : autant de demi-journées que dure la formation.")
    )
    rhythm = forms.ChoiceField(
        label=_("Rythme"), choices=[(key, label) for key, (label, _parts) in RHYTHMS.items()], initial="days"
    )
    weekends = forms.BooleanField(label=_("Compter les samedis et dimanches"), required=False)
    holidays = forms.BooleanField(label=_("Compter les jours fériés"), required=False)
    trainers = forms.ModelMultipleChoiceField(
        label=_("Formateurs"),
        queryset=Trainer.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    modality = forms.ChoiceField(label=_("Modalité"), choices=Modality.choices, initial=Modality.ON_SITE)
    kind = forms.ChoiceField(
        label=_("Type"), choices=[("", _("à préciser")), *SessionKind.choices], required=False, initial=SessionKind.INTER
    )
    place = forms.CharField(
        label=_("Lieu"), max_length=250, required=False, help_text=_("Avec le code postal : les jours fériés en dépendent.")
    )
    platform = forms.CharField(label=_("Outil ou lien à distance"), max_length=250, required=False)
    expected_trainees = forms.IntegerField(label=_("Stagiaires annoncés"), min_value=0, max_value=10000, required=False)
    price = forms.DecimalField(label=_("Prix hors taxes"), min_value=0, max_digits=10, decimal_places=2, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = Course.objects.for_organisation(organisation).filter(archived_on__isnull=True)
        self.fields["trainers"].queryset = Trainer.objects.for_organisation(organisation)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(
                _("Quoi et quand"),
                "course",
                Row(Column("first_day"), Column("last_day"), Column("rhythm")),
                Row(Column("weekends"), Column("holidays")),
            ),
            HTML('{% include "sessions/_proposal.html" %}'),
            Fieldset(
                _("Avec qui et où"),
                "trainers",
                Row(Column("modality"), Column("kind")),
                Row(Column("place"), Column("platform")),
                Row(Column("expected_trainees"), Column("price")),
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Dates in order, and at least one half-day."""
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Le dernier jour ne précède pas le premier."))
        elif first and data.get("course"):
            try:
                proposal = self.proposal()
            except TooLong:
                self.add_error("last_day", _("Vérifiez les dates : la session durerait plus d’un an."))
            else:
                if proposal is not None and not proposal.slots:
                    self.add_error(
                        "first_day",
                        _(
                            "Aucun jour ouvré entre ces dates : choisissez-en d’autres, ou comptez les week-ends ou les jours fériés."
                        ),
                    )
        return data

    def proposal(self) -> Proposal | None:
        """The half-days these answers give; None as long as the course or the first day is not known. Raises TooLong."""
        data = self.cleaned_data
        course, first = data.get("course"), data.get("first_day")
        if course is None or first is None:
            return None
        return propose(
            first,
            last=data.get("last_day"),
            hours=duration_of(course, on=first),
            days=OpenDays(
                weekends=bool(data.get("weekends")),
                holidays=bool(data.get("holidays")),
                postcode=postcode_in(data.get("place") or ""),
            ),
            parts=RHYTHMS[data.get("rhythm") or "days"][1],
        )


def duration_of(course: Course, *, on: date) -> Decimal | None:
    """How long the course lasts, by its programme in force that day, else by its sheet; None when nobody said."""
    programme = programme_in_force(course, on=on)
    return (programme.duration_hours if programme else None) or course.duration_hours


class HalfDayForm(Remembers, forms.ModelForm):
    """One half-day; one that exists may lend its times to those like it."""

    alike = forms.BooleanField(
        label=_("Mêmes horaires, lieu et formateur pour toutes celles du même moment, sauf signées"), required=False
    )

    class Meta:
        model = HalfDay
        fields = ["day", "part", "starts_at", "ends_at", "trainer", "remote"]
        field_classes = {"day": DayField}
        widgets = {
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation, self.instance.session = session.organisation, session
        trainer = self.fields["trainer"]
        trainer.queryset = Trainer.objects.for_organisation(session.organisation)
        trainer.empty_label = _("tous les formateurs de la session")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("day"), Column("part"), Column("starts_at"), Column("ends_at")),
            Row(Column("trainer"), Column("remote")),
            *(() if self.instance._state.adding else ("alike",)),
        )
        if self.instance._state.adding:
            del self.fields["alike"]


class MoveForm(Remembers, forms.Form):
    """Another first day, and why."""

    to = DayField(label=_("Nouveau premier jour"))
    reason = forms.CharField(
        label=_("Motif"),
        max_length=250,
        help_text=_("Il reste dans le dossier : « à la demande de l’entreprise », « salle fermée »."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class ReasonForm(forms.Form):
    """Why; asked when the rules need it."""

    reason = forms.CharField(
        label=_("Motif"), max_length=250, error_messages={"required": _("Dites pourquoi : le motif reste dans le dossier.")}
    )

    def __init__(self, *args: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed
        if not needed:
            self.fields["reason"].label = _("Motif, si vous voulez le garder")
        self.helper = FormHelper()
        self.helper.form_tag = False


class DuplicateForm(forms.Form):
    """The same session on another day, or a series."""

    first_day = DayField(label=_("Premier jour"))
    repeat = forms.ChoiceField(
        label=_("Combien de fois"),
        choices=[("once", _("une seule fois")), ("weekly", _("chaque semaine")), ("monthly", _("chaque mois"))],
        initial="once",
    )
    times = forms.IntegerField(
        label=_("Nombre de sessions"),
        min_value=1,
        max_value=MOST_IN_A_SERIES,
        initial=1,
        required=False,
        help_text=_("Pour une série : la première comprise."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("first_day"), Column("repeat"), Column("times")))

    def clean(self) -> dict[str, Any]:
        """A series says how many."""
        data = super().clean() or {}
        if data.get("repeat") in ("weekly", "monthly") and "times" not in self.errors and (data.get("times") or 0) < 2:
            raise ValidationError({"times": _("Dites combien de sessions compte la série, deux au moins.")})
        return data

    def first_days(self) -> list[date]:
        """The first day of each session asked for."""
        first, repeat = self.cleaned_data["first_day"], self.cleaned_data["repeat"]
        if repeat == "once":
            return [first]
        times = range(self.cleaned_data["times"])
        return [first + timedelta(weeks=rank) if repeat == "weekly" else month_later(first, rank) for rank in times]
