"""What can be done with packs: ask for one, make it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.packs.contents import finish, gather
from evidence.packs.models import Pack, PackState
from evidence.packs.plan import Plan
from evidence.packs.queries import last_ready
from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation

logger = logging.getLogger("temoin.packs")
PLAN = "plan.json"


def ask_for_pack(*, organisation: Organisation, audit_date: date, actor: User | None, observed_on: date | None = None) -> Pack:
    """Note that a pack is wanted for this audit date, as the facts stand on `observed_on` (today in Paris); writes the journal."""
    with transaction.atomic():
        pack = Pack(
            organisation=organisation,
            audit_date=audit_date,
            observed_on=observed_on or timezone.localdate(),
            created_by=actor,
        )
        pack.folder = f"packs/{pack.pk}"
        pack.full_clean()
        pack.save()
        record(verb="pack.ask", actor=actor, organisation_id=organisation.pk, target=pack)
    return pack


def build_pack(*, pack_id: UUID) -> Pack:
    """Make a pack that was asked for; when another worker already took it, leave it alone and return it as it is.

    Writes the pieces made for it under MEDIA_ROOT, the size and digest of the whole, and the journal (the digest is in it). On
    failure the pack says so with a sentence and the exception goes on.
    """
    claimed = Pack.objects.filter(pk=pack_id, state=PackState.QUEUED).update(state=PackState.BUILDING, progress=1)
    pack = Pack.objects.select_related("organisation__network", "organisation__profile", "created_by").get(pk=pack_id)
    if not claimed:
        return pack
    try:
        _build(pack)
    except Exception:
        logger.exception("La préparation du dossier %s s'est arrêtée.", pack_id)
        Pack.objects.filter(pk=pack_id).update(
            state=PackState.FAILED,
            failure=_(
                "La préparation s’est arrêtée. Vos pièces sont intactes : lancez-la de nouveau, ou prévenez votre assistance."
            ),
        )
        raise
    return pack


def _build(pack: Pack) -> None:
    report = _reporter(pack)
    contents, digest = gather(pack, progress=report)
    last = last_ready(pack.organisation, before=pack)
    # When nothing moved since the last pack, this one comes after the same pack as the last: the same state gives the same bytes.
    previous = last.previous if last and last.content_digest == digest else last
    plan = finish(contents, digest=digest, previous=previous, progress=report)
    # The seals are taken before the reading below, which checks every byte: what changes afterwards breaks its seal.
    plan.sealed().save(plan_path(pack))
    whole = hashlib.sha256()
    for piece in plan.stream():
        whole.update(piece)
    with transaction.atomic():
        pack.state, pack.progress, pack.ready_at = PackState.READY, 100, timezone.now()
        pack.size, pack.sha256, pack.content_digest = plan.archive().size, whole.hexdigest(), digest
        pack.file_count, pack.missing_count, pack.previous = len(contents.filed), len(contents.missing), previous
        pack.full_clean()
        pack.save()
        record(
            verb="pack.ready",
            actor=pack.created_by,
            organisation_id=pack.organisation_id,
            target=pack,
            details={
                "sha256": pack.sha256,
                "previous": previous.sha256 if previous else "",
                "files": pack.file_count,
                "altered": [piece.title for piece in contents.altered],
            },
        )


def _reporter(pack: Pack) -> Callable[[int], None]:
    def report(percent: int) -> None:
        Pack.objects.filter(pk=pack.pk).update(progress=percent)

    return report


def plan_path(pack: Pack) -> Path:
    """Where the plan of a pack is kept."""
    return Path(settings.MEDIA_ROOT) / pack.folder / PLAN


def plan_of(pack: Pack) -> Plan:
    """The plan of a ready pack."""
    return Plan.load(plan_path(pack))
