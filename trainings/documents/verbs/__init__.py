"""What can be done with documents."""

from trainings.documents.verbs.issuing import IssueReport, Refusal, issue
from trainings.documents.verbs.keeping import SIGNED_COPIES, cancel, receive_signed
from trainings.documents.verbs.sending import check_sendable, open_received, send
from trainings.documents.verbs.series import ask_for_batch, run_batch, send_steps, to_issue
from trainings.documents.verbs.wording import LOGOS, restore_shipped, save_style, save_template, wording_problems

__all__ = [
    "LOGOS",
    "SIGNED_COPIES",
    "IssueReport",
    "Refusal",
    "ask_for_batch",
    "cancel",
    "check_sendable",
    "issue",
    "open_received",
    "receive_signed",
    "restore_shipped",
    "run_batch",
    "save_style",
    "save_template",
    "send",
    "send_steps",
    "to_issue",
    "wording_problems",
]
