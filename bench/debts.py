"""What is owed in an organisation with 3,000 sessions, beside one with 100: queries, and time against the bare SQL."""

import sys

from bench.measure import bare_sql, compare, exit_status, prepare, queries, report

SMALL, LARGE = 100, 3_000


def main() -> int:
    """Lay both organisations, open the page of each as its quality manager, print the ratios."""
    prepare()
    from django.test import Client
    from django.urls import reverse

    from bench.dataset import build, quality_manager

    client = Client(HTTP_HOST="127.0.0.1")
    counts: dict[int, int] = {}
    for sessions in (SMALL, LARGE):
        organisation = build(f"mesure-{sessions}", sessions)
        client.force_login(quality_manager(organisation), backend="allauth.account.auth_backends.AuthenticationBackend")
        address = reverse("debts:index", args=[organisation.slug])
        assert client.get(address).status_code == 200
        with queries() as made:
            client.get(address)
        counts[sessions] = len(made)

    report(f"requêtes de ce qui est dû, {LARGE} sessions", counts[LARGE], 40)
    report(f"requêtes de plus qu'avec {SMALL} sessions", counts[LARGE] - counts[SMALL], 2)
    page, bare = compare(lambda: client.get(address), lambda: bare_sql(made), times=3)
    report("temps de la page / temps du SQL nu", page / bare, 4, "x", f"({page:.2f} s / {bare:.2f} s)")
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
