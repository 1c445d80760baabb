"""Forms of the library: sorting what came in, describing a piece, a new version, review and withdrawal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.library.models import Deposit, Document
from evidence.library.naming import Numbers, TypeRead, read_numbers, read_type
from evidence.library.proposals import Proposal, content_label, propose, title_from
from evidence.library.queries import Linked, find_subjects
from evidence.library.telling import numbers_told, type_told
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.queries import profile_of
from qualiopi.standard.applicability import Answer, applies
from qualiopi.standard.book import expectations
from qualiopi.standard.model import Grid
from qualiopi.web.forms import DayField, DayInput
from qualiopi.web.seen import Remembers
from trainings.surveys.models import Audience

CONTROL = {"class": "form-control form-control-s"}
SELECT = {"class": "form-select form-control-s"}
CHECK = {"class": "form-check-input"}
# Of what is filed already: nothing more is kept.
SAME = "same"
AUDIENCES = [("", gettext_lazy("toute l’organisation")), *Audience.choices]


def type_choices() -> list[tuple[str, str]]:
    """Every type of the standard by its French label, "" first."""
    types = sorted(expectations().document_types.items(), key=lambda pair: pair[1])
    return [("", _("autre pièce")), *types]


def indicator_choices(numbers: Iterable[int], grid: Grid) -> list[tuple[int, str]]:
    """Number and name of these indicators, as far as the grid has them."""
    return [(number, f"{number} {grid.indicator(number).label}") for number in numbers if grid.has(number)]


class DatesForm(forms.Form):
    """When a version takes effect and until when it holds."""

    effective_on = DayField(label=gettext_lazy("Date de la pièce"), required=False, widget=DayInput(attrs=CONTROL))
    valid_until = DayField(label=gettext_lazy("Valable jusqu’au"), required=False, widget=DayInput(attrs=CONTROL))

    def clean(self) -> dict[str, Any]:
        """The dates are in order."""
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("effective_on"), cleaned.get("valid_until")
        if start and end and end < start:
            raise ValidationError({"valid_until": _("La fin de validité ne précède pas la date de la pièce.")})
        return cleaned


@dataclass(frozen=True, slots=True)
class Preset:
    """What the page one comes from already knows: the address of the drop zone carries it to each row."""

    type: str = ""
    indicator: int | None = None
    audience: str = ""
    concerns: str = ""


class DepositForm(DatesForm):
    """What a file that came in is. The indicators and the checklist follow from the type; they are shown before they are kept."""

    title = forms.CharField(label=gettext_lazy("Intitulé"), max_length=200, widget=forms.TextInput(attrs=CONTROL))
    target = forms.ChoiceField(label=gettext_lazy("Cette pièce est"), required=False, widget=forms.Select(attrs=SELECT))
    type = forms.ChoiceField(label=gettext_lazy("Type de pièce"), required=False)
    concerns = forms.CharField(
        label=gettext_lazy("Concerne"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Une référence de session, une formation, une personne. Vide : toute l’organisation."),
    )
    indicators = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Relier à"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple(attrs=CHECK)
    )
    contents = forms.MultipleChoiceField(
        label=gettext_lazy("La pièce contient"), required=False, widget=forms.CheckboxSelectMultiple(attrs=CHECK)
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Interlocuteurs concernés"), choices=AUDIENCES, required=False, widget=forms.Select(attrs=SELECT)
    )
    proposed_for = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        *,
        deposit: Deposit,
        organisation: Organisation,
        grid: Grid,
        known: Sequence[Document],
        same: Document | None,
        sort_url: str,
        suggest_url: str,
        preset: Preset,
        data: Any = None,
    ) -> None:
        prefix = f"d{deposit.pk.hex}"
        super().__init__(data, prefix=prefix)
        self.deposit, self.organisation, self.grid, self.known, self.preset = deposit, organisation, grid, known, preset
        # The piece that holds these very bytes, unless it is withdrawn.
        self.same = same
        self.offers_known = bool(known or same)
        self.subject: Linked | None = None
        # The page one comes from knows better than a name.
        asked = preset.type or preset.indicator
        self.type_read = TypeRead() if asked else read_type(deposit.file.name)
        self.numbers = Numbers() if asked else read_numbers(deposit.file.name, grid)
        self.guessed = guessed = preset.type or self.type_read.type
        self.initial = {
            "title": title_from(deposit.file.name),
            "type": guessed,
            "concerns": preset.concerns,
            "audience": preset.audience,
            "target": SAME if same else "",
        }
        self._follow_type(guessed)
        # What is proposed, whatever is typed afterwards.
        self.ticked: list[int] = self.initial["indicators"]
        if self.is_bound:
            self._follow_type(str(self.data.get(self.add_prefix("type"), "")))
            self.initial |= {"proposed_for": guessed, "indicators": self.ticked}
        cast(forms.ChoiceField, self.fields["target"]).choices = [
            *([(SAME, _("« %(title)s », déjà déposée : la relier") % {"title": same.title})] if same else []),
            ("", _("une nouvelle pièce")),
            *((str(piece.pk), _("la suite de « %(title)s »") % {"title": piece.title}) for piece in known),
        ]
        cast(forms.ChoiceField, self.fields["type"]).choices = type_choices()
        self.fields["type"].widget.attrs = {
            **SELECT,
            "hx-post": sort_url,
            "hx-trigger": "change",
            # Only what follows from the type is replaced: what is being typed elsewhere stays.
            "hx-target": f"#{prefix}-suite",
            "hx-select": f"#{prefix}-suite",
            "hx-swap": "outerHTML",
            "hx-vals": '{"refresh": "1"}',
            "hx-include": "closest form",
            "aria-describedby": f"{prefix}-lu",
        }
        self.fields["concerns"].widget.attrs = {
            **CONTROL,
            "list": f"{prefix}-sujets",
            "autocomplete": "off",
            "hx-get": suggest_url,
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#{prefix}-sujets",
            "hx-params": self.add_prefix("concerns"),
        }

    def _follow_type(self, document_type: str) -> None:
        self.proposal: Proposal = propose(document_type, self.grid)
        self.proposed_for_this_type = not self.is_bound or self.data.get(self.add_prefix("proposed_for")) == document_type
        asked = {*self.proposal.indicators, *self.numbers.indicators, *filter(None, [self.preset.indicator])}
        numbers = sorted(number for number in asked if self.grid.has(number))
        self.name_told = [told for told in (type_told(self.type_read, chosen=document_type), numbers_told(self.numbers)) if told]
        cast(forms.ChoiceField, self.fields["indicators"]).choices = indicator_choices(numbers, self.grid)
        cast(forms.ChoiceField, self.fields["contents"]).choices = [(key, content_label(key)) for key in self.proposal.contents]
        # What does not concern this organisation stays to choose from, unticked; so does what the name does not give when it gives some.
        profile = profile_of(self.organisation.profile)
        ticked = [
            number
            for number in self.numbers.indicators or numbers
            if applies(self.grid.indicator(number), profile).answer is not Answer.NO
        ]
        self.initial.update({"proposed_for": document_type, "indicators": ticked})

    def shown_again(self) -> DepositForm:
        """The same row with what was typed, its type followed, and nothing refused yet."""
        typed = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
        again = DepositForm(
            deposit=self.deposit,
            organisation=self.organisation,
            grid=self.grid,
            known=self.known,
            same=self.same,
            sort_url=self.fields["type"].widget.attrs["hx-post"],
            suggest_url=self.fields["concerns"].widget.attrs["hx-get"],
            preset=self.preset,
        )
        again._follow_type(typed["type"])
        kept = {name: typed[name] for name in ("title", "target", "type", "concerns", "effective_on", "valid_until", "audience")}
        again.initial.update(kept)
        if self.proposed_for_this_type and hasattr(self.data, "getlist"):
            again.initial["indicators"] = self.data.getlist(self.add_prefix("indicators"))
            again.initial["contents"] = self.data.getlist(self.add_prefix("contents"))
        return again

    def clean_concerns(self) -> str:
        """The one thing these words designate; several or none is said, with what was found."""
        words: str = self.cleaned_data["concerns"].strip()
        if not words:
            return ""
        found = find_subjects(self.organisation, words)
        if not found:
            raise ValidationError(
                _("Nous ne trouvons rien sous « %(words)s » : donnez une référence de session, une formation ou un nom.")
                % {"words": words}
            )
        if len(found) > 1:
            names = ", ".join(each.label for each in found)
            raise ValidationError(_("Plusieurs réponses, précisez : %(names)s.") % {"names": names})
        self.subject = found[0]
        return words


class DescribeForm(Remembers, forms.ModelForm):
    """What is said of a piece."""

    class Meta:
        model = Document
        fields = ["title", "type", "audience", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = type_choices()
        if self.instance.type and self.instance.type not in dict(choices):
            choices.append((self.instance.type, self.instance.type))
        self.fields["type"] = forms.ChoiceField(label=_("Type de pièce"), choices=choices, required=False)
        self.fields["audience"] = forms.ChoiceField(label=_("Interlocuteurs concernés"), choices=AUDIENCES, required=False)


class VersionForm(DatesForm):
    """The next version of a piece."""

    upload = forms.FileField(label=gettext_lazy("Fichier"))
    comment = forms.CharField(label=gettext_lazy("Ce qui change"), max_length=250, required=False)
    contents = forms.MultipleChoiceField(
        label=gettext_lazy("La pièce contient"), required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ("upload", "comment", "effective_on", "valid_until", "contents")

    def __init__(self, *args: Any, document: Document, grid: Grid, accept: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].widget.attrs["accept"] = accept
        lines = propose(document.type, grid).contents
        if lines:
            cast(forms.ChoiceField, self.fields["contents"]).choices = [(key, content_label(key)) for key in lines]
        else:
            del self.fields["contents"]


class ReviewForm(Remembers, forms.Form):
    """A named person keeps or refuses a piece."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Cette pièce est"),
        choices=[("accept", gettext_lazy("à retenir")), ("refuse", gettext_lazy("à refuser"))],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=gettext_lazy("Motif"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Demandé pour un refus."),
    )


class WithdrawForm(forms.Form):
    """Why a piece is no longer shown."""

    reason = forms.CharField(label=gettext_lazy("Motif du retrait"), widget=forms.Textarea(attrs={"rows": 3}))
