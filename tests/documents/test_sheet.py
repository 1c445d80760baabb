"""The table of an attendance sheet: drawn signatures, what is late, what was corrected, and sessions of any length."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from tests.answers import on_one_line
from trainings.attendance.models import MarkKind, MarkMethod
from trainings.attendance.queries import Sheet, SheetCell, SheetCountersignature, SheetPerson
from trainings.documents.sheet import sheet_table
from trainings.sessions.models import HalfDay

DRAWING = "M10 20 L30 40"
DAY = date(2026, 11, 2)


def cell(
    *, kind=MarkKind.PRESENT, method=MarkMethod.DRAWN, drawing=DRAWING, at=datetime(2026, 11, 2, 11, 28, tzinfo=UTC), **more
):
    said = {"late": False, "reason": "", "minutes": None, "corrected": False, "number": 1, "fingerprint": "a" * 64} | more
    return SheetCell(
        kind=kind,
        kind_label=str(kind.label),
        method=method,
        method_label=str(method.label),
        signed_at=at,
        received_at=at,
        drawing=drawing,
        **said,
    )


def table(rows, countersignatures=None):
    """The sheet of people whose cells are given, as it is printed, with single spaces."""
    count = len(rows[0])
    half_days = [
        HalfDay(day=DAY + timedelta(days=place // 2), part="am", starts_at=time(9), ends_at=time(12, 30))
        for place in range(count)
    ]
    people = [SheetPerson(SimpleNamespace(trainee=f"Personne {place}"), cells) for place, cells in enumerate(rows)]
    sheet = Sheet(None, half_days, people, countersignatures or [None] * count, 1, "f" * 64)
    return on_one_line(sheet_table(sheet))


def test_the_usual_method_is_said_once_and_signatures_are_drawn():
    printed = table([[cell(), cell()], [cell(method=MarkMethod.PASSED_ROUND), None]])
    assert printed.count("signature tracée sur son téléphone") == 1
    assert printed.count("appareil du formateur passé de main en main") == 1
    assert printed.count(f'd="{DRAWING}"') == 3
    assert printed.count("<title>Signature de Personne 0</title>") == 2
    assert printed.count("non signé<") == 1


def test_what_is_late_and_what_was_corrected_say_so_with_their_reason():
    late = cell(at=datetime(2026, 11, 3, 8, tzinfo=UTC), late=True, reason="téléphone déchargé")
    absent = cell(
        kind=MarkKind.ABSENT, method=MarkMethod.DECLARED, drawing="", corrected=True, reason="signée à la place d’un autre"
    )
    followed = cell(method=MarkMethod.CONNECTION, drawing="", minutes=187)
    printed = table([[late, absent, followed, cell(), cell()]])
    assert 'le 3 nov. 2026 à 9 h</small><small class="presences__mention"><b>En retard</b> : téléphone déchargé' in printed
    assert "<b>absent</b><small>déclaré par le formateur ou l’organisme, le 2 nov. 2026 à 12 h 28</small>" in printed
    assert "<b>Corrigé</b> : signée à la place d’un autre" in printed
    assert "<b>présent</b><small>relevé de connexion, 12 h 28, 187 min suivies</small>" in printed


@pytest.mark.parametrize(("half_days", "tables"), [(1, [1]), (3, [3]), (8, [8]), (9, [5, 4]), (40, [8] * 5), (41, [7] * 5 + [6])])
def test_a_long_session_goes_on_in_tables_of_about_as_many_columns(half_days, tables):
    printed = table([[cell()] * half_days] * 2)
    assert [part.count("matin") for part in printed.split("<table")[1:]] == tables
    assert ("Demi-journées 1 à" in printed) == (len(tables) > 1)


def test_trainers_countersign_by_hand_or_by_a_click():
    moment = datetime(2026, 11, 2, 11, 31, tzinfo=UTC)
    signed = [SheetCountersignature("Yann Le Goff", moment, "", drawing, 1, "") for drawing in (DRAWING, "")]
    printed = table([[None, None, None]], [*signed, None])
    assert printed.count("<title>Signature de Yann Le Goff</title>") == 1
    assert printed.count("<b>contresignée</b><small>Yann Le Goff, 12 h 31</small>") == 1
    assert printed.count("non contresignée") == 1


def test_a_name_never_acts():
    people = [SheetPerson(SimpleNamespace(trainee="<script>alert(1)</script>"), [cell(reason="<b>", late=True)])]
    half_day = HalfDay(day=DAY, part="am", starts_at=time(9), ends_at=time(12, 30))
    printed = sheet_table(Sheet(None, [half_day], people, [None], 1, ""))
    assert "<script" not in printed
    assert ": &lt;b&gt;" in printed
