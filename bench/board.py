"""The board of an organisation with 10,000 sessions, beside one with 100: queries, and time against the bare SQL."""

import sys

from bench.measure import bare_sql, compare, exit_status, prepare, queries, report

SMALL, LARGE = 100, 10_000


def main() -> int:
    """Lay both organisations, open the board of each as its quality manager, print the ratios."""
    prepare()
    from django.test import Client
    from django.urls import reverse

    from bench.dataset import AUDIT_DATE, build, quality_manager

    client = Client(HTTP_HOST="127.0.0.1")
    counts: dict[int, int] = {}
    for sessions in (SMALL, LARGE):
        organisation = build(f"mesure-{sessions}", sessions)
        client.force_login(quality_manager(organisation), backend="allauth.account.auth_backends.AuthenticationBackend")
        address = f"{reverse('readiness:board', args=[organisation.slug])}?date={AUDIT_DATE}"
        assert client.get(address).status_code == 200
        with queries() as made:
            client.get(address)
        counts[sessions] = len(made)

    report(f"requêtes du tableau, {LARGE} sessions", counts[LARGE], 28)
    report(f"requêtes de plus qu'avec {SMALL} sessions", counts[LARGE] - counts[SMALL], 0)
    page, bare = compare(lambda: client.get(address), lambda: bare_sql(made), times=4)
    report("temps du tableau / temps du SQL nu", page / bare, 3, "x", f"({page:.2f} s / {bare:.2f} s)")
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
