"""What is owed reads the days taught as the engine does: the same sessions lack a qualification on both pages."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evidence.debts.queries import owed_in
from evidence.readiness.queries import board
from tests import cast as standing
from tests.factories import CourseFactory, EnrolmentFactory, HalfDayFactory, SessionFactory, TrainerFactory, TrainerRecordFactory

pytestmark = pytest.mark.django_db

# Days before today: the session runs on 30 and 20, with a gap between.
FIRST, LAST, GAP, TO_COME = 30, 20, 25, -5


@pytest.fixture
def cast():
    return standing.gather()


def ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.mark.parametrize(
    ("held", "days", "lacking"),
    [
        ([], (FIRST, LAST), True),
        ([(400, None)], (FIRST, LAST), False),
        ([(400, LAST)], (FIRST, LAST), False),  # it ends on the last day taught
        ([(400, LAST + 1)], (FIRST, LAST), True),
        ([(FIRST - 1, None)], (FIRST, LAST), True),  # got on the second day
        ([(400, GAP), (GAP - 3, None)], (FIRST, LAST), False),  # lapsed in the gap, renewed before the next day taught
        ([(400, 1)], (FIRST, TO_COME), False),  # what is to come asks for nothing yet
        ([(400, FIRST)], (FIRST, TO_COME), False),
        ([(400, FIRST + 1)], (FIRST, TO_COME), True),
        ([(400, None)], (), False),
        ([(400, GAP)], (), True),  # without half-days every day is taught
    ],
)
@pytest.mark.parametrize("leader", ["nobody in particular", "the one assigned", "somebody else"])
def test_both_pages_name_the_same_sessions(cast, held, days, lacking, leader):
    course = CourseFactory(organisation=cast.organisation, required_qualification="Habilitation B2V")
    assigned, other = TrainerFactory(organisation=cast.organisation), TrainerFactory(organisation=cast.organisation)
    session = SessionFactory(
        organisation=cast.organisation, course=course, reference="S26-B2V", starts_on=ago(FIRST), ends_on=ago(min((*days, LAST))),
        trainers=[assigned],
    )  # fmt: skip
    EnrolmentFactory(session=session)
    leading = {"nobody in particular": None, "the one assigned": assigned, "somebody else": other}[leader]
    for day in days:
        HalfDayFactory(session=session, day=ago(day), trainer=leading)
    teaching = other if leading is other and days else assigned
    for start, end in held:
        TrainerRecordFactory(
            trainer=teaching,
            kind="qualification",
            title="Habilitation B2V",
            dated_on=ago(start),
            valid_until=None if end is None else ago(end),
        )
    today = timezone.localdate()
    judged = {
        hole.reference
        for hole in board(organisation=cast.organisation, audit_date=today).status(21).missing
        if "trainer_qualified_on_session_days" in hole.expectation_keys
    }
    key = "trainer_qualified_on_session_days"
    owed = {each.label.partition(" · ")[0] for each in owed_in(cast.organisation, today=today) if each.key == key}
    assert (judged, owed) == (({"S26-B2V"},) * 2 if lacking else (set(),) * 2)


def test_the_page_of_what_is_owed_and_the_indicator_show_it(cast):
    course = CourseFactory(organisation=cast.organisation, required_qualification="Habilitation B2V")
    for reference, end in (("S26-TENU", LAST), ("S26-MANQUE", LAST + 1)):
        trainer = TrainerFactory(organisation=cast.organisation)
        session = SessionFactory(
            organisation=cast.organisation,
            course=course,
            reference=reference,
            starts_on=ago(FIRST),
            ends_on=ago(LAST),
            trainers=[trainer],
        )
        for day in (FIRST, LAST):
            HalfDayFactory(session=session, day=ago(day))
        TrainerRecordFactory(
            trainer=trainer, kind="qualification", title="Habilitation B2V", dated_on=ago(400), valid_until=ago(end)
        )
    client = cast.client(cast.quality_manager)
    owed = client.get(reverse("debts:index", args=["fil-ouest"]), {"q": "qualification"}).content.decode()
    page = client.get(reverse("readiness:missing", args=["fil-ouest", 21, "trainer_qualified_on_session_days"])).content.decode()
    for shown in (owed, page):
        assert set(re.findall(r"S26-(?:TENU|MANQUE)", shown.partition("<main")[2])) == {"S26-MANQUE"}
