"""Pieces to be read: several are kept in one act, by a named person, none ticked beforehand."""

import pytest
from django.urls import reverse

from evidence.library.models import Document, ReviewState
from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import DocumentFactory, VersionFactory
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db

people = shared(cast.gather)


def waiting(people, *titles):
    return [VersionFactory(document=DocumentFactory(organisation=people.organisation, title=title)).document for title in titles]


def address(people):
    return reverse("library:to_read", args=[people.organisation.slug])


def states():
    return dict(Document.objects.values_list("title", "review_state"))


def test_those_ticked_are_kept_in_the_name_of_who_read_them(people):
    one, two, _three = waiting(people, "Une", "Deux", "Trois")
    DocumentFactory(organisation=people.organisation, title="Annoncée")
    client = people.client(people.quality_manager)
    page = client.get(address(people))
    assert [piece.document.title for piece in page.context["pieces"]] == ["Trois", "Deux", "Une"]
    assert b"checked" not in page.content
    client.post(address(people), {"document": [str(one.pk), str(two.pk)]})
    assert states() == {
        "Une": ReviewState.ACCEPTED, "Deux": ReviewState.ACCEPTED, "Trois": ReviewState.NOT_REVIEWED, "Annoncée": ReviewState.NOT_REVIEWED,
    }  # fmt: skip
    one.refresh_from_db()
    assert (one.reviewed_by, one.reviewed_at is not None) == (people.quality_manager, True)
    lines = Entry.objects.filter(verb="document.accepted", actor=people.quality_manager)
    assert [line.details for line in lines] == [{"together": 2}, {"together": 2}]


def test_nothing_ticked_keeps_nothing_and_says_so(people):
    waiting(people, "Une")
    page = people.client(people.quality_manager).post(address(people), {})
    assert (page.status_code, "Cochez au moins une pièce" in page.content.decode()) == (422, True)
    assert states() == {"Une": ReviewState.NOT_REVIEWED}


def test_another_organisation_s_piece_is_not_touched(people):
    stranger = VersionFactory().document
    waiting(people, "Une")
    people.client(people.quality_manager).post(address(people), {"document": [str(stranger.pk)]})
    stranger.refresh_from_db()
    assert stranger.review_state == ReviewState.NOT_REVIEWED
