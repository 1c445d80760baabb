"""The wording that comes with the product, one Markdown file per kind."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from trainings.documents.models import DocumentKind

FOLDER = Path(__file__).parents[1] / "shipped"


@cache
def shipped_body(kind: str) -> str:
    """The template of this kind that serves until an organisation writes its own."""
    return (FOLDER / f"{DocumentKind(kind).value}.md").read_text(encoding="utf-8")
