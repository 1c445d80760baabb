"""What is said once people were reminded."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.debts.emails import WORDS
from evidence.debts.verbs import remind_everyone
from qualiopi.organisations.policy import TenantRequest
from qualiopi.post.reports import MailReport, named, tell
from trainings.people.finding import site_of


def tell_reminders(request: HttpRequest, report: MailReport) -> None:
    """To whom a message left, and who had one this week already, on the next page."""
    if report.taken and report.sent:
        messages.info(request, _("Déjà relancées cette semaine : %(names)s.") % {"names": named(report.taken)})
    tell(request, report, WORDS)


def remind_and_tell(request: TenantRequest, trainers: Collection[str] | None = None) -> None:
    """Write to everyone who owes something, or to these trainers alone, and say to whom on the next page; only where one posts."""
    if request.method != "POST":
        return
    report = remind_everyone(
        organisation=request.organisation,
        site=site_of(request),
        actor=request.user,
        today=timezone.localdate(),
        trainers=None if trainers is None else frozenset(trainers),
    )
    tell_reminders(request, report)
