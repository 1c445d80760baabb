"""Send what is due. Safe to run every five minutes, twice at once, or after a day off."""

from __future__ import annotations

import logging
import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

from qualiopi.background.verbs import patiently
from trainings.clock import Report, send_due
from trainings.facts.keeping import forget_unread

logger = logging.getLogger("temoin.clock")
# Seconds for which a round waits for a database that is held or away; the next round comes anyway.
PATIENCE = 180.0


class Command(BaseCommand):
    """One round of the clock, or one every few minutes."""

    help = "Envoie ce qui est arrivé à son jour : enquêtes, documents, questionnaires avant la formation, relances."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every",
            type=int,
            metavar="MINUTES",
            help="recommence toutes les MINUTES, jusqu'à ce qu'on l'arrête (sinon : une fois)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done; exit with 1 when something broke (what only waits for a person is not a failure)."""
        stop = Event()
        if options["every"] is None:
            report = patiently(lambda: self._round(options["verbosity"]), pause=stop.wait, longest=PATIENCE)
            if report.broken:
                raise CommandError("\n".join(f"En panne : {line}" for line in report.broken), returncode=1)
            return
        if options["every"] < 1:
            raise CommandError("Indiquez un nombre de minutes, à partir de 1.", returncode=2)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_received: stop.set())
        while not stop.is_set():
            try:
                report = patiently(lambda: self._round(options["verbosity"]), pause=stop.wait, longest=PATIENCE)
            except Exception:  # a database that is away comes back: the next round will find what is due
                logger.exception("The round of the clock failed")
            else:
                for line in report.broken:
                    self.stderr.write(f"En panne : {line}")
            close_old_connections()
            stop.wait(options["every"] * 60)

    def _round(self, verbosity: int) -> Report:
        report = send_due(now=timezone.now())
        for name in settings.CLOCK_ROUNDS:
            report.done += import_string(name)(now=timezone.now())
        forget_unread()
        if verbosity > 0:
            for title, lines in (("Fait", report.done), ("En attente", report.waiting)):
                for line in lines:
                    self.stdout.write(f"{title} : {line}")
            if not (report.done or report.waiting or report.broken):
                self.stdout.write("Rien à envoyer.")
        return report
