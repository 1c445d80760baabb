"""The list of evidence: 3,000 pieces in one organisation; then seen by who belongs to 1, 10 and 50 organisations."""

import sys
from typing import Any

from bench.measure import exit_status, prepare, queries, report, timed

PIECES, PIECES_EACH = 3_000, 300
SHARES = (1, 10, 50)
TIMES = 12


def main() -> int:
    """Open the list as a quality manager; print queries, seconds and ratios."""
    prepare()
    from django.test import Client
    from django.urls import reverse

    from bench.dataset import lay_pieces, plain_organisation, quality_manager

    def opened(user: Any, organisation: Any) -> tuple[Client, str]:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        address = reverse("library:list", args=[organisation.slug])
        assert client.get(address).status_code == 200
        return client, address

    large = plain_organisation("mesure")
    lay_pieces(large, PIECES)
    client, address = opened(quality_manager(large), large)
    with queries() as seen:
        client.get(address)
    report(f"requêtes de la liste, {PIECES} pièces", len(seen), 15)
    best = min(timed(lambda: client.get(address)) for _ in range(TIMES))
    report(f"temps de la liste, {PIECES} pièces", best, 0.1, "s")

    organisations = [plain_organisation(f"membre-{n}") for n in range(SHARES[-1])]
    for organisation in organisations:
        lay_pieces(organisation, PIECES_EACH)
    readers = [opened(quality_manager(*organisations[:share]), organisations[0]) for share in SHARES]
    counts, longest = [], 0
    for client, address in readers:
        with queries() as seen:
            client.get(address)
        counts.append(len(seen))
        longest = max(longest, *(len(sql) + len(str(params)) for sql, params, _ in seen))
    report(f"requêtes de plus à {SHARES[-1]} organismes qu'à 1", counts[-1] - counts[0], 0)
    report(f"plus longue requête à {SHARES[-1]} organismes", longest / 1024, 8, "Ko")
    rounds = [[timed(lambda c=client, a=address: c.get(a)) for client, address in readers] for _ in range(TIMES)]  # type: ignore[misc]
    one, ten, fifty = (min(times) for times in zip(*rounds, strict=True))
    detail = f"({one * 1000:.0f} / {ten * 1000:.0f} / {fifty * 1000:.0f} ms à 1 / 10 / 50)"
    report("temps de la liste à 50 organismes / à 1", fifty / one, 1.3, "x", detail)
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
