"""Readings of the pages that the engine answers, at 1,000 and 10,000 sessions: nothing kept, what sessions tell kept and no result (as a
new process after a new version finds it), first after one signature, second.

It asks nothing of the product but its addresses: put into the work tree of an earlier version, it measures that one (an address that
differs there is given in `BENCH_PAGES`, as "home:readiness:home board:readiness:board").
"""

from __future__ import annotations

import os
import sys
from typing import Any, NamedTuple

from bench.measure import exit_status, prepare, queries, report, timed

SIZES = tuple(int(size) for size in os.environ.get("BENCH_SIZES", "1000,10000").split(","))
PAGES = {
    "board": "readiness:board",
    "home": "home:index",
    "indicator": "indicators:page",
    "matrix": "matrix:index",
    "debts": "debts:index",
} | dict(each.split(":", 1) for each in os.environ.get("BENCH_PAGES", "").split())
INDICATOR = 19
# Growth of the first two readings from the smallest size to the largest, at most.
GROWTH = 6
TIMES = 3
RESULTS = ("evidence_keptboard", "evidence_keptseen")
KEPT = ("trainings_keptfacts", *RESULTS)


class Readings(NamedTuple):
    """Seconds of a page when nothing is kept, when no result is, after one signature, and when nothing changed; queries of the last."""

    cold: float
    rows_only: float
    first: float
    second: float
    queries: int


def main() -> int:
    """Lay an organisation of each size, open each page, print the table and what grows too much."""
    prepare()
    from django.test import Client
    from django.urls import reverse

    from bench.dataset import build, quality_manager

    client = Client(HTTP_HOST="127.0.0.1")
    found: dict[str, list[Readings]] = {}
    for size in SIZES:
        organisation = build(f"mesure-{size}", size)
        client.force_login(quality_manager(organisation), backend="allauth.account.auth_backends.AuthenticationBackend")
        for page, name in PAGES.items():
            address = reverse(name, args=[organisation.slug, *([INDICATOR] if page == "indicator" else [])])
            found.setdefault(page, []).append(readings(client, address, organisation))
            print(page, size, *(f"{each:.3f}" for each in found[page][-1][:4]), f"{found[page][-1].queries} requêtes", flush=True)
    if len(SIZES) > 1:
        growths(found)
    return exit_status()


def growths(found: dict[str, list[Readings]]) -> None:
    """Each page at the largest size beside the smallest."""
    for page, seen in found.items():
        small, large = seen[0], seen[-1]
        report(f"{page}, rien de gardé : {SIZES[-1]} / {SIZES[0]} sessions", large.cold / small.cold, GROWTH, "x")
        report(
            f"{page}, sessions gardées, aucun résultat : {SIZES[-1]} / {SIZES[0]}", large.rows_only / small.rows_only, GROWTH, "x"
        )
        report(f"{page}, après une signature : {SIZES[-1]} / {SIZES[0]} sessions", large.first / small.first, GROWTH, "x")


def readings(client: Any, address: str, organisation: Any) -> Readings:
    """Of one page, warm otherwise; the best of three, of two when nothing is kept."""
    client.get(address)
    colds, rows_only = [], []
    for _turn in range(TIMES - 1):
        forget(KEPT)
        colds.append(timed(lambda: client.get(address)))
        forget(RESULTS)
        rows_only.append(timed(lambda: client.get(address)))
    firsts = []
    for mark in signatures(organisation):
        sign(mark)
        firsts.append(timed(lambda: client.get(address)))
    seconds = [timed(lambda: client.get(address)) for _turn in range(TIMES)]
    with queries() as made:
        assert client.get(address).status_code == 200
    return Readings(min(colds), min(rows_only), min(firsts), min(seconds), len(made))


def forget(kept: tuple[str, ...]) -> None:
    """Empty these tables, where this version has them."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names()) & set(kept):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  (our own names)


def signatures(organisation: Any) -> list[Any]:
    """Lines of the register, each of another session, of those held last."""
    from trainings.attendance.models import Mark
    from trainings.sessions.models import Session

    held = Session.objects.filter(organisation=organisation, half_days__marks__isnull=False).order_by("-starts_on").distinct()
    return [Mark.objects.filter(session=session).order_by("-number")[0] for session in held[:TIMES]]


def sign(mark: Any) -> None:
    """Change a line past every guard, as a signature does."""
    from django.db import connection

    with connection.cursor() as cursor:
        key = mark.pk.hex if connection.vendor == "sqlite" else mark.pk
        cursor.execute("UPDATE trainings_mark SET minutes = COALESCE(minutes, 0) + 1 WHERE id = %s", [key])


if __name__ == "__main__":
    sys.exit(main())
