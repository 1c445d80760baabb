"""Two people say who is who in one report, each on their own page: nothing that one chose is erased unseen by the other."""

from __future__ import annotations

from datetime import date
from html import unescape
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.editing.sheets import Sheet, editing_sheet
from tests.factories import ConnectionFactory, ConnectionReportFactory, HalfDayFactory
from trainings.attendance.models import Mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(room, clock):
    """A report in which two connections are nobody's yet, and the page of two people who may match them."""
    clock.at(18)
    half_day = HalfDayFactory(session=room.session, day=date(2026, 2, 2), remote=True)
    report = ConnectionReportFactory(half_day=half_day)
    josé = ConnectionFactory(report=report, seen_name="iPhone de José", kept_minutes=100)
    salle = ConnectionFactory(report=report, seen_name="Salle 2", kept_minutes=120)
    return SimpleNamespace(
        report=report,
        josé=josé,
        salle=salle,
        karim=str(room.karim.pk),
        anaïs=str(room.anais.pk),
        address=reverse("attendance:report", args=[room.organisation.slug, report.pk]),
        mine=room.people.client(room.people.trainer),
        theirs=room.people.client(room.people.training_manager),
        their_name=str(room.people.training_manager),
    )


def opened(desk) -> Sheet:
    return editing_sheet(desk.mine.get(desk.address).content.decode())


def send(desk, client, sheet: Sheet, typed: dict[str, str], go: str = "keep"):
    return client.post(desk.address, sheet.typed(typed) | {"go": go})


def kept(desk) -> dict[str, tuple[str, int]]:
    return {each.seen_name: (str(each.enrolment_id or ""), each.kept_minutes) for each in desk.report.connections.all()}


def words(answer) -> str:
    return unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def test_who_each_of_them_recognised_is_kept(desk):
    first, second = opened(desk), opened(desk)
    assert send(desk, desk.theirs, first, {f"who-{desk.josé.pk}": desk.karim}).status_code == 302
    assert send(desk, desk.mine, second, {f"who-{desk.salle.pk}": desk.anaïs}).status_code == 302
    assert kept(desk) == {"iPhone de José": (desk.karim, 100), "Salle 2": (desk.anaïs, 120)}


def test_who_and_minutes_of_one_connection_are_two_choices(desk):
    first, second = opened(desk), opened(desk)
    send(desk, desk.theirs, first, {f"who-{desk.josé.pk}": desk.karim})
    assert send(desk, desk.mine, second, {f"minutes-{desk.josé.pk}": "90"}).status_code == 302
    assert kept(desk)["iPhone de José"] == (desk.karim, 90)


@pytest.mark.parametrize("go", ["keep", "apply"])
def test_one_connection_recognised_twice_comes_back_with_both_choices(desk, go):
    first, second = opened(desk), opened(desk)
    assert send(desk, desk.theirs, first, {f"who-{desk.josé.pk}": desk.karim}).status_code == 302
    refused = send(desk, desk.mine, second, {f"who-{desk.josé.pk}": desk.anaïs}, go)
    assert (refused.status_code, kept(desk)["iPhone de José"], Mark.objects.count()) == (422, (desk.karim, 100), 0)
    page = words(refused)
    assert "Cette page a changé pendant que vous écriviez : rien n’est encore enregistré." in page
    assert f"{desk.their_name} a enregistré « Karim Belaïd » à 18 h pendant que vous écriviez « Anaïs Lefèvre »." in page
    # What was typed is still chosen; sent again, now that the other choice was seen, it wins.
    again = editing_sheet(refused.content.decode())
    assert again.value(f"who-{desk.josé.pk}") == desk.anaïs
    assert send(desk, desk.mine, again, {}).status_code == 302
    assert kept(desk)["iPhone de José"] == (desk.anaïs, 100)


def test_minutes_typed_twice_come_back_with_both(desk):
    first, second = opened(desk), opened(desk)
    send(desk, desk.theirs, first, {f"minutes-{desk.salle.pk}": "60"})
    refused = send(desk, desk.mine, second, {f"minutes-{desk.salle.pk}": "30"})
    assert refused.status_code == 422
    assert f"{desk.their_name} a enregistré « 60 » à 18 h pendant que vous écriviez « 30 »." in words(refused)


def test_the_same_choice_made_twice_is_no_quarrel(desk):
    first, second = opened(desk), opened(desk)
    send(desk, desk.theirs, first, {f"who-{desk.josé.pk}": desk.karim})
    assert send(desk, desk.mine, second, {f"who-{desk.josé.pk}": desk.karim}).status_code == 302


def test_a_report_put_on_the_register_meanwhile_takes_nothing_more(desk):
    first, second = opened(desk), opened(desk)
    assert send(desk, desk.theirs, first, {f"who-{desk.josé.pk}": desk.karim}, "apply").status_code == 302
    refused = send(desk, desk.mine, second, {f"who-{desk.salle.pk}": desk.anaïs}, "apply")
    assert (refused.status_code, Mark.objects.count(), kept(desk)["Salle 2"]) == (422, 1, ("", 120))
    assert "Ce relevé est déjà reporté" in words(refused)
