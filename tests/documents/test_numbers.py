"""Numbers: in order, each given once, kept for whoever got no document yet."""

import pytest

from tests.documents.world import make_world
from tests.factories import SessionFactory
from trainings.documents.models import Counter, DocumentKind, Reservation
from trainings.documents.queries import Target, targets_of
from trainings.documents.verbs.numbering import release_numbers, reserve_numbers, reserved_numbers

COMPLETION = DocumentKind.COMPLETION


def reserve(session, *, kind="programme", year=2026):
    return reserve_numbers(session=session, kind=kind, year=year, targets=[Target(session)])


def test_numbers_go_by_organisation_kind_and_year(people):
    sessions = [SessionFactory(organisation=people.organisation) for _ in range(3)]
    assert reserve(sessions[0]) == ["PROG-2026-0001"]
    assert reserve(sessions[1]) == ["PROG-2026-0002"]
    assert reserve(sessions[2], year=2027) == ["PROG-2027-0001"]
    assert reserve(sessions[2], kind="internal_rules") == ["RI-2026-0001"]
    assert reserve(SessionFactory(organisation=people.sister)) == ["PROG-2026-0001"]


def test_nobody_takes_no_number(world):
    assert reserve_numbers(session=world.session, kind=COMPLETION, year=2026, targets=[]) == []
    assert Counter.objects.count() == 0


def test_who_waits_for_a_document_keeps_the_number(world):
    first, second, third = targets_of(world.session, COMPLETION)
    reserved = {"session": world.session, "kind": COMPLETION, "year": 2026}
    assert reserve_numbers(**reserved, targets=[first, second]) == ["CR-2026-0001", "CR-2026-0002"]
    assert reserve_numbers(**reserved, targets=[third, second]) == ["CR-2026-0003", "CR-2026-0002"]
    release_numbers(organisation=world.session.organisation, numbers=["CR-2026-0001", "CR-2026-0003"])
    assert reserved_numbers(**reserved) == {second.key: "CR-2026-0002"}
    assert Counter.objects.get().last == 3


@pytest.mark.parametrize("people_enrolled", [1, 3])
def test_reserving_asks_as_much_whatever_the_number(people, people_enrolled, django_assert_num_queries):
    session = make_world(people.organisation, people=people_enrolled).session
    targets = targets_of(session, COMPLETION)
    Counter.objects.create(organisation=people.organisation, kind=COMPLETION, year=2026)
    with django_assert_num_queries(7):  # a savepoint and its end among them
        reserve_numbers(session=session, kind=COMPLETION, year=2026, targets=targets)
    assert Reservation.objects.count() == people_enrolled
