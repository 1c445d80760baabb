"""What the pages of the register take."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from qualiopi.files.kinds import accept_attribute
from qualiopi.web.dates import clock, long_date
from qualiopi.web.forms import DayField
from qualiopi.web.seen import Remembers
from trainings.attendance.drawing import LONGEST
from trainings.attendance.models import Connection, FollowUpSubject, MarkKind
from trainings.attendance.moments import opens
from trainings.attendance.queries import expected_people
from trainings.attendance.verbs.remote import REPORTS
from trainings.attendance.verbs.sheets import SHEETS
from trainings.people.models import Trainer
from trainings.sessions.models import Enrolment, HalfDay, Session

LATE_REASONS = {
    "battery": _("Téléphone déchargé"),
    "left": _("J’ai dû partir vite"),
    "network": _("Le réseau était coupé"),
    "other": _("Autre motif"),
}
REASON = 200
CONTROL = {"class": "form-control form-control-s"}
SELECT = {"class": "form-select form-control-s"}


def said(sent: Mapping[str, str]) -> dict[str, Any]:
    """What the verb `sign` takes, from what a page sent: its mark, what the device drew, when it says that it was, why it is late.

    Read by hand rather than by a form: nothing of it is shown by one, and 200 people send it at once. Raises ValidationError, by field.
    The register is kept in French, in whatever language the page was read.
    """
    once = _mark_in(sent)
    if once is None:
        raise ValidationError({"once": _("Cette page est incomplète. Rechargez-la, puis signez de nouveau.")})
    drawing, kind, why = sent.get("drawing", "").strip(), sent.get("kind", "") or MarkKind.PRESENT, sent.get("why", "")
    if len(drawing) > LONGEST:
        raise ValidationError({"drawing": _("Ce tracé est trop long : effacez-le, puis signez plus simplement.")})
    if kind not in (MarkKind.PRESENT, MarkKind.ABSENT) or (why and why not in LATE_REASONS):
        raise ValidationError(_("Cette page est incomplète. Rechargez-la, puis signez de nouveau."))
    reason = sent.get("reason", "").strip()[:REASON]
    if why and why != "other":
        with translation.override("fr"):
            reason = str(LATE_REASONS[why])
    return {
        "once": once,
        "drawing": drawing if kind == MarkKind.PRESENT else "",
        "told_at": _told_at(sent.get("told_at", "")[:40]),
        "reason": reason,
        "kind": MarkKind(kind),
    }


def _mark_in(sent: Mapping[str, str]) -> UUID | None:
    try:
        return UUID(sent.get("once", "").strip())
    except ValueError:
        return None


def _told_at(words: str) -> datetime | None:
    """The hour of the device; None when it is not one."""
    try:
        moment = parse_datetime(words)
    except ValueError:
        return None
    return moment if moment is not None and timezone.is_aware(moment) else None


def blank() -> dict[str, Any]:
    """What a page starts from: the mark of this sending, and nothing typed."""
    return {"once": uuid.uuid4(), "why": "", "reason": "", "error": "", "ask_reason": False}


def typed(sent: Mapping[str, str], error: ValidationError) -> dict[str, Any]:
    """What was typed, with what is wrong, for the page to show again. A mark that is not one is replaced."""
    return {
        "once": _mark_in(sent) or uuid.uuid4(),
        "why": sent.get("why", "") if sent.get("why", "") in LATE_REASONS else "",
        "reason": sent.get("reason", "")[:REASON],
        "error": " ".join(error.messages),
        "ask_reason": "reason" in getattr(error, "error_dict", {}),
    }


class CorrectionForm(forms.Form):
    """What a line should say instead."""

    kind = forms.ChoiceField(
        label=_("Cette personne était"),
        widget=forms.RadioSelect,
        choices=[(kind, kind.label) for kind in (MarkKind.PRESENT, MarkKind.ABSENT, MarkKind.EXCUSED)],
    )
    minutes = forms.IntegerField(
        label=_("Minutes suivies"),
        required=False,
        min_value=0,
        max_value=24 * 60,
        help_text=_("Seulement si ce n’est pas toute la demi-journée."),
    )
    reason = forms.CharField(label=_("Motif de la correction"), max_length=250)


class HalfDaysField(forms.ModelMultipleChoiceField):
    """Half-days to tick, said in full."""

    def label_from_instance(self, half_day: HalfDay) -> str:
        """The day and the hours: « jeudi 19 novembre 2026, 9 h à 12 h 30 »."""
        day = long_date(half_day.day, weekday=True)
        return f"{day}, {clock(half_day.starts_at)} {translation.gettext('à')} {clock(half_day.ends_at)}"


class PeopleField(forms.ModelMultipleChoiceField):
    """Enrolled people to tick, by name."""

    def label_from_instance(self, enrolment: Any) -> str:
        """The name alone."""
        return str(enrolment.trainee)


class SheetForm(forms.Form):
    """A scanned sheet, the half-days it covers, whose signatures it bears."""

    file = forms.FileField(
        label=_("Feuille numérisée"),
        help_text=_("PDF ou image, lisible en entier."),
        widget=forms.ClearableFileInput(attrs={"accept": accept_attribute(SHEETS)}),
    )
    half_days = HalfDaysField(
        label=_("Demi-journées qu’elle couvre"), queryset=HalfDay.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    enrolments = PeopleField(
        label=_("Personnes dont elle porte la signature, pour chacune de ces demi-journées"),
        queryset=HalfDay.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Une personne absente à l’une d’elles ? Déposez la feuille en deux fois."),
    )
    trainer = forms.ModelChoiceField(
        label=_("Contresignée sur la feuille par"),
        queryset=Trainer.objects.none(),
        required=False,
        empty_label=_("personne"),
    )

    def __init__(self, *args: Any, session: Session, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        half_days = HalfDay.objects.filter(session=session)
        begun = [half_day.pk for half_day in half_days if opens(half_day) <= now]
        self.fields["half_days"].queryset = half_days.filter(pk__in=begun).order_by("day", "starts_at")
        people = expected_people(session)
        self.fields["enrolments"].queryset = people
        self.fields["trainer"].queryset = session.trainers.order_by("last_name", "first_name")
        if not self.is_bound:
            self.initial["enrolments"] = list(people.values_list("pk", flat=True))


class ReportForm(forms.Form):
    """The report of an online meeting."""

    file = forms.FileField(
        label=_("Rapport des participants"),
        help_text=_(
            "CSV ou Excel, tel que l’exporte Teams, Zoom, Google Meet, BigBlueButton, Webex ou Livestorm : sans l’ouvrir ni le changer."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": accept_attribute(REPORTS)}),
    )


class MatchesForm(Remembers, forms.Form):
    """Whom each connection of a report is said to be, and its minutes: fields « who-12 » and « minutes-12 »."""

    def __init__(self, data: Any, *, connections: Iterable[Connection], people: Iterable[Enrolment], most: int) -> None:
        super().__init__(data)
        # Of a sending that names some of them, the others stay as they are.
        self.connections = [each for each in connections if not data or f"who-{each.pk}" in data]
        enrolled = [("", _("aucun stagiaire")), *((str(each.pk), str(each.trainee)) for each in people)]
        for each in self.connections:
            name = {"name": each.seen_name}
            self.fields[f"who-{each.pk}"] = forms.ChoiceField(
                label=translation.gettext("Qui est %(name)s") % name,
                choices=enrolled,
                required=False,
                widget=forms.Select(SELECT),
            )
            self.fields[f"minutes-{each.pk}"] = forms.IntegerField(
                label=translation.gettext("Minutes de %(name)s") % name,
                widget=forms.NumberInput({**CONTROL, "min": 0, "max": most}),
                error_messages={"invalid": _("Les minutes s’écrivent en chiffres : 185, par exemple.")},
            )
            self.initial[f"who-{each.pk}"], self.initial[f"minutes-{each.pk}"] = (
                str(each.enrolment_id or ""),
                each.kept_minutes or 0,
            )
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def rows(self) -> list[tuple[Connection, BoundField, BoundField]]:
        """Each connection, who it is, its minutes."""
        return [(each, self[f"who-{each.pk}"], self[f"minutes-{each.pk}"]) for each in self.connections]

    def chosen(self) -> dict[int, tuple[UUID | None, int]]:
        """What was typed, by connection."""
        data = self.cleaned_data
        return {
            each.pk: (UUID(data[f"who-{each.pk}"]) if data[f"who-{each.pk}"] else None, data[f"minutes-{each.pk}"])
            for each in self.connections
        }


class FollowUpForm(forms.Form):
    """Who was contacted, when, and what was done."""

    subject = forms.ChoiceField(label=_("À propos de"), choices=FollowUpSubject.choices)
    event_on = DayField(label=_("Survenue le"))
    contacted_on = DayField(label=_("Contact pris le"))
    reason = forms.CharField(
        label=_("Motif donné"), max_length=250, required=False, help_text=_("En quelques mots, sans détail de santé.")
    )
    action = forms.CharField(label=_("Ce qui a été fait"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
