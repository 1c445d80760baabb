"""How people sign in: nobody opens an account alone, an organisation invites."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUpAdapter(DefaultAccountAdapter):
    """Sign-in without public sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

