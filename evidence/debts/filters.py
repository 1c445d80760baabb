"""What is owed, narrowed and laid out: by the person who can mend it, or by session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.debts.gestures import NAMES, Gesture, gesture_of_owed
from evidence.debts.queries import Owed, Person, Pile, piles_of
from qualiopi.text import says

TEAM = "equipe"


class DebtFilter:
    """The filters of the URL: whom, which indicator, which gesture, which words. An unknown value narrows nothing."""

    def __init__(self, data: Mapping[str, Any], *, people: list[Person], owed: list[Owed]) -> None:
        self.form = _FilterForm(data, people=people, owed=owed)
        valid = self.form.is_valid()
        self.who = self.form.cleaned_data.get("qui", "") if valid else ""
        self.indicator = self.form.cleaned_data.get("indicateur", "") if valid else ""
        self.gesture = self.form.cleaned_data.get("geste", "") if valid else ""
        self.words = self.form.cleaned_data.get("q", "") if valid else ""

    def keeps(self, each: Owed) -> bool:
        """Whether a line is of this indicator and says these words."""
        if self.indicator and str(each.indicator) != self.indicator:
            return False
        if self.gesture and gesture_of_owed(each) != self.gesture:
            return False
        return not self.words or says(f"{each.label} {each.what}", self.words)


class _FilterForm(forms.Form):
    q = forms.CharField(label=_("Session, mot"), required=False, max_length=100)

    def __init__(self, data: Mapping[str, Any], *, people: list[Person], owed: list[Owed]) -> None:
        super().__init__(data)
        indicators = sorted({each.indicator for each in owed if each.indicator})
        who = [("", _("Tout le monde")), *((person.key, person.name) for person in people), (TEAM, _("L’équipe"))]
        self.fields["qui"] = forms.ChoiceField(label=_("Qui peut y remédier"), required=False, choices=who)
        numbers = [("", _("Tous")), *((str(number), str(number)) for number in indicators)]
        self.fields["indicateur"] = forms.ChoiceField(label=_("Indicateur"), required=False, choices=numbers)
        gestures = sorted({gesture_of_owed(each) for each in owed}, key=list(Gesture).index)
        self.fields["geste"] = forms.ChoiceField(
            label=_("Geste"), required=False, choices=[("", _("Tous")), *((each.value, NAMES[each]) for each in gestures)]
        )
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "q" else "form-select"


@dataclass(frozen=True, slots=True)
class ShownPile:
    """One pile of the list. `heading`: whose it is, by person; `names`: who can mend each thing, by session."""

    heading: str
    person: Person | None
    pile: Pile
    names: Mapping[Owed, Sequence[str]]

    @property
    def lines(self) -> list[tuple[Owed, str]]:
        """Each thing owed, with who can mend it."""
        return [(each, ", ".join(self.names.get(each, ()))) for each in self.pile.owed]


def entries_of(owed: list[Owed], people: list[Person], chosen: DebtFilter, *, by_session: bool) -> list[ShownPile]:
    """The piles that the filters keep: those of each person then the team's, or those of each session; the oldest first."""
    groups = [(person, list(filter(chosen.keeps, person.owed))) for person in people if chosen.who in ("", person.key)]
    team: list[Owed] = []
    if chosen.who in ("", TEAM):
        team = [each for each in owed if not each.trainers and not each.user and chosen.keeps(each)]
    if by_session:
        names: dict[Owed, list[str]] = {each: [] for each in team}
        for person, lines in groups:
            for each in lines:
                names.setdefault(each, []).append(person.name)
        return [ShownPile("", None, pile, names) for pile in piles_of(names)]
    found = [ShownPile(person.key, person, pile, {}) for person, lines in groups for pile in piles_of(lines)]
    return found + [ShownPile(TEAM, None, pile, {}) for pile in piles_of(team)]
