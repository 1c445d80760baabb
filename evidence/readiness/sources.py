"""The tables of this floor that a board is read from, beside those of the sessions."""

from __future__ import annotations

from evidence.library.models import CoveredLine, Document, IndicatorLink, SubjectLink, Version
from evidence.readiness.models import RuleSetting, SetAside, TightenedThreshold
from trainings.facts.sources import Shared

SHARED = (
    Shared(Document),
    Shared(Version),
    Shared(IndicatorLink, "document__organisation"),
    Shared(SubjectLink, "document__organisation"),
    Shared(CoveredLine),
    Shared(SetAside),
    Shared(TightenedThreshold),
    Shared(RuleSetting, ""),
)
