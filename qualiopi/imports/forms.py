"""What the pages of an import take in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qualiopi.exchange.reading import Table
from qualiopi.imports.queries import correction_key


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Fichier"),
        allow_empty_file=True,
        error_messages={"required": _("Choisissez un fichier : CSV, Excel ou LibreOffice.")},
    )


def posted_mapping(data: QueryDict, table: Table) -> dict[str, str]:
    """Heading -> column key chosen for it, empty when it is left out."""
    return {heading.label: data.get(f"column-{place}", "") for place, heading in enumerate(table.headings)}


def posted_readings(data: QueryDict, table: Table) -> dict[str, str]:
    """Heading -> the reading chosen for its column, where the page offered several."""
    found = {heading.label: data.get(f"reading-{place}", "") for place, heading in enumerate(table.headings)}
    return {heading: reading for heading, reading in found.items() if reading}


def posted_words(data: QueryDict, table: Table) -> dict[str, dict[str, str]]:
    """Heading -> comparison key of a word -> what it becomes, where the page offered to say it."""
    found: dict[str, dict[str, str]] = {}
    for place, heading in enumerate(table.headings):
        start = f"word-{place}:"
        words = {name.removeprefix(start): value for name, value in data.items() if name.startswith(start) and value}
        if words:
            found[heading.label] = {word: str(becomes) for word, becomes in words.items()}
    return found


def posted_corrections(data: QueryDict, problems: list[dict[str, Any]]) -> dict[str, str]:
    """« line:heading » -> text for the cells the page offered to correct, where what was typed differs from the cell."""
    corrections = {}
    for problem in problems:
        key = correction_key(problem["line"], problem["heading"])
        typed = data.get(f"cell-{key}")
        if typed is not None and typed.strip() != problem["value"]:
            corrections[key] = typed.strip()
    return corrections
