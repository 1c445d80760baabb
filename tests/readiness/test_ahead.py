"""What boards are read from is kept in the background, before somebody waits for it."""

import pytest
from django.db import OperationalError, models
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bench.dataset import build
from evidence.readiness import tasks
from evidence.readiness.keeping import board_of_today
from evidence.readiness.models import KeptBoard
from evidence.readiness.queries import board
from evidence.readiness.tasks import behind, keep_ahead
from qualiopi.background.queries import JUST_ASKED
from qualiopi.background.verbs import take_up_what_is_left
from tests.factories import OrganisationFactory
from trainings.facts.keeping import gather_ahead
from trainings.facts.models import FactMark, KeptFacts
from trainings.facts.triggers import after_migrate
from trainings.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    """Four sessions with all that goes with them, of which nothing is kept."""
    return build("gardes", 4)


def due():
    return list(behind()[1])


def keep(organisation):
    keep_ahead.func(str(organisation.pk))


def test_a_board_is_there_before_anybody_opens_it(organisation, django_assert_num_queries):
    assert due() == [organisation.pk]
    keep(organisation)
    assert due() == []
    assert (KeptFacts.objects.count(), FactMark.objects.count()) == (4, 0)
    with django_assert_num_queries(1):
        kept = board_of_today(organisation)
    assert kept.statuses == board(organisation=organisation).statuses


def test_after_migrate_every_organisation_with_sessions_is_due(organisation):
    OrganisationFactory()
    keep(organisation)
    after_migrate("default")
    assert due() == [organisation.pk]
    keep(organisation)
    assert due() == []


@pytest.mark.parametrize(("changes", "expected"), [(50, False), (51, True)])
def test_few_changes_wait_for_a_reader_and_many_do_not(organisation, changes, expected):
    keep(organisation)
    first = Session.objects.for_organisation(organisation).first()
    FactMark.objects.bulk_create(FactMark(organisation=organisation, session=first.pk) for _ in range(changes))
    assert (due() == [organisation.pk]) is expected


def test_it_goes_on_where_it_was_stopped(organisation, monkeypatch):
    """Stopped after one portion: what is kept stays, and the rest is kept next time."""
    left = [2, None]

    def portion(organisation, reading):
        if (most := left.pop(0)) is None:
            raise OperationalError("stopped")
        return gather_ahead(organisation, reading, most=most)

    monkeypatch.setattr(tasks, "gather_ahead", portion)
    with pytest.raises(OperationalError):
        keep(organisation)
    before = dict(KeptFacts.objects.values_list("session", "facts"))
    assert len(before) == 2
    KeptFacts.objects.update(facts=models.functions.Concat("facts", models.Value(" ")))
    monkeypatch.undo()
    keep(organisation)
    after = dict(KeptFacts.objects.values_list("session", "facts"))
    assert len(after) == 4
    assert sum(facts.endswith(" ") for facts in after.values()) == 2  # those of the first portion were not written again


def test_an_organisation_that_is_no_more_is_nothing_to_keep(organisation):
    keep_ahead.func("00000000-0000-0000-0000-000000000000")
    assert not KeptFacts.objects.exists()
    assert not KeptBoard.objects.exists()


def test_a_worker_asks_for_it_once(organisation, caplog, worker):
    take_up_what_is_left()
    take_up_what_is_left()
    (asked,) = DBTaskResult.objects.all()
    assert asked.args_kwargs == {"args": [str(organisation.pk)], "kwargs": {}}
    assert caplog.records == []
    worker()
    assert KeptFacts.objects.count() == 4
    take_up_what_is_left()
    assert DBTaskResult.objects.count() == 1


@pytest.mark.usefixtures("queue")
def test_what_broke_is_not_asked_for_again_at_once(organisation):
    take_up_what_is_left()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    take_up_what_is_left()
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(enqueued_at=timezone.now() - JUST_ASKED)
    take_up_what_is_left()
    assert DBTaskResult.objects.count() == 2


@pytest.mark.parametrize("more", [0, 3])
def test_looking_takes_one_query_whatever_the_organisations(organisation, more, django_assert_num_queries):
    for _turn in range(more):
        OrganisationFactory()
    with django_assert_num_queries(1):
        due()
