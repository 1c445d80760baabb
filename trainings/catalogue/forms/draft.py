"""The page on which a programme is written: its texts, and three lists that one types line by line or pastes from a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import ORDERING_FIELD_NAME
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.web.forms import DayField
from qualiopi.web.seen import RememberedRows, Remembers, Saving, nobody_known, settle_rows
from trainings.catalogue.models import Programme
from trainings.catalogue.verbs import ObjectiveLine, SequenceLine, SkillLine

CONTROL = {"class": "form-control form-control-s"}
BLANK_ROWS = 3
MOST_ROWS = 100
# « 3 h 30 », « 3h », « 3,5 », « 3.5 heures »; « 210 min ».
HOURS = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:h(?:eures?)?\s*(\d{1,2})?)?", re.IGNORECASE)
MINUTES = re.compile(r"(\d{1,4})\s*(?:min|mn|minutes?)", re.IGNORECASE)


class LengthField(forms.Field):
    """A number of hours as people write it."""

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        return read_length(text) if text else None


def read_length(text: str) -> Decimal:
    """Hours of « 3 h 30 », « 3,5 » or « 210 min ». Raises ValidationError with what to write."""
    if found := MINUTES.fullmatch(text):
        length = Decimal(found[1]) / 60
    elif found := HOURS.fullmatch(text):
        length = Decimal(found[1].replace(",", ".")) + Decimal(found[2] or 0) / 60
    else:
        raise ValidationError(_("Écrivez une durée en heures, par exemple 3,5 ou 3 h 30."))
    if length <= 0:
        raise ValidationError(_("La durée d’une séquence se compte en heures, au-dessus de zéro."))
    return length.quantize(Decimal("0.01"))


class TextsForm(Remembers, forms.ModelForm):
    """What a version says besides its lists."""

    class Meta:
        model = Programme
        fields = ["duration_hours", "modality", "contents", "methods", "remote_work", "work_based"]
        help_texts = {
            "modality": gettext_lazy("Présentiel, à distance, mixte, en situation de travail…"),
            "contents": gettext_lazy("Ce qui est traité, partie par partie."),
            "methods": gettext_lazy("Alternance d’apports et de pratique, cas, supports, matériel, plateforme."),
            "remote_work": gettext_lazy(
                "Si une part se fait à distance : ce qui est demandé, et le temps que cela prend en moyenne (D. 6313-3-1)."
            ),
            "work_based": gettext_lazy(
                "Formation en situation de travail : analyse du travail, tuteur ou formateur, temps de recul (D. 6313-3-2)."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contents", "methods", "remote_work", "work_based"):
            self.fields[name].widget.attrs["rows"] = 5 if name == "contents" else 3
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("duration_hours"), Column("modality")), "contents", "methods", "remote_work", "work_based"
        )


class LineForm(forms.Form):
    """One line of a list; its rank orders it, and an empty line disappears."""

    main = ""

    def clean(self) -> dict[str, Any]:
        """A line with something beside its main words needs those."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get(self.main) and any(cleaned.get(name) for name in self.fields if name not in (self.main, "ORDER")):
            self.add_error(self.main, _("Écrivez cette ligne, ou videz-la entièrement pour l’enlever."))
        return cleaned


class ObjectiveRow(LineForm):
    """An objective and its evaluation."""

    main = "text"
    text = forms.CharField(label=gettext_lazy("Objectif"), max_length=300, required=False, widget=forms.TextInput(attrs=CONTROL))
    evaluation = forms.CharField(
        label=gettext_lazy("Évalué par"), max_length=200, required=False, widget=forms.TextInput(attrs=CONTROL)
    )


class SkillRow(LineForm):
    """A skill of the certification and its test."""

    main = "text"
    text = forms.CharField(
        label=gettext_lazy("Compétence ou bloc"), max_length=300, required=False, widget=forms.TextInput(attrs=CONTROL)
    )
    test = forms.CharField(label=gettext_lazy("Épreuve"), max_length=200, required=False, widget=forms.TextInput(attrs=CONTROL))


class SequenceRow(LineForm):
    """A step; the objectives and skills it serves are given by their numbers on the page."""

    main = "title"
    title = forms.CharField(label=gettext_lazy("Séquence"), max_length=250, required=False, widget=forms.TextInput(attrs=CONTROL))
    hours = LengthField(label=gettext_lazy("Durée"), required=False, widget=forms.TextInput(attrs=CONTROL))
    modality = forms.CharField(
        label=gettext_lazy("Modalité"), max_length=100, required=False, widget=forms.TextInput(attrs=CONTROL)
    )
    objectives = forms.CharField(
        label=gettext_lazy("Objectifs nos"), max_length=60, required=False, widget=forms.TextInput(attrs=CONTROL)
    )
    skills = forms.CharField(
        label=gettext_lazy("Compétences nos"), max_length=60, required=False, widget=forms.TextInput(attrs=CONTROL)
    )


class DraftRows(RememberedRows):
    """One of the three lists."""

    ordering_widget = forms.NumberInput(attrs={**CONTROL, "min": "1"})  # type: ignore[assignment]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Call the order of a line its rank."""
        super().add_fields(form, index)
        form.fields[ORDERING_FIELD_NAME].label = _("Rang")


def _rows(form: type[LineForm]) -> type[DraftRows]:
    made = forms.formset_factory(
        form, formset=DraftRows, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True, can_order=True
    )
    return cast(type[DraftRows], made)


class PasteForm(forms.Form):
    """Lines pasted from a document or a spreadsheet, one per line, columns apart."""

    objectives = forms.CharField(label=gettext_lazy("Objectifs à ajouter"), required=False, max_length=20_000)
    skills = forms.CharField(label=gettext_lazy("Compétences à ajouter"), required=False, max_length=20_000)
    sequences = forms.CharField(label=gettext_lazy("Séquences à ajouter"), required=False, max_length=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.Textarea(attrs={"class": "form-control", "rows": 4})

    def clean_objectives(self) -> list[ObjectiveLine]:
        """« objectif | évalué par »."""
        return [
            ObjectiveLine(_short(cells[0], 300), _short(cells[1], 200)) for cells in _cells(self.cleaned_data["objectives"], 2)
        ]

    def clean_skills(self) -> list[SkillLine]:
        """« compétence | épreuve »."""
        return [SkillLine(_short(cells[0], 300), _short(cells[1], 200)) for cells in _cells(self.cleaned_data["skills"], 2)]

    def clean_sequences(self) -> list[SequenceLine]:
        """« séquence | durée | modalité »."""
        return [
            SequenceLine(_short(title, 250), read_length(length) if length else None, _short(modality, 100))
            for title, length, modality in _cells(self.cleaned_data["sequences"], 3)
        ]


class DraftEditor:
    """The whole page: texts, three lists, pasted lines. `is_valid()`, then `fields()` and `lines()`.

    The lists refer to each other by numbers: somebody else's and ours are never mixed.
    """

    saved_by: Callable[[str], Saving | None] = staticmethod(nobody_known)

    def __init__(self, programme: Programme, data: Any = None) -> None:
        self.refusals: list[str] = []
        self.texts = TextsForm(data, instance=programme)
        objectives, skills = list(programme.objectives.all()), list(programme.skills.all())
        numbers = {row.pk: row.position for row in (*objectives, *skills)}
        self.objectives = _rows(ObjectiveRow)(
            data, prefix="objectif", initial=[{"text": row.text, "evaluation": row.evaluation} for row in objectives]
        )
        self.skills = _rows(SkillRow)(data, prefix="competence", initial=[{"text": row.text, "test": row.test} for row in skills])
        self.sequences = _rows(SequenceRow)(
            data,
            prefix="sequence",
            initial=[
                {
                    "title": row.title,
                    "hours": f"{row.hours.normalize():f}".replace(".", ",") if row.hours else "",
                    "modality": row.modality,
                    "objectives": ", ".join(str(numbers[objective.pk]) for objective in row.objectives.all()),
                    "skills": ", ".join(str(numbers[skill.pk]) for skill in row.skills.all()),
                }
                for row in programme.sequences.all()
            ],
        )
        self.paste = PasteForm(data, prefix="coller")

    @property
    def lists(self) -> tuple[RememberedRows, ...]:
        """The three lists."""
        return (self.objectives, self.skills, self.sequences)

    @property
    def is_bound(self) -> bool:
        """Whether it was sent."""
        return self.texts.is_bound

    @property
    def errors(self) -> bool:
        """Something typed cannot be kept as it is."""
        if not self.is_bound:
            return False
        lines = any(rows.total_error_count() for rows in self.lists)
        return bool(self.refusals or self.texts.errors or self.paste.errors or lines)

    def add_error(self, _field: str | None, error: Any) -> None:
        """Take the refusal of the verb, which names no field of the page."""
        self.refusals += ValidationError(error).messages

    def is_valid(self) -> bool:
        """Every part is valid, sequences name numbers that are on the page, and nobody else wrote meanwhile."""
        self.texts.saved_by = self.saved_by
        settle_rows(*self.lists, saving_of=lambda: self.saved_by("objectives"))
        parts = [self.texts.is_valid(), self.paste.is_valid(), *(rows.is_valid() for rows in self.lists)]
        if not all(parts):
            return False
        self._objective_forms, objective_places = _kept(self.objectives, "text")
        self._skill_forms, skill_places = _kept(self.skills, "text")
        self._sequence_forms, _unused = _kept(self.sequences, "title")
        self._served: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        good = True
        for form in self._sequence_forms:
            served = []
            for name, places in (("objectives", objective_places), ("skills", skill_places)):
                try:
                    served.append(_places(form.cleaned_data[name], places))
                except ValidationError as error:
                    form.add_error(name, error)
                    good = False
            if len(served) == 2:
                self._served[id(form)] = (served[0], served[1])
        return good

    def fields(self) -> dict[str, Any]:
        """The texts."""
        return dict(self.texts.cleaned_data)

    def lines(self) -> dict[str, Sequence[Any]]:
        """The lists in their order, pasted lines last, as the verb takes them."""
        pasted = self.paste.cleaned_data
        objectives = [ObjectiveLine(form.cleaned_data["text"], form.cleaned_data["evaluation"]) for form in self._objective_forms]
        skills = [SkillLine(form.cleaned_data["text"], form.cleaned_data["test"]) for form in self._skill_forms]
        sequences = [
            SequenceLine(
                form.cleaned_data["title"], form.cleaned_data["hours"], form.cleaned_data["modality"], *self._served[id(form)]
            )
            for form in self._sequence_forms
        ]
        return {
            "objectives": [*objectives, *pasted["objectives"]],
            "skills": [*skills, *pasted["skills"]],
            "sequences": [*sequences, *pasted["sequences"]],
        }


class AdoptForm(forms.Form):
    """From which day a version is in force, and what changes."""

    in_force_from = DayField(label=gettext_lazy("En vigueur à partir du"))
    change_note = forms.CharField(
        label=gettext_lazy("Ce qui change"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Une phrase, pour qui lira l’historique : « une demi-journée de pratique en plus »."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


def _kept(rows: forms.BaseFormSet, main: str) -> tuple[list[Any], dict[int, int]]:
    """The lines that say something, in the order of their ranks, and for each number on the page its place in that order."""
    written = [(number, form) for number, form in enumerate(rows.forms, start=1) if form.cleaned_data.get(main)]

    def rank(pair: tuple[int, Any]) -> tuple[float, int]:
        asked = pair[1].cleaned_data.get("ORDER")
        return (pair[0] if asked is None else asked, pair[0])

    written.sort(key=rank)
    return [form for _number, form in written], {number: place for place, (number, _form) in enumerate(written)}


def _places(text: str, places: dict[int, int]) -> tuple[int, ...]:
    """Places of the numbers of « 1, 3 et 4 ». Raises ValidationError naming the number that is not on the page."""
    if re.search(r"[^0-9\s,;.et–-]", text):
        raise ValidationError(_("Écrivez des numéros séparés par des virgules, par exemple 1, 3."))
    found = []
    for first, last in re.findall(r"(\d{1,4})(?:\s*[–-]\s*(\d{1,4}))?", text):
        for number in range(int(first), min(int(last or first), int(first) + MOST_ROWS) + 1):
            if number not in places:
                raise ValidationError(_("Aucune ligne écrite ne porte le numéro %(number)s.") % {"number": number})
            found.append(places[number])
    return tuple(sorted(set(found)))


def _cells(text: str, columns: int) -> list[list[str]]:
    """Lines of a pasted text, cut at tabs, bars or semicolons; leading dashes and bullets are left out."""
    lines = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in re.split(r"\t|\s*\|\s*|\s+;\s*|;\s+", line.strip())]
        cells[0] = re.sub(r"^(?:[-–•*▪◦]|\d{1,2}[.)])\s+", "", cells[0])
        if cells[0]:
            lines.append([*cells, *[""] * columns][:columns])
    if len(lines) > MOST_ROWS:
        raise ValidationError(_("Cent lignes au plus à la fois."))
    return lines


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise ValidationError(
            _("Une ligne collée compte %(count)s signes, et %(most)s au plus se gardent : « %(start)s… »")
            % {"count": len(text), "most": most, "start": text[:40]}
        )
    return text
