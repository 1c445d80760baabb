"""Each floor's `models.py` names every model of its rooms: Django knows a model by it alone."""

import importlib

import pytest
from django.apps import apps

from tests.architecture.house import FLOORS


@pytest.mark.parametrize("floor", FLOORS)
def test_every_model_of_a_floor_is_named_once(floor):
    named = importlib.import_module(f"{floor}.models").__all__
    assert named == sorted(model.__name__ for model in apps.get_app_config(floor).get_models())
