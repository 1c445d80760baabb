"""A list says in words that nothing is chosen: no dashes, which a screen reader spells."""

from __future__ import annotations

import importlib
from copy import deepcopy
from pathlib import Path

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.models import ModelChoiceField

from qualiopi.web.forms import NamesEmptyChoices, say_empty_choice
from tests.architecture.house import ROOT

DASHES = dict(BLANK_CHOICE_DASH)[""]


def form_classes():
    """Every form of the three floors."""
    for floor in ("qualiopi", "trainings", "evidence"):
        for path in sorted(Path(ROOT / floor).rglob("*.py")):
            if "forms" in path.relative_to(ROOT).with_suffix("").parts:
                importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    found, left = [], [forms.BaseForm]
    while left:
        left += (children := left.pop().__subclasses__())
        found += [each for each in children if each.__module__.startswith(("qualiopi", "trainings", "evidence"))]
    return sorted(set(found), key=lambda each: (each.__module__, each.__name__))


def dashed(field):
    if isinstance(field, ModelChoiceField):
        return field.empty_label == DASHES
    return isinstance(field, forms.ChoiceField) and any(label == DASHES for _key, label in field.choices)


@pytest.mark.parametrize("form", form_classes(), ids=lambda form: form.__name__)
def test_every_form_with_such_a_list_says_it_in_words(form):
    lists = {name: field for name, field in getattr(form, "base_fields", {}).items() if dashed(field)}
    assert not lists or issubclass(form, NamesEmptyChoices)
    assert set(getattr(form, "empty_choices", {})) <= set(lists)
    for field in map(deepcopy, lists.values()):
        say_empty_choice(field, "Choisir…")
        assert not dashed(field)


class Sample(NamesEmptyChoices, forms.Form):
    empty_choices = {"civility": "Sans civilité"}

    civility = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("mme", "Mme")], required=False)
    kind = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("cv", "CV")])
    place = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("here", "ici")], required=False)
    who = forms.ChoiceField(choices=[("", "tout le monde"), ("one", "une personne")], required=False)


@pytest.mark.parametrize(
    ("name", "words"),
    [("civility", "Sans civilité"), ("kind", "Choisir…"), ("place", "Non précisé"), ("who", "tout le monde")],
)
def test_what_an_empty_choice_says(name, words):
    assert f'<option value="" selected>{words}</option>' in str(Sample()[name])
