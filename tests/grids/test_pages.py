"""Public pages about the standard: what is told, without an account and without a query."""

import re

import pytest
from django.urls import reverse

from qualiopi.standard.grids import standard

FORMER, CURRENT = standard().grids


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def rows_of(response) -> list[int]:
    return [int(number) for number in re.findall(r'<tr id="i(\d+)"', response.content.decode())]


def test_both_grids_side_by_side(client):
    response = client.get(reverse("grids:compare"))
    assert rows_of(response) == list(range(1, 34))
    said = text_of(response)
    assert said.count("n’existait pas") == 1
    changed = [indicator.number for indicator in CURRENT.indicators if indicator.change.type != "none"]
    assert f"{len(changed)} indicateurs sur 33 ont changé." in said
    assert rows_of(client.get(reverse("grids:compare"), {"voir": "changes"})) == changed


@pytest.mark.parametrize("number", range(1, 34))
def test_each_indicator_has_its_page_in_both_grids(client, number):
    for grid in (FORMER, CURRENT):
        response = client.get(reverse("grids:indicator", args=[number]), {"grille": grid.id})
        shown = grid.indicator(number) if grid.has(number) else None
        assert (response.status_code, response.context["shown"]) == (200, shown)
        provisional = len(re.findall("guide V9, provisoire", response.content.decode()))
        expected = len(shown.provisional & {"expected_level", "new_entrant", "subcontractor"}) if shown else 0
        if shown and shown.minor_when and "minor_when" in shown.provisional:
            expected += 1
        assert provisional == expected


def test_the_2026_grid_marks_what_rests_on_the_former_guide(client):
    page = client.get(reverse("grids:indicator", args=[30]), {"grille": "2026"}).content.decode()
    assert "guide V9, provisoire" in page
    assert "guide V9, provisoire" not in client.get(reverse("grids:indicator", args=[30]), {"grille": "2019"}).content.decode()


def test_there_is_no_34th_indicator(client):
    assert client.get(reverse("grids:indicator", args=[34])).status_code == 404


def test_which_apply_asks_before_answering(client):
    response = client.get(reverse("grids:applicability"))
    assert (response.context["answered"], response.status_code) == (False, 200)


def answers(response) -> dict[int, str]:
    return {
        indicator.number: str(found.answer)
        for _criterion, rows in response.context["criteria"]
        for indicator, found, _said in rows
    }


def test_which_apply_answers_from_the_address(client):
    query = {
        "categories": ["AF"],
        "certifying": "non",
        "work_study": "non",
        "work_based": "non",
        "remote": "non",
        "subcontracts_out": "oui",
        "audit_date": "2026-11-01",
    }
    response = client.get(reverse("grids:applicability"), query)
    assert [number for number, answer in answers(response).items() if answer == "no"] == [3, 7, 13, 14, 15, 16, 20, 28, 29, 33]
    assert "23 indicateurs sur 33 vous concernent" in text_of(response)
    before = client.get(reverse("grids:applicability"), {**query, "audit_date": "2026-10-31"})
    assert "23 indicateurs sur 32 vous concernent" in text_of(before)
    only = client.get(reverse("grids:applicability"), {**query, "reponse": "no"})
    assert list(answers(only)) == [3, 7, 13, 14, 15, 16, 20, 28, 29, 33]


def test_what_is_not_known_stays_to_be_clarified(client):
    response = client.get(
        reverse("grids:applicability"), {"categories": ["AF"], "reponse": "unknown", "audit_date": "2026-11-01"}
    )
    assert answers(response) == {3: "unknown", 7: "unknown", 13: "unknown", 16: "unknown", 27: "unknown", 28: "unknown"}


def test_an_odd_answer_is_named(client):
    response = client.get(reverse("grids:applicability"), {"categories": ["AF"], "new_entrant_categories": ["CFA"]})
    assert response.context["answered"] is False
    assert "Cochez aussi cette catégorie parmi celles que vous exercez : apprentissage." in text_of(response)


def test_nothing_is_stored(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        client.get(reverse("grids:applicability"), {"categories": ["AF"]})
        client.get(reverse("grids:compare"))
        client.get(reverse("grids:indicator", args=[12]))
