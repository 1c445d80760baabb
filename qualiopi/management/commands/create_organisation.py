"""Open an organisation from the command line, and invite its first person."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from qualiopi.management.invitations import person, refusal, tell
from qualiopi.management.profiles import read_json
from qualiopi.organisations.emails import Invitation
from qualiopi.organisations.enums import Role, TimeZone
from qualiopi.organisations.models import Network
from qualiopi.organisations.verbs import add_member, create_organisation, invite
from qualiopi.standard.profile import Profile, ProfileError


class Command(BaseCommand):
    help = (
        "Ouvre un organisme de formation, avec son profil d'activité s'il est connu, et invite sa première personne "
        "responsable de la qualité : un message part, et le lien s'affiche (fait avec SITE_URL)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="adresse de l'organisme : lettres sans accent, chiffres et tirets")
        parser.add_argument("--name", required=True, help="nom de l'organisme")
        parser.add_argument("--profile", help="fichier JSON du profil d'activité, ou - pour l'entrée standard")
        parser.add_argument("--network", help="adresse du réseau auquel il appartient (manage.py create_network)")
        parser.add_argument(
            "--time-zone",
            choices=TimeZone.values,
            default=TimeZone.PARIS.value,
            help="heure locale (Europe/Paris sans cette option)",
        )
        parser.add_argument("--manager", help="qui est invité : adresse@exemple.fr ou « Prénom Nom <adresse@exemple.fr> »")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["slug"]
        invitation = None
        try:
            profile = Profile.from_data(read_json(options["profile"])) if options["profile"] else None
            with transaction.atomic():
                network = _network(options["network"])
                card = {"time_zone": options["time_zone"]}
                organisation = create_organisation(
                    slug=slug, name=options["name"], profile=profile, network=network, card=card, actor=None
                )
                if options["manager"]:
                    who = person(options["manager"])
                    member = add_member(organisation=organisation, role=Role.QUALITY_MANAGER, actor=None, **who)
                    invitation = Invitation(member=member, inviter=None, site=f"{settings.SITE_URL}/")
        except ProfileError as error:
            raise CommandError(" ".join(error.sentences), returncode=2) from error
        except ValidationError as error:
            raise refusal(error) from error
        told: dict[str, Any] = {"slug": organisation.slug, "name": organisation.name}
        if invitation is not None:
            told |= tell(self, invitation, invite(member=invitation.member, actor=None, site=invitation.site))
        else:
            self.stderr.write(f"Personne n’est invité. Pour le faire : manage.py invite_manager {slug} adresse@exemple.fr")
        self.stdout.write(json.dumps(told, ensure_ascii=False))


def _network(slug: str | None) -> Network | None:
    if not slug:
        return None
    found = Network.objects.filter(slug=slug).first()
    if found is None:
        raise ValidationError(
            f"Aucun réseau n’est à l’adresse « {slug} ». Ouvrez-le d’abord : manage.py create_network {slug} --name NOM"
        )
    return found
