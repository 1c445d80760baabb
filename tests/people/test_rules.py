"""What decides about trainers: truth tables, without a database."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from qualiopi.text import comparison_key
from trainings.people.rules import (
    Hole,
    Standing,
    StatusReading,
    answers,
    expiring,
    holes_of,
    months_before,
    qualified_on,
    read_status,
    valid_on,
)

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass
class Line:
    """A line of a file, as the rules see it."""

    kind: str = "qualification"
    title: str = "Formateur SST"
    dated_on: date | None = date(2026, 1, 1)
    valid_until: date | None = date(2026, 12, 31)
    dropped: bool = False
    checked_at: datetime | None = None
    withdrawn_at: datetime | None = None
    covers: tuple[str, ...] = ()
    title_key: str = field(init=False)

    def __post_init__(self) -> None:
        self.title_key = comparison_key(self.title)


@pytest.mark.parametrize(
    ("line", "day", "valid"),
    [
        (Line(), date(2025, 12, 31), False),
        (Line(), date(2026, 1, 1), True),
        (Line(), date(2026, 12, 31), True),
        (Line(), date(2027, 1, 1), False),
        (Line(valid_until=None), date(2099, 1, 1), True),
        (Line(dated_on=None), date(1999, 1, 1), True),
        (Line(withdrawn_at=NOW), DAY, False),
        (Line(dropped=True), DAY, False),
        (Line(dropped=True, checked_at=NOW), DAY, True),
    ],
)
def test_what_counts_is_validity_on_the_day(line, day, valid):
    assert valid_on([line], day) == ([line] if valid else [])


@pytest.mark.parametrize(
    ("kind", "title", "required", "fits"),
    [
        ("qualification", "Certificat de formateur SST (INRS)", "Formateur SST", True),
        ("diploma", "FORMATEUR S.S.T", "formateur sst", False),
        ("diploma", "Titre de formateur sst", "Formateur SST", True),
        ("training", "Formateur SST", "Formateur SST", False),
        ("qualification", "Formateur incendie", "Formateur SST", False),
        ("qualification", "Formateur SST", "", False),
    ],
)
def test_a_line_answers_a_requirement_word_by_word(kind, title, required, fits):
    assert answers(Line(kind=kind, title=title), required) is fits


@pytest.mark.parametrize(
    ("covers", "required", "fits"),
    [
        ((), "Habilitation B2V", False),
        (("Habilitation B2V",), "habilitation b2v", True),  # whatever accents and capitals
        (("Habilitation B2V",), "Habilitation B2V BR", False),
        (("Habilitation B2V",), "", False),
    ],
)
def test_somebody_said_what_a_title_covers(covers, required, fits):
    assert answers(Line(title="Titre d’électricien", covers=covers), required) is fits
    assert answers(Line(kind="cv", title="Titre d’électricien", covers=covers), required) is False


@pytest.mark.parametrize(
    ("lines", "required", "days", "qualified"),
    [
        ([], "", [DAY], True),
        ([], "Formateur SST", [DAY], False),
        ([Line()], "Formateur SST", [DAY], True),
        ([Line()], "Formateur SST", [], False),
        ([Line()], "Formateur SST", [date(2026, 12, 31), date(2027, 1, 1)], False),
        # Renewed without a gap: each day is covered by one or the other.
        (
            [Line(), Line(dated_on=date(2027, 1, 1), valid_until=None)],
            "Formateur SST",
            [date(2026, 12, 31), date(2027, 1, 1)],
            True,
        ),
        # Renewed too late: the past is not mended.
        ([Line(valid_until=date(2026, 6, 1)), Line(dated_on=date(2026, 9, 1))], "Formateur SST", [date(2026, 7, 1)], False),
    ],
)
def test_qualified_on_each_day_taught(lines, required, days, qualified):
    assert qualified_on(lines, required, days) is qualified


OURS, THEIRS = "53350000035", "84691234569"


@pytest.mark.parametrize(
    ("status", "number", "reading"),
    [
        ("", "", StatusReading(Standing.UNKNOWN)),
        ("employee", "", StatusReading(Standing.OWN)),
        ("carried", "", StatusReading(Standing.CARRIED)),
        ("subcontractor", "", StatusReading(Standing.SUBCONTRACTOR, number_missing=True)),
        ("", THEIRS, StatusReading(Standing.SUBCONTRACTOR, contradicts=True)),
        ("employee", THEIRS, StatusReading(Standing.SUBCONTRACTOR, contradicts=True)),
        ("carried", "84 69 12345 69", StatusReading(Standing.SUBCONTRACTOR, contradicts=True)),
        ("subcontractor", THEIRS, StatusReading(Standing.SUBCONTRACTOR)),
        ("", OURS, StatusReading(Standing.OUR_NUMBER, contradicts=True)),
        ("carried", "53 35 00000 35", StatusReading(Standing.OUR_NUMBER, contradicts=True)),
        ("subcontractor", OURS, StatusReading(Standing.OUR_NUMBER, contradicts=True)),
    ],
)
def test_carried_is_not_a_subcontractor_a_number_of_one_s_own_is(status, number, reading):
    assert read_status(status=status, activity_number=number, own_number=OURS) == reading


def full_file() -> list[Line]:
    """A file that lacks nothing today."""
    return [
        Line(kind="cv", title="CV", dated_on=date(2024, 1, 1), valid_until=None),
        Line(kind="diploma", title="Master", dated_on=None, valid_until=None),
        Line(kind="training", title="Webinaire", dated_on=date(2025, 1, 1), valid_until=None),
        Line(kind="interview", title="Entretien", dated_on=date(2026, 1, 1), valid_until=None),
        Line(kind="charter", title="Engagement", dated_on=date(2025, 1, 1), valid_until=None),
        Line(),
    ]


@pytest.mark.parametrize(
    ("without", "holes"),
    [
        ("", []),
        ("cv", [(Hole.CV, "")]),
        ("diploma", [(Hole.DIPLOMA, "")]),
        ("training", [(Hole.TRAINING, "")]),
        ("interview", [(Hole.INTERVIEW, "")]),
        ("charter", [(Hole.CHARTER, "")]),
        ("qualification", [(Hole.QUALIFICATION, "Formateur SST")]),
    ],
)
def test_each_hole_alone(without, holes):
    lines = [line for line in full_file() if line.kind != without]
    assert holes_of(lines, standing=Standing.CARRIED, today=DAY, required=["Formateur SST"]) == holes


@pytest.mark.parametrize(
    ("kind", "last", "limit", "hole"),
    [
        ("cv", date(2023, 11, 23), date(2023, 11, 22), Hole.CV_OLD),
        ("training", date(2024, 11, 23), date(2024, 11, 22), Hole.TRAINING),
        ("interview", date(2025, 11, 23), date(2025, 11, 22), Hole.INTERVIEW),
    ],
)
def test_the_day_on_which_a_line_becomes_old(kind, last, limit, hole):
    for day, expected in ((last, []), (limit, [(hole, "")])):
        lines = full_file()
        next(line for line in lines if line.kind == kind).dated_on = day
        assert holes_of(lines, standing=Standing.CARRIED, today=DAY) == expected


@pytest.mark.parametrize(
    ("standing", "newcomer", "holes"),
    [
        (Standing.CARRIED, False, [Hole.TRAINING, Hole.CHARTER]),
        (Standing.CARRIED, True, [Hole.CHARTER]),
        (Standing.OWN, False, [Hole.TRAINING]),
        (Standing.OWN, True, []),
        (Standing.UNKNOWN, False, [Hole.TRAINING]),
        (Standing.SUBCONTRACTOR, False, []),
    ],
)
def test_what_is_asked_depends_on_the_standing(standing, newcomer, holes):
    lines = [line for line in full_file() if line.kind not in ("training", "charter")]
    assert holes_of(lines, standing=standing, today=DAY, newcomer=newcomer) == [(hole, "") for hole in holes]


def test_what_expires_soon_and_is_not_renewed():
    soon = Line(title="SST", valid_until=DAY + timedelta(days=60))
    later = Line(title="Incendie", valid_until=DAY + timedelta(days=61))
    over = Line(title="Levage", valid_until=DAY - timedelta(days=1))
    first, renewed = Line(title="Amiante", valid_until=DAY), Line(title="Amiante", valid_until=DAY + timedelta(days=400))
    today = Line(title="Échafaudage", valid_until=DAY)
    assert expiring([soon, later, over, first, renewed, today], today=DAY) == [today, soon]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 23), 12, date(2025, 11, 23)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 31), 24, date(2024, 12, 31)),
    ],
)
def test_months_before(day, months, expected):
    assert months_before(day, months) == expected
