"""What happens to a document once issued: its signed copy comes back, or it is cancelled."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.kinds import HEIC, JPEG, PDF, PNG
from qualiopi.files.verbs import all_or_nothing, receive
from qualiopi.journal.verbs import record
from trainings.documents.models import Issued
from trainings.documents.wording import facts_of

SIGNED_COPIES = frozenset({PDF, JPEG, PNG, HEIC})


def cancel(*, issued: Issued, reason: str, actor: User | None) -> Issued:
    """Cancel a document with a reason; its file and its number stay, its links say that it was cancelled. Writes the journal.

    Raises ValidationError without a reason, or when it is cancelled already.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Dites pourquoi : le motif reste avec le document.")})
    with transaction.atomic():
        issued = _locked(issued)
        if issued.cancelled_at is not None:
            raise ValidationError(_("Ce document est déjà annulé."))
        issued.cancelled_at, issued.cancelled_by, issued.cancellation_reason = timezone.now(), actor, reason.strip()
        issued.clean_fields(exclude=["file", "signed_file"])
        issued.save(update_fields=["cancelled_at", "cancelled_by", "cancellation_reason"])
        record(
            verb="issued.cancelled",
            actor=actor,
            organisation_id=issued.organisation_id,
            target=issued,
            details={"reason": issued.cancellation_reason},
        )
    return issued


def receive_signed(*, issued: Issued, upload: File[Any] | None, signed_on: date, actor: User | None) -> Issued:
    """Note the day on which the other party signed, and keep its copy when there is one. Writes the journal with its digest.

    Raises ValidationError for a kind that nobody else signs, a cancelled document, a copy that is already there, a day before the
    issue or to come; RefusedFile for a copy that is neither a PDF nor a picture.
    """
    if not facts_of(issued.kind).signed:
        raise ValidationError(_("Ce document n’est signé que par l’organisme."))
    if signed_on < issued.issued_on or signed_on > timezone.localdate():
        raise ValidationError({"signed_on": _("La signature suit l’émission du document, et n’est pas à venir.")})
    with all_or_nothing():
        copy = (
            receive(organisation=issued.organisation, upload=upload, actor=actor, allowed=SIGNED_COPIES)
            if upload is not None
            else None
        )
        with transaction.atomic():
            issued = _locked(issued)
            if issued.cancelled_at is not None:
                raise ValidationError(_("Ce document est annulé : émettez-le de nouveau, puis faites signer le nouveau."))
            if issued.signed_file_id is not None:
                raise ValidationError(_("Un exemplaire signé est déjà gardé. Pour le remplacer, annulez le document."))
            issued.signed_on = signed_on
            if copy is not None:
                copy.save()
                issued.signed_file = copy
            issued.save(update_fields=["signed_on", "signed_file"])
            record(
                verb="issued.signed",
                actor=actor,
                organisation_id=issued.organisation_id,
                target=issued,
                details={"signed_on": signed_on.isoformat(), "sha256": copy.sha256 if copy else ""},
            )
    return issued


def _locked(issued: Issued) -> Issued:
    found: Issued = (
        Issued.objects.for_organisation(issued.organisation)
        .select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=issued.pk)
    )
    return found
