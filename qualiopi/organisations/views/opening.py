"""Opening the first organisation with the code of the server's log; opening others as who holds the server."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from qualiopi.accounts import opening
from qualiopi.accounts.browsers import remember
from qualiopi.callers import client_address, household
from qualiopi.editing import carry_out, form_page
from qualiopi.organisations.forms import FirstForm, OpeningForm
from qualiopi.organisations.models import Member
from qualiopi.organisations.policy import TenantRequest, public, signed_in
from qualiopi.organisations.verbs import open_first_organisation, open_organisation


@public(reason="ouvrir le premier organisme avec le code du serveur", writes=True)
def first(request: HttpRequest) -> HttpResponse:
    """Open the first organisation and its manager's account. Once there is an account, this page is the sign-in."""
    if not opening.nobody_yet():
        return redirect("start" if request.user.is_authenticated else "account_login")
    form = FirstForm(request.POST if request.method == "POST" else None, caller=household(client_address(request)))
    if member := carry_out(form, lambda: open_first_organisation(**form.account())):
        login(request, member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        response = _enter(member)
        remember(request, response, member.user.email)
        return response
    opening.tell(request.build_absolute_uri(reverse("first")))
    return form_page(request, "organisations/first.html", form)


@signed_in(writes=True)
def open_one(request: HttpRequest) -> HttpResponse:
    """Open an organisation that one manages oneself; 404 for whoever does not hold the server."""
    user = cast(TenantRequest, request).user
    if not user.is_superuser:
        raise Http404
    form = OpeningForm(request.POST if request.method == "POST" else None)
    if member := carry_out(form, lambda: open_organisation(name=form.cleaned_data["name"], actor=user)):
        return _enter(member)
    return form_page(request, "organisations/open.html", form)


def _enter(member: Member) -> HttpResponse:
    return redirect("organisations:enter", organisation=member.organisation.slug)
