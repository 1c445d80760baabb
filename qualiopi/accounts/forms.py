"""The sign-in forms in the house's words: the label is above its field, never inside it."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Adresse électronique"),
    "email": _("Adresse électronique"),
    "password": _("Mot de passe"),
    "remember": _("Rester connecté sur cet appareil"),
    "oldpassword": _("Mot de passe actuel"),
    "password1": _("Nouveau mot de passe"),
    "password2": _("Nouveau mot de passe, une seconde fois"),
}


class HouseWords(forms.Form):
    """Labels of ours, no placeholder, no help that repeats the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS[name]
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class LoginForm(HouseWords, allauth_forms.LoginForm):
    """E-mail and password."""


class ResetPasswordForm(HouseWords, allauth_forms.ResetPasswordForm):
    """The address to which a link goes."""


class ResetPasswordKeyForm(HouseWords, allauth_forms.ResetPasswordKeyForm):
    """A new password, from the link."""


class ChangePasswordForm(HouseWords, allauth_forms.ChangePasswordForm):
    """A new password, knowing the present one."""
