"""Open an organisation from the command line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from qualiopi.management.profiles import read_json
from qualiopi.organisations.verbs import create_organisation
from qualiopi.standard.profile import Profile, ProfileError


class Command(BaseCommand):
    help = "Ouvre un organisme de formation, avec son profil d'activité s'il est connu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="adresse de l'organisme : lettres, chiffres et tirets")
        parser.add_argument("--name", required=True, help="nom de l'organisme")
        parser.add_argument("--profile", help="fichier JSON du profil d'activité, ou - pour l'entrée standard")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            profile = Profile.from_data(read_json(options["profile"])) if options["profile"] else None
            organisation = create_organisation(slug=options["slug"], name=options["name"], profile=profile, actor=None)
        except ProfileError as error:
            raise CommandError(" ".join(error.sentences), returncode=2) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=1) from error
        self.stdout.write(json.dumps({"slug": organisation.slug, "name": organisation.name}, ensure_ascii=False))
