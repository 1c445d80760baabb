"""Being at work: a sign of life that others read, one holder per row, and taking up what a vanished process left."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from qualiopi.background.models import Worker
from qualiopi.background.queries import BEAT, JUST_ASKED, alive_workers

logger = logging.getLogger("temoin.background")

Given = TypeVar("Given")
# What a database says when it is held by somebody else, or away.
DatabaseAway = (OperationalError, InterfaceError)
# Seconds between two tries, and how long one goes on; what has worked for two minutes starts from the beginning.
WAITS = (1, 2, 5, 10, 15, 30)
PATIENCE, SETTLED = 600.0, 120.0
# Begun that often, and each time whoever made it vanished: something in it ends processes.
MOST_ATTEMPTS = 3
_here: ContextVar[Presence | None] = ContextVar("presence", default=None)


class SupersededError(Exception):
    """Somebody else took over while we were silent: what we were making is theirs now."""


class Presence:
    """This process at work, known to the others by its row."""

    def __init__(self, *, takes_up: bool) -> None:
        self.id = uuid.uuid4()
        self.takes_up = takes_up
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="sign of life", daemon=True)

    def take(self, rows: QuerySet[Any]) -> bool:
        """Hold the one row of `rows`, unless it is not among them (done, or no longer wanted) or a live worker holds it.

        Of two who ask at once, one has it. Who had it already, without an end, takes it again.
        """
        for holder in rows.values_list("held_by", flat=True)[:1]:
            if holder not in (None, self.id) and holder in alive_workers():
                return False
            return bool(rows.filter(held_by=holder).update(held_by=self.id, attempts=F("attempts") + 1))
        return False

    def note(self, rows: QuerySet[Any], **values: Any) -> None:
        """Write on the row that we hold. Raises SupersededError when it is no longer ours."""
        if not rows.filter(held_by=self.id).update(**values):
            raise SupersededError

    def leave(self, rows: QuerySet[Any]) -> None:
        """Give the row back unfinished: whoever looks for what is left takes it up."""
        patiently(lambda: rows.filter(held_by=self.id).update(held_by=None))

    def start(self) -> None:
        """Tell the others that we are here."""
        patiently(lambda: Worker.objects.create(pk=self.id, alive_at=timezone.now()))
        self._thread.start()

    def end(self) -> None:
        """Tell them that we are gone."""
        self._over.set()
        self._thread.join(BEAT.total_seconds())
        # Untold, our silence tells it.
        with suppress(DatabaseError):
            Worker.objects.filter(pk=self.id).delete()

    def _beat(self) -> None:
        while not self._over.wait(BEAT.total_seconds()):
            try:
                here = Worker.objects.filter(pk=self.id).update(alive_at=timezone.now())
                if self.takes_up:
                    if not here:  # forgotten after a long sleep of the machine
                        Worker.objects.create(pk=self.id, alive_at=timezone.now())
                    take_up_what_is_left()
            except DatabaseError as error:
                logger.warning("Le signe de vie attend : %s", error)
            finally:
                connection.close()


@contextmanager
def at_work(*, takes_up: bool = False) -> Iterator[Presence]:
    """This process as a worker that others see; inside another one, the same. `takes_up`: it looks for what others left, too."""
    here = _here.get()
    if here is not None:
        yield here
        return
    here = Presence(takes_up=takes_up)
    here.start()
    token = _here.set(here)
    try:
        yield here
    finally:
        _here.reset(token)
        here.end()


def patiently(
    action: Callable[[], Given], *, pause: Callable[[float], bool | None] = time.sleep, longest: float = PATIENCE
) -> Given:
    """What `action` gives, tried again while the database is held or away, `longest` seconds in all; a line says each time.

    `action` must be safe to run again. `pause`: waits some seconds, and answers True when one must stop waiting. Raises what the last
    try raised.
    """
    since, tries = time.monotonic(), 0
    while True:
        began = time.monotonic()
        try:
            return action()
        except DatabaseAway as error:
            now = time.monotonic()
            if now - began >= SETTLED:
                since, tries = now, 0
            wait = WAITS[min(tries, len(WAITS) - 1)]
            tries += 1
            if now - since > longest:
                raise
            logger.warning(
                "La base est occupée ou absente (%s) : nouvel essai dans %d s. / The database is busy or away, next try in %d s.",
                error,
                wait,
                wait,
            )
            connection.close()
            if pause(wait):
                raise


def take_up_what_is_left() -> None:
    """Put what vanished workers left back in the queue: tasks they had begun, and work that no task asks for any more; then ask for what
    is better done before somebody waits for it."""
    alive = alive_workers()
    names = {str(worker) for worker in alive}
    for task in DBTaskResult.objects.running():
        if not task.worker_ids or task.worker_ids[-1] not in names:
            again = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
            if again.update(status=TaskResultStatus.READY):
                logger.warning("La tâche %s, laissée par un processus disparu, est reprise.", task.task_path)
    for name in settings.BACKGROUND_WORK:
        task, rows = import_string(name)(alive)
        for pk in rows:
            if _ask(task, str(pk)):
                logger.warning("%s (%s) n'était plus demandé par personne : il l'est de nouveau.", task.module_path, pk)
    for name in settings.BACKGROUND_AHEAD:
        task, rows = import_string(name)()
        for pk in rows:
            # One that breaks, or does not help, is not asked for at each beat.
            if not _asked(task, str(pk)).filter(enqueued_at__gt=timezone.now() - JUST_ASKED).exists():
                _ask(task, str(pk))
    Worker.objects.filter(alive_at__lt=timezone.now() - timedelta(days=1)).delete()


def _ask(task: Any, argument: str) -> bool:
    """Ask for it, unless somebody did and it is not done."""
    if _asked(task, argument).filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)).exists():
        return False
    task.enqueue(argument)
    return True


def _asked(task: Any, argument: str) -> QuerySet[Any]:
    """Every time it was asked for."""
    found: QuerySet[Any] = DBTaskResult.objects.filter(task_path=task.module_path, args_kwargs={"args": [argument], "kwargs": {}})
    return found
