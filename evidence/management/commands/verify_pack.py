"""Checks a pack offline: lists what was altered, removed or added."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evidence.packs.verification import UnreadablePack, verify


class Command(BaseCommand):
    """`manage.py verify_pack FILE`: exit 0 when nothing moved, 1 otherwise, 2 when the file is no pack."""

    help = "Vérifie un dossier de preuves : fichiers altérés, retirés ou ajoutés depuis sa préparation."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = verify(options["file"])
        except UnreadablePack as error:
            raise CommandError(str(error), returncode=2) from error
        for word, paths in (("altéré", found.altered), ("retiré", found.removed), ("ajouté", found.added)):
            for path in paths:
                self.stdout.write(f"{word} : {path}")
        if not found.intact:
            raise CommandError("Ce dossier n'est plus celui qui a été préparé.", returncode=1)
        self.stdout.write(f"{found.checked} fichiers vérifiés, rien n'a bougé.")
