"""Lists of companies, of funders and of trainees, somebody new, settings and menu: 100, 1,000 and 10,000 of each in an organisation."""

import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from bench.measure import exit_status, note, prepare, queries, report, timed

SIZES = (100, 1_000, 10_000)
TIMES = 8
ENROLMENTS = 10


def main() -> int:
    """Open each page as a quality manager; print its seconds at each size, then what is bounded."""
    prepare()
    from django.test import Client

    from bench.dataset import plain_organisation, quality_manager

    asked: dict[str, list[int]] = {}
    seconds: dict[str, list[float]] = {}
    for size in SIZES:
        organisation = plain_organisation(f"mesure-{size}")
        lay(organisation, size)
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(quality_manager(organisation), backend="allauth.account.auth_backends.AuthenticationBackend")
        for name, act in acts(client, organisation.slug, size).items():
            act()
            with queries() as seen:
                act()
            asked.setdefault(name, []).append(len(seen))
            seconds.setdefault(name, []).append(min(timed(act) for _ in range(TIMES)))
    for name, times in seconds.items():
        note(f"temps : {name}", times[-1] * 1000, "ms", f"({' / '.join(f'{each * 1000:.0f}' for each in times)} ms)")
    more = {name: counts[-1] - counts[0] for name, counts in asked.items()}
    report(f"requêtes de plus à {SIZES[-1]} qu'à {SIZES[0]}", max(more.values()), 0)
    name, counts = max(asked.items(), key=lambda pair: pair[1][-1])
    report("requêtes de la page qui en fait le plus", counts[-1], 12, "", f"({name})")
    name, times = max(seconds.items(), key=lambda pair: pair[1][-1])
    report(f"temps de la page la plus lente à {SIZES[-1]}", times[-1], 0.2, "s", f"({name})")
    return exit_status()


def acts(client: Any, slug: str, size: int) -> dict[str, Callable[[], Any]]:
    """What is measured, by its name; each checks that it was answered as expected."""
    from django.urls import reverse

    def opened(name: str, query: str = "", own: bool = True) -> Callable[[], None]:
        address = reverse(name, args=[slug] if own else []) + query

        def act() -> None:
            assert client.get(address).status_code == 200, address

        return act

    def homonym() -> None:
        address = reverse("people:create_trainee", args=[slug])
        answer = client.post(address, {"first_name": "Anaïs", "last_name": f"Inventé {size - 1}"})
        assert (answer.status_code, answer.content.decode().count('name="shown"')) == (422, 1)

    lists = {"entreprises": "people:companies", "financeurs": "people:funders", "stagiaires": "people:trainees"}
    pages: dict[str, Callable[[], Any]] = {}
    for words, name in lists.items():
        pages[f"{words}, première page"] = opened(name)
        pages[f"{words}, dernière page"] = opened(name, f"?page={size}")
        pages[f"{words}, recherche"] = opened(name, f"?q=invente+{size - 1}")
    pages["nouveau stagiaire, un homonyme"] = homonym
    pages["réglages"] = opened("organisations:settings")
    pages["réglages des documents"] = opened("documents:settings")
    pages["compte"] = opened("my_account", own=False)
    return pages


def lay(organisation: Any, size: int) -> None:
    """That many companies, funders and people, each enrolled once with both; ten people a session."""
    from bench.rows import create
    from trainings.catalogue.models import Course
    from trainings.people.models import Company, Funder, Trainee
    from trainings.sessions.models import Enrolment, Funding, Session

    own = {"organisation": organisation}
    companies = create(Company, (Company(**own, name=f"Société inventée {n}") for n in range(size)))
    funders = create(Funder, (Funder(**own, name=f"OPCO inventé {n}") for n in range(size)))
    people = create(Trainee, (Trainee(**own, first_name="Anaïs", last_name=f"Inventé {n}") for n in range(size)))
    course = Course.objects.create(**own, title="Formation de mesure", category="AF", duration_hours=14)
    day = date(2026, 3, 2)
    sessions = create(
        Session,
        (Session(**own, course=course, reference=f"M-{n}", starts_on=day, ends_on=day) for n in range(size // ENROLMENTS)),
    )
    enrolments = create(
        Enrolment,
        (
            Enrolment(
                **own,
                session=sessions[n // ENROLMENTS],
                trainee=people[n],
                company=companies[n],
                has_company=True,
                has_funder=True,
            )
            for n in range(size)
        ),
    )
    create(Funding, (Funding(**own, enrolment=enrolments[n], funder=funders[n]) for n in range(size)))


if __name__ == "__main__":
    sys.exit(main())
