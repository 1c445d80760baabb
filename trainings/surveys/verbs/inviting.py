"""Personal links by e-mail, and one reminder a week at most to who has not answered."""

from __future__ import annotations

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.links import fingerprint
from qualiopi.post.reports import MailReport
from qualiopi.post.rounds import send_all
from trainings.surveys.emails import SurveyLink
from trainings.surveys.links import invitation_token, link_expiry
from trainings.surveys.models import Audience, Campaign, Invitation
from trainings.surveys.queries import FIELDS, Recipient, asked, recipients_of, remindable, waiting


def invite(*, campaign: Campaign, site: str, actor: User | None) -> MailReport:
    """Send their personal link to those of the audience who have not had it. Withdrawn people are left out.

    `site`: where the product is reached ("https://temoin.example"). Raises ValidationError when the survey is closed or its links
    would have expired. Side effects: one invitation and one e-mail each, stamped only once it left; writes the journal.
    """
    expiry = _last_day(campaign)
    report = MailReport()
    field = FIELDS[Audience(campaign.audience)]
    known = {getattr(invitation, f"{field}_id"): invitation for invitation in campaign.invitations.all()}
    to_send: list[SurveyLink] = []
    for recipient in recipients_of(campaign.session, campaign.audience):
        if not recipient.address:
            report.without_address.append(recipient.name)
            continue
        invitation = known.get(recipient.pk) or _new_invitation(campaign, field, recipient, expiry)
        if invitation.sent_at is None:
            to_send.append(SurveyLink(invitation=invitation, campaign=campaign, person=recipient, site=site))
    send_all(to_send, report=report)
    _tell("survey.invited", campaign, report, actor)
    return report


def _new_invitation(campaign: Campaign, field: str, recipient: Recipient, expiry: date) -> Invitation:
    """A personal link; when another request has just made it, that one."""
    pk = uuid.uuid4()
    made: Invitation
    made, _created = Invitation.objects.get_or_create(
        campaign=campaign,
        **{f"{field}_id": recipient.pk},
        defaults={
            "pk": pk,
            "organisation_id": campaign.organisation_id,
            "token_hash": fingerprint(invitation_token(pk)),
            "expires_on": expiry,
        },
    )
    return made


def remind(*, campaign: Campaign, site: str, actor: User | None) -> MailReport:
    """Send their link again to those who were invited at least a week ago, whose link has not served, nor been recalled this week.

    Whether the link served is looked at again just before each message. Raises ValidationError when the survey is closed or expired.
    Side effects: e-mails, `reminded_at`; writes the journal.
    """
    _last_day(campaign)
    report = MailReport()
    due = [
        SurveyLink(invitation=invitation, campaign=campaign, person=asked(invitation), site=site, reminder=True)
        for invitation in remindable(campaign)
    ]
    report.too_recent = waiting(campaign).count() - len(due)
    send_all(due, report=report)
    _tell("survey.reminded", campaign, report, actor)
    return report


def _last_day(campaign: Campaign) -> date:
    expiry = link_expiry(campaign.session.ends_on, campaign.opened_on)
    if campaign.closed_on is not None:
        raise ValidationError(_("Cette enquête est close : personne ne pourrait plus répondre."))
    if expiry < timezone.localdate():
        raise ValidationError(_("Les liens de cette enquête ont expiré : personne ne pourrait plus répondre."))
    return expiry


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
