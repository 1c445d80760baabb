"""Importing 20,000 enrolments from a workbook: time against openpyxl and `bulk_create` alone, and memory."""

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.measure import FOLDER, exit_status, peak_memory, prepare, report, timed

ROWS, SESSIONS, TIMES = 20_000, 1_000, 3
HEADINGS = [
    "Nom",
    "Prénom",
    "Date de naissance",
    "Adresse e-mail",
    "Téléphone",
    "Code postal",
    "Session",
    "Entreprise",
    "Financeur",
]


def write_workbook(path: Path) -> None:
    """A year of enrolments, as a management tool exports them."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Stagiaires")
    sheet.append(HEADINGS)
    for n in range(ROWS):
        born = date(1960, 1, 1) + timedelta(days=n % 15_000)
        person = [f"Inventé{n}", f"Prénom{n % 700}", born, f"personne{n}@exemple.fr", f"06 12 {n % 10**6:06d}", f"{1000 + n:05d}"]
        sheet.append([*person, f"S{n % SESSIONS:05d}", f"Société {n % 900}", "OPCO Inventé" if n % 3 else "CPF"])
    book.save(path)


def main() -> int:
    """Import it into new organisations with the verbs of the pages, then bare, in turn; print the ratio and the peak."""
    prepare()
    from bench.rows import create
    from qualiopi.organisations.models import ActivityProfile, Organisation
    from trainings.catalogue.models import Course
    from trainings.sessions.models import Enrolment, Session

    path = FOLDER / "stagiaires.xlsx"
    write_workbook(path)

    def new_organisation(slug: str) -> Organisation:
        organisation = Organisation.objects.create(slug=slug, name=f"Organisme {slug}")
        ActivityProfile.objects.create(organisation=organisation)
        course = Course.objects.create(organisation=organisation, title="Formation", category="AF")
        create(Session, (Session(organisation=organisation, course=course, reference=f"S{n:05d}") for n in range(SESSIONS)))
        return organisation

    ours, bare = [], []
    for n in range(TIMES):
        target = new_organisation(f"import-{n}")
        before = peak_memory()
        ours.append(timed(lambda target=target: import_whole(target, path)))  # type: ignore[misc]
        if n == 0:
            peak, grown = peak_memory(), peak_memory() - before
        assert Enrolment.objects.for_organisation(target).count() == ROWS
        target = new_organisation(f"nu-{n}")
        bare.append(timed(lambda target=target: import_bare(target, path)))  # type: ignore[misc]
        assert Enrolment.objects.for_organisation(target).count() == ROWS

    what = "temps de l'import / temps d'openpyxl et bulk_create"
    report(what, min(ours) / min(bare), 4, "x", f"({min(ours):.2f} s / {min(bare):.2f} s)")
    report(f"mémoire du processus, {ROWS} inscriptions", peak, 500, "Mo", f"(dont {grown:.0f} pour l'import)")
    return exit_status()


def import_whole(organisation: Any, path: Path) -> None:
    """Receive the file, guess its columns, check every cell, write every row and what undoes it."""
    from django.core.files.base import File

    from qualiopi.exchange.models import ImportKind
    from qualiopi.imports.verbs import confirm, send_file

    with path.open("rb") as file:
        run = send_file(organisation=organisation, kind=ImportKind.ENROLMENTS, upload=File(file, name=path.name), actor=None)
    outcome = confirm(run=run, actor=None)
    assert not outcome.blocking, outcome.blocking[:3]


def import_bare(organisation: Any, path: Path) -> None:
    """Read the cells and insert the same rows, believing everything."""
    from django.db import transaction
    from openpyxl import load_workbook

    from bench.rows import create
    from trainings.people.models import Company, Funder, Trainee
    from trainings.sessions.models import Enrolment, Funding, Session

    own = {"organisation": organisation}
    rows = list(load_workbook(path, read_only=True).active.iter_rows(min_row=2, values_only=True))
    with transaction.atomic():
        sessions = {session.reference: session for session in Session.objects.for_organisation(organisation)}
        companies = {row[7]: Company(**own, name=row[7], name_key=row[7]) for row in rows}
        funders = {row[8]: Funder(**own, name=row[8], name_key=row[8]) for row in rows}
        create(Company, companies.values())
        create(Funder, funders.values())
        trainees = create(
            Trainee,
            (
                Trainee(
                    **own,
                    last_name=row[0],
                    first_name=row[1],
                    name_key=f"{row[0]} {row[1]}",
                    birth_date=row[2].date(),
                    email=row[3],
                    phone=row[4],
                    postcode=row[5],
                )
                for row in rows
            ),
        )
        enrolments = (
            Enrolment(
                **own,
                session=sessions[row[6]],
                trainee=trainee,
                company=companies[row[7]],
                has_company=True,
                has_funder=True,
            )
            for row, trainee in zip(rows, trainees, strict=True)
        )
        enrolled = create(Enrolment, enrolments)
        create(
            Funding,
            (Funding(**own, enrolment=enrolment, funder=funders[row[8]]) for row, enrolment in zip(rows, enrolled, strict=True)),
        )


if __name__ == "__main__":
    sys.exit(main())
