"""The page of an indicator: one table of its sessions, what is folded, and a word to who can mend it."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence.indicators import wording
from tests import cast as standing
from tests.factories import EnrolmentFactory, SessionFactory, TrainerFactory
from tests.harness.worlds import shared
from tests.readiness.worlds import AUDIT, finished_sessions
from trainings.people.models import Trainer

pytestmark = pytest.mark.django_db


def furnish():
    people = standing.gather()
    finished_sessions(people.organisation, 6, unanswered={0, 1, 2, 3, 4})
    Trainer.objects.filter(organisation=people.organisation).update(email="anime@exemple.fr")
    return people


cast = shared(furnish)


def get(cast, number=30, who="quality_manager"):
    return cast.client(getattr(cast, who)).get(reverse("indicators:page", args=["fil-ouest", number]), {"date": AUDIT})


def test_the_first_of_each_group_are_shown_and_the_rest_is_said(cast):
    table = get(cast).context["table"]
    [led] = table.groups
    assert [head.column.key for head in table.heads] == ["trainees_asked", "session_has_answers"]
    assert [head.holes for head in table.heads] == [5, 5]
    assert (len(led.sheet.rows), led.more, table.total) == (3, "Et 2 autres", "six sessions")
    assert [fold.summary for fold in table.folds] == ["Une session sans trou"]


def test_an_indicator_that_asks_nothing_of_sessions_has_no_table(cast):
    assert get(cast, 24).context["table"] is None


def test_three_groups_then_the_fold(cast):
    for place in range(4):
        trainer = TrainerFactory(organisation=cast.organisation, last_name=f"Nom{place}")
        SessionFactory(organisation=cast.organisation, reference=f"T-{place}", trainers=[trainer])
    table = get(cast).context["table"]
    assert (len(table.groups), len(table.others), table.others_told) == (3, 2, "Deux autres équipes")


def test_one_click_writes_to_who_leads_and_comes_back(cast):
    trainer = cast.trainer_record
    EnrolmentFactory(session=SessionFactory(organisation=cast.organisation, reference="S-YANN", trainers=[trainer]))
    url = reverse("indicators:remind", args=["fil-ouest", 30])
    client = cast.client(cast.training_manager)
    assert client.get(url).status_code == 302
    answer = client.post(url, {"formateur": str(trainer.pk)})
    assert answer.url == reverse("indicators:page", args=["fil-ouest", 30])
    assert len(mail.outbox) == 1
    client.post(url, {"formateur": str(trainer.pk)})
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("names", "sessions", "words"),
    [
        (["Yann Le Goff"], 1, "Relancer Yann Le Goff, une session"),
        (["Yann Le Goff"], 8, "Relancer Yann Le Goff, huit sessions"),
        (["Yann Le Goff", "Inès Carvalho"], 20, "Relancer les deux formateurs, 20 sessions"),
    ],
)
def test_the_button_says_whom_and_of_how_many_sessions(names, sessions, words):
    assert wording.remind(names, sessions) == words


def test_as_many_queries_for_one_group_as_for_three(cast):
    def queries():

        get(cast)
        with CaptureQueriesContext(connection) as found:
            get(cast)
        return len(found)

    before = queries()
    for place in range(2):
        trainer = TrainerFactory(organisation=cast.organisation, last_name=f"Nom{place}")
        SessionFactory(organisation=cast.organisation, reference=f"T-{place}", trainers=[trainer])
    assert queries() == before
