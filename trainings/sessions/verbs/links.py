"""The personal links by which trainees come without an account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.links import fingerprint
from trainings.sessions.links import link_expiry, link_token
from trainings.sessions.models import Enrolment, EnrolmentLink, LinkPurpose, Session
from trainings.sessions.queries.coverage import last_day
from trainings.sessions.queries.links import current_token


@dataclass(frozen=True, slots=True)
class GivenLink:
    """A personal link and the token that opens it; only the fingerprint of the token is kept."""

    link: EnrolmentLink
    token: str


def personal_link(
    *, enrolment: Enrolment, purpose: LinkPurpose, actor: User | None, renew: bool = False, today: date | None = None
) -> GivenLink:
    """The personal link of one enrolment for one purpose, made when there is none; `renew` voids the old one.

    Writes the journal when renewed. `expires_on` follows the dates the session has now.
    """
    if renew:
        with transaction.atomic():
            link = EnrolmentLink.objects.select_for_update().filter(enrolment=enrolment, purpose=purpose).first()
            if link is not None:
                _turn_over(link, enrolment.session, today or timezone.localdate())
                record(
                    verb="enrolment.link_renewed",
                    actor=actor,
                    organisation_id=link.organisation_id,
                    target=enrolment,
                    details={"purpose": str(purpose)},
                )
    given = personal_links(session=enrolment.session, enrolments=[enrolment], purpose=purpose, today=today)
    return given[enrolment]


def personal_links(
    *, session: Session, enrolments: Iterable[Enrolment], purpose: LinkPurpose, today: date | None = None
) -> dict[Enrolment, GivenLink]:
    """The personal links of several enrolments of one session: one query when all exist, four when some are made.

    A link whose secret key is gone is turned over. The journal is written by whoever sends the links.
    """
    day = today or timezone.localdate()
    by_id = {enrolment.pk: enrolment for enrolment in enrolments}
    existing = EnrolmentLink.objects.filter(enrolment__in=by_id, enrolment__session=session, purpose=purpose)
    with transaction.atomic():
        links = {link.enrolment_id: link for link in existing}
        missing = [
            EnrolmentLink(
                organisation_id=session.organisation_id,
                enrolment=enrolment,
                purpose=purpose,
                token_hash=fingerprint(link_token(enrolment.pk, purpose, 1)),
            )
            for pk, enrolment in by_id.items()
            if pk not in links
        ]
        if missing:
            expiry = link_expiry(last_day(session), purpose, today=day)
            for link in missing:
                link.expires_on = expiry
            # Somebody may be sending the same links at this very moment: theirs are as good as ours.
            EnrolmentLink.objects.bulk_create(missing, ignore_conflicts=True)
            links = {link.enrolment_id: link for link in existing.all()}
        for pk, link in links.items():
            link.enrolment = by_id[pk]
        return {by_id[pk]: GivenLink(link, current_token(link) or _turn_over(link, session, day)) for pk, link in links.items()}


def _turn_over(link: EnrolmentLink, session: Session, today: date) -> str:
    """Give a link its next number: the token before opens nothing any more."""
    link.number += 1
    token = link_token(link.enrolment_id, link.purpose, link.number)
    link.token_hash = fingerprint(token)
    link.expires_on = link_expiry(last_day(session), link.purpose, today=today)
    link.sent_at, link.reminded_at = None, None
    link.save(update_fields=["number", "token_hash", "expires_on", "sent_at", "reminded_at"])
    return token
