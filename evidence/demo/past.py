"""Sessions that came from a table: their people, what these said, the pieces filed with them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from evidence.demo import cast
from evidence.demo.files import file_piece
from evidence.demo.moments import at
from evidence.demo.papers import paper
from evidence.demo.stages import World
from qualiopi.accounts.models import User
from qualiopi.organisations.models import Organisation
from trainings.adaptations.models import Wish
from trainings.adaptations.verbs import record_answer
from trainings.catalogue.models import Course
from trainings.people.models import Company, Funder, Trainer
from trainings.people.verbs import find_or_create_trainee
from trainings.sessions.models import Modality, Session, SessionKind, SessionState
from trainings.sessions.verbs import FundingLine, enrol, save_session
from trainings.surveys.verbs import open_campaign, type_paper_answers


def past_session(
    world: World, organisation: Organisation, place: int, courses: list[Course], trainers: list[Trainer], manager: User
) -> Session:
    """Sessions run from eleven months ago to two months ahead, in order of reference."""
    span, done = 390, 330
    starts_on = world.today + timedelta(days=round(span * place / max(world.sessions, 1)) - done)
    starts_on -= timedelta(days=max(starts_on.weekday() - 3, 0))
    course = courses[place % len(courses)]
    hours = course.duration_hours or Decimal(7)
    ends_on = starts_on + timedelta(days=1 if hours > 7 else 0)
    remote = place % 5 == 4
    state = SessionState.DONE if ends_on < world.today else SessionState.PLANNED
    if place == 7:
        state = SessionState.CANCELLED
    return save_session(
        organisation=organisation,
        fields={
            "reference": f"S{starts_on:%y}-{place + 1:03d}",
            "course": course,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "duration_hours": hours,
            "modality": Modality.REMOTE if remote else Modality.ON_SITE,
            "kind": SessionKind.INTRA if place % 3 == 1 else SessionKind.INTER,
            "state": state,
            "place": "" if remote else cast.PLACES[place % len(cast.PLACES)],
            "platform": "Visio du Fil" if remote else "",
            "work_study": False,
            "workplace_periods": False,
        },
        trainers=[trainers[place % len(trainers)]],
        actor=manager,
    )


def add_trainees(world: World, session: Session, companies: list[Company], funders: list[Funder], manager: User) -> None:
    for number in range(world.random.randint(5, 9)):
        first = cast.FIRST_NAMES[(number * 5 + world.random.randrange(12)) % len(cast.FIRST_NAMES)]
        last = cast.LAST_NAMES[world.random.randrange(len(cast.LAST_NAMES))]
        trainee = find_or_create_trainee(
            organisation=session.organisation,
            first_name=first,
            last_name=last,
            email=f"stagiaire{number}.{session.reference.lower()}@exemple.fr",
            actor=manager,
        )
        enrol(
            session=session,
            trainee=trainee,
            actor=manager,
            company=world.random.choice(companies),
            fundings=[FundingLine(funder=world.random.choice(funders))],
        )


def ask_needs(session: Session, manager: User) -> None:
    """Everybody was asked, before the first day, whether something had to be adapted; nobody needed it."""
    if session.starts_on is None:
        return
    day = session.starts_on - timedelta(days=3)
    with at(day):
        for enrolment in session.enrolments.select_related("session", "trainee").order_by("trainee__email"):
            record_answer(enrolment=enrolment, wish=Wish.NO, answered_on=day, actor=manager)


def add_opinions(world: World, session: Session, manager: User, *, silent: bool) -> None:
    if silent:
        return
    papers: list[dict[str, object]] = []
    for _number in range(max(1, session.enrolments.count() - world.random.randint(0, 2))):
        marks = [min(5, max(1, round(world.random.gauss(4.4, 0.8)))) for _question in range(4)]
        papers.append(
            {
                "overall": str(marks[0]),
                "objectives": str(marks[1]),
                "pace": str(max(1, marks[2] - world.random.randint(0, 1))),
                "trainer": str(marks[3]),
                "conditions": world.random.choice(["yes", "yes", "yes", "partly"]),
                "recommendation": str(min(10, max(0, marks[0] * 2 + world.random.randint(-1, 1)))),
                "comment": world.random.choice(cast.COMMENTS),
            }
        )
    campaign = open_campaign(session=session, actor=manager)
    type_paper_answers(campaign=campaign, papers=papers, answered_on=session.ends_on, actor=manager)


def add_papers(world: World, session: Session, manager: User, *, hole: bool) -> None:
    papers = [*cast.SESSION_PAPERS]
    if session.modality == Modality.REMOTE:
        papers.append(("connection_report", "Relevé de connexion", (10, 19), 1))
    for position, (kind, title, indicators, days) in enumerate(papers):
        if hole and position == world.random.randrange(len(papers)):
            continue
        anchor = session.ends_on if days >= 0 else session.starts_on
        if anchor is None:
            continue
        day = anchor + timedelta(days=days)
        if day >= world.today:
            continue  # not written yet
        file_piece(
            session.organisation,
            day,
            upload=paper(title=title, subject=str(session.course), owner=session.organisation.name, day=day),
            title=f"{title}, {session.reference}",
            type=kind,
            indicators=indicators,
            sessions=[session],
            actor=manager,
        )
