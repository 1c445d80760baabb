"""Open a network of organisations from the command line, and invite its first head."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction

from qualiopi.management.invitations import person, refusal, tell
from qualiopi.organisations.emails import HeadInvitation
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.verbs import add_network_head, create_network, invite_head, join_network, open_account


class Command(BaseCommand):
    help = (
        "Ouvre un réseau d'organismes et invite sa tête de réseau, qui entre dans chacun : un message part, et le lien "
        "s'affiche (fait avec SITE_URL)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="adresse du réseau : lettres sans accent, chiffres et tirets")
        parser.add_argument("--name", required=True, help="nom du réseau")
        parser.add_argument("--head", help="qui est invité : adresse@exemple.fr ou « Prénom Nom <adresse@exemple.fr> »")
        parser.add_argument("--organisation", action="append", default=[], help="adresse d'un organisme déjà ouvert ; se répète")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["slug"]
        invitation = None
        try:
            with transaction.atomic():
                network = create_network(slug=slug, name=options["name"], actor=None)
                for address in options["organisation"]:
                    join_network(organisation=_organisation(address), network=network, actor=None)
                if options["head"]:
                    user = open_account(**person(options["head"]), actor=None)
                    head = add_network_head(network=network, user=user, actor=None)
                    invitation = HeadInvitation(head=head, inviter=None, site=f"{settings.SITE_URL}/")
        except ValidationError as error:
            raise refusal(error) from error
        told: dict[str, Any] = {"slug": network.slug, "name": network.name, "organisations": options["organisation"]}
        if invitation is not None:
            told |= tell(self, invitation, invite_head(head=invitation.head, actor=None, site=invitation.site))
        self.stderr.write(f"Pour y ouvrir un organisme : manage.py create_organisation ADRESSE --name NOM --network {slug}")
        self.stdout.write(json.dumps(told, ensure_ascii=False))


def _organisation(slug: str) -> Organisation:
    found: Organisation | None = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise ValidationError(f"Aucun organisme n’est à l’adresse « {slug} ».")
    return found
