"""What the search finds of trainers, companies, funders and subcontractors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qualiopi.folding import sought
from qualiopi.organisations.enums import Capability as C
from qualiopi.search.kinds import Hit, Kind, Reader
from trainings.people.models import Company, Funder, Subcontractor, Trainer
from trainings.people.queries import parties_of, people_saying
from trainings.people.telling import WORDS


class Trainers(Kind):
    """By name, address, phone or title."""

    title = _("formateurs")
    icon = "school"
    capabilities = (C.VIEW_SESSIONS,)

    def hits(self, reader: Reader, text: str, most: int) -> Sequence[Hit]:
        rows = Trainer.objects.for_organisation(reader.organisation).select_related("subcontractor")
        found = rows.filter(people_saying(reader.organisation, Trainer, text)).order_by("last_name", "first_name", "pk")[:most]
        return [
            Hit(
                title=str(row),
                url=reverse("people:trainer", args=[reader.organisation.slug, row.pk]),
                detail=" · ".join(filter(None, [str(row.subcontractor or ""), row.titles, row.email])),
            )
            for row in found
        ]

    def list_url(self, reader: Reader) -> str:
        return reverse("people:trainers", args=[reader.organisation.slug])


class Parties(Kind, ABC):
    """Companies or funders, by all that their page says."""

    model: ClassVar[type[Company] | type[Funder]]
    capabilities = (C.VIEW_SESSIONS,)

    def hits(self, reader: Reader, text: str, most: int) -> Sequence[Hit]:
        slug, words = reader.organisation.slug, WORDS[self.model]
        edits = reader.allows(C.EDIT_SESSIONS)
        return [
            Hit(
                title=row.name,
                url=reverse(words.edit_url, args=[slug, row.pk]) if edits else reverse(words.list_url, args=[slug]),
                detail=self.detail(row),
            )
            for row in parties_of(reader.organisation, self.model, search=text)[:most]
        ]

    @abstractmethod
    def detail(self, row: Any) -> str:
        """What tells it from another of nearly the same name."""

    def list_url(self, reader: Reader) -> str:
        return reverse(WORDS[self.model].list_url, args=[reader.organisation.slug])


class Companies(Parties):
    """By name, SIRET, address, or who stands for it."""

    title = _("entreprises")
    icon = "building"
    model = Company

    def detail(self, row: Any) -> str:
        return " · ".join(filter(None, [row.siret, row.address, row.representative]))


class Funders(Parties):
    """By name or address."""

    title = _("financeurs")
    icon = "coin"
    model = Funder

    def detail(self, row: Any) -> str:
        return f"{row.get_kind_display()}"


class Subcontractors(Kind):
    """By name, numbers, address, or who stands for it."""

    title = _("sous-traitants")
    icon = "contract"
    capabilities = (C.VIEW_SESSIONS,)

    def hits(self, reader: Reader, text: str, most: int) -> Sequence[Hit]:
        rows = Subcontractor.objects.for_organisation(reader.organisation)
        return [
            Hit(
                title=row.name,
                url=reverse("people:subcontractor", args=[reader.organisation.slug, row.pk]),
                detail=" · ".join(filter(None, [row.siren, row.address, row.representative])),
            )
            for row in sought(rows, text, "found_by").order_by("name", "pk")[:most]
        ]

    def list_url(self, reader: Reader) -> str:
        return reverse("people:subcontractors", args=[reader.organisation.slug])
