"""Every page that a quality manager or an auditor can reach by links: queries and processor time at 100, 1,000 and 10,000 sessions."""

from __future__ import annotations

import os
import re
import sys
from collections import deque
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from bench.measure import exit_status, note, prepare, queries, report, timed

SIZES = tuple(int(size) for size in os.environ.get("BENCH_SIZES", "100,1000,10000").split(","))
TIMES = 2
# Left out: what ends the visit, what is not a page of the organisation, and what `certificates`, `dossier`, `lists` and `pack` measure.
NOT_PAGES = re.compile(r"^(account_|django|i18n|jsi18n)|_export$|:(archive|archive_session|pdf|download|preview|qr)$")
# One query for each kind of thing that depends on the row met first, whatever the number of sessions.
BY_KIND = re.compile(r"^removal:")
LINK = re.compile(r'(?:href|hx-get)="([^"#]*)"')


@dataclass
class Measured:
    """Of one address at each size: queries, milliseconds of processor, and kilobytes of the answer."""

    queries: list[int] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    kilobytes: list[float] = field(default_factory=list)


def main() -> int:
    """Lay an organisation of each size, walk it as both people, print the table and what grows."""
    prepare()
    from bench.dataset import AUDIT_DATE, build, quality_manager
    from qualiopi.accounts.models import User
    from qualiopi.organisations.enums import Role
    from qualiopi.organisations.models import CertifierAudit, Member

    table: dict[str, Measured] = {}
    for size in SIZES:
        organisation = build(f"mesure-{size}", size)
        CertifierAudit.objects.create(organisation=organisation, kind="surveillance", held_on=AUDIT_DATE)
        auditor = User.objects.create_user(f"auditeur-{size}@exemple.fr", full_name="Personne qui audite")
        Member.objects.create(organisation=organisation, user=auditor, role=Role.AUDITOR, until=date(2099, 12, 31))
        root = f"/o/{organisation.slug}/"
        found: dict[str, tuple[Any, str]] = {}
        for user, start in ((auditor, "salle/"), (quality_manager(organisation), "")):
            client = client_of(user)
            found |= {name: (client, address) for name, address in walk(client, root + start).items()}
        for name, (client, address) in found.items():
            measure(client, address, table.setdefault(name, Measured()))
    return told(table)


def client_of(user: Any) -> Any:
    """A browser signed in as this person."""
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def walk(client: Any, start: str) -> dict[str, str]:
    """The first address met of every name, from link to link, the nearest first; only what answers with a page."""
    from django.urls import Resolver404, resolve

    found: dict[str, str] = {}
    waiting = deque([start])
    seen: set[str] = set()
    while waiting:
        address = waiting.popleft()
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        if name in seen or NOT_PAGES.search(name):
            continue
        seen.add(name)
        answer = client.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        found[name] = address
        links = (urljoin(address, unescape(link)) for link in LINK.findall(answer.content.decode()))
        waiting.extend(link for link in links if not urlsplit(link).netloc and "format=" not in link)
    return found


def measure(client: Any, address: str, into: Measured) -> None:
    """Open it once to be warm, count its queries, then keep its best time."""
    client.get(address)
    with queries() as made:
        answer = client.get(address)
    into.queries.append(len(made))
    into.kilobytes.append(len(answer.content) / 1024)
    into.milliseconds.append(min(timed(lambda: client.get(address)) for _ in range(TIMES)) * 1000)


def told(table: dict[str, Measured]) -> int:
    """The table, slowest first; then pages met at one size alone, queries that grow, and the slowest page."""
    whole = {name: seen for name, seen in table.items() if len(seen.queries) == len(SIZES)}
    print(f"| page | requêtes à {' / '.join(map(str, SIZES))} | ms de processeur | ko |\n|---|---|---|---|")
    for name, seen in sorted(whole.items(), key=lambda pair: -pair[1].milliseconds[-1]):
        cells = (seen.queries, [f"{each:.0f}" for each in seen.milliseconds], [f"{each:.0f}" for each in seen.kilobytes])
        print(f"| {name} | " + " | ".join(" / ".join(map(str, each)) for each in cells) + " |", flush=True)
    note(
        "pages mesurées à chaque taille",
        len(whole),
        "",
        f"(pas à toutes : {', '.join(sorted(table.keys() - whole)) or 'aucune'})",
    )
    more = {name: seen.queries[-1] - seen.queries[-2] for name, seen in whole.items() if not BY_KIND.search(name)}
    growing = {name: number for name, number in more.items() if number > 0}
    said = ", ".join(f"{name} +{number}" for name, number in sorted(growing.items()))
    report(f"pages dont les requêtes croissent de {SIZES[-2]} à {SIZES[-1]}", len(growing), 0, "", f"({said})" if said else "")
    slowest, seen = max(whole.items(), key=lambda pair: pair[1].milliseconds[-1])
    note(f"la page la plus lente à {SIZES[-1]}", seen.milliseconds[-1], "ms", f"({slowest})")
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
