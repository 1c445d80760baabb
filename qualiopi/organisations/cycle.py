"""The certificate's three years: when the surveillance visit falls. Pure: `today` is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

# Arrêté du 6 juin 2019 relatif aux modalités d'audit, art. 2, as modified on 31 May 2023.
SURVEILLANCE_FROM_MONTH = 14
SURVEILLANCE_UNTIL_MONTH = 22
CERTIFICATE_YEARS = 3


@dataclass(frozen=True, slots=True)
class Window:
    """The days, both included, between which a visit must be held."""

    start: date
    end: date

    def state(self, today: date) -> str:
        """ "to_come", "now" or "done": where today stands."""
        return "to_come" if today < self.start else "done" if today > self.end else "now"


def surveillance_window(certified_on: date) -> Window:
    """From the 14th to the 22nd month after the date of the certificate."""
    return Window(
        certified_on + relativedelta(months=SURVEILLANCE_FROM_MONTH),
        certified_on + relativedelta(months=SURVEILLANCE_UNTIL_MONTH),
    )


def certificate_end(certified_on: date) -> date:
    """The certificate's last day when nothing else is known: three years, less a day."""
    return certified_on + relativedelta(years=CERTIFICATE_YEARS, days=-1)
