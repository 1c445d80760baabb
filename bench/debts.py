"""What is owed in an organisation with 3,000 sessions, beside one with 100: queries, and its three readings."""

import sys

from bench.measure import exit_status, prepare, report
from bench.readings import readings

SMALL, LARGE = 100, 3_000
# 34527d7 took 21.9 s: thirty times less after one signature, a hundred times less when nothing changed.
FIRST, SECOND = 21.9 / 30, 21.9 / 100


def main() -> int:
    """Lay both organisations, open the page of each as its quality manager, print queries and times."""
    prepare()
    from django.test import Client
    from django.urls import reverse

    from bench.dataset import build, quality_manager

    client = Client(HTTP_HOST="127.0.0.1")
    found = {}
    for sessions in (SMALL, LARGE):
        organisation = build(f"mesure-{sessions}", sessions)
        client.force_login(quality_manager(organisation), backend="allauth.account.auth_backends.AuthenticationBackend")
        found[sessions] = readings(client, reverse("debts:index", args=[organisation.slug]), organisation)

    small, large = found[SMALL], found[LARGE]
    report(f"requêtes de ce qui est dû, {LARGE} sessions", large.queries, 15)
    report(f"requêtes de plus qu'avec {SMALL} sessions", large.queries - small.queries, 0)
    report("rien de gardé", large.cold, 21.9 / 3, "s", f"({small.cold:.2f} s à {SMALL})")
    report("après une signature", large.first, FIRST, "s", f"({small.first:.2f} s à {SMALL})")
    report("rien n'a changé", large.second, SECOND, "s", f"({small.second:.3f} s à {SMALL})")
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
