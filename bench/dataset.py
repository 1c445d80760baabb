"""A large organisation, laid down in bulk: per session, ten enrolments, six survey answers and two documents."""

import itertools
import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from bench.life import lay_life
from bench.rows import create, digest
from evidence.library.models import Document, IndicatorLink, SubjectLink, Version
from qualiopi.accounts.models import User
from qualiopi.files.models import StoredFile
from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import ActivityProfile, CertifierAudit, Member, Organisation
from qualiopi.text import comparison_key
from trainings.catalogue.models import Course
from trainings.people.models import Company, Funder, Trainee, Trainer
from trainings.sessions.models import Enrolment, Funding, Modality, Session, SessionState, SessionTrainer
from trainings.surveys.models import Answer, Campaign, Invitation, Response, ResponseSource

AUDIT_DATE = date(2026, 12, 15)
FIRST_DAY = date(2024, 1, 8)
ENROLMENTS, RESPONSES, DOCUMENTS = 10, 6, 2
TYPES = ["complaint_procedure", "trainer_cv", "convention", "attendance_sheet", "programme", "watch_note"]


@transaction.atomic
def build(slug: str, sessions: int) -> Organisation:
    """Create an organisation with that many sessions and what goes with them; the same every time."""
    chance = random.Random(sessions)
    organisation = Organisation.objects.create(
        slug=slug, name=f"Organisme de mesure {slug}", activity_number="53350000035", certified_on=date(2023, 11, 20)
    )
    ActivityProfile.objects.create(
        organisation=organisation,
        holds_af=True,
        certifying=True,
        work_study=True,
        work_based=True,
        remote=True,
        subcontracts_out=True,
        salary_portage=True,
        works_as_subcontractor=True,
    )
    CertifierAudit.objects.create(organisation=organisation, kind="initial", held_on=date(2023, 11, 6))
    people = lay_people(organisation, sessions)
    held = lay_sessions(organisation, sessions, people, chance)
    lay_enrolments(organisation, held, people, chance)
    lay_life(organisation, held, chance, until=AUDIT_DATE)
    lay_answers(organisation, held, chance)
    lay_documents(organisation, held, people, chance)
    return organisation


def plain_organisation(slug: str) -> Organisation:
    """An organisation with a profile and nothing else."""
    organisation: Organisation = Organisation.objects.create(slug=slug, name=f"Organisme {slug}", activity_number="53350000035")
    ActivityProfile.objects.create(organisation=organisation, holds_af=True)
    return organisation


def lay_pieces(organisation: Organisation, number: int, fill: Callable[[StoredFile], None] | None = None) -> None:
    """That many documents, each in one version and linked to one indicator. `fill` writes the bytes of a file, when they count."""
    own = {"organisation": organisation}
    documents = create(Document, (Document(**own, title=f"Pièce {n}", type=TYPES[n % len(TYPES)]) for n in range(number)))
    files = [
        StoredFile(
            **own,
            name=f"piece-{n}.pdf",
            path=f"{organisation.pk}/{n}",
            size=200_000,
            sha256=digest(f"{organisation.slug} {n}"),
            crc32=n,
            media_type="application/pdf",
        )
        for n in range(number)
    ]
    if fill is not None:
        for file in files:
            fill(file)
    create(StoredFile, files)
    create(Version, (Version(**own, document=d, number=1, file=f) for d, f in zip(documents, files, strict=True)))
    create(IndicatorLink, (IndicatorLink(document=document, indicator=1 + n % 32) for n, document in enumerate(documents)))


def quality_manager(*organisations: Organisation) -> User:
    """Somebody who is quality manager of all of these."""
    user = User.objects.create_user(f"mesure-{User.objects.count()}@exemple.fr", full_name="Personne de mesure")
    Member.objects.bulk_create(
        Member(organisation=organisation, user=user, role=Role.QUALITY_MANAGER) for organisation in organisations
    )
    return user


def lay_people(organisation: Organisation, sessions: int) -> dict[str, list[Any]]:
    """Courses, trainers, companies, funders and trainees, in numbers that fit that many sessions."""
    own = {"organisation": organisation}
    few = max(5, sessions // 50)
    names = [f"Inventé{n}" for n in range(sessions * ENROLMENTS // 2)]
    return {
        "courses": create(
            Course,
            (
                Course(
                    **own,
                    title=f"Formation {n}",
                    title_key=f"formation {n}",
                    category="AF",
                    certifying=n % 3 == 0,
                    duration_hours=14,
                )
                for n in range(few)
            ),
        ),
        "trainers": create(
            Trainer,
            (Trainer(**own, first_name="Yann", last_name=f"Formateur{n}", name_key=f"formateur{n} yann") for n in range(few)),
        ),
        "companies": create(Company, (Company(**own, name=f"Société {n}", name_key=f"societe {n}") for n in range(few))),
        "funders": create(Funder, (Funder(**own, name=f"OPCO {n}", name_key=f"opco {n}", kind="opco") for n in range(11))),
        "trainees": create(
            Trainee,
            (
                Trainee(
                    **own,
                    first_name="Anaïs",
                    last_name=name,
                    name_key=f"anais {comparison_key(name)}",
                    email=f"stagiaire{n}@exemple.fr",
                )
                for n, name in enumerate(names)
            ),
        ),
    }


def lay_sessions(organisation: Organisation, count: int, people: dict[str, list[Any]], chance: random.Random) -> list[Session]:
    """Sessions over three years, most of them finished on the day of the audit."""
    held = []
    for n in range(count):
        start = FIRST_DAY + timedelta(days=n * 1080 // count)
        end = start + timedelta(days=chance.randint(0, 4))
        held.append(
            Session(
                organisation=organisation,
                reference=f"S{n:05d}",
                course=people["courses"][n % len(people["courses"])],
                starts_on=start,
                ends_on=end,
                duration_hours=7 * ((end - start).days + 1),
                modality=[Modality.ON_SITE, Modality.REMOTE, Modality.MIXED][n % 3],
                state=SessionState.DONE if end < AUDIT_DATE else SessionState.PLANNED,
                place="12, rue Inventée, Lille",
            )
        )
    create(Session, held)
    create(SessionTrainer, (SessionTrainer(session=session, trainer=chance.choice(people["trainers"])) for session in held))
    return held


def lay_enrolments(organisation: Organisation, held: list[Session], people: dict[str, list[Any]], chance: random.Random) -> None:
    """Ten trainees per session, each with a company, every other one with a funder."""
    trainees = itertools.cycle(people["trainees"])
    rows = (
        Enrolment(
            organisation=organisation,
            session=session,
            trainee=next(trainees),
            company=chance.choice(people["companies"]),
            has_company=True,
            has_funder=bool(n % 2),
        )
        for session in held
        for n in range(ENROLMENTS)
    )
    enrolments = create(Enrolment, rows)
    paid = (enrolment for enrolment in enrolments if enrolment.has_funder)
    create(
        Funding,
        (
            Funding(organisation=organisation, enrolment=enrolment, funder=people["funders"][n % 11])
            for n, enrolment in enumerate(paid)
        ),
    )


def lay_answers(organisation: Organisation, held: list[Session], chance: random.Random) -> None:
    """One campaign per finished session; every fiftieth one got no answer, the others share six answers per session."""
    finished = [session for session in held if session.state == SessionState.DONE]
    campaigns = create(
        Campaign,
        (
            Campaign(
                organisation=organisation,
                session=session,
                questionnaire="end_of_session",
                opened_on=session.ends_on,
                link_hash=digest(f"{organisation.slug} {session.reference}"),
            )
            for session in finished
        ),
    )
    lay_invitations(organisation, campaigns)
    answered = [campaign for n, campaign in enumerate(campaigns) if n % 50 != 49]
    responses = create(Response, itertools.islice(filled(organisation, answered, chance), len(held) * RESPONSES))
    create(Answer, (Answer(response=response, question="objectives", number=chance.randint(1, 5)) for response in responses))


def lay_invitations(organisation: Organisation, campaigns: list[Campaign]) -> None:
    """A personal link for everybody, six of which served; the others were reminded once."""
    of_session: dict[Any, list[Any]] = {}
    for session, enrolment in Enrolment.objects.for_organisation(organisation).order_by("pk").values_list("session", "pk"):
        of_session.setdefault(session, []).append(enrolment)
    create(
        Invitation,
        (
            Invitation(
                organisation=organisation,
                campaign=campaign,
                enrolment_id=enrolment,
                token_hash=digest(f"{organisation.slug} {enrolment}"),
                expires_on=campaign.opened_on + timedelta(days=60),
                sent_at=instant(campaign.opened_on),
                reminded_at=None if n < RESPONSES else instant(campaign.opened_on + timedelta(days=8)),
                answered=n < RESPONSES,
            )
            for campaign in campaigns
            for n, enrolment in enumerate(of_session[campaign.session_id])
        ),
    )


def instant(day: date) -> datetime:
    """Nine in the morning of that day."""
    return timezone.make_aware(datetime.combine(day, time(9)))


def filled(organisation: Organisation, campaigns: list[Campaign], chance: random.Random) -> Iterator[Response]:
    """Answers without end, going round the campaigns."""
    for campaign in itertools.cycle(campaigns):
        yield Response(
            organisation=organisation,
            campaign=campaign,
            answered_on=campaign.opened_on,
            source=ResponseSource.SESSION_LINK,
            overall=chance.randint(2, 5),
            recommendation=chance.randint(4, 10),
            comment="Merci pour les exemples." if chance.random() < 0.2 else "",
        )


def lay_documents(organisation: Organisation, held: list[Session], people: dict[str, list[Any]], chance: random.Random) -> None:
    """Two documents per session, each in one version, linked to an indicator and to the session, a course or a trainer."""
    own = {"organisation": organisation}
    numbers = range(len(held) * DOCUMENTS)
    documents = create(Document, (Document(**own, title=f"Pièce {n}", type=TYPES[n % len(TYPES)]) for n in numbers))
    files = create(
        StoredFile,
        (
            StoredFile(
                **own,
                name=f"piece-{n}.pdf",
                path=f"{organisation.pk}/{n}",
                size=200_000,
                sha256=digest(f"{organisation.slug} {n}"),
                crc32=n,
                media_type="application/pdf",
            )
            for n in numbers
        ),
    )
    create(
        Version,
        (
            Version(**own, document=document, number=1, file=file, effective_on=held[n // DOCUMENTS].starts_on)
            for n, (document, file) in enumerate(zip(documents, files, strict=True))
        ),
    )
    create(IndicatorLink, (IndicatorLink(document=document, indicator=1 + n % 33) for n, document in enumerate(documents)))
    create(SubjectLink, (subject(document, n, held, people, chance) for n, document in enumerate(documents)))


def subject(document: Document, n: int, held: list[Session], people: dict[str, list[Any]], chance: random.Random) -> SubjectLink:
    """Mostly the session; sometimes the course or a trainer."""
    if n % 10 == 8:
        return SubjectLink(document=document, course=chance.choice(people["courses"]))
    if n % 10 == 9:
        return SubjectLink(document=document, trainer=chance.choice(people["trainers"]))
    return SubjectLink(document=document, session=held[n // DOCUMENTS])
