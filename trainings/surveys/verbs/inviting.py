"""Personal links by e-mail, and one reminder a week at most to who has not answered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date
from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.links import fingerprint
from trainings.sessions.models import EnrolmentState
from trainings.surveys.emails import survey_message
from trainings.surveys.links import invitation_token, link_expiry
from trainings.surveys.models import Campaign, Invitation
from trainings.surveys.queries import remindable, waiting


@dataclass
class MailReport:
    """What left, who has no address, which addresses refused, who waits because a message is less than a week old."""

    sent: int = 0
    without_address: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    too_recent: int = 0


def invite(*, campaign: Campaign, site: str, actor: User | None) -> MailReport:
    """Send their personal link to the people enrolled who have not had it. Withdrawn people are left out.

    `site`: where the product is reached ("https://temoin.example"). Raises ValidationError when the survey is closed or its links
    would have expired. Side effects: one invitation and one e-mail per person, stamped only once it left; writes the journal.
    """
    expiry = _last_day(campaign)
    report = MailReport()
    enrolments = campaign.session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).select_related("trainee")
    known = {invitation.enrolment_id: invitation for invitation in campaign.invitations.all()}
    to_send: list[Invitation] = []
    for enrolment in enrolments:
        if not enrolment.trainee.email:
            report.without_address.append(str(enrolment.trainee))
            continue
        invitation = known.get(enrolment.pk)
        if invitation is None:
            pk = uuid.uuid4()
            invitation = Invitation.objects.create(
                pk=pk,
                organisation_id=campaign.organisation_id,
                campaign=campaign,
                enrolment=enrolment,
                token_hash=fingerprint(invitation_token(pk)),
                expires_on=expiry,
            )
        if invitation.sent_at is None:
            invitation.enrolment = enrolment
            to_send.append(invitation)
    _send(campaign, to_send, report, site=site, stamp="sent_at")
    _tell("survey.invited", campaign, report, actor)
    return report


def remind(*, campaign: Campaign, site: str, actor: User | None) -> MailReport:
    """Send their link again to those who were invited at least a week ago, whose link has not served, nor been recalled this week.

    Whether the link served is looked at again just before each message. Raises ValidationError when the survey is closed or expired.
    Side effects: e-mails, `reminded_at`; writes the journal.
    """
    _last_day(campaign)
    report = MailReport()
    due = list(remindable(campaign))
    report.too_recent = waiting(campaign).count() - len(due)
    _send(campaign, due, report, site=site, stamp="reminded_at")
    _tell("survey.reminded", campaign, report, actor)
    return report


def _last_day(campaign: Campaign) -> date:
    expiry = link_expiry(campaign.session.ends_on, campaign.opened_on)
    if campaign.closed_on is not None:
        raise ValidationError(_("Cette enquête est close : personne ne pourrait plus répondre."))
    if expiry < timezone.localdate():
        raise ValidationError(_("Les liens de cette enquête ont expiré : personne ne pourrait plus répondre."))
    return expiry


def _send(campaign: Campaign, invitations: list[Invitation], report: MailReport, *, site: str, stamp: str) -> None:
    """Claim, send, and give the claim back when the message did not leave."""
    if not invitations:
        return
    with get_connection() as connection:
        for invitation in invitations:
            former = getattr(invitation, stamp)
            claimed = Invitation.objects.filter(pk=invitation.pk, answered=False, **{stamp: former}).update(
                **{stamp: timezone.now()}
            )
            if not claimed:
                continue
            address = invitation.enrolment.trainee.email
            message = survey_message(
                campaign=campaign,
                person=invitation.enrolment.trainee.first_name,
                address=address,
                token=invitation_token(invitation.pk),
                site=site,
                last_day=invitation.expires_on,
                reminder=stamp == "reminded_at",
            )
            try:
                connection.send_messages([message])
            except (SMTPException, OSError):
                Invitation.objects.filter(pk=invitation.pk).update(**{stamp: former})
                report.failed.append(address)
            else:
                report.sent += 1


@transaction.atomic
def _tell(verb: str, campaign: Campaign, report: MailReport, actor: User | None) -> None:
    if report.sent or report.failed:
        record(
            verb=verb,
            actor=actor,
            organisation_id=campaign.organisation_id,
            target=campaign,
            details={"sent": report.sent, "failed": len(report.failed)},
        )
