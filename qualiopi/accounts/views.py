"""The library's pages, where tries are counted or a browser is remembered."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _

from qualiopi.accounts.browsers import remember
from qualiopi.accounts.opening import nobody_yet
from qualiopi.accounts.verbs import Patience, reset_doors, take_try
from qualiopi.callers import client_address, household
from qualiopi.post.outbox import printed


class SignIn(views.LoginView):
    """The way in; before there is any account, the page that opens the first one."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("first") if nobody_yet() else super().get(request, *args, **kwargs)


class ForgottenPassword(views.PasswordResetView):
    """Ask for a link; told to wait when one asks for many."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            take_try(*reset_doors(household(client_address(self.request))))
        except Patience as closed:
            form.add_error(None, closed)
            return self.form_invalid(form)
        return super().form_valid(form)


class ResetAsked(views.PasswordResetDoneView):
    """What happens now: the same for every address, known or not."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if printed():
            words = _("Aucun serveur de messagerie n’est réglé ici : rien ne part. Demandez un accès à qui tient le serveur.")
        else:
            words = _(
                "Si cette adresse est connue ici, un lien va lui parvenir. Sans nouvelles dans dix minutes, cherchez dans les "
                "indésirables ou demandez à votre responsable qualité."
            )
        return super().get_context_data(**kwargs) | {"words": words, "leaves": not printed()}


class NewPassword(views.PasswordResetFromKeyView):
    """Choose a password by the link of a message: whoever does is the owner, and this browser is theirs."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        remember(self.request, response, self.reset_user.email)
        return response


class ChangePassword(views.PasswordChangeView):
    """A new password, knowing the present one; in the language of the account."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(getattr(request.user, "language", settings.LANGUAGE_CODE)):
            response: HttpResponse = super().dispatch(request, *args, **kwargs)
            # The page is made while its language is on.
            return response.render() if isinstance(response, SimpleTemplateResponse) else response


sign_in = SignIn.as_view()
forgotten_password = ForgottenPassword.as_view()
new_password = NewPassword.as_view()
change_password = ChangePassword.as_view()
reset_asked = ResetAsked.as_view()
