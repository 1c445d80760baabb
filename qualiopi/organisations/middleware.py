"""Sign-in is required everywhere; public views opt out by name, and a view without a policy is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from qualiopi.organisations.kept import forget, keep, page_of
from qualiopi.organisations.policy import Policy
from qualiopi.web import errors
from qualiopi.zones import in_default_zone

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
        in_default_zone()
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let the request through, or send to the sign-in page."""
        match = request.resolver_match
        policy = policy_of(view, match.view_name if match else "")
        if policy is None:
            raise ImproperlyConfigured(f"La vue {view.__module__}.{view.__name__} ne déclare pas sa politique d'accès.")
        if policy.public_because:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.method == "POST":
            forget(request, sent_to=request.get_full_path())
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a form without its proof of origin. One of a page of ours that stayed open while somebody signed in again is kept, and its
    page shown anew; the browser itself says that it comes from us."""
    match = request.resolver_match
    policy = policy_of(match.func, match.view_name) if match else None
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not ours or policy is None or policy.public_because:
        return errors.csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return _to_sign_in(request)
    page = keep(request)
    return _go(request, page) if page else errors.csrf_failure(request, reason)


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for a sign-in that leads back to the page; what was sent is kept for it."""
    page = (keep(request) or page_of(request)) if request.method == "POST" else _page_asking(request)
    return _go(request, redirect_to_login(page).url)


def _page_asking(request: HttpRequest) -> str:
    """The page that is asked for; the whole page when a part of it asks for itself."""
    return _htmx(request).current_url_abs_path or request.get_full_path()


def _go(request: HttpRequest, address: str) -> HttpResponseBase:
    """Lead the whole page there, also when only a part of it was asked for."""
    return HttpResponseClientRedirect(address) if _htmx(request) else redirect(address)


def _htmx(request: HttpRequest) -> HtmxDetails:
    return cast(HtmxDetails, request.htmx)  # type: ignore[attr-defined]
