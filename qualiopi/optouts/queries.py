"""Who refused messages."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from qualiopi.links import LinkState, look_behind
from qualiopi.optouts.models import MailChoice
from qualiopi.organisations.models import Organisation


def as_compared(email: str) -> str:
    """An address as two are compared."""
    return email.strip().lower()


def choice_behind(token: str) -> MailChoice | None:
    """The choice that a link of a message opens, with its organisation; None when nobody knows it."""
    found = look_behind(token, MailChoice.objects.select_related("organisation"), lambda _choice: LinkState.OPEN)
    return found.row if found is not None else None


def refusals_of(organisation: Organisation) -> QuerySet[MailChoice]:
    """Addresses that refused, the last one first."""
    found: QuerySet[MailChoice] = MailChoice.objects.for_organisation(organisation).filter(refused_at__isnull=False)
    return found.order_by("-refused_at", "email")


def refusing(organisation: Organisation) -> frozenset[str]:
    """Addresses that refused, as they are compared; one query."""
    return frozenset(refusals_of(organisation).order_by().values_list("email", flat=True))


def has_refused(organisation: Organisation, email: str) -> bool:
    """Whether this address refused; one query, none for an empty one."""
    return bool(email) and refusals_of(organisation).filter(email=as_compared(email)).exists()


def refuses(address: Any) -> Exists:
    """A condition on rows of an organisation: whether their address refused. `address`: an expression made of `OuterRef`."""
    return Exists(
        MailChoice.objects.filter(organisation=OuterRef("organisation"), email=Lower(address), refused_at__isnull=False)
    )
