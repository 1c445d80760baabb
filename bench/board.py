"""The board of an organisation with 10,000 sessions, beside one with 100: queries, and time against the bare SQL."""

from collections import Counter
from typing import Any

from bench.measure import bare_sql, prepare, queries, report, seconds

SMALL, LARGE = 100, 10_000


def main() -> None:
    """Lay both organisations, open the board of each as its quality manager, print the ratios."""
    prepare()
    from django.test import Client
    from django.urls import reverse

    from bench.dataset import AUDIT_DATE, build
    from qualiopi.accounts.models import User
    from qualiopi.organisations.enums import Role
    from qualiopi.organisations.models import Member

    user = User.objects.create_user("mesure@exemple.fr", full_name="Personne de mesure")
    client = Client(HTTP_HOST="127.0.0.1")
    counts: Counter[int] = Counter()
    made: list[tuple[str, Any, float]] = []
    for sessions in (SMALL, LARGE):
        organisation = build(f"mesure-{sessions}", sessions)
        Member.objects.create(organisation=organisation, user=user, role=Role.QUALITY_MANAGER)
        print(f"{sessions} sessions posées", flush=True)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        address = f"{reverse('readiness:board', args=[organisation.slug])}?date={AUDIT_DATE}"
        assert client.get(address).status_code == 200
        with queries() as seen:
            client.get(address)
        counts[sessions], made = len(seen), seen

    report(f"requêtes du tableau, {LARGE} sessions", counts[LARGE], 40)
    report(f"requêtes de plus qu'avec {SMALL} sessions", counts[LARGE] - counts[SMALL], 0)
    page = seconds(lambda: client.get(address), times=3)
    bare = seconds(lambda: bare_sql(made), times=3)
    report("temps du tableau / temps du SQL nu", page / bare, 3, "x", f"({page:.2f} s / {bare:.2f} s)")


if __name__ == "__main__":
    main()
