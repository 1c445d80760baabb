"""Sending everybody the personal link that they sign with."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.mail import Departure, Outbox
from trainings.attendance.emails import link_message
from trainings.attendance.queries.grid import expected_people
from trainings.attendance.verbs.refusals import check_session
from trainings.sessions.models import Enrolment, EnrolmentLink, EnrolmentState, LinkPurpose, Session
from trainings.sessions.verbs import personal_links


@dataclass
class LinkReport:
    """How many links left, who has no address, which addresses refused, how many had theirs already."""

    sent: int = 0
    already: int = 0
    without_address: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def send_links(*, session: Session, site: str, actor: User | None, again: bool = False) -> LinkReport:
    """Send their link to the people enrolled who have not had it; `again`: to everybody.

    `site`: where the product is reached ("https://temoin.example"). Raises ValidationError when the session is over, or its links are.
    Side effects: one e-mail per person, the link stamped only once it left; writes the journal.
    """
    check_session(session)
    today = timezone.localdate()
    report = LinkReport()
    people = list(expected_people(session).filter(state=EnrolmentState.ENROLLED))
    links = personal_links(session=session, enrolments=people, purpose=LinkPurpose.ATTENDANCE, today=today)
    if links and all(given.link.expires_on < today for given in links.values()):
        raise ValidationError(_("Le temps prévu pour signer est passé : les liens de cette session ont expiré."))
    with Outbox() as outbox:
        for enrolment, given in links.items():
            if not enrolment.trainee.email:
                report.without_address.append(str(enrolment.trainee))
            elif given.link.sent_at is not None and not again:
                report.already += 1
            else:
                _send(outbox, session, enrolment, given.link, given.token, site, report)
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


def _send(
    outbox: Outbox, session: Session, enrolment: Enrolment, link: EnrolmentLink, token: str, site: str, report: LinkReport
) -> None:
    """Claim the link, send it, and give the claim back when the message did not leave: two who send at once send once."""
    before = link.sent_at
    if not EnrolmentLink.objects.filter(pk=link.pk, sent_at=before).update(sent_at=timezone.now()):
        return
    message = link_message(session=session, enrolment=enrolment, token=token, site=site, last_day=link.expires_on)
    if outbox.send(message) is Departure.LEFT:
        report.sent += 1
    else:
        EnrolmentLink.objects.filter(pk=link.pk).update(sent_at=before)
        report.failed.append(enrolment.trainee.email)
