"""Sending a stored file: private, checked, never as a page of ours."""

from __future__ import annotations

from django.http import FileResponse

from qualiopi.files import kinds
from qualiopi.files.models import StoredFile
from qualiopi.files.names import disposition
from qualiopi.files.verbs import open_checked

# No script, no form, no page but ours around it; the browser's own viewer of PDF needs its style and the document itself.
_SHOWN = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
_KEPT = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def can_be_shown(stored: StoredFile) -> bool:
    """Whether a browser shows this file in a page: a picture, or a PDF in which nothing acts by itself."""
    return stored.media_type in kinds.SHOWN_INLINE and not stored.active


def download(stored: StoredFile) -> FileResponse:
    """The file to keep, under its own name. Raises AlteredFile when it is no longer the one that was filed."""
    return _send(stored, inline=False, policy=_KEPT)


def preview(stored: StoredFile) -> FileResponse:
    """The file to show in a frame or a picture of ours; raises ValueError for what is not shown, AlteredFile for what changed."""
    if not can_be_shown(stored):
        raise ValueError(f"{stored.media_type} is only downloaded.")
    return _send(stored, inline=True, policy=_SHOWN)


def _send(stored: StoredFile, *, inline: bool, policy: str) -> FileResponse:
    response = FileResponse(open_checked(stored), content_type=stored.media_type)
    response["Content-Length"] = str(stored.size)
    response["Content-Disposition"] = disposition(stored.name, inline=inline)
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
