"""The page of who is signed in: their name, their language, their password, where they may enter."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.editing import carry_out, form_page
from qualiopi.organisations.forms import PersonForm
from qualiopi.organisations.policy import signed_in
from qualiopi.organisations.queries import accesses_of
from qualiopi.organisations.verbs import change_own_account
from qualiopi.web.languages import readers_language


@signed_in(writes=True)
def my_account(request: HttpRequest) -> HttpResponse:
    """Name and language, the way to the password, and the organisations one may enter; in the language of the account."""
    user = cast(User, request.user)
    with translation.override(readers_language(request)):
        form = PersonForm(request.POST if request.method == "POST" else None, instance=User.objects.get(pk=user.pk))
        saved = carry_out(form, lambda: change_own_account(user=user, fields=form.cleaned_data))
        if saved is None:
            return form_page(request, "organisations/my_account.html", form, accesses=accesses_of(user))
    with translation.override(saved.language):
        messages.success(request, _("Votre compte est à jour."))
    return redirect("my_account")
