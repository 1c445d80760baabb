"""`manage.py db_worker`: does the tasks that wait in the database, one after the other, until it is asked to stop.

It stands before the command of django-tasks-db, whose loop it runs: theirs ends when somebody else holds the database for longer than
it waits, and does not know when a worker vanished.
"""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker, valid_interval
from django_tasks_db.models import DBTaskResult

from qualiopi.background.verbs import DatabaseAway, at_work, patiently, take_up_what_is_left


class PatientWorker(Worker):
    """Their worker; a task whose end could not be written is put back, and finds its work done."""

    def run_task(self, db_task_result: Any) -> None:
        """Do one task."""
        try:
            super().run_task(db_task_result)
        except DatabaseAway:
            task = DBTaskResult.objects.running().filter(pk=db_task_result.pk)
            patiently(lambda: task.update(status=TaskResultStatus.READY))


class Command(BaseCommand):
    """Work until asked to stop."""

    help = "Prépare ce qui se prépare en arrière-plan : dossiers de preuves, séries de documents."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help="s'arrête quand plus rien n'attend")
        parser.add_argument(
            "--interval", type=valid_interval, default=1, metavar="SECONDES", help="attente entre deux regards (1 sinon)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take up what others left, then what waits."""
        if options["verbosity"] == 0:
            logging.getLogger("django_tasks").setLevel(logging.CRITICAL)
            logging.getLogger("django_tasks_db").setLevel(logging.CRITICAL)
        with at_work(takes_up=True) as presence:
            worker = PatientWorker(
                queue_names=["*"],
                excluded_queue_names=[],
                interval=options["interval"],
                batch=options["batch"],
                backend_name="default",
                startup_delay=False,
                max_tasks=None,
                worker_id=str(presence.id),
            )
            worker.configure_signals()
            patiently(take_up_what_is_left)
            patiently(worker.run)
