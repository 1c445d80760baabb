"""Who may enter: inviting, changing a role, ending an access."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.organisations.emails import HeadInvitation, Invitation, WayIn
from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import Member, Network, NetworkMember, Organisation
from qualiopi.organisations.queries import enters_elsewhere, keeps_a_manager
from qualiopi.post.outbox import Departure
from qualiopi.post.rounds import send_one
from qualiopi.post.tasks import try_again


@transaction.atomic
def open_account(
    *, email: str, full_name: str, actor: User | None, organisation_id: UUID | None = None, language: str = "fr"
) -> User:
    """The account of this address, opened without a password when there is none. An account that exists stays as it is.

    `full_name`: may be empty; its owner says it with the first password. Raises ValidationError for what is no address. Writes the
    journal.
    """
    address = email.strip().lower()
    user = User.objects.filter(email__iexact=address).first()
    if user is not None:
        return user
    try:
        validate_email(address)
    except ValidationError:
        sentence = _("« %(address)s » n’est pas une adresse e-mail : elle s’écrit nom@exemple.fr.") % {"address": email.strip()}
        raise ValidationError({"email": sentence}) from None
    user = User(email=address, full_name=full_name.strip(), language=language)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    record(verb="account.created", actor=actor, organisation_id=organisation_id, target=user)
    return user


@transaction.atomic
def change_own_account(*, user: User, fields: Mapping[str, Any]) -> User:
    """Change what somebody says of themselves: `full_name`, `language`. Writes the journal with the names of what changed, and nothing
    when nothing did. Raises ValidationError on a broken rule."""
    locked: User = User.objects.select_for_update().get(pk=user.pk)
    changed = set_fields(locked, {**fields, "full_name": fields["full_name"].strip()} if "full_name" in fields else fields)
    locked.full_clean(exclude=["password"])
    if changed:
        locked.save(update_fields=changed)
        record(verb="account.changed", actor=locked, organisation_id=None, target=locked, details={"fields": changed})
    return locked


@transaction.atomic
def add_member(
    *,
    organisation: Organisation,
    email: str,
    full_name: str,
    role: Role,
    actor: User | None,
    until: date | None = None,
    language: str = "fr",
) -> Member:
    """Give a person a role; open their account, without a password, when the address has none yet.

    `until`: last day of the access, included; compulsory for an auditor. A person whose access had ended gets it
    back. Raises ValidationError when the person is already a member, or when the end is missing or past. Writes the journal; sends
    nothing: `invite` does, once this is stored.
    """
    user = open_account(email=email, full_name=full_name, actor=actor, organisation_id=organisation.pk, language=language)
    _check_end(role, until)
    member = Member.objects.for_organisation(organisation).filter(user=user).first()
    if member is not None and member.is_open():
        raise ValidationError({"email": _("%(person)s a déjà accès à cet organisme.") % {"person": user}})
    member = member or Member(organisation=organisation, user=user)
    member.role, member.until = role, until
    member.full_clean()
    member.save()
    record(verb="member.added", actor=actor, organisation_id=organisation.pk, target=member, details=_details(role, until))
    return member


def invite(*, member: Member, actor: User | None, site: str) -> Departure:
    """Send a new member the way in, and say what became of the message. `site`: the product's address, ending with a slash.

    When the mail server does not answer, the worker tries again.
    """
    return _send(Invitation(member=member, inviter=actor, site=site))


def invite_head(*, head: NetworkMember, actor: User | None, site: str) -> Departure:
    """Send a head of network the way in; otherwise as `invite`."""
    return _send(HeadInvitation(head=head, inviter=actor, site=site))


def invite_again(*, member: Member, actor: User | None, site: str) -> Departure:
    """Send the invitation again, with a fresh link, and say what became of it. Raises ValidationError for a person whose access has
    ended or who already chose a password. Writes the journal once it left."""
    if not member.is_open() or member.user.has_usable_password():
        raise ValidationError(_("%(person)s n’attend pas d’invitation.") % {"person": member.user})
    departure = send_one(Invitation(member=member, inviter=actor, site=site)) or Departure.LEFT
    if departure is Departure.LEFT:
        record(verb="member.invited_again", actor=actor, organisation_id=member.organisation_id, target=member)
    return departure


def hand_over(*, member: Member, actor: User | None, site: str) -> str:
    """The link by which a member enters, for who gives it to them by hand because no message left; "" when it is not theirs to give.

    That by which a password is chosen opens all that the person may enter: it is given while this organisation is the only one. Writes the
    journal.
    """
    invitation = Invitation(member=member, inviter=actor, site=site)
    if invitation.password_link and enters_elsewhere(member):
        return ""
    record(verb="member.link_shown", actor=actor, organisation_id=member.organisation_id, target=member)
    return invitation.link


@transaction.atomic
def change_role(*, member: Member, role: Role, until: date | None, actor: User | None) -> Member:
    """Give a member another role, or another end. Raises ValidationError when nobody would be left to manage the organisation,
    or when the end is missing (auditor) or past. Writes the journal if something changed."""
    member = Member.objects.select_for_update().select_related("user", "organisation").get(pk=member.pk)
    if (member.role, member.until) == (role, until):
        return member
    _check_end(role, until)
    before = _details(Role(member.role), member.until)
    member.role, member.until = role, until
    member.full_clean()
    _keep_a_manager(member, leaves=role is not Role.QUALITY_MANAGER or until is not None)
    member.save(update_fields=["role", "until"])
    details = {"before": before, "after": _details(role, until)}
    record(verb="member.role_changed", actor=actor, organisation_id=member.organisation_id, target=member, details=details)
    return member


@transaction.atomic
def end_access(*, member: Member, actor: User | None) -> Member:
    """End a member's access now: yesterday was the last day. The account stays, and so does what the person did.

    Raises ValidationError when nobody would be left to manage the organisation. Writes the journal.
    """
    member = Member.objects.select_for_update().select_related("user", "organisation").get(pk=member.pk)
    if not member.is_open():
        return member
    _keep_a_manager(member, leaves=True)
    member.until = timezone.localdate() - timedelta(days=1)
    member.save(update_fields=["until"])
    record(verb="member.access_ended", actor=actor, organisation_id=member.organisation_id, target=member)
    return member


@transaction.atomic
def add_network_head(*, network: Network, user: User, actor: User | None) -> NetworkMember:
    """Make a person head of a network: the same rights in each of its organisations. Does nothing twice; writes the journal."""
    head, created = NetworkMember.objects.get_or_create(network=network, user=user)
    if created:
        record(verb="network.head_added", actor=actor, organisation_id=None, target=head)
    return head


def _send(invitation: WayIn) -> Departure:
    departure = send_one(invitation) or Departure.LEFT
    if departure is Departure.UNREACHABLE:
        try_again(invitation, **invitation.arguments())
    return departure


def _check_end(role: Role, until: date | None) -> None:
    if role is Role.AUDITOR and until is None:
        raise ValidationError({"until": _("L’accès d’un auditeur a toujours une date de fin : indiquez-la.")})
    if until is not None and until < timezone.localdate():
        raise ValidationError({"until": _("Cette date est passée : choisissez aujourd’hui ou un jour à venir.")})


def _keep_a_manager(member: Member, *, leaves: bool) -> None:
    if leaves and not keeps_a_manager(member.organisation, without=member):
        raise ValidationError(
            _("%(person)s est la seule personne responsable de la qualité : invitez-en une autre avant.")
            % {"person": member.user}
        )


def _details(role: Role, until: date | None) -> dict[str, str | None]:
    return {"role": role.value, "until": until.isoformat() if until else None}
