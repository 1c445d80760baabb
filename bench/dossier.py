"""The dossier of a session of 300 people and 40 half-days: queries of its page, its time against the bare SQL, its PDF and archive."""

from __future__ import annotations

import sys

from bench.measure import bare_sql, compare, exit_status, note, prepare, queries, report
from bench.session_page import FIRST_DAY, HALF_DAYS, PEOPLE, build

MOST_QUERIES = 25
MOST_KILOBYTES = 160


def main() -> int:
    """Lay the session down, open its dossier as a quality manager, print queries, ratio and the weight of what is downloaded."""
    prepare()
    from django.test import Client
    from django.urls import reverse

    from bench.dataset import plain_organisation, quality_manager
    from trainings.people.models import Trainer

    organisation = plain_organisation("mesure-dossier")
    trainer = Trainer.objects.create(organisation=organisation, first_name="Yann", last_name="Mesuré")
    session = build(organisation, trainer=trainer, first_day=FIRST_DAY)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(quality_manager(organisation), backend="allauth.account.auth_backends.AuthenticationBackend")

    def get(name: str) -> bytes:
        answer = client.get(reverse(f"dossiers:{name}", args=[organisation.slug, session.pk]))
        assert answer.status_code == 200
        content: bytes = answer.getvalue()
        return content

    get("detail")
    with queries() as made:
        page = get("detail")
    report(f"requêtes du dossier, {PEOPLE} stagiaires, {HALF_DAYS} demi-journées", len(made), MOST_QUERIES)
    shown, bare = compare(lambda: get("detail"), lambda: bare_sql(made), times=5)
    note("temps de la page / temps du SQL nu", shown / bare, "x", f"({shown:.3f} s / {bare:.3f} s)")
    report("poids de la page", len(page) / 1024, MOST_KILOBYTES, "ko")
    laid, _bare = compare(lambda: get("pdf"), lambda: None, times=1)
    note("temps du PDF", laid, "s")
    note("poids de l’archive", len(get("archive")) / 1024, "ko")
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
