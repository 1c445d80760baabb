"""The one button of the library: what is to be done first, by who may do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from evidence.library import sentences
from evidence.library.models import Document
from evidence.library.needs import Need
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.queries import Access


@dataclass(frozen=True, slots=True)
class Act:
    """A button: its words and where it leads."""

    label: str
    url: str


def act_of(access: Access, counts: Mapping[Need, int], *, waiting: int, first: Document | None) -> Act | None:
    """Sort what came in, renew or file the first piece that asks for it, read what nobody read; None when filing more is what is left.

    `first`: the first piece of the page, read by `needs.with_needs`; `waiting`: files that nobody sorted.
    """
    slug = access.organisation.slug
    need = Need(first.need) if first is not None else Need.NOTHING  # type: ignore[attr-defined]
    edits = access.allows(C.EDIT_EVIDENCE)
    if edits and waiting:
        return Act(sentences.sort_them(waiting), reverse("library:sort", args=[slug]))
    if edits and first is not None and need in (Need.EXPIRED, Need.EXPIRING):
        return Act(sentences.renew(first.title), reverse("library:new_version", args=[slug, first.pk]))
    if access.allows(C.CONCLUDE) and counts[Need.TO_READ]:
        return Act(sentences.read_them(counts[Need.TO_READ]), reverse("library:to_read", args=[slug]))
    if edits and first is not None and need is Need.TO_FILE:
        return Act(sentences.file_it(first.title), reverse("library:new_version", args=[slug, first.pk]))
    return None
