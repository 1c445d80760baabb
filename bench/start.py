"""Starting from nothing: the tables of an empty database, and the memory of one worker that has served every kind of page."""

import os
import sys

from bench.measure import FOLDER, exit_status, memory_of, on_sqlite, prepare, report, timed_command
from bench.server import fetch, server, signed_in

ROUNDS = 5


def main() -> int:
    """Print the time of migrate beside one that has nothing to do, then the memory of a worker after its pages and a report."""
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    # Each pair on an empty database of its own, so that the best of each is kept; a server gives us one database alone.
    urls = [f"sqlite:///{FOLDER}/vide-{number}.sqlite3" for number in range(3)] if on_sqlite() else [os.environ["DATABASE_URL"]]
    pairs = [(timed_command(migrate, DATABASE_URL=url), timed_command(migrate, DATABASE_URL=url)) for url in urls]
    first, again = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    detail = f"({first:.1f} s / {again:.1f} s)"
    report("migrate sur une base vide, de plus que sans rien à faire", first - again, 1.2, "s", detail)
    prepare()
    from django.urls import reverse

    from bench.dataset import build, quality_manager

    organisation = build("mesure", 100)
    cookie = signed_in(quality_manager(organisation))
    inside = [
        "home:index",
        "readiness:board",
        "matrix:index",
        "agenda:index",
        "surveys:list",
        "library:list",
        "audits:index",
    ]
    pages = [reverse("account_login"), reverse("grids:compare"), *(reverse(name, args=[organisation.slug]) for name in inside)]
    with server() as running:
        (worker,) = running.workers
        for page in pages * ROUNDS:
            answer = fetch(running.port, page, cookie=cookie)
            assert answer.status in (200, 302), (page, answer)
        before = memory_of(worker)
        report("mémoire d'un processus serveur après ses pages", before, 140, "Mo")
        assert fetch(running.port, reverse("packs:report", args=[organisation.slug]), cookie=cookie).status == 200
        after = memory_of(worker)
        report("mémoire qu'un rapport en PDF lui laisse", after - before, 20, "Mo", f"({after:.0f} Mo)")
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
