"""Guides of the ministry and dated duties, in words: since when, from where, and how sure one is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.standard.duties import Duty
from qualiopi.standard.model import Guide
from qualiopi.web.dates import long_date

SURE = {
    "established": gettext_lazy("établi"),
    "one_source": gettext_lazy("d’une seule source, à vérifier"),
    "deduced": gettext_lazy("notre déduction"),
    "not_found": gettext_lazy("non trouvé à ce jour"),
}


def told_guide(guide: Guide, audit_date: date) -> str:
    """A guide with its own date: to be used from then on, or already allowed."""
    day = guide.applicable_from
    if day is None:
        return _("Guide de lecture %(version)s") % {"version": guide.version}
    if day <= audit_date:
        said = _("Guide de lecture %(version)s, applicable depuis le %(date)s")
    else:
        said = _("Guide de lecture %(version)s, déjà utilisable, obligatoire le %(date)s")
    return said % {"version": guide.version, "date": long_date(day)}


def told_duties(found: Iterable[Duty]) -> list[tuple[Duty, str, str]]:
    """Each duty, since when, and how sure one is."""
    return [
        (duty, _("Depuis le %(date)s.") % {"date": long_date(duty.since)} if duty.since else "", str(SURE[duty.sure]))
        for duty in found
    ]
