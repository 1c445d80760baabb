"""Personal links by e-mail, and one reminder a week at most to who has not answered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.links import fingerprint
from qualiopi.mail import Departure, Outbox
from trainings.surveys.emails import survey_message
from trainings.surveys.links import invitation_token, link_expiry
from trainings.surveys.models import Audience, Campaign, Invitation
from trainings.surveys.queries import FIELDS, Recipient, asked, recipients_of, remindable, waiting


@dataclass
class MailReport:
    """What left, who has no address, which addresses refused, who waits because a message is less than a week old."""

    sent: int = 0
    without_address: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    too_recent: int = 0


def invite(*, campaign: Campaign, site: str, actor: User | None) -> MailReport:
    """Send their personal link to those of the audience who have not had it. Withdrawn people are left out.

    `site`: where the product is reached ("https://temoin.example"). Raises ValidationError when the survey is closed or its links
    would have expired. Side effects: one invitation and one e-mail each, stamped only once it left; writes the journal.
    """
    expiry = _last_day(campaign)
    report = MailReport()
    field = FIELDS[Audience(campaign.audience)]
    known = {getattr(invitation, f"{field}_id"): invitation for invitation in campaign.invitations.all()}
    to_send: list[tuple[Invitation, Recipient]] = []
    for recipient in recipients_of(campaign.session, campaign.audience):
        if not recipient.address:
            report.without_address.append(recipient.name)
            continue
        invitation = known.get(recipient.pk) or _new_invitation(campaign, field, recipient, expiry)
        if invitation.sent_at is None:
            to_send.append((invitation, recipient))
    _send(campaign, to_send, report, site=site, stamp="sent_at")
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
    due = [(invitation, asked(invitation)) for invitation in remindable(campaign)]
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


def _send(
    campaign: Campaign, invitations: list[tuple[Invitation, Recipient]], report: MailReport, *, site: str, stamp: str
) -> None:
    """Claim, send, and give the claim back when the message did not leave."""
    if not invitations:
        return
    with Outbox() as outbox:
        for invitation, person in invitations:
            former = getattr(invitation, stamp)
            claimed = Invitation.objects.filter(pk=invitation.pk, answered=False, **{stamp: former}).update(
                **{stamp: timezone.now()}
            )
            if not claimed:
                continue
            message = survey_message(
                campaign=campaign,
                person=person,
                token=invitation_token(invitation.pk),
                site=site,
                last_day=invitation.expires_on,
                reminder=stamp == "reminded_at",
            )
            if outbox.send(message) is Departure.LEFT:
                report.sent += 1
            else:
                Invitation.objects.filter(pk=invitation.pk).update(**{stamp: former})
                report.failed.append(person.address)


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
