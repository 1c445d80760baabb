"""The search over 200,000 rows of one organisation: its page, against the bare SQL that asks each table by itself."""

from __future__ import annotations

import itertools
import random
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bench.measure import bare_sql, compare, exit_status, note, prepare, queries, report, timed

if TYPE_CHECKING:
    from qualiopi.organisations.models import Organisation

PEOPLE, SESSIONS, PIECES, COMPANIES, COURSES, TRAINERS = 120_000, 30_000, 30_000, 10_000, 5_000, 5_000
SHOWN, TIMES, SESSION_PAGES = 26, 5, 20
FIRST = ["Léa", "Inès", "Maëlle", "Anaïs", "Zoé", "Hervé", "Noé", "François", "Gaëtan", "Chloé", "Jean-Noël", "Œdipe"]
PARTS = ["du", "pont", "mar", "tin", "kér", "ven", "guen", "lé", "goff", "bou", "lay", "cœur", "val", "rô", "ché", "zin"]
TOWNS = ["Évry", "Nîmes", "Saint-Étienne", "Rennes", "L’Haÿ-les-Roses", "Orléans", "Besançon"]
# What people type: a whole name, a common one, few letters, two words of two tables, a reference, a phone number, nothing of ours.
ASKED = ["kervenguen", "francois dupont", "le", "formation evry", "S-2026-012345", "06 12 34 56 78", "wxyz"]
# Where names are kept: each table by itself, each word in its folded text; no relation, no reader, no page.
BARE = [
    ("trainings_trainee", "found_by", "last_name"),
    ("trainings_trainer", "found_by", "last_name"),
    ("trainings_company", "found_by", "name"),
    ("trainings_funder", "found_by", "name"),
    ("trainings_subcontractor", "found_by", "name"),
    ("trainings_session", "found_by", "starts_on"),
    ("trainings_course", "found_by", "title"),
    ("evidence_document", "title_key", "created_at"),
    ("qualiopi_storedfile", "found_by", "created_at"),
]


def lay(organisation: Organisation) -> None:
    """The rows, the same every time; people are in sessions, pieces speak of them, each piece has a file."""
    from bench.dataset import FIRST_DAY
    from bench.rows import create, digest
    from evidence.library.models import Document, SubjectLink, Version
    from qualiopi.files.models import StoredFile
    from trainings.catalogue.models import Course
    from trainings.people.models import Company, Trainee, Trainer
    from trainings.sessions.models import Enrolment, Session, SessionState, SessionTrainer

    chance, own = random.Random(200_000), {"organisation": organisation}
    families = ["".join(parts).capitalize() for parts in itertools.product(PARTS, repeat=3)]
    courses = create(Course, (Course(**own, title=f"Formation à l’œuvre {n}", code=f"F{n}") for n in range(COURSES)))
    trainers = create(
        Trainer,
        (Trainer(**own, first_name=chance.choice(FIRST), last_name=f"{chance.choice(families)} {n}") for n in range(TRAINERS)),
    )
    companies = create(
        Company,
        (Company(**own, name=f"{chance.choice(families)} & fils {n}", address=chance.choice(TOWNS)) for n in range(COMPANIES)),
    )
    people = create(
        Trainee,
        (
            Trainee(
                **own,
                first_name=chance.choice(FIRST),
                last_name=chance.choice(families),
                email=f"personne{n}@exemple.fr",
                phone=f"+336{chance.randrange(10**8):08d}",
            )
            for n in range(PEOPLE)
        ),
    )
    sessions = create(
        Session,
        (
            Session(
                **own,
                reference=f"S-2026-{n:06d}",
                course=courses[n % COURSES],
                place=chance.choice(TOWNS),
                starts_on=FIRST_DAY + timedelta(days=n % 900),
                state=SessionState.PLANNED,
            )
            for n in range(SESSIONS)
        ),
    )
    create(SessionTrainer, (SessionTrainer(session=session, trainer=chance.choice(trainers)) for session in sessions))
    create(
        Enrolment,
        (
            Enrolment(**own, session=sessions[n % SESSIONS], trainee=person, company=companies[n % COMPANIES], has_company=True)
            for n, person in enumerate(people)
        ),
    )
    pieces = create(Document, (Document(**own, title=f"Émargement {chance.choice(families)} {n}") for n in range(PIECES)))
    files = create(
        StoredFile,
        (
            StoredFile(
                **own,
                name=f"{chance.choice(families)}_{n}.pdf",
                path=f"{organisation.pk}/{n}",
                size=200_000,
                sha256=digest(str(n)),
                crc32=n,
                media_type="application/pdf",
            )
            for n in range(PIECES)
        ),
    )
    create(Version, (Version(**own, document=d, number=1, file=f) for d, f in zip(pieces, files, strict=True)))
    create(SubjectLink, (SubjectLink(document=d, session=s) for d, s in zip(pieces, sessions, strict=True)))


def plain(organisation: Organisation, text: str) -> None:
    """Each table asked by hand for the rows that say each word; those of one page fetched."""
    from django.db import connection

    from qualiopi.statements import as_stored
    from qualiopi.text import search_words

    groups = search_words(text)
    values = [f"%{word}%" for words in groups for word in words]
    with connection.cursor() as cursor:
        for table, column, order in BARE:
            said = " OR ".join("(" + " AND ".join(f"{column} LIKE %s" for _word in words) + ")" for words in groups)
            cursor.execute(
                f"SELECT * FROM {table} WHERE organisation_id = %s AND ({said}) ORDER BY {order} LIMIT {SHOWN}",  # noqa: S608
                [as_stored(organisation.pk), *values],
            )
            cursor.fetchall()


def main() -> int:
    """Search as a quality manager, in turn with the bare statements; print queries, seconds and ratios."""
    prepare()
    from django.core.management import call_command
    from django.db import connection

    from bench.dataset import plain_organisation

    organisation = plain_organisation("mesure")
    start = time.perf_counter()
    lay(organisation)
    note("200 000 lignes posées", time.perf_counter() - start, "s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    call_command("check_search")
    measure(organisation)
    return exit_status()


def measure(organisation: Organisation) -> None:
    """The page of each search beside its bare statements, then all of them together."""
    from django.test import Client
    from django.urls import reverse

    from bench.dataset import quality_manager

    client, address = Client(HTTP_HOST="127.0.0.1"), reverse("search:find", args=[organisation.slug])
    client.force_login(quality_manager(organisation), backend="allauth.account.auth_backends.AuthenticationBackend")

    def found(text: str) -> Any:
        return client.get(address, {"q": text})

    counts, whole, alone, said = set(), 0.0, 0.0, 0.0
    for text in ASKED:
        with queries() as seen:
            page = found(text)
        counts.add(len(seen))
        assert page.status_code == 200, text
        ours, bare = compare(lambda text=text: found(text), lambda text=text: plain(organisation, text), times=TIMES)  # type: ignore[misc]
        own = min(timed(lambda seen=seen: bare_sql(seen)) for _ in range(TIMES))  # type: ignore[misc]
        hits = page.content.decode().count('<a lang="fr"')
        detail = f"({ours * 1000:.0f} / {bare * 1000:.0f} ms, {hits} trouvés ; son propre SQL {own * 1000:.0f} ms)"
        note(f"« {text} » / sa requête nue", ours / bare, "x", detail)
        whole, alone, said = whole + ours, alone + bare, said + own
    report("recherche dans 200 000 lignes / requête nue", whole / alone, 3, "x", f"({whole:.2f} s / {alone:.2f} s)")
    report("la même / son propre SQL", whole / said, 3, "x", f"({whole:.2f} s / {said:.2f} s)")
    report("requêtes de la page, les plus nombreuses", max(counts), 25)


if __name__ == "__main__":
    sys.exit(main())
