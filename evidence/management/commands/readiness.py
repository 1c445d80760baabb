"""Where an organisation stands on each indicator, with everything that is missing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evidence.readiness.export import as_data
from evidence.readiness.queries import Board, board
from evidence.readiness.wording import next_told
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import day_argument
from qualiopi.web.status import status_word


class Command(BaseCommand):
    """The same answers as the pages."""

    help = "Dit où en est un organisme sur chaque indicateur, et tout ce qui manque."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument(
            "--audit-date",
            type=day_argument,
            metavar="AAAA-MM-JJ",
            help="par défaut : le prochain audit, sinon aujourd'hui",
        )
        parser.add_argument("--indicator", type=int, metavar="N", help="un seul indicateur")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table or the JSON list."""
        try:
            organisation = Organisation.objects.select_related("profile").get(slug=options["organisation"])
        except Organisation.DoesNotExist:
            raise CommandError(f"Aucun organisme ne s'appelle « {options['organisation']} ».") from None
        found = board(organisation=organisation, audit_date=options["audit_date"])
        statuses = list(found.statuses)
        if options["indicator"] is not None:
            statuses = [status for status in statuses if status.number == options["indicator"]]
            if not statuses:
                raise CommandError(f"La grille {found.grid.id} n'a pas d'indicateur {options['indicator']}.")
        if options["format"] == "json":
            self.stdout.write(
                json.dumps([as_data(organisation.slug, status) for status in statuses], ensure_ascii=False, indent=2)
            )
            return
        self._table(found, {status.number for status in statuses})

    def _table(self, found: Board, numbers: set[int]) -> None:
        self.stdout.write(f"{found.organisation.name}, audit du {found.audit_date:%d/%m/%Y}, grille {found.grid.id}")
        for status in found.statuses:
            if status.number not in numbers:
                continue
            self.stdout.write(
                f"{status.number:>2}  {status_word(status.status.value):<20} {status.observed or ' '.join(status.reasons)}"
            )
            for missing in status.missing:
                self.stdout.write(f"      - {missing.sentence}")
            for renewal in status.renewals:
                self.stdout.write(f"      ~ {renewal.sentence}")
            if status.next_action:
                due = f" (avant le {status.due_on:%d/%m/%Y})" if status.due_on else ""
                self.stdout.write(f"      > {next_told(status)}{due}")
