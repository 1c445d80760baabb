"""Refusing messages, and taking them again."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.links import fingerprint
from qualiopi.optouts.links import choice_token, current_token
from qualiopi.optouts.models import MailChoice
from qualiopi.optouts.queries import as_compared


def choice_of(*, organisation_id: UUID, email: str) -> MailChoice:
    """What an address chose in an organisation; made when it has not chosen yet. One query when it is known, with a link that works."""
    pk = uuid.uuid4()
    choice: MailChoice
    choice, _made = MailChoice.objects.get_or_create(
        organisation_id=organisation_id,
        email=as_compared(email),
        defaults={"pk": pk, "token_hash": fingerprint(choice_token(pk))},
    )
    if current_token(choice) is None:
        # The secret key it was made with is gone: links of former messages open nothing any more.
        choice.token_hash = fingerprint(choice_token(choice.pk))
        choice.save(update_fields=["token_hash"])
    return choice


def refuse(*, choice: MailChoice) -> None:
    """Write no survey and no reminder to this address any more. Writes the journal, once."""
    with transaction.atomic():
        if MailChoice.objects.filter(pk=choice.pk, refused_at__isnull=True).update(refused_at=timezone.now()):
            _note("mail.refused", choice, actor=None)


def take_again(*, choice: MailChoice, actor: User | None) -> None:
    """Write to this address again. `actor`: None when it is its owner who says so. Writes the journal, once."""
    with transaction.atomic():
        if MailChoice.objects.filter(pk=choice.pk, refused_at__isnull=False).update(refused_at=None):
            _note("mail.taken_again", choice, actor=actor)


def _note(verb: str, choice: MailChoice, *, actor: User | None) -> None:
    record(verb=verb, actor=actor, organisation_id=choice.organisation_id, target=choice)
