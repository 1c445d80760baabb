"""Fills an empty product with invented organisations, made with the same verbs as everybody's."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from evidence.demo.cast import ORGANISATIONS
from evidence.demo.stages import Stage, World
from evidence.demo.world import build
from qualiopi.files.verbs import all_or_nothing
from qualiopi.organisations.models import Organisation


class Command(BaseCommand):
    """`manage.py seed_demo [--stage onboarding|running|pre_audit|post_audit] [--seed N] [--sessions N]`."""

    help = "Crée les organismes de démonstration. La même graine, le même jour, donne les mêmes données."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stage", choices=[stage.value for stage in Stage], default=Stage.RUNNING.value)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--sessions", type=int, default=31, help="Nombre de sessions par organisme.")

    def handle(self, *args: Any, **options: Any) -> None:
        password = getattr(settings, "DEMO_PASSWORD", "")
        if not password:
            raise CommandError("La démonstration a un mot de passe public : elle ne se crée pas avec les réglages de production.")
        if options["sessions"] < 0:
            raise CommandError("Le nombre de sessions ne peut pas être négatif.")
        taken = Organisation.objects.filter(slug__in=[slug for slug, *_rest in ORGANISATIONS]).first()
        if taken is not None:
            raise CommandError(f"La démonstration existe déjà ({taken.name}). Rien n'a été changé.")
        world = World(
            stage=Stage(options["stage"]),
            seed=options["seed"],
            sessions=options["sessions"],
            today=timezone.localdate(),
            password=password,
        )
        with all_or_nothing(), transaction.atomic():
            organisations = build(world)
        self.stdout.write(f"Organismes créés : {', '.join(organisation.name for organisation in organisations)}.")
        call_command("show_demo_accounts", stdout=self.stdout)
