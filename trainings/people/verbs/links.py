"""A trainer's personal link: given, sent, replaced; what comes in by it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.kinds import DOCX, ODT, PDF, PICTURES
from qualiopi.files.verbs import all_or_nothing, discard, receive
from qualiopi.journal.verbs import record as note_down
from qualiopi.links import LinkRefusedError, LinkState, fingerprint
from qualiopi.post.outbox import Departure
from qualiopi.post.rounds import send_one
from trainings.people.emails import FileLink, NewLinkAsked
from trainings.people.links import current_token, last_day, trainer_token
from trainings.people.models import RecordKind, Trainer, TrainerLink, TrainerRecord

DROPPED_KINDS = frozenset({PDF, DOCX, ODT}) | PICTURES
# A file of somebody who forwards their whole disk: what waits is looked at first.
MOST_WAITING = 20


class NotDeliveredError(Exception):
    """The message did not leave; `str(error)` is a French sentence that says what to do."""


def trainer_link(*, trainer: Trainer, actor: User | None) -> TrainerLink:
    """The trainer's link, made when they have none, valid for another ninety days; writes the journal when it is made."""
    today = timezone.localdate()
    with transaction.atomic():
        Trainer.objects.select_for_update().get(pk=trainer.pk)
        link = TrainerLink.objects.filter(trainer=trainer).first()
        if link is None:
            pk = uuid.uuid4()
            link = TrainerLink.objects.create(
                pk=pk,
                organisation_id=trainer.organisation_id,
                trainer=trainer,
                token_hash=fingerprint(trainer_token(pk, 1)),
                expires_on=last_day(today),
            )
            note_down(verb="trainer_link.make", actor=actor, organisation_id=trainer.organisation_id, target=link)
        elif current_token(link) is None:
            link = _replace(link)
        else:
            link.expires_on = last_day(today)
            link.asked_at = None
            link.save(update_fields=["expires_on", "asked_at"])
    return link


def renew_link(*, trainer: Trainer, actor: User | None) -> TrainerLink:
    """Give the trainer another link; the one before opens nothing any more. Writes the journal. Raises TrainerLink.DoesNotExist."""
    with transaction.atomic():
        link = _replace(TrainerLink.objects.select_for_update().get(trainer=trainer))
        note_down(verb="trainer_link.renew", actor=actor, organisation_id=trainer.organisation_id, target=link)
    return link


def _replace(link: TrainerLink) -> TrainerLink:
    link.number += 1
    link.token_hash = fingerprint(trainer_token(link.pk, link.number))
    link.expires_on, link.sent_at, link.asked_at = last_day(timezone.localdate()), None, None
    link.save()
    return link


def send_link(*, trainer: Trainer, missing: list[str], site: str, actor: User | None) -> TrainerLink:
    """Send the trainer their link with what their file lacks; made or prolonged first. `site`: the product's address.

    Raises ValidationError when the trainer has no address, NotDeliveredError when the message did not leave. Side effects: one
    e-mail, `sent_at`; writes the journal. Does nothing when somebody else is sending it.
    """
    if not trainer.email:
        raise ValidationError(
            _("%(trainer)s n’a pas d’adresse e-mail : complétez sa fiche, ou copiez le lien.") % {"trainer": trainer}
        )
    link = trainer_link(trainer=trainer, actor=actor)
    departure = send_one(FileLink(link=link, missing=missing, site=site))
    if departure is Departure.UNREACHABLE:
        raise NotDeliveredError(_("Le serveur de messagerie ne répond pas : recommencez dans un moment, ou copiez le lien."))
    if departure is Departure.PRINTED:
        raise NotDeliveredError(
            _("Aucun serveur de messagerie n’est réglé : rien n’est parti. Copiez le lien et donnez-le vous-même.")
        )
    if departure is Departure.REFUSED:
        raise NotDeliveredError(_("Le message n’est pas parti : réessayez, ou copiez le lien."))
    if departure is Departure.LEFT:
        with transaction.atomic():
            note_down(verb="trainer_link.send", actor=actor, organisation_id=trainer.organisation_id, target=link)
    return link


def ask_new_link(*, link: TrainerLink, site: str) -> bool:
    """Tell the organisation that an expired link is missed, once a day; False when there is nobody to tell, or it did not leave."""
    organisation = link.organisation
    if not organisation.contact_email:
        return False
    if link.asked_at is not None and timezone.now() - link.asked_at < timedelta(days=1):
        return True
    departure = send_one(NewLinkAsked(link=link, site=site))
    if departure is Departure.LEFT:
        with transaction.atomic():
            note_down(verb="trainer_link.ask", actor=None, organisation_id=link.organisation_id, target=link)
    # None: of two taps, the other one sends the message.
    return departure in (Departure.LEFT, None)


def drop(*, link: TrainerLink, kind: str, upload: File[Any]) -> TrainerRecord:
    """Take in a document that a trainer sends by their link; it waits to be checked. The same file sent twice counts once,
    whether it waits or is in the file already: the line that is there is given back.

    Raises LinkRefusedError (the link expired, or was replaced), RefusedFile (what to do with the file), ValidationError (an unknown kind,
    or too many waiting).
    """
    if kind not in RecordKind.values:
        raise ValidationError(_("Dites ce que c’est : touchez l’une des propositions."))
    with all_or_nothing():
        stored = receive(organisation=link.organisation, upload=upload, actor=None, allowed=DROPPED_KINDS)
        with transaction.atomic():
            locked = TrainerLink.objects.select_for_update().get(pk=link.pk)
            if locked.number != link.number or locked.expires_on < timezone.localdate():
                raise LinkRefusedError(LinkState.EXPIRED)
            waiting = TrainerRecord.objects.filter(
                trainer=link.trainer, dropped=True, checked_at__isnull=True, withdrawn_at__isnull=True
            )
            standing = TrainerRecord.objects.filter(trainer=link.trainer, withdrawn_at__isnull=True)
            twin: TrainerRecord | None = standing.filter(kind=kind, file__sha256=stored.sha256).first()
            if twin is None and waiting.count() >= MOST_WAITING:
                raise ValidationError(
                    _("%(count)s pièces attendent déjà d’être vérifiées : l’équipe les regarde d’abord.")
                    % {"count": MOST_WAITING}
                )
            stored.save()
            if twin is not None:
                discard(stored=stored)
                return twin
            line = TrainerRecord(
                organisation_id=link.organisation_id,
                trainer=link.trainer,
                kind=kind,
                title=capfirst(str(RecordKind(kind).label))[:200],
                file=stored,
                dropped=True,
            )
            line.full_clean()
            line.save()
            details = {"trainer": str(link.trainer), "kind": kind, "file": stored.name, "sha256": stored.sha256}
            note_down(verb="trainer_record.drop", actor=None, organisation_id=link.organisation_id, target=line, details=details)
    return line
