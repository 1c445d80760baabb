"""Three hundred certificates of completion for one session: time against WeasyPrint alone on the same HTML, both on every processor."""

import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from datetime import time as hour
from decimal import Decimal

from bench.measure import exit_status, memory_growth, note, prepare, report

PEOPLE = 300
DAY = date(2026, 9, 7)


def lay_session():
    """A finished session of two half-days, three hundred people, each of whom signed both."""
    from uuid import uuid4

    from django.utils import timezone

    from bench.dataset import create, digest, plain_organisation
    from trainings.attendance.models import Chain, Mark, MarkKind, MarkMethod
    from trainings.catalogue.models import Course
    from trainings.documents.models import Style
    from trainings.people.models import Trainee
    from trainings.sessions.models import Enrolment, HalfDay, Session, SessionState

    organisation = plain_organisation("certificats")
    own = {"organisation": organisation}
    Style.objects.create(**own, signatory="Personne de mesure", signatory_title="responsable de formation")
    course = Course.objects.create(**own, title="Animer une réunion de travail", category="AF")
    session = Session.objects.create(
        **own, course=course, reference="S26-300", starts_on=DAY, ends_on=DAY, duration_hours=Decimal(7), state=SessionState.DONE
    )
    half_days = create(
        HalfDay,
        [
            HalfDay(**own, session=session, day=DAY, part="am", starts_at=hour(9), ends_at=hour(12, 30)),
            HalfDay(**own, session=session, day=DAY, part="pm", starts_at=hour(14), ends_at=hour(17, 30)),
        ],
    )
    trainees = create(
        Trainee, (Trainee(**own, first_name="Anaïs", last_name=f"Inventée{n:03d}", name_key=str(n)) for n in range(PEOPLE))
    )
    enrolments = create(
        Enrolment, (Enrolment(**own, session=session, trainee=trainee, has_company=False) for trainee in trainees)
    )
    create(
        Mark,
        (
            Mark(
                **own,
                session=session,
                number=number,
                half_day=half_day,
                enrolment=enrolment,
                kind=MarkKind.PRESENT,
                method=MarkMethod.CONFIRMED,
                signed_at=timezone.now(),
                once=uuid4(),
                fingerprint=digest(f"ligne {number}"),
            )
            for number, (half_day, enrolment) in enumerate(((h, e) for h in half_days for e in enrolments), start=1)
        ),
    )
    Chain.objects.create(session=session, length=2 * PEOPLE, fingerprint=digest("fin"))
    return session


def weasyprint_alone(html: str) -> int:
    """What the bare run does of each document: nothing but WeasyPrint."""
    from weasyprint import HTML

    from qualiopi.web.pdf import folders
    from qualiopi.web.pdf_render import StaticFetcher

    fetcher = StaticFetcher(folders())
    content: bytes = HTML(string=html, base_url="https://statique.invalid/", url_fetcher=fetcher).write_pdf(
        pdf_variant="pdf/ua-1"
    )
    return len(content)


def start_django() -> None:
    """In each process of the bare run."""
    import django

    django.setup()


def main() -> int:
    """Issue the certificates, then write their HTML alone with as many processes; print the ratio and the memory."""
    prepare()
    from qualiopi.web.pdf import processors
    from trainings.documents.models import Issued
    from trainings.documents.verbs import ask_for_batch, issuing, run_batch

    session = lay_session()
    pages: list[str] = []
    write_pdfs = issuing.write_pdfs

    def noted(documents):
        def keep():
            for html in documents:
                pages.append(html)
                yield html

        return write_pdfs(keep())

    issuing.write_pdfs = noted
    batch = ask_for_batch(session=session, kind="completion_certificate", send_too=False, actor=None)
    with memory_growth(os.getpid()) as grown:
        start = time.perf_counter()
        batch = run_batch(batch_id=batch.pk)
        ours = time.perf_counter() - start
        growth = grown()
    assert (batch.done, batch.refused, Issued.objects.count()) == (PEOPLE, [], PEOPLE), batch.refused[:3]
    note("secondes pour les émettre", ours, "s")

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processors(), mp_context=context, initializer=start_django) as pool:
        list(pool.map(weasyprint_alone, pages[: processors()]))  # processes are started before the clock is
        start = time.perf_counter()
        sizes = list(pool.map(weasyprint_alone, pages))
        bare = time.perf_counter() - start
    note("octets d'un certificat", sum(sizes) / len(sizes))
    note("mémoire gagnée par qui émet", growth, "Mo")
    report(
        f"{PEOPLE} certificats / WeasyPrint seul",
        ours / bare,
        1.3,
        "x",
        f"({ours:.1f} s / {bare:.1f} s, {processors()} processus)",
    )
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
