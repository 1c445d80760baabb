"""Sign-in is required everywhere; public views opt out by name, and a view without a policy is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase

from qualiopi.organisations.policy import Policy

# Views of libraries that carry no policy of ours: signing in, out, and a forgotten password.
LIBRARY_VIEWS = {
    "account_login": Policy(public_because="ouvrir une session", writes=True),
    "account_logout": Policy(public_because="fermer une session", writes=True),
    "account_reset_password": Policy(public_because="mot de passe oublié", writes=True),
    "account_reset_password_done": Policy(public_because="mot de passe oublié"),
    "account_reset_password_from_key": Policy(public_because="mot de passe oublié", writes=True),
    "account_reset_password_from_key_done": Policy(public_because="mot de passe oublié"),
    "account_change_password": Policy(writes=True),
}


def policy_of(view: Callable[..., Any], url_name: str) -> Policy | None:
    """The policy a view declares, or the one kept here for a library's view; None when there is none."""
    declared: Policy | None = getattr(view, "policy", None)
    return declared or LIBRARY_VIEWS.get(url_name)


class PolicyMiddleware:
    """Asks for a sign-in unless the view is public; refuses to run a view without a policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let the request through, or send to the sign-in page."""
        match = request.resolver_match
        policy = policy_of(view, match.view_name if match else "")
        if policy is None:
            raise ImproperlyConfigured(f"La vue {view.__module__}.{view.__name__} ne déclare pas sa politique d'accès.")
        if not policy.public_because and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return None
