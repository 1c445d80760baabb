"""What can be done with the register."""

from trainings.attendance.verbs.displayed import sign_displayed
from trainings.attendance.verbs.refusals import AlreadyCountersigned, AlreadySigned
from trainings.attendance.verbs.signing import correct, countersign, declare, sign

__all__ = ["AlreadyCountersigned", "AlreadySigned", "correct", "countersign", "declare", "sign", "sign_displayed"]
