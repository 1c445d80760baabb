"""Opening an organisation from a page: the first of all, and those of who holds the server."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.accounts.verbs import one_at_a_time
from qualiopi.journal.verbs import record
from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import Member, Organisation
from qualiopi.organisations.verbs.members import add_member
from qualiopi.organisations.verbs.organisation import create_organisation


@transaction.atomic
def open_first_organisation(*, name: str, full_name: str, email: str, password: str) -> Member:
    """Open the first account and the organisation that it manages; one that a command opened under this name is taken as it is.

    Raises ValidationError when an account exists: of two who send the same code, one opens. Writes the journal.
    """
    one_at_a_time("opening")
    if User.objects.exists():
        raise ValidationError(_("Un compte existe déjà : connectez-vous, ou faites-vous inviter."))
    user = User(email=email.strip().lower(), full_name=full_name.strip())
    user.set_password(password)
    user.full_clean()
    user.save()
    organisation = Organisation.objects.filter(name__iexact=name.strip()).first()
    organisation = organisation or create_organisation(slug=free_address(name), name=name, actor=user)
    record(verb="account.created", actor=user, organisation_id=organisation.pk, target=user)
    return add_member(organisation=organisation, email=user.email, full_name="", role=Role.QUALITY_MANAGER, actor=user)


@transaction.atomic
def open_organisation(*, name: str, actor: User) -> Member:
    """Open an organisation that `actor` manages. Raises ValidationError for an odd name. Writes the journal."""
    organisation = create_organisation(slug=free_address(name), name=name, actor=actor)
    return add_member(organisation=organisation, email=actor.email, full_name="", role=Role.QUALITY_MANAGER, actor=actor)


def free_address(name: str) -> str:
    """An address that nobody has, made of this name: "Ateliers du Fil" gives "ateliers-du-fil", then "ateliers-du-fil-2"."""
    wanted = slugify(name)[:50].strip("-") or "organisme"
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found
