"""How people sign in: nobody opens an account alone, an organisation invites."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedSignUpAdapter(DefaultAccountAdapter):
    """Sign-in without public sign-up; refusals say what to do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les majuscules, ou demandez un nouveau mot de passe."
        ),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel. Vérifiez les majuscules et recommencez."),
        "too_many_login_attempts": _("Trop d’essais de suite. Attendez cinq minutes, ou demandez un nouveau mot de passe."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> Any:
        return super().send_mail(template_prefix, email, {**context, "product_name": settings.PRODUCT_NAME})
