"""Joining instructions for a session that has begun prove nothing any more: sending them asks first."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests.documents.test_issuing import issue_all
from trainings.documents.models import DocumentKind, Sending
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
