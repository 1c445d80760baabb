"""What can be done with the register."""

from trainings.attendance.verbs.displayed import sign_displayed
from trainings.attendance.verbs.follow_ups import note_follow_up
from trainings.attendance.verbs.links import ask_to_sign, send_links
from trainings.attendance.verbs.personal import sign_by_link
from trainings.attendance.verbs.refusals import AlreadyCountersigned, AlreadySigned
from trainings.attendance.verbs.remote import Applied, apply_report, file_report, match_report
from trainings.attendance.verbs.sheets import FiledSheet, file_sheet
from trainings.attendance.verbs.signing import correct, countersign, declare, sign
from trainings.attendance.verbs.words import Said

__all__ = [
    "AlreadyCountersigned",
    "AlreadySigned",
    "Applied",
    "FiledSheet",
    "Said",
    "apply_report",
    "ask_to_sign",
    "correct",
    "countersign",
    "declare",
    "file_report",
    "file_sheet",
    "match_report",
    "note_follow_up",
    "send_links",
    "sign",
    "sign_by_link",
    "sign_displayed",
]
