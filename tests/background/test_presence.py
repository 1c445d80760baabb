"""Being at work: one holder per row, a sign of life that others read, and what vanished processes left."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from evidence.packs.models import Pack, PackState
from evidence.packs.queries import unfinished
from evidence.packs.tasks import build_in_background
from qualiopi.background import verbs
from qualiopi.background.models import Worker
from qualiopi.background.queries import JUST_ASKED, SILENCE
from qualiopi.background.verbs import SupersededError, at_work, patiently, take_up_what_is_left
from tests.factories import OrganisationFactory


def worker(*, silent_for=timedelta(0)):
    return Worker.objects.create(alive_at=timezone.now() - silent_for).pk


def pack(*, asked_ago=2 * JUST_ASKED, **fields):
    day = timezone.localdate()
    made = Pack.objects.create(organisation=OrganisationFactory(), audit_date=day, observed_on=day, **fields)
    Pack.objects.filter(pk=made.pk).update(created_at=timezone.now() - asked_ago)
    return made


def task(subject, *, status, by=()):
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [str(subject.pk)], "kwargs": {}},
        task_path=build_in_background.module_path,
        backend_name="default",
        run_after=get_date_max(),
        started_at=timezone.now() if by else None,
        worker_ids=[str(each) for each in by],
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("holder", "state", "taken"),
    [
        (None, PackState.QUEUED, True),
        (None, PackState.BUILDING, True),
        ("alive", PackState.BUILDING, False),
        ("silent", PackState.BUILDING, True),
        ("unknown", PackState.BUILDING, True),
        ("itself", PackState.BUILDING, True),
        (None, PackState.FAILED, False),
    ],
)
def test_a_row_has_one_live_holder(holder, state, taken):
    with at_work() as here:
        others = {"alive": worker(), "silent": worker(silent_for=SILENCE), "unknown": uuid4(), "itself": here.id, None: None}
        wanted = pack(state=state, held_by=others[holder], failure="Arrêtée." if state == PackState.FAILED else "")
        assert here.take(unfinished().filter(pk=wanted.pk)) is taken
        wanted.refresh_from_db()
        assert (wanted.held_by, wanted.attempts) == ((here.id, 1) if taken else (others[holder], 0))


@pytest.mark.django_db
def test_who_was_taken_over_writes_nothing_more():
    wanted = pack(state=PackState.BUILDING, held_by=worker(), progress=10)
    rows = unfinished().filter(pk=wanted.pk)
    with at_work() as here, pytest.raises(SupersededError):
        here.note(rows, progress=50)
    assert rows.get().progress == 10


@pytest.mark.django_db
def test_a_process_at_work_is_seen_while_it_works_and_once():
    assert Worker.objects.count() == 0
    with at_work() as outer, at_work() as inner:
        assert (inner is outer, list(Worker.objects.values_list("pk", flat=True))) == (True, [outer.id])
    assert Worker.objects.count() == 0


@pytest.fixture
def in_the_database(settings):
    """Tasks wait in the database, as outside the tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.django_db
def test_a_task_whose_worker_vanished_waits_again_and_others_go_on(in_the_database):
    alive, silent = worker(), worker(silent_for=SILENCE)
    kept = task(pack(held_by=alive), status=TaskResultStatus.RUNNING, by=[silent, alive])
    left = task(pack(held_by=silent), status=TaskResultStatus.RUNNING, by=[silent])
    done = task(pack(state=PackState.FAILED, failure="Arrêtée."), status=TaskResultStatus.SUCCESSFUL, by=[silent])
    take_up_what_is_left()
    take_up_what_is_left()
    assert dict(DBTaskResult.objects.values_list("pk", "status")) == {
        kept.pk: TaskResultStatus.RUNNING,
        left.pk: TaskResultStatus.READY,
        done.pk: TaskResultStatus.SUCCESSFUL,
    }


@pytest.mark.django_db
def test_work_that_no_task_asks_for_is_asked_for_once(in_the_database):
    lost = pack(state=PackState.BUILDING, held_by=worker(silent_for=SILENCE))
    never_asked = pack(state=PackState.QUEUED)
    pack(state=PackState.QUEUED, asked_ago=timedelta(0))
    pack(state=PackState.BUILDING, held_by=worker())
    waiting = pack(state=PackState.QUEUED)
    task(waiting, status=TaskResultStatus.READY)
    take_up_what_is_left()
    take_up_what_is_left()
    asked = [row.args_kwargs["args"][0] for row in DBTaskResult.objects.filter(status=TaskResultStatus.READY)]
    assert sorted(asked) == sorted(str(each.pk) for each in (lost, never_asked, waiting))


class Clock:
    """Hours that pass only when one waits, or works."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waited: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    found = Clock()
    monkeypatch.setattr(verbs.time, "monotonic", found.monotonic)
    return found


def locked(clock, times, *, taking=45.0):
    """Something that meets a held database so many times before it goes through."""
    tries = iter(range(times))

    def act():
        clock.now += taking
        if next(tries, None) is not None:
            raise OperationalError("database is locked")
        return "fait"

    return act


@pytest.mark.django_db
def test_a_held_database_is_waited_for_with_a_line(clock, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(verbs.logger, "warning", lambda sentence, *values: said.append(sentence % values))
    assert patiently(locked(clock, 2), pause=clock.wait) == "fait"
    assert clock.waited == [1, 2]
    assert [line.partition(" /")[0] for line in said] == [
        "La base est occupée ou absente (database is locked) : nouvel essai dans 1 s.",
        "La base est occupée ou absente (database is locked) : nouvel essai dans 2 s.",
    ]


@pytest.mark.django_db
def test_it_is_not_waited_for_without_end(clock):
    with pytest.raises(OperationalError):
        patiently(locked(clock, 1000), pause=clock.wait)
    assert verbs.PATIENCE < clock.now < verbs.PATIENCE + 100


@pytest.mark.django_db
def test_what_worked_for_long_is_waited_for_anew(clock):
    assert patiently(locked(clock, 50, taking=verbs.SETTLED), pause=clock.wait) == "fait"
    assert clock.waited == [1] * 50


@pytest.mark.django_db
def test_who_is_asked_to_stop_waits_no_more(clock):
    with pytest.raises(OperationalError):
        patiently(locked(clock, 1000), pause=lambda _seconds: True)
    assert clock.now == 45.0
