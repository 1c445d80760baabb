"""Seen, stored, typed: what becomes of a field, whatever its kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict

from qualiopi.web.forms import DayField
from qualiopi.web.seen import Remembers, Saving, both_values


class Card(Remembers, forms.Form):
    """A field of each kind."""

    text = forms.CharField(required=False)
    body = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    day = DayField(required=False)
    hour = forms.TimeField(required=False)
    amount = forms.DecimalField(required=False)
    told = forms.BooleanField(required=False)
    way = forms.ChoiceField(required=False, choices=[("", "—"), ("a", "à pied"), ("b", "en barque")])
    several = forms.MultipleChoiceField(required=False, choices=[("a", "aiguille"), ("b", "bobine"), ("c", "ciseaux")])
    known = forms.TypedChoiceField(
        required=False,
        choices=[("", "Je ne sais pas"), ("true", "Oui"), ("false", "Non")],
        coerce=lambda value: value == "true",
        empty_value=None,
    )
    upload = forms.FileField(required=False)


def sent(name: str, *, seen: list[str], typed: list[str]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.setlist(f"vu-{name}", seen)
    if typed:
        data.setlist(name, typed)
    return data


# kind of field: what is stored, what the page showed of another value, what is typed instead, both as they are cleaned.
KINDS = {
    "text": ("stored", "seen", "typed", "stored", "typed"),
    "body": ("a\r\nb\n", "a", "c\r\nd", "a\r\nb\n", "c\r\nd"),
    "day": (date(2027, 3, 18), "2027-03-01", "2027-04-01", date(2027, 3, 18), date(2027, 4, 1)),
    "hour": (time(9), "08:00:00", "10:00", time(9), time(10)),
    "amount": (Decimal("12.50"), "10.00", "15", Decimal("12.50"), Decimal(15)),
    "way": ("a", "", "b", "a", "b"),
    "known": ("true", "", "false", True, False),
}


@pytest.mark.parametrize("name", KINDS)
def test_left_as_it_was_seen_a_field_takes_what_is_stored(name):
    stored, seen, _typed, kept, _chosen = KINDS[name]
    form = Card(sent(name, seen=[seen], typed=[seen]), initial={name: stored})
    assert (form.errors, form.cleaned_data[name], form.kept) == ({}, kept, {name})


@pytest.mark.parametrize("name", KINDS)
def test_what_nobody_else_changed_takes_what_was_typed(name):
    stored, _seen, typed, _kept, chosen = KINDS[name]
    shown = Card(initial={name: stored})[name]
    page = str(shown.seen)
    value = page.split('value="')[1].removesuffix('">')
    form = Card(sent(name, seen=[value.replace("\r\n", "\n").replace("\n", "\r\n")], typed=[typed]), initial={name: stored})
    assert (form.errors, form.cleaned_data[name], form.kept) == ({}, chosen, set())


@pytest.mark.parametrize("name", KINDS)
def test_what_both_changed_is_refused_until_the_other_value_was_seen(name):
    stored, seen, typed, _kept, _chosen = KINDS[name]
    form = Card(sent(name, seen=[seen], typed=[typed]), initial={name: stored})
    assert (form.is_valid(), list(form.errors)) == (False, [name, "__all__"])
    assert form[name].value() == typed


@pytest.mark.parametrize("name", KINDS)
def test_the_same_value_typed_on_both_sides_is_no_quarrel(name):
    stored, seen, *_rest = KINDS[name]
    widget = Card.base_fields[name].widget
    shown = widget.format_value(stored)
    typed = shown if isinstance(shown, list) else [shown]
    assert Card(sent(name, seen=[seen], typed=typed), initial={name: stored}).errors == {}


@pytest.mark.parametrize(
    ("stored", "seen", "typed", "after", "refused"),
    [
        (["a"], ["a"], ["b"], ["b"], False),
        (["a"], ["a"], [], [], False),
        (["b", "a"], ["a", "b"], ["c"], ["c"], False),
        (["a", "b"], ["a"], ["a"], ["a", "b"], False),
        ([], ["a"], ["a"], [], False),
        (["a"], [""], [], ["a"], False),
        (["a", "b"], ["a"], ["a", "c"], None, True),
        (["a", "b"], ["a"], ["b", "a"], ["b", "a"], False),
    ],
)
def test_several_choices_are_one_value_whatever_their_order(stored, seen, typed, after, refused):
    form = Card(sent("several", seen=seen, typed=typed), initial={"several": stored})
    assert (form.is_valid(), form.cleaned_data.get("several")) == (not refused, after)


@pytest.mark.parametrize(
    ("stored", "seen", "typed", "after"),
    [(True, "False", [], True), (False, "True", ["on"], False), (True, "True", [], False), (False, "False", ["on"], True)],
)
def test_a_box_has_two_values_so_that_nobody_quarrels_over_it(stored, seen, typed, after):
    form = Card(sent("told", seen=[seen], typed=typed), initial={"told": stored})
    assert (form.errors, form.cleaned_data["told"]) == ({}, after)


def test_a_form_that_does_not_say_what_was_seen_states_everything():
    assert Card({"text": "typed"}, initial={"text": "stored"}).is_valid()


def test_an_empty_list_says_that_it_is_empty():
    assert str(Card(initial={"several": []})["several"].seen) == '<input type="hidden" name="vu-several" value="">'


def test_what_is_shown_is_escaped():
    assert "&lt;b&gt;&quot;" in str(Card(initial={"text": '<b>"'})["text"].seen)


@pytest.mark.parametrize(
    ("saving", "said"),
    [
        (None, "Quelqu’un a enregistré « X » pendant que vous écriviez « Y »."),
        (
            Saving("Claire Morel", datetime(2020, 3, 1, 9, 42, tzinfo=UTC)),
            "Claire Morel a enregistré « X » le 1er mars 2020 à 10 h 42 pendant que vous écriviez « Y ».",
        ),
        (
            Saving("Claire Morel", datetime(2020, 3, 1, 9, 42, tzinfo=UTC), own=True),
            "Vous avez enregistré « X » le 1er mars 2020 à 10 h 42, dans une autre fenêtre, pendant que vous écriviez « Y ».",
        ),
    ],
)
def test_both_values_are_told_with_who_saved_the_other(saving, said):
    assert both_values(saving, theirs="X", mine="Y").replace("\u00a0", " ").replace("\u202f", " ") == said
