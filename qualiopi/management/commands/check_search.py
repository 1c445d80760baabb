"""Whether every row is still found by what it says; `--rebuild` folds again what is not."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models, transaction

from qualiopi.folding import fold_again, folded_columns, stale_keys


class Command(BaseCommand):
    help = "Compare ce par quoi on trouve chaque ligne avec ce qu'elle dit ; --rebuild le refait."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="refaire ce qui ne correspond plus")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for model in searched_models():
            stale = stale_keys(model)
            wrong += len(stale)
            if stale:
                self.stdout.write(f"{model._meta.verbose_name_plural} : {len(stale)} à refaire.")
                if options["rebuild"]:
                    with transaction.atomic():
                        fold_again(model, stale)
        if not wrong:
            self.stdout.write("Tout se trouve par ce qu'il dit.")
        elif options["rebuild"]:
            self.stdout.write("C'est refait.")
        else:
            self.stdout.write("Lancez cette commande avec --rebuild.")
            sys.exit(1)


def searched_models() -> list[type[models.Model]]:
    """Every model that has folded columns."""
    return [model for model in apps.get_models() if folded_columns(model)]
