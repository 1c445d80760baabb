"""A tab or a button leads where the reader may go, or is not there."""

import pytest
from django.http import HttpRequest
from django.template import engines

from qualiopi.organisations.enums import Role
from qualiopi.organisations.queries import Access

SAMPLE = "00000000-0000-4000-8000-000000000000"


def address_for(role, name, *args):
    """What the tag gives to somebody of this role; None for a page without an organisation."""
    request = HttpRequest()
    if role is not None:
        request.access = Access(organisation=None, role=role, until=None)
    written = " ".join(f'"{argument}"' for argument in args)
    template = engines["django"].from_string(f'{{% allowed_url "{name}" {written} as address %}}{{{{ address }}}}')
    return template.render({}, request)


@pytest.mark.parametrize(
    ("role", "shown"),
    [(Role.TRAINING_MANAGER, True), (Role.QUALITY_MANAGER, True), (Role.TRAINER, False), (Role.AUDITOR, False), (None, False)],
)
def test_what_the_view_declares_decides(role, shown):
    assert address_for(role, "sessions:edit", "fil-ouest", SAMPLE) == (
        f"/o/fil-ouest/sessions/{SAMPLE}/modifier/" if shown else ""
    )


def test_one_of_several_rights_is_enough():
    assert address_for(Role.TRAINER, "agenda:index", "fil-ouest") == "/o/fil-ouest/sessions/"


@pytest.mark.parametrize("name", ["nulle:part", "sessions:nulle_part", "sessions:edit"])
def test_an_address_that_does_not_exist_is_empty(name):
    assert address_for(Role.QUALITY_MANAGER, name, "fil-ouest") == ""


def test_a_public_page_is_for_everybody():
    assert address_for(None, "grids:compare") == "/referentiel/"
