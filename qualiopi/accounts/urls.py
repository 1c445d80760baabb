"""Signing in and out. Nobody opens an account alone, so the library's other pages are not mounted."""

from allauth.account import views
from django.urls import path, re_path

from qualiopi.accounts.views import change_password, forgotten_password, new_password, reset_asked, sign_in

urlpatterns = [
    path("connexion/", sign_in, name="account_login"),
    path("deconnexion/", views.logout, name="account_logout"),
    path("mot-de-passe/", forgotten_password, name="account_reset_password"),
    path("mot-de-passe/envoye/", reset_asked, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        new_password,
        name="account_reset_password_from_key",
    ),
    path("mot-de-passe/change/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("mot-de-passe/changer/", change_password, name="account_change_password"),
]
