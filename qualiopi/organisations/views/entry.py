"""Entering: from the sign-in to the right room for one's role."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.kept import forget
from qualiopi.organisations.policy import TenantRequest, requires, signed_in
from qualiopi.organisations.queries import accesses_of, networks_headed_by


@signed_in()
def start(request: HttpRequest) -> HttpResponse:
    """Send to the only organisation, or list those one may enter."""
    user = cast(TenantRequest, request).user
    accesses = accesses_of(user)
    heads = networks_headed_by(user)
    if len(accesses) == 1 and not heads:
        return redirect("organisations:enter", organisation=accesses[0].organisation.slug)
    return render(request, "organisations/start.html", {"accesses": accesses, "heads": heads, "may_open": user.is_superuser})


@signed_in(writes=True)
@require_POST
def forget_kept(request: HttpRequest) -> HttpResponse:
    """Forget what was typed before the session ended, and go back to its page."""
    forget(request)
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, None) else "start")


@requires(C.VIEW_HOME, C.VIEW_OWN_SESSIONS, C.AUDIT_ROOM)
def enter(request: TenantRequest) -> HttpResponse:
    """Send to the first page of one's role."""
    if request.access.allows(C.VIEW_HOME):
        target = "home:index"
    elif request.access.allows(C.VIEW_OWN_SESSIONS):
        target = "debts:mine"
    else:
        target = "audits:room"
    return redirect(target, organisation=request.organisation.slug)
