"""Certificates that lack in several sessions are issued from the page of their indicator: what is ticked, and nothing else."""

from uuid import uuid4

import pytest
from django.urls import reverse

from evidence.indicators import wording
from evidence.indicators.issuing import lacking_in, people_lacking
from evidence.readiness.queries import board
from tests import cast as standing
from tests.factories import EnrolmentFactory, IssuedFactory
from tests.harness.worlds import shared
from tests.readiness.worlds import finished_sessions
from trainings.documents.models import Batch
from trainings.sessions.models import Session, SessionState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in_pdf")]
ADDRESS = reverse("indicators:issue", args=["fil-ouest", 11])


def furnish():
    """Three sessions over: two people in the first, one in the others, none of whom has a certificate."""
    people = standing.gather()
    for place, session in enumerate(finished_sessions(people.organisation, 3)):
        for _number in range(2 if place == 0 else 1):
            EnrolmentFactory(session=session)
    return people


cast = shared(furnish)


def sessions(cast):
    return list(Session.objects.filter(organisation=cast.organisation, reference__startswith="S-").order_by("reference"))


def lacking(cast):
    return [(each.session.reference, each.people) for each in lacking_in(board(organisation=cast.organisation), 11)]


def test_the_page_lists_what_the_engine_counts(cast):
    page = cast.client(cast.training_manager).get(ADDRESS)
    assert [(each.session.reference, each.people) for each in page.context["lacking"]] == lacking(cast)
    assert lacking(cast) == [("S-000", 2), ("S-001", 1), ("S-002", 1)]
    assert page.context["answer"] == "4 certificats manquent dans trois sessions."
    button = cast.client(cast.training_manager).get(reverse("indicators:page", args=["fil-ouest", 11])).context["to_issue"]
    assert button == "Émettre les 4 certificats"


def test_what_is_there_or_can_change_no_more_is_left_out(cast):
    first, second, _third = sessions(cast)
    IssuedFactory(session=first, enrolment=first.enrolments.first(), issued_on=first.ends_on)
    Session.objects.filter(pk=second.pk).update(state=SessionState.CLOSED)
    assert lacking(cast) == [("S-000", 1), ("S-002", 1)]


@pytest.mark.parametrize("send", [False, True])
def test_what_is_ticked_is_asked_for_once(cast, send):
    first, _second, third = sessions(cast)
    client = cast.client(cast.training_manager)
    sent = {"session": [str(first.pk), str(third.pk)]} | ({"send": "1"} if send else {})
    for _time in range(2):
        answer = client.post(ADDRESS, sent)
        assert answer.url == reverse("indicators:page", args=["fil-ouest", 11])
    batches = Batch.objects.order_by("session__reference").values_list("session__reference", "kind", "total", "send")
    assert list(batches) == [("S-000", "completion_certificate", 2, send), ("S-002", "completion_certificate", 1, send)]


@pytest.mark.parametrize("kind", ["nothing", "mangled", "unknown", "of another organisation"])
def test_what_is_not_of_this_page_is_not_read(cast, kind):
    [stranger] = finished_sessions(cast.sister, 1)
    EnrolmentFactory(session=stranger)
    said = {"nothing": [], "mangled": ["0001"], "unknown": [str(uuid4())], "of another organisation": [str(stranger.pk)]}[kind]
    answer = cast.client(cast.training_manager).post(ADDRESS, {"session": said}, follow=True)
    assert Batch.objects.count() == 0
    assert "Rien n’était à émettre dans les sessions choisies." in answer.content.decode()


def test_who_may_not_edit_sessions_sees_no_button_and_no_page(cast):
    client = cast.client(cast.trainer)
    assert client.get(ADDRESS).status_code in (403, 404)
    assert Batch.objects.count() == 0


def test_an_indicator_without_certificates_has_nothing_to_issue(cast):
    assert people_lacking(board(organisation=cast.organisation), 30) == {}
    page = cast.client(cast.training_manager).get(reverse("indicators:issue", args=["fil-ouest", 30]))
    assert page.context["answer"] == "Aucun certificat ne manque dans une session où l’on peut encore en émettre."


@pytest.mark.parametrize(
    ("series", "certificates", "words"),
    [
        (1, 1, "Un certificat s’émet, session par session ; chaque page de documents dit où cela en est."),
        (3, 9, "9 certificats s’émettent, session par session ; chaque page de documents dit où cela en est."),
    ],
)
def test_what_is_said_once_it_is_asked(series, certificates, words):
    assert wording.asked_for(series, certificates) == words
