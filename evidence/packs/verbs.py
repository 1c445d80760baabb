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
from evidence.packs.plan import AlteredPiece, Plan
from evidence.packs.queries import last_ready, unfinished
from evidence.packs.resuming import Made, forget
from qualiopi.accounts.models import User
from qualiopi.background.verbs import MOST_ATTEMPTS, DatabaseAway, Presence, SupersededError, at_work
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.zones import on_days_of, today_of

logger = logging.getLogger("temoin.packs")
PLAN = "plan.json"


def ask_for_pack(*, organisation: Organisation, audit_date: date, actor: User | None, observed_on: date | None = None) -> Pack:
    """Note that a pack is wanted for this audit date, as the facts stand on `observed_on` (its today); writes the journal."""
    with transaction.atomic():
        pack = Pack(
            organisation=organisation,
            audit_date=audit_date,
            observed_on=observed_on or today_of(organisation),
            created_by=actor,
        )
        pack.folder = f"packs/{pack.pk}"
        pack.full_clean()
        pack.save()
        record(verb="pack.ask", actor=actor, organisation_id=organisation.pk, target=pack)
    return pack


def build_pack(*, pack_id: UUID) -> Pack:
    """Make a pack that was asked for; while another worker makes it, leave it alone and return it as it is.

    One whose worker vanished goes on where it stood: pieces compared are not read again, a plan that was kept is not made again.
    Writes the pieces made for it under MEDIA_ROOT, the size and digest of the whole, and the journal (the digest is in it). On
    failure the pack says so with a sentence and the exception goes on; a database that is away is no failure, the pack is given back.
    """
    with at_work() as here:
        rows = unfinished().filter(pk=pack_id)
        taken = here.take(rows)
        pack: Pack = Pack.objects.select_related("organisation__network", "organisation__profile", "created_by").get(pk=pack_id)
        if not taken:
            return pack
        try:
            if pack.attempts > MOST_ATTEMPTS:
                _give_up(
                    pack,
                    _("La préparation s’est interrompue plusieurs fois. Vos pièces sont intactes : prévenez votre assistance."),
                )
            else:
                with on_days_of(pack.organisation):
                    _build(pack, here)
        except SupersededError:
            logger.warning("Le dossier %s est fait par un autre processus.", pack_id)
        except DatabaseAway:
            here.leave(rows)
            raise
        except Exception:
            logger.exception("La préparation du dossier %s s'est arrêtée.", pack_id)
            stopped = _(
                "La préparation s’est arrêtée. Vos pièces sont intactes : lancez-la de nouveau, ou prévenez votre assistance."
            )
            _give_up(pack, stopped)
            raise
    return pack


def _give_up(pack: Pack, sentence: str) -> None:
    Pack.objects.filter(pk=pack.pk).update(state=PackState.FAILED, failure=sentence, held_by=None)


def _build(pack: Pack, here: Presence) -> None:
    report = _reporter(pack, here)
    report(max(1, pack.progress))
    made = Made.load(pack.folder)
    try:
        whole = _read_whole(pack) if made else None
    except AlteredPiece:  # it changed while nobody was at work: the pack names it, or it is filed again
        made = whole = None
    if made is None:
        made = _make(pack, report)
    plan = plan_of(pack)
    whole = whole or _read_whole(pack)
    previous = Pack.objects.filter(pk=made.previous).first() if made.previous else None
    with transaction.atomic():
        here.note(Pack.objects.filter(pk=pack.pk), progress=100)
        pack.state, pack.progress, pack.ready_at, pack.held_by = PackState.READY, 100, timezone.now(), None
        pack.size, pack.sha256, pack.content_digest = plan.archive().size, whole, made.digest
        pack.file_count, pack.missing_count, pack.previous = made.files, made.missing, previous
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
                "altered": made.altered,
            },
        )
    forget(pack.folder)


def _make(pack: Pack, report: Callable[[int], None]) -> Made:
    """The first step: compare the pieces, write what goes around them, and keep the plan."""
    contents, digest = gather(pack, progress=report)
    last = last_ready(pack.organisation, before=pack)
    # When nothing moved since the last pack, this one comes after the same pack as the last: the same state gives the same bytes.
    previous = last.previous if last and last.content_digest == digest else last
    plan = finish(contents, digest=digest, previous=previous, progress=report)
    # The seals are taken before the reading of the second step, which checks every byte: what changes afterwards breaks its seal.
    plan.sealed().save(plan_path(pack))
    made = Made(
        digest=digest,
        files=len(contents.filed),
        missing=len(contents.missing),
        altered=[piece.title for piece in contents.altered],
        previous=str(previous.pk) if previous else None,
    )
    made.save(pack.folder)
    return made


def _read_whole(pack: Pack) -> str:
    """The second step: read the archive whole, as its reader will get it; its SHA-256. Raises AlteredPiece."""
    whole = hashlib.sha256()
    for piece in plan_of(pack).stream():
        whole.update(piece)
    return whole.hexdigest()


def _reporter(pack: Pack, here: Presence) -> Callable[[int], None]:
    def report(percent: int) -> None:
        # Whoever takes over goes through what is done in no time: its progress does not go back.
        pack.progress = max(pack.progress, percent)
        here.note(Pack.objects.filter(pk=pack.pk), state=PackState.BUILDING, progress=pack.progress)

    return report


def plan_path(pack: Pack) -> Path:
    """Where the plan of a pack is kept."""
    return Path(settings.MEDIA_ROOT) / pack.folder / PLAN


def plan_of(pack: Pack) -> Plan:
    """The plan of a ready pack."""
    return Plan.load(plan_path(pack))
