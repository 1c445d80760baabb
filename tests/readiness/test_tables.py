"""What the board and the page of an indicator say apart from a status: labels, gaps, where a figure comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.engine.result import Status
from evidence.readiness.blocks import ExpectationBlock
from evidence.readiness.queries import Rule
from evidence.readiness.tables import BoardLine, Tag, tags_of
from evidence.readiness.views.rules import source_words
from qualiopi.standard.book import expectations
from qualiopi.standard.grids import standard
from qualiopi.standard.model import ChangeType

REINFORCED = Tag("renforcé en 2026", "etiq--2026")
NEW = Tag("nouveau en 2026", "etiq--2026")
MAJOR = Tag("toujours majeur si constaté")


@pytest.mark.parametrize(
    ("change", "major_only", "expected"),
    [
        (ChangeType.NONE, False, ()),
        (ChangeType.WORDING, False, ()),
        (ChangeType.SUBSTANCE, False, (REINFORCED,)),
        (ChangeType.NEW, False, (NEW,)),
        (ChangeType.NONE, True, (MAJOR,)),
        (ChangeType.WORDING, True, (MAJOR,)),
        (ChangeType.SUBSTANCE, True, (REINFORCED, MAJOR)),
        (ChangeType.NEW, True, (NEW, MAJOR)),
    ],
)
def test_an_indicator_is_told_apart_by_what_changed_and_how_it_is_graded(change, major_only, expected):
    some = standard().grids[0].indicators[0]
    shown = replace(some, change=replace(some.change, type=change), major_only=major_only)
    assert tags_of(shown) == expected


def test_the_places_of_the_gaps_are_shown_unless_nothing_is_missing():
    def line(status):
        return BoardLine(
            number=1,
            label="",
            url="",
            status=status,
            tally=None,
            short="",
            observed="",
            tags=(),
            next_action="",
            due_on=None,
            renewals="",
        )

    assert {status: line(status).marks_gaps for status in Status} == {
        status: status is not Status.DEMONSTRABLE for status in Status
    }


def test_only_an_insufficient_expectation_colours_its_holes():
    def block(status):
        return ExpectationBlock(
            key="",
            expected="",
            status=status,
            neutral="",
            rule="",
            basis="",
            reference="",
            provisional=False,
            contributing=False,
            tally=None,
            explained="",
            unticked=(),
            tightened_because="",
            can_tighten=False,
            holes=(),
            holes_count=0,
            in_table=False,
            same_as_above=False,
            all_url="",
            all_words="",
        )

    looks = {status: block(status).holes_look for status in ("", *(status.value for status in Status))}
    assert looks == dict.fromkeys(looks, "") | {"insufficient": "manquants--insuf"}


@pytest.mark.parametrize(
    ("source", "basis", "because", "expected"),
    [
        ("Arrêté du 1er décembre 2026", "practice", None, "Arrêté du 1er décembre 2026"),
        ("Arrêté du 1er décembre 2026", "law", "order_not_found", "Arrêté du 1er décembre 2026"),
        ("", "practice", None, "pratique maison"),
        ("", "law", "order_not_found", "arrêté à paraître"),
        ("", "law", None, "texte officiel"),
    ],
)
def test_a_figure_says_where_it_comes_from(source, basis, because, expected):
    setting = replace(next(iter(expectations().settings.values())), basis=basis, because=because)
    assert source_words(Rule(setting, 1, None, source)) == expected
