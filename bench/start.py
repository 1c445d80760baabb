"""Starting from nothing: the tables of an empty database, and the memory of one worker that has served every kind of page."""

import sys

from bench.measure import exit_status, memory_of, note, prepare, report, timed_command
from bench.server import fetch, server, signed_in

ROUNDS = 5


def main() -> int:
    """Print the time of migrate beside one that has nothing to do, then the memory of a worker after its pages and a report."""
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    first, again = timed_command(migrate), timed_command(migrate)
    report(
        "migrate sur une base vide, de plus que sans rien à faire", first - again, 1.2, "s", f"({first:.1f} s / {again:.1f} s)"
    )
    prepare()
    from django.urls import reverse

    from bench.dataset import build, quality_manager

    organisation = build("mesure", 100)
    cookie = signed_in(quality_manager(organisation))
    inside = [
        "readiness:home",
        "readiness:board",
        "readiness:matrix",
        "sessions:list",
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
        report("mémoire d'un processus serveur après ses pages", memory_of(worker), 150, "Mo")
        assert fetch(running.port, reverse("packs:report", args=[organisation.slug]), cookie=cookie).status == 200
        note("mémoire après un rapport en PDF", memory_of(worker), "Mo")
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
