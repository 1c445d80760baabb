"""Makes the evidence pack of an organisation and writes it as one ZIP."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from evidence.packs.verbs import ask_for_pack, build_pack, plan_of
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import day_argument
from qualiopi.zones import on_days_of


class Command(BaseCommand):
    """`manage.py build_pack --organisation SLUG --audit-date DATE --output FILE`."""

    help = "Prépare le dossier de preuves d'un organisme pour une date d'audit et l'écrit dans un fichier ZIP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--audit-date", required=True, type=day_argument, metavar="AAAA-MM-JJ")
        parser.add_argument("--output", required=True, type=Path, metavar="FICHIER")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"Aucun organisme n'a pour adresse « {options['organisation']} ».")
        output: Path = options["output"]
        if not output.parent.is_dir():
            raise CommandError(f"Le dossier {output.parent} n'existe pas : créez-le d'abord.")
        pack = ask_for_pack(organisation=organisation, audit_date=options["audit_date"], actor=None)
        pack = build_pack(pack_id=pack.pk)
        partial = output.with_name(output.name + ".partiel")
        with partial.open("wb") as file, on_days_of(organisation):
            for piece in plan_of(pack).stream():
                file.write(piece)
        shutil.move(partial, output)
        self.stdout.write(
            f"{output} : {pack.file_count} pièces, {pack.missing_count} manques signalés, {pack.size} octets.\n"
            f"SHA-256 {pack.sha256}\n"
            f"Dossier précédent : {pack.previous.sha256 if pack.previous else 'aucun'}"
        )
        self.stdout.write(f"Gardé dans {settings.PRODUCT_NAME} sous {pack.pk}.")
