"""Sentences of the auditor's room."""

from __future__ import annotations

from django.utils.translation import ngettext


def pieces_told(*, linked: int, counted: int) -> str:
    """How many pieces are linked to an indicator, and how many count in it by what they speak of; what there is none of is not said."""
    said = []
    if linked or not counted:
        said.append(ngettext("%(n)d reliée", "%(n)d reliées", linked) % {"n": linked})
    if counted:
        words = ngettext("%(n)d qui compte par ce dont elle parle", "%(n)d qui comptent par ce dont elles parlent", counted)
        said.append(words % {"n": counted})
    return ", ".join(said)
