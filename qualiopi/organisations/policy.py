"""Every view says who may call it and whether it may write. A view that says nothing is refused.

    @requires(Capability.VIEW_SESSIONS)                 # shows; POST answers 405
    @requires(Capability.EDIT_SESSIONS, writes=True)    # a form: GET shows, POST acts
    @public(reason="…", writes=True)
    @signed_in()

The organisation comes from the URL (`<slug:organisation>`), once; the view gets it as `request.organisation`, with `request.access`, and
days and hours are those of that organisation until the answer is sent.
Refusal is 404: who may not enter learns nothing, not even that the address exists.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from qualiopi.accounts.models import User
from qualiopi.organisations.enums import Capability
from qualiopi.organisations.guard import no_writes
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.queries import Access, AtHand, accesses_of
from qualiopi.zones import follow

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
View = Callable[..., HttpResponseBase]


class TenantRequest(HttpRequest):
    """A request inside an organisation."""

    user: User
    organisation: Organisation
    access: Access
    accesses: list[Access]
    at_hand: AtHand


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may call a view: everybody (with the reason), whoever signed in, or who has one of the capabilities."""

    capabilities: tuple[Capability, ...] = ()
    writes: bool = False
    public_because: str = ""


def public(*, reason: str, writes: bool = False) -> Callable[[View], View]:
    """Open to everybody, without an account, for the stated reason."""
    return _declare(Policy(writes=writes, public_because=reason))


def signed_in(*, writes: bool = False) -> Callable[[View], View]:
    """Open to whoever signed in; for pages outside any organisation."""
    return _declare(Policy(writes=writes))


def requires(*capabilities: Capability, writes: bool = False) -> Callable[[View], View]:
    """Open to members of the organisation in the URL whose role has at least one of these capabilities."""
    return _declare(Policy(capabilities=capabilities, writes=writes))


def _declare(policy: Policy) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if policy.capabilities:
                enter(cast(TenantRequest, request), kwargs.pop("organisation"), policy)
            if request.method not in SAFE_METHODS and not policy.writes:
                return HttpResponseNotAllowed(["GET", "HEAD"])
            with nullcontext() if policy.writes and request.method not in SAFE_METHODS else no_writes():
                return view(request, *args, **kwargs)

        guarded.policy = policy  # type: ignore[attr-defined]
        return guarded

    return decorate


def enter(request: TenantRequest, slug: str, policy: Policy) -> None:
    """Put the organisation and the person's access on the request; raise Http404 when the policy refuses."""
    request.accesses = accesses_of(request.user)
    for access in request.accesses:
        if access.organisation.slug == slug and any(access.allows(capability) for capability in policy.capabilities):
            request.organisation, request.access = access.organisation, access
            follow(access.organisation)
            return
    raise Http404
