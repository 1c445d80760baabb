"""The name of an address says its room."""

import importlib

import pytest
from django.urls import URLResolver, get_resolver

from tests.architecture.house import FLOORS, ROOT, name

# The sign-in library asks for its pages by their names alone.
WITHOUT = {"qualiopi/accounts/urls.py"}
ROOMS = {path.name for floor in FLOORS for path in (ROOT / floor).iterdir() if (path / "__init__.py").exists()}


def modules(pattern):
    return sorted(name(path) for floor in FLOORS for path in (ROOT / floor).glob(f"*/{pattern}"))


def namespace(path):
    return getattr(importlib.import_module(path.removesuffix(".py").replace("/", ".")), "app_name", None)


@pytest.mark.parametrize("path", modules("urls.py"))
def test_the_addresses_of_a_room_bear_its_name(path):
    assert namespace(path) == (None if path in WITHOUT else path.split("/")[1])


@pytest.mark.parametrize("path", modules("*_urls.py"))
def test_addresses_outside_an_organisation_bear_the_name_of_no_room(path):
    assert namespace(path)
    assert namespace(path) not in ROOMS


def test_no_two_sets_of_addresses_bear_the_same_name():
    def named(patterns):
        for each in patterns:
            if isinstance(each, URLResolver):
                yield from ([each.namespace] if each.namespace else named(each.url_patterns))

    names = list(named(get_resolver().url_patterns))
    assert len(names) == len(set(names)) == len(modules("urls.py")) - len(WITHOUT) + len(modules("*_urls.py"))


def test_templates_stand_in_the_folder_of_a_room():
    shared = {"account", "bootstrap5", "components", "layout"}
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}
    assert folders - shared <= ROOMS
