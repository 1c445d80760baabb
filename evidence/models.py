"""Every model of this floor, for Django alone: rooms import each other directly."""

from evidence.closing.models import ClosingRequest
from evidence.debts.models import Reminder
from evidence.library.models import CoveredLine, Deposit, Document, IndicatorLink, SubjectLink, Version
from evidence.packs.models import Pack
from evidence.readiness.models import Conclusion, KeptBoard, KeptSeen, RuleSetting, SetAside, TightenedThreshold

__all__ = [
    "ClosingRequest",
    "Conclusion",
    "CoveredLine",
    "Deposit",
    "Document",
    "IndicatorLink",
    "KeptBoard",
    "KeptSeen",
    "Pack",
    "Reminder",
    "RuleSetting",
    "SetAside",
    "SubjectLink",
    "TightenedThreshold",
    "Version",
]
