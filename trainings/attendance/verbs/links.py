"""Sending everybody the personal link that they sign with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.post.reports import MailReport
from qualiopi.post.rounds import send_all
from trainings.attendance.emails import SigningLink
from trainings.attendance.queries.grid import expected_people, unsaid
from trainings.attendance.verbs.refusals import check_session
from trainings.sessions.models import EnrolmentState, LinkPurpose, Session
from trainings.sessions.verbs import personal_links


def send_links(
    *, session: Session, site: str, actor: User | None, again: bool = False, only: Collection[UUID] | None = None
) -> MailReport:
    """Send their link to the people enrolled who have not had it; `again`: to everybody; `only`: to these enrolments alone.

    `site`: where the product is reached ("https://temoin.example"). Raises ValidationError when the session is over, or its links are.
    Side effects: one e-mail per person, the link stamped only once it left; writes the journal.
    """
    check_session(session)
    today = timezone.localdate()
    people = [each for each in expected_people(session).filter(state=EnrolmentState.ENROLLED) if only is None or each.pk in only]
    links = personal_links(session=session, enrolments=people, purpose=LinkPurpose.ATTENDANCE, today=today)
    if links and all(given.link.expires_on < today for given in links.values()):
        raise ValidationError(_("Le temps prévu pour signer est passé : les liens de cette session ont expiré."))
    to_send = [given for given in links.values() if again or given.link.sent_at is None]
    report = MailReport(already=len(links) - len(to_send))
    send_all((SigningLink(session=session, given=given, site=site) for given in to_send), report=report)
    if report.sent or report.failed:
        with transaction.atomic():
            details = {"sent": report.sent, "failed": len(report.failed)}
            record(
                verb="attendance.links_sent",
                actor=actor,
                organisation_id=session.organisation_id,
                target=session,
                details=details,
            )
    return report


def ask_to_sign(*, session: Session, site: str, actor: User | None, now: datetime) -> MailReport:
    """Send their link, once more if need be, to those who still have something to sign, and to nobody else.

    Raises ValidationError and has the side effects of `send_links`.
    """
    waiting = {each.pk for _half_day, each in unsaid(session, now=now)}
    return send_links(session=session, site=site, actor=actor, again=True, only=waiting)
