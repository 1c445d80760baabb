"""The files that the work left, opened from here: who may open which."""

from __future__ import annotations

from uuid import UUID

from qualiopi.accounts.models import User
from qualiopi.files.models import StoredFile
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.queries import Access
from trainings.pieces import Kept, kept_piece, opens_to_trainer


def readable_piece(file: UUID, *, access: Access, user: User) -> tuple[Kept, StoredFile] | None:
    """What a stored file is and its row, None when it does not exist for this reader.

    Whoever sees the evidence opens every file; an auditor those of sessions that are no draft; a trainer those of the sessions they
    lead and of their own file. Reads only, in eleven queries at most.
    """
    piece = kept_piece(access.organisation, file)
    if piece is None or not _may_open(piece, access=access, user=user):
        return None
    return piece, StoredFile.objects.for_organisation(access.organisation).get(pk=file)


def _may_open(piece: Kept, *, access: Access, user: User) -> bool:
    if access.allows(C.VIEW_EVIDENCE):
        return True
    if access.allows(C.AUDIT_ROOM):
        return not piece.draft
    return opens_to_trainer(piece, access.organisation, user)
