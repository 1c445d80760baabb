"""Joining instructions for a session that has begun prove nothing any more: sending them asks first."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests.documents.test_issuing import issue_all
from trainings.documents.models import Batch, DocumentKind, Issued, Sending
from trainings.documents.sentences import sent_too_late


def at(world, name, *args):
    return reverse(f"documents:{name}", args=[world.session.organisation.slug, *args])


@pytest.mark.parametrize(
    ("kind", "starts_in", "asks"),
    [
        (DocumentKind.CONVOCATION, -300, True),
        (DocumentKind.CONVOCATION, 0, True),  # the first day is too late: before it
        (DocumentKind.CONVOCATION, 1, False),
        (DocumentKind.CONVOCATION, None, False),
        (DocumentKind.COMPLETION, -300, False),
        (DocumentKind.AGREEMENT, -300, False),  # late, and it counts
    ],
)
def test_what_asks_first(kind, starts_in, asks):
    today = timezone.localdate()
    starts_on = None if starts_in is None else today + timedelta(days=starts_in)
    assert bool(sent_too_late(kind, starts_on, today=today)) is asks


@pytest.mark.parametrize("way", ["kind", "one", "issue"])
def test_it_is_asked_whatever_the_way_then_it_leaves(world, people, way):
    world.session.starts_on = timezone.localdate() - timedelta(days=300)
    world.session.ends_on = world.session.starts_on
    world.session.save(update_fields=["starts_on", "ends_on"])
    document = None if way == "issue" else issue_all(world, DocumentKind.CONVOCATION).issued[0]
    address, posted = {
        "kind": lambda: (at(world, "send_kind", world.session.pk, "convocation"), {}),
        "one": lambda: (at(world, "send", document.pk), {"again": "1"}),
        "issue": lambda: (at(world, "issue", world.session.pk, "convocation"), {"send": "1"}),
    }[way]()
    client = people.client(people.training_manager)
    asked = client.post(address, posted)
    assert (asked.status_code, len(mail.outbox), Sending.objects.count()) == (200, 0, 0)
    page = asked.content.decode()
    assert "ne prouve plus" in page
    assert [f'name="{name}" value="{value}"' in page for name, value in posted.items()] == [True] * len(posted)
    client.post(address, {**posted, "sure": "1"})
    assert Sending.objects.count() > 0


def test_issuing_without_sending_asks_nothing(world, people):
    client = people.client(people.training_manager)
    response = client.post(at(world, "issue", world.session.pk, "convocation"))
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("moment", "starts_in", "posted", "asks"),
    [
        ("avant", -300, {"send": "1"}, True),
        ("avant", 0, {"send": "1"}, True),
        ("avant", 1, {"send": "1"}, False),
        ("avant", -300, {}, False),  # nothing leaves the house
        ("apres", -300, {"send": "1"}, False),
    ],
)
def test_a_whole_moment_asks_first_when_its_joining_instructions_come_too_late(world, people, moment, starts_in, posted, asks):
    world.session.starts_on = world.session.ends_on = timezone.localdate() + timedelta(days=starts_in)
    world.session.save(update_fields=["starts_on", "ends_on"])
    client = people.client(people.training_manager)
    address = at(world, "issue_moment", world.session.pk, moment)
    answer = client.post(address, posted)
    assert (answer.status_code, Batch.objects.exists(), Issued.objects.exists()) == (
        (200, False, False) if asks else (302, True, True)
    )
    assert bool(mail.outbox) is ("send" in posted and not asks)
    if asks:
        page = answer.content.decode()
        assert ("ne prouve plus" in page, 'name="send" value="1"' in page) == (True, True)
        assert client.post(address, posted | {"sure": "1"}).status_code == 302
        assert DocumentKind.CONVOCATION in set(Batch.objects.values_list("kind", flat=True))
        assert Sending.objects.filter(document__kind=DocumentKind.CONVOCATION, sent_at__isnull=False).exists()


def test_a_moment_without_joining_instructions_left_to_issue_asks_nothing(world, people):
    world.session.starts_on = world.session.ends_on = timezone.localdate() - timedelta(days=300)
    world.session.save(update_fields=["starts_on", "ends_on"])
    issue_all(world, DocumentKind.CONVOCATION)
    client = people.client(people.training_manager)
    assert client.post(at(world, "issue_moment", world.session.pk, "avant"), {"send": "1"}).status_code == 302
    assert DocumentKind.CONVOCATION not in set(Batch.objects.values_list("kind", flat=True))
    assert not Sending.objects.filter(document__kind=DocumentKind.CONVOCATION).exists()
