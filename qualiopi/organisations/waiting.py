"""How many things await whoever manages an organisation, kept for the menu: what the first page counted, and nothing else (ADR 135).

It is never a source, and may be dropped at any time. It serves while the journal tells no later change, the same day, and not longer
than a hundred times as long as it took to count: what leaves no line there (a signature, an answer) is seen by then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.utils import timezone

from qualiopi.organisations.models import Organisation
from qualiopi.organisations.policy import TenantRequest
from qualiopi.organisations.queries import AtHand, at_hand

# Own practice, in seconds: kept at least so long; beyond so many to count, no page asks for it in passing.
AT_LEAST, IN_PASSING = 60.0, 1.0
SHARE = 100


def at_hand_of(request: TenantRequest) -> AtHand:
    """What `at_hand` gives, read once for a request."""
    found: AtHand | None = getattr(request, "at_hand", None)
    if found is None:
        found = request.at_hand = at_hand(request.organisation, today=timezone.localdate())
    return found


def waiting(request: TenantRequest) -> int | None:
    """How many things await; None while nobody counted them as they are now."""
    kept = cache.get(_key(request.organisation))
    return kept["count"] if kept and kept["seen"] == _seen(request) else None


def worth_asking(request: TenantRequest) -> bool:
    """Whether a page that does not know the count may ask for it: not where it takes long."""
    kept = cache.get(_key(request.organisation))
    return not kept or kept["took"] <= IN_PASSING


@contextmanager
def counting(request: TenantRequest) -> Iterator[Callable[[int], None]]:
    """Around the counting: the function given keeps what was found, as it stood when the counting began."""
    seen, start = _seen(request), time.perf_counter()

    def keep(count: int) -> None:
        took = time.perf_counter() - start
        kept = {"seen": seen, "count": count, "took": took}
        cache.set(_key(request.organisation), kept, timeout=max(AT_LEAST, took * SHARE))

    yield keep


def _key(organisation: Organisation) -> str:
    return f"waiting:{organisation.pk}"


def _seen(request: TenantRequest) -> tuple[str, int | None]:
    return timezone.localdate().isoformat(), at_hand_of(request).last_change
