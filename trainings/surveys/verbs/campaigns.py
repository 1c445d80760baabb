"""Opening and closing a survey, giving it another link."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.links import fingerprint
from trainings.sessions.models import Session, SessionState
from trainings.surveys.links import session_token
from trainings.surveys.models import Campaign
from trainings.surveys.questionnaire import SATISFACTION, shipped


@transaction.atomic
def open_campaign(*, session: Session, actor: User | None, questionnaire: str = SATISFACTION) -> Campaign:
    """Put a questionnaire to the people of a session, today; give back the campaign.

    One campaign per session and questionnaire: an open one is given back as it is; a closed one opens again with a new link.
    Raises ValidationError for an unknown questionnaire, or a session that is a draft or was cancelled. Writes the journal.
    """
    if questionnaire not in shipped():
        raise ValidationError(_("Ce questionnaire n’existe pas : %(key)s.") % {"key": questionnaire})
    if session.state in (SessionState.CANCELLED, SessionState.DRAFT):
        raise ValidationError(
            _("La session %(reference)s est au stade « %(state)s » : elle n’a personne à interroger.")
            % {"reference": session.reference, "state": session.get_state_display()}
        )
    known = Campaign.objects.filter(session=session, questionnaire=questionnaire).select_for_update().first()
    if known is not None:
        if known.closed_on is not None:
            known.closed_on = None
            known.save(update_fields=["closed_on"])
            record(verb="survey.reopened", actor=actor, organisation_id=known.organisation_id, target=known)
            return renew_link(campaign=known, actor=actor)
        return known
    shape = shipped()[questionnaire]
    pk = uuid.uuid4()
    campaign = Campaign.objects.create(
        pk=pk,
        organisation_id=session.organisation_id,
        session=session,
        questionnaire=questionnaire,
        questionnaire_version=shape.version,
        audience=shape.audience,
        opened_on=timezone.localdate(),
        link_hash=fingerprint(session_token(pk, 1)),
        created_by=actor,
    )
    record(verb="survey.opened", actor=actor, organisation_id=campaign.organisation_id, target=campaign)
    return campaign


@transaction.atomic
def renew_link(*, campaign: Campaign, actor: User | None) -> Campaign:
    """Give a session another link; the former one and its QR code stop working at once. Personal links are not touched.

    Raises ValidationError when the survey is closed. Writes the journal.
    """
    fresh: Campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    _refuse_closed(fresh)
    fresh.link_number += 1
    fresh.link_hash = fingerprint(session_token(fresh.pk, fresh.link_number))
    fresh.save(update_fields=["link_number", "link_hash"])
    record(
        verb="survey.link_renewed",
        actor=actor,
        organisation_id=fresh.organisation_id,
        target=fresh,
        details={"link_number": fresh.link_number},
    )
    return fresh


@transaction.atomic
def close_campaign(*, campaign: Campaign, actor: User | None) -> Campaign:
    """Take no more answers, today; what was answered stays. Raises ValidationError when it is closed already. Writes the journal."""
    fresh: Campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    _refuse_closed(fresh)
    fresh.closed_on = max(timezone.localdate(), fresh.opened_on)
    fresh.save(update_fields=["closed_on"])
    record(verb="survey.closed", actor=actor, organisation_id=fresh.organisation_id, target=fresh)
    return fresh


def _refuse_closed(campaign: Campaign) -> None:
    if campaign.closed_on is not None:
        raise ValidationError(_("Cette enquête est close. Ouvrez-la de nouveau pour la montrer."))
