"""A session drawn as a strip: wide for screens, narrow for phones and paper, the same words in both."""

import re
from dataclasses import replace

import pytest

from qualiopi.web.charts import Half, Slot, Stage, Strip, marks_row, mini_strip, narrow_strip, strip_key, wide_strip

BEFORE = [
    Stage("Besoins", "8 sur 8", "4 nov.", "done", "Besoins, 8 sur 8, fait", "/avant/"),
    Stage("Convocations", "7 sur 8", "9 nov.", "due", "Convocations, 7 sur 8, attendu", "/documents/"),
]
AFTER = [Stage("Acquis", "0 sur 8", "27 nov.", "to_come", "Acquis, 0 sur 8, à venir", "/acquis/")]


def half(part="matin", slots=(Slot.SIGNED, Slot.LATE, Slot.AWAITED, Slot.ABSENT), **fields):
    values = {
        "part": part,
        "day": "jeudi 19",
        "slots": slots,
        "signed": 2,
        "expected": 4,
        "initials": "Y. L.",
        "countersigned": False,
        "state": "due",
        "told": f"jeudi 19, {part}",
        "url": f"/{part}/",
    }
    return Half(**values | fields)


STRIP = Strip("La session en une bande", BEFORE, [half(), half("après-midi")], AFTER, "19 novembre", ("after", 0), "/presences/")


def words(drawn):
    return set(re.findall(r"<text[^>]*>([^<]+)</text>", drawn))


def links(drawn):
    return re.findall(r'<a href="([^"]+)"', drawn)


def test_both_drawings_lead_to_the_same_places():
    assert (
        links(wide_strip(STRIP))
        == links(narrow_strip(STRIP))
        == ["/avant/", "/documents/", "/matin/", "/après-midi/", "/acquis/"]
    )


def test_both_drawings_say_the_same():
    said = words(wide_strip(STRIP)) & words(narrow_strip(STRIP))
    assert said == {
        "Avant", "Pendant", "Après", "Besoins", "Convocations", "Acquis", "8 sur 8", "7 sur 8", "0 sur 8", "4 nov.", "9 nov.",
        "27 nov.", "2 sur 4", "Y. L.", "aujourd’hui",
    }  # fmt: skip
    assert "<title" in wide_strip(STRIP)
    assert "<title" in narrow_strip(STRIP)


def test_paper_has_no_link():
    assert links(narrow_strip(STRIP, links=False)) == []


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("place", [0, 1])
def test_today_is_lit_once_beside_its_stage(side, place):
    strip = replace(STRIP, today=(side, place), after=[*AFTER, *AFTER])
    for drawn in (wide_strip(strip), narrow_strip(strip)):
        assert drawn.count("#f4b940") == 1


def test_while_it_runs_no_other_day_is_lit():
    strip = replace(STRIP, today=None)
    assert "#f4b940" not in wide_strip(strip) + narrow_strip(strip)


@pytest.mark.parametrize(("people", "halves", "by_name"), [(24, 8, True), (25, 2, False), (3, 9, False), (0, 0, True)])
def test_a_mark_per_person_as_long_as_they_can_be_told_apart(people, halves, by_name):
    drawn = [half(slots=(Slot.SIGNED,) * people, expected=people, signed=people)] * halves
    assert replace(STRIP, halves=drawn).by_name is by_name


def test_many_half_days_are_columns_that_lead_to_the_register():
    strip = replace(STRIP, halves=[half(slots=(), signed=n, expected=40, countersigned=n == 40) for n in range(41)])
    for drawn in (wide_strip(strip), narrow_strip(strip)):
        assert links(drawn) == ["/avant/", "/documents/", "/presences/", "/acquis/"]
        assert drawn.count("<rect") >= 40
        assert len(drawn) < 20_000


def test_nothing_is_drawn_of_nobody():
    assert marks_row([]) == ""
    assert "aucune demi-journée" in words(wide_strip(replace(STRIP, halves=[])))


def test_a_row_has_one_path_for_each_kind_of_mark():
    row = marks_row([Slot.SIGNED, Slot.SIGNED, Slot.LATE, Slot.AWAITED, Slot.ABSENT, Slot.TO_COME, Slot.AWAY])
    assert row.count("<path") == 5


def test_every_sign_has_a_word():
    assert [word for _sign, word in strip_key()] == [
        "a signé",
        "a signé en retard, souligné",
        "à signer",
        "absence",
        "fait",
        "attendu, pas encore complet",
        "à venir",
    ]


def test_a_line_of_a_list_has_a_dot_for_each_thing_expected():
    drawn = mini_strip("avant 1 sur 2, après 0 sur 1", [["done", "due"], [], ["to_come"]])
    assert (drawn.count("<path"), drawn.count("a3 3 0 1 0 6 0")) == (3, 3)
    assert 'aria-label="avant 1 sur 2, après 0 sur 1"' in drawn
