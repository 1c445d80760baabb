"""The kind of document that an address names."""

from __future__ import annotations

from django.http import Http404

from trainings.documents.models import DocumentKind


def kind_of(name: str) -> DocumentKind:
    """The kind, or 404."""
    try:
        return DocumentKind(name)
    except ValueError:
        raise Http404 from None
