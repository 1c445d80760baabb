"""`manage.py show_demo_accounts`: who can sign in to the demo, and with which password."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import Q

from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import Member, NetworkMember

INVENTED = Q(user__email__endswith="exemple.fr") | Q(user__email__endswith=".example")


class Command(BaseCommand):
    help = "Dit qui peut se connecter à la démonstration, et avec quel mot de passe."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per invented person and role. The password is that of the settings, the same for all."""
        people = [
            (member.user.email, Role.NETWORK_HEAD.label, member.network.name)
            for member in NetworkMember.objects.filter(INVENTED)
            .select_related("user", "network")
            .order_by("network__name", "user__email")
        ] + [
            (member.user.email, member.get_role_display(), member.organisation.name)
            for member in Member.objects.filter(INVENTED)
            .select_related("user", "organisation")
            .order_by("organisation__name", "role", "user__email")
        ]
        if not people or not getattr(settings, "DEMO_PASSWORD", ""):
            self.stdout.write("Aucun compte de démonstration : « manage.py seed_demo » en crée.")
            return
        self.stdout.write(f"Comptes de démonstration, mot de passe {settings.DEMO_PASSWORD} :")
        for email, role, where in people:
            self.stdout.write(f"  {email:<36} {role}, {where}")
