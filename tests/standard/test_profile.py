"""A profile is read from JSON; every fault is told at once, in French."""

import pytest

from qualiopi.standard.profile import Profile, ProfileError

COMPLETE = {
    "categories": ["AF", "CFA"],
    "certifying": True,
    "work_study": False,
    "work_based": None,
    "remote": True,
    "subcontracts_out": None,
    "salary_portage": False,
    "works_as_subcontractor": False,
    "new_entrant_categories": ["CFA"],
}


def test_a_profile_survives_the_round_trip() -> None:
    assert Profile.from_data(COMPLETE).as_data() == COMPLETE


def test_what_is_absent_is_not_known() -> None:
    assert Profile.from_data({}) == Profile()
    assert Profile.from_data({"categories": None, "new_entrant_categories": None}) == Profile()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], ["objet JSON"]),
        ("AF", ["objet JSON"]),
        ({"categories": ["AF", "APP"]}, ["catégorie inconnue « APP »"]),
        ({"categories": "AF"}, ["une liste est attendue"]),
        ({"categories": [["AF"]]}, ["catégorie inconnue"]),
        ({"certifying": "yes"}, ["« certifying »", "true, false ou null"]),
        ({"remote": 1}, ["« remote »"]),
        ({"alternance": True}, ["Rubrique inconnue", "« alternance »", "work_study"]),
        ({"categories": ["AF"], "new_entrant_categories": ["CFA"]}, ["Nouvel entrant en CFA"]),
    ],
)
def test_a_fault_is_told_in_french(data: object, words: list[str]) -> None:
    with pytest.raises(ProfileError) as caught:
        Profile.from_data(data)
    sentence = str(caught.value).replace("\u00a0", " ").replace("\u202f", " ")
    assert [word for word in words if word not in sentence] == []


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(ProfileError) as caught:
        Profile.from_data({"categories": ["XX"], "certifying": "oui", "other": 1})
    assert len(caught.value.sentences) == 3
