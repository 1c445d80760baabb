"""Sending a stored file: private, checked, never as a page of ours."""

from __future__ import annotations

from pathlib import PurePath
from typing import TypeVar

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from qualiopi.files import kinds
from qualiopi.files.errors import RefusedFile
from qualiopi.files.inspection import as_jpeg, read_mail
from qualiopi.files.models import StoredFile
from qualiopi.files.names import disposition
from qualiopi.files.verbs import open_checked

R = TypeVar("R", bound=HttpResponseBase)
# No script, no form, no page but ours around it; the browser's own viewer of PDF needs its style and the document itself.
_SHOWN = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
_KEPT = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


_MESSAGE = "sandbox; default-src 'none'; style-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"


def can_be_shown(stored: StoredFile) -> bool:
    """Whether a page shows this file: a picture, a message, or a PDF in which nothing acts by itself."""
    return stored.media_type in kinds.SHOWN_INLINE | kinds.DRAWN_AGAIN | kinds.TOLD and not stored.active


def is_framed(stored: StoredFile) -> bool:
    """Whether what is shown of it is a page of its own, for a frame, rather than a picture."""
    return stored.media_type in kinds.TOLD or stored.media_type == kinds.PDF.media_type


def download(stored: StoredFile) -> FileResponse:
    """The file to keep, under its own name. Raises AlteredFile when it is no longer the one that was filed."""
    return _send(stored, inline=False, policy=_KEPT)


def preview(stored: StoredFile) -> HttpResponseBase:
    """The file to show in a frame or a picture of ours: itself, a JPEG of a HEIC picture, or what a message says.

    Raises ValueError for what is not shown, AlteredFile for what changed. What could not be opened again this time answers 503 with why.
    """
    if not can_be_shown(stored):
        raise ValueError(f"{stored.media_type} is only downloaded.")
    try:
        if stored.media_type in kinds.DRAWN_AGAIN:
            return _drawn(stored)
        if stored.media_type in kinds.TOLD:
            return _told(stored)
    except RefusedFile as refusal:
        return _private(HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=503), policy=_KEPT)
    return _send(stored, inline=True, policy=_SHOWN)


def _drawn(stored: StoredFile) -> HttpResponse:
    with open_checked(stored) as file:
        response = HttpResponse(as_jpeg(file), content_type=kinds.JPEG.media_type)
    response["Content-Disposition"] = disposition(PurePath(stored.name).stem + kinds.JPEG.extensions[0], inline=True)
    return _private(response, policy=_SHOWN)


def _told(stored: StoredFile) -> HttpResponse:
    with open_checked(stored) as file:
        mail = read_mail(file, media_type=stored.media_type)
    return _private(HttpResponse(render_to_string("files/mail.html", {"mail": mail, "name": stored.name})), policy=_MESSAGE)


def _send(stored: StoredFile, *, inline: bool, policy: str) -> FileResponse:
    response = FileResponse(open_checked(stored), content_type=stored.media_type)
    response["Content-Length"] = str(stored.size)
    response["Content-Disposition"] = disposition(stored.name, inline=inline)
    return _private(response, policy=policy)


def _private(response: R, *, policy: str) -> R:
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
