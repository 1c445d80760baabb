"""Whether who reads a page may open another one."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse


def reachable(request: HttpRequest, name: str, *args: object) -> str:
    """The address of a view by its name, or "" when the reader may not open it or nothing has that name.

    What the view declares decides, so that a tab or a button never leads to a refusal.
    """
    try:
        address = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    policy = getattr(resolve(address).func, "policy", None)
    access = getattr(request, "access", None)
    asked = policy.capabilities if policy else ()
    return address if not asked or (access and any(access.allows(capability) for capability in asked)) else ""
