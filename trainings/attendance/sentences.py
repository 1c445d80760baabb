"""How the register tells one half-day of one person: the words and the look of a cell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from qualiopi.web.dates import clock, short_date
from qualiopi.web.typography import hours
from trainings.attendance.models import Mark, MarkKind, MarkMethod
from trainings.attendance.queries.register import Slot, SlotState


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell and its class beside `signe`; none for what is as it should be."""

    slot: Slot
    words: str
    look: str = ""

    @property
    def signed(self) -> bool:
        """Whether the person was there, which is shown with a mark."""
        return self.slot.state == SlotState.PRESENT


def cell_of(slot: Slot) -> Cell:
    """What the register says of this half-day."""
    if slot.mark is not None:
        if slot.state == SlotState.PRESENT:
            return Cell(slot, _presence(slot.mark), "signe--tard" if slot.mark.late else "")
        return Cell(slot, slot.mark.get_kind_display(), "signe--absent" if slot.mark.kind == MarkKind.ABSENT else "")
    if slot.to_sign:
        return Cell(slot, _("à signer"), "signe--tard")
    return Cell(slot, _("sorti") if slot.state == SlotState.LEFT else _("à venir"), "signe--attente")


def _presence(mark: Mark) -> str:
    """What is late by its day, a connection by its length, what a phone signed by its hour."""
    if mark.late:
        return _("le %(day)s, en retard") % {"day": short_date(mark.signed_at)}
    if mark.minutes is not None:
        return hours(Decimal(mark.minutes) / 60)
    if mark.method == MarkMethod.SHEET:
        return _("sur papier")
    return _("présent") if mark.method == MarkMethod.DECLARED else clock(mark.signed_at)
