"""The sign-in forms in the house's words: the label is above its field, never inside it."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qualiopi.accounts.emails import PasswordReset
from qualiopi.accounts.verbs import Patience, give_back, message_door, password_door, take_try
from qualiopi.post.tasks import send_later

LABELS = {
    "login": _("Adresse électronique"),
    "email": _("Adresse électronique"),
    "password": _("Mot de passe"),
    "remember": _("Rester connecté sur cet appareil"),
    "full_name": _("Prénom et nom"),
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
    """The address to which a link goes. Nothing here looks for its account: the worker does, and the page says the same to everybody."""

    def clean_email(self) -> str:
        """The address as it was typed."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Put the message in the queue, whether the address is known or not; give the address back. Asked for too often, it is not sent
        again: those that came before still serve, and the page says the same."""
        address: str = self.cleaned_data["email"]
        try:
            take_try(message_door(address))
        except Patience:
            return address
        send_later(PasswordReset, address=address, site=request.build_absolute_uri("/"))
        return address


class ResetPasswordKeyForm(HouseWords, allauth_forms.ResetPasswordKeyForm):
    """A new password, from the link; with it the name of who was invited by an address alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user is not None and not self.user.full_name:
            name = forms.CharField(label=LABELS["full_name"], max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
            self.fields = {"full_name": name, **self.fields}

    def save(self) -> None:
        """Store both."""
        super().save()
        if "full_name" in self.fields:
            self.user.full_name = self.cleaned_data["full_name"]
            self.user.save(update_fields=["full_name"])


class ChangePasswordForm(HouseWords, allauth_forms.ChangePasswordForm):
    """A new password, knowing the present one."""

    def clean_oldpassword(self) -> str:
        """The present password. Raises Patience while one has to wait."""
        taken = take_try(password_door(str(self.user.pk)))
        password = str(super().clean_oldpassword())
        give_back(taken)
        return password
