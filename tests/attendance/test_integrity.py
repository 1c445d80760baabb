"""What was touched behind the back of the product is found, line by line."""

from __future__ import annotations

import io
import tracemalloc
import uuid

import pytest
from django.core.management import CommandError, call_command

from tests.attendance.conftest import DRAWING
from tests.factories import EnrolmentFactory
from trainings.attendance.models import Chain, Mark
from trainings.attendance.queries.integrity import check
from trainings.attendance.verbs import Said, correct, countersign, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(room, clock):
    """Six lines: four signatures, a correction, a countersignature."""
    for half_day in (room.morning, room.afternoon):
        for enrolment in (room.karim, room.anais):
            sign(
                half_day=half_day,
                enrolment=enrolment,
                said=Said(method="drawn", once=uuid.uuid4(), drawing=DRAWING, reason="Réseau coupé"),
            )
    correct(mark=Mark.objects.get(number=2), kind="absent", reason="Partie à 10 h", actor=room.people.trainer)
    countersign(half_day=room.morning, trainer=room.trainer, actor=room.people.trainer, once=uuid.uuid4())
    return room


def found(room):
    return [(str(finding.fault), finding.first, finding.last) for finding in check(room.session)]


def row(number: int):
    return Mark.objects.filter(number=number)


def swap(first: int, second: int) -> None:
    row(first).update(number=99)
    row(second).update(number=first)
    row(99).update(number=second)


def run(*args: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("check_integrity", *args, stdout=out)
    except SystemExit as exit_:
        return int(exit_.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_an_untouched_register_is_whole(register):
    assert found(register) == []
    assert run() == (0, "1 émargement relu, rien d'altéré.\n")


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "absent"},
        {"drawing": ""},
        {"drawing": DRAWING + " L20 20"},
        {"address": "198.51.100.0/24"},
        {"minutes": 12},
        {"late": False},
        {"reason": "Autre"},
        {"method": "confirmed"},
        {"signed_at": "2026-11-20T10:00:00Z"},
        {"created_at": "2026-11-20T10:00:00Z"},
        {"once": uuid.UUID(int=1)},
        {"fingerprint": "0" * 64},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_every_part_of_a_line_is_covered(register, changes):
    row(1).update(**changes)
    assert found(register)[0] == ("altered", 1, 1)
    code, said = run("--organisation", "fil-ouest")
    assert code == 1
    assert said.startswith("fil-ouest, session S26-041 : ligne 1 altérée : son texte ne donne plus son empreinte.\n")


def test_a_signature_given_to_somebody_else_is_found(register):
    row(3).update(enrolment=EnrolmentFactory(session=register.session))
    assert found(register) == [("altered", 3, 3)]


def test_a_half_day_moved_after_it_was_signed_is_found(register):
    register.afternoon.day = register.afternoon.day.replace(day=27)
    register.afternoon.save()
    assert found(register) == [("altered", 3, 3), ("altered", 4, 4)]


def test_lines_taken_away_are_found(register):
    row(3)._raw_delete("default")
    row(4)._raw_delete("default")
    assert found(register) == [("missing", 3, 4)]
    row(6)._raw_delete("default")
    assert found(register) == [("missing", 3, 4), ("missing", 6, 6)]
    assert run()[1].endswith(
        "lignes 3 à 4 manquantes.\nfil-ouest, session S26-041 : ligne 6 manquante.\n1 émargement relu : 2 anomalies.\n"
    )


def test_lines_moved_are_found(register):
    swap(3, 4)
    assert found(register) == [("moved", 3, 3), ("moved", 4, 4), ("moved", 5, 5)]


def test_a_line_taken_away_with_the_others_renumbered_is_found(register):
    row(3)._raw_delete("default")
    for number in (4, 5, 6):
        row(number).update(number=number - 1)
    assert found(register) == [("moved", 3, 3), ("missing", 6, 6)]


def test_a_line_added_outside_or_an_end_that_was_rewritten_is_found(register):
    Chain.objects.update(length=5)
    assert found(register) == [("moved", 6, 6)]
    Chain.objects.update(length=6, fingerprint="0" * 64)
    assert found(register) == [("moved", 6, 6)]
    Chain.objects.all().delete()
    assert found(register) == [("moved", 1, 6)]


def test_another_organisation_is_left_alone_and_an_unknown_one_refused(register):
    row(1).update(kind="absent")
    assert run("--organisation", "fil-sud") == (0, "0 émargement relu, rien d'altéré.\n")
    with pytest.raises(CommandError) as told:
        call_command("check_integrity", "--organisation", "inconnu")
    assert told.value.returncode == 2


def test_memory_does_not_grow_with_the_register(register, monkeypatch):
    monkeypatch.setattr("trainings.attendance.queries.integrity.LINES_AT_ONCE", 50)

    def peak() -> int:
        tracemalloc.start()
        try:
            list(check(register.session))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    def lengthen(lines: int) -> None:
        for _ in range(lines):
            last = Mark.objects.order_by("-number").first()
            correct_one = Mark.objects.get(superseded_by=None, enrolment=register.karim, half_day=register.morning)
            correct(
                mark=correct_one, kind="present" if last.number % 2 else "absent", reason="x" * 200, actor=register.people.trainer
            )

    lengthen(60)
    peak()
    few = peak()
    lengthen(240)
    assert found(register) == []
    assert peak() < few * 1.5
