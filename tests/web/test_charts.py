"""Pictures: the same figures as the words beside them, read aloud, without any style of their own."""

import re

import pytest
from defusedxml import ElementTree

from qualiopi.web import charts
from qualiopi.web.charts import CurvePoint, MapCriterion
from qualiopi.web.status import STATUS_ORDER

CURVE = [CurvePoint("juin", 15), CurvePoint("oct.", 19), CurvePoint("1er nov.", 14), CurvePoint("auj.", 16)]
PICTURES = {
    "marks": charts.marks_bar([1, 2, 9, 50, 105]),
    "recommendation": charts.recommendation_columns([1, 0, 0, 1, 2, 3, 5, 17, 29, 44, 65]),
    "status": charts.status_bar({"demonstrable": 16, "at_risk": 4, "insufficient": 2, "cannot_be_judged": 1}),
    "curve": charts.time_curve(CURVE, 23, subject="Indicateurs", events={2: "grille 2026"}),
    "window": charts.month_window(now=10, opens=14, closes=22, audit=14.3, audit_label="audit, 18 mars"),
    "map": charts.indicator_map([MapCriterion(1, [(1, "demonstrable"), (2, "at_risk"), (3, "not_applicable")])]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_valid_says_itself_and_carries_no_style(name):
    svg = ElementTree.fromstring(PICTURES[name])
    assert svg.get("role") == "img"
    assert svg[0].tag == "title"
    assert svg[0].text == svg.get("aria-label") != ""
    assert [node.tag for node in svg.iter() if "style" in node.attrib or ("class" in node.attrib and node is not svg)] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("marks", "note 1 : 1, note 2 : 2, note 3 : 9, note 4 : 50, note 5 : 105"),
        (
            "recommendation",
            "Répartition des notes de recommandation de 0 à 10 : 1 fois 0, 1 fois 3, 2 fois 4, 3 fois 5, 5 fois 6,"
            " 17 fois 7, 29 fois 8, 44 fois 9, 65 fois 10",
        ),
        ("status", "16 démontrables, 4 à risque, 2 insuffisants, 1 impossible à juger"),
        ("curve", "Indicateurs : juin 15, oct. 19, 1er nov. 14, auj. 16, sur 23"),
        ("window", "Fenêtre de surveillance du 14e au 22e mois ; nous sommes au 10e mois ; audit, 18 mars"),
        ("map", "Carte des 3 indicateurs : 1 démontrable, 1 à risque (2), 1 non applicable"),
    ],
)
def test_what_a_picture_says(name, said):
    assert re.search("<title>(.*)</title>", PICTURES[name])[1] == said


@pytest.mark.parametrize("counts", [[1, 2, 9, 50, 105], [0, 0, 0, 0, 3], [1, 0, 0, 0, 999], [5, 5, 5, 5, 5]])
def test_the_bar_of_marks_fills_its_width_and_hides_no_answer(counts):
    parts = ElementTree.fromstring(charts.marks_bar(counts))[1:]
    last = parts[-1]
    edge = 0.6 if last.get("stroke") else 0
    assert len(parts) == sum(1 for count in counts if count)
    assert float(last.get("x")) + float(last.get("width")) + edge == pytest.approx(560, abs=0.2)
    assert min(float(part.get("width")) for part in parts) > 2


def test_nothing_is_drawn_without_answers():
    empty = (
        charts.marks_bar([0] * 5),
        charts.recommendation_columns([0] * 11),
        charts.status_bar({"not_applicable": 10}),
        charts.time_curve(CURVE[:1], 23, subject="Indicateurs"),
        charts.indicator_map([]),
    )
    assert empty == ("", "", "", "", "")


@pytest.mark.parametrize("draw", [charts.marks_bar, charts.recommendation_columns])
def test_a_distribution_of_another_length_is_refused(draw):
    with pytest.raises(ValueError, match="nombres"):
        draw([1, 2, 3])


def test_the_axis_of_time_is_full_and_the_last_point_lit():
    flat = charts.time_curve([CurvePoint("a", 0), CurvePoint("b", 23)], 23, subject="Indicateurs")
    assert 'points="18.0,156.0 366.0,18.0"' in flat
    assert flat.count('fill="#f4b940"') == 1


def test_today_gives_way_to_the_audit_label():
    near = charts.month_window(now=20, opens=14, closes=22, audit=21.5, audit_label="audit, 2 août")
    far = charts.month_window(now=2, opens=14, closes=22, audit=21.5, audit_label="audit, 2 août")
    assert ('viewBox="0 0 420 90"' in near, 'viewBox="0 0 420 74"' in far) == (True, True)


def test_every_status_has_a_tile_in_the_map():
    svg = ElementTree.fromstring(charts.indicator_map([MapCriterion(7, list(enumerate(STATUS_ORDER)))]))
    assert len(svg.findall("g")) == len(svg.findall("rect")) == 5


def test_small_signs():
    assert charts.progress_marks(3, 6).count("stroke-dasharray") == 3
    assert charts.scale_dots(4).count('fill="none"') == 1
    assert "stroke-dasharray" in charts.thread_point("to_come")
    assert "#e3d3df" in charts.swatch(1)
