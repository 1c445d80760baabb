"""The page a trainer shows: a large QR code, the link in clear, how many answered."""

from __future__ import annotations

from uuid import UUID

import segno
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.partials import render_page
from trainings.surveys.queries import answers_by_session, campaign_of, current_session_token, door
from trainings.surveys.sharing import LOST, UNOPENED, share_page
from trainings.surveys.verbs import open_campaign, renew_link
from trainings.surveys.views.finding import find_session, site_of, tell_refusal


@requires(C.VIEW_OWN_SESSIONS, C.EDIT_SURVEYS, writes=True)
def share(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Show the session's link; the first POST opens the survey, a later one gives it a new link."""
    session = find_session(request, pk)
    campaign = campaign_of(request.organisation, session)
    if request.method == "POST":
        try:
            if campaign is not None and campaign.closed_on is None:
                if request.POST.get("action") == "renew":
                    renew_link(campaign=campaign, actor=request.user)
            else:
                open_campaign(session=session, actor=request.user)
        except ValidationError as error:
            tell_refusal(request, error)
        return redirect("surveys:share", organisation=request.organisation.slug, pk=session.pk)
    token = current_session_token(campaign) if campaign else None
    found = door(token) if token else None
    link = site_of(request) + reverse("survey:start", args=[token]) if token else ""
    counted = answers_by_session([session.pk]).get(session.pk)
    context = {
        "session": session,
        "campaign": campaign,
        "page": share_page(found.state if found else LOST if campaign else UNOPENED),
        "link": link,
        "shown_link": link.split("://")[-1],
        "qr": _qr_code(link) if link else "",
        "answers": counted.answers if counted else 0,
        "can_see_results": request.access.allows(C.VIEW_SURVEYS),
    }
    return render_page(request, "surveys/share.html", context, parts=("compte",))


def _qr_code(link: str) -> SafeString:
    """The link as a picture: one path, sizes and colours as attributes."""
    picture = segno.make_qr(link, error="m").svg_inline(
        border=2, dark="#241f2b", light="#ffffff", omitsize=True, svgclass="qr", lineclass=None, title=_("QR code de l’enquête")
    )
    # segno draws squares from our own link: nothing in it was typed by anybody.
    return mark_safe(picture.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308
