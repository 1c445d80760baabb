"""The page behind the link of a message: GET shows, POST acts (mail scanners open links); and, for managers, who refused."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from qualiopi.optouts.queries import choice_behind, refusals_of
from qualiopi.optouts.sentences import standing_of
from qualiopi.optouts.verbs import refuse, take_again
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, public, requires
from qualiopi.web.languages import in_chosen_language
from qualiopi.web.lists import page_of

# What a mail reader posts by itself when its own button is pressed (RFC 8058): no cookie, no page, no redirection.
ONE_CLICK = ("List-Unsubscribe", "One-Click")


@csrf_exempt  # a mail reader posts without having seen the page; the token of the address is what it is trusted for
@public(reason="on refuse des messages sans compte", writes=True)
@never_cache
@in_chosen_language
def choice(request: HttpRequest, token: str) -> HttpResponse:
    """Say what is chosen, and change it at the press of a button, ours or that of a mail reader."""
    found = choice_behind(token)
    if found is None:
        return render(request, "optouts/public/unknown.html", status=404)
    if request.method == "POST":
        name, value = ONE_CLICK
        one_click = request.POST.get(name) == value
        if one_click or request.POST.get("action") == "refuse":
            refuse(choice=found)
        elif request.POST.get("action") == "take_again":
            take_again(choice=found, actor=None)
        if not one_click:
            return redirect(request.get_full_path())
        found.refresh_from_db()
    context = {
        "standing": standing_of(found),
        "organisation_name": found.organisation.name,
        "contact_email": found.organisation.contact_email,
    }
    return render(request, "optouts/public/choice.html", context)


@requires(C.VIEW_SESSIONS)
def refusals(request: TenantRequest) -> HttpResponse:
    """Addresses that want no more surveys nor reminders, and the way back when their owner asks for it."""
    page = page_of(request, refusals_of(request.organisation))
    return render(request, "optouts/refusals.html", {"page": page, "can_edit": request.access.allows(C.EDIT_SESSIONS)})


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def write_again(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Write to an address again, because its owner asked for it."""
    found = get_object_or_404(refusals_of(request.organisation), pk=pk)
    take_again(choice=found, actor=request.user)
    messages.success(request, _("Les enquêtes et les relances partent de nouveau à %(email)s.") % {"email": found.email})
    return redirect("optouts:refusals", organisation=request.organisation.slug)
