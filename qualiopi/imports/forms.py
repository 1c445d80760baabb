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


def posted_corrections(data: QueryDict, problems: list[dict[str, Any]]) -> dict[str, str]:
    """« line:heading » -> text for the cells the page offered to correct, where what was typed differs from the cell."""
    corrections = {}
    for problem in problems:
        key = correction_key(problem["line"], problem["heading"])
        typed = data.get(f"cell-{key}")
        if typed is not None and typed.strip() != problem["value"]:
            corrections[key] = typed.strip()
    return corrections
