"""Invite somebody to manage an organisation that nobody can enter any more, or yet."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from qualiopi.management.invitations import person, refusal, tell
from qualiopi.organisations.emails import Invitation
from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.verbs import add_member, invite


class Command(BaseCommand):
    help = (
        "Invite une personne responsable de la qualité dans un organisme déjà ouvert : un message part, et le lien "
        "s'affiche (fait avec SITE_URL)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="adresse de l'organisme")
        parser.add_argument("who", metavar="ADRESSE", help="adresse@exemple.fr ou « Prénom Nom <adresse@exemple.fr> »")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["slug"]).first()
        try:
            if organisation is None:
                raise ValidationError(
                    f"Aucun organisme n’est à l’adresse « {options['slug']} ». Ouvrez-le : manage.py create_organisation "
                    f"{options['slug']} --name NOM --manager ADRESSE"
                )
            who = person(options["who"])
            member = add_member(organisation=organisation, role=Role.QUALITY_MANAGER, actor=None, **who)
        except ValidationError as error:
            raise refusal(error) from error
        invitation = Invitation(member=member, inviter=None, site=f"{settings.SITE_URL}/")
        told = tell(self, invitation, invite(member=member, actor=None, site=invitation.site))
        self.stdout.write(json.dumps({"slug": organisation.slug, "name": organisation.name, **told}, ensure_ascii=False))
