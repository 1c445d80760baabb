"""Which indicators concern a profile, on an audit date."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qualiopi.management.profiles import read_json
from qualiopi.standard.applicability import applicability
from qualiopi.standard.grids import grid_for
from qualiopi.standard.model import Grid
from qualiopi.standard.profile import Profile, ProfileError

WORDS = {"yes": "oui", "no": "non", "unknown": "à préciser"}


class Command(BaseCommand):
    help = "Dit quels indicateurs concernent un profil d'activité, ou une liste de profils, à une date d'audit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--audit-date", required=True, help="date de l'audit (AAAA-MM-JJ)")
        parser.add_argument(
            "--profile", required=True, help="fichier JSON : un profil ou une liste de profils ; - pour l'entrée standard"
        )
        parser.add_argument("--format", choices=("table", "json"), default="table", help="présentation (table par défaut)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            grid = grid_for(date.fromisoformat(options["audit_date"]))
        except ValueError as error:
            raise CommandError(
                f"« {options['audit_date']} » n'est pas une date : écrivez-la AAAA-MM-JJ.", returncode=2
            ) from error
        data = read_json(options["profile"])
        several = isinstance(data, list)
        profiles = [self._profile(place, one, several) for place, one in enumerate(data if several else [data], start=1)]
        answers = [self._answers(grid, profile) for profile in profiles]
        if options["format"] == "json":
            self.stdout.write(json.dumps(answers if several else answers[0], ensure_ascii=False, indent=2))
            return
        for place, rows in enumerate(answers, start=1):
            self.stdout.write(f"{grid.name}" + (f", profil {place}" if several else ""))
            for row in rows:
                self.stdout.write(f"{row['number']:>3}  {WORDS[row['applicable']]:<11} {row['reason']} ({row['source']})")

    def _profile(self, place: int, data: object, several: bool) -> Profile:
        try:
            return Profile.from_data(data)
        except ProfileError as error:
            prefix = f"Profil {place} : " if several else ""
            raise CommandError(prefix + " ".join(error.sentences), returncode=2) from error

    def _answers(self, grid: Grid, profile: Profile) -> list[dict[str, Any]]:
        return [
            {
                "number": answer.number,
                "label": indicator.label,
                "applicable": answer.answer.value,
                "reason": answer.reason,
                "source": answer.source,
                "grid": grid.id,
            }
            for indicator, answer in zip(grid.indicators, applicability(grid, profile), strict=True)
        ]
