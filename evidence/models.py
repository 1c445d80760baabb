"""Every model of this floor, for Django alone: rooms import each other directly."""

from evidence.debts.models import Reminder
from evidence.library.models import Deposit, Document, IndicatorLink, SubjectLink, Version
from evidence.packs.models import Pack
from evidence.readiness.models import Conclusion, NotRelevant, RuleSetting, TightenedThreshold

__all__ = [
    "Conclusion",
    "Deposit",
    "Document",
    "IndicatorLink",
    "NotRelevant",
    "Pack",
    "Reminder",
    "RuleSetting",
    "SubjectLink",
    "TightenedThreshold",
    "Version",
]
