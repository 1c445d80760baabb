"""What is said once people were reminded."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from evidence.debts.emails import WORDS
from qualiopi.post.reports import MailReport, named, tell


def tell_reminders(request: HttpRequest, report: MailReport) -> None:
    """To whom a message left, and who had one this week already, on the next page."""
    if report.taken and report.sent:
        messages.info(request, _("Déjà relancées cette semaine : %(names)s.") % {"names": named(report.taken)})
    tell(request, report, WORDS)
