"""What can be done with the register."""

from trainings.attendance.verbs.displayed import sign_displayed
from trainings.attendance.verbs.links import LinkReport, send_links
from trainings.attendance.verbs.refusals import AlreadyCountersigned, AlreadySigned
from trainings.attendance.verbs.sheets import FiledSheet, file_sheet
from trainings.attendance.verbs.signing import correct, countersign, declare, sign

__all__ = [
    "AlreadyCountersigned",
    "AlreadySigned",
    "FiledSheet",
    "LinkReport",
    "correct",
    "countersign",
    "declare",
    "file_sheet",
    "send_links",
    "sign",
    "sign_displayed",
]
