"""Who came late, who left before the first day, absences in a row, and what was withdrawn since an audit gone by."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import (
    CourseFactory,
    EnrolmentFactory,
    FunderFactory,
    FundingFactory,
    HalfDayFactory,
    MarkFactory,
    OrganisationFactory,
    PersonalIssuedFactory,
    SendingFactory,
    SessionFactory,
    TrainerFactory,
    TrainerRecordFactory,
)
from trainings.attendance.models import MarkKind
from trainings.documents.models import DocumentKind
from trainings.facts.reading import training_facts
from trainings.facts.rows import Departure
from trainings.sessions.models import EnrolmentState

pytestmark = pytest.mark.django_db

UNTIL = date(2026, 11, 23)
FIRST, SECOND = date(2026, 9, 7), date(2026, 9, 8)


@pytest.fixture
def session():
    organisation = OrganisationFactory()
    return SessionFactory(organisation=organisation, course=CourseFactory(organisation=organisation))


@pytest.fixture
def half_days(session):
    """Two days of two half-days, the second day at a distance."""
    trainer = TrainerFactory(organisation=session.organisation)
    return [
        HalfDayFactory(session=session, day=day, part=part, trainer=trainer, remote=day == SECOND)
        for day in (FIRST, SECOND)
        for part in ("am", "pm")
    ]


def row(session, **asked):
    return training_facts(session.organisation, **{"until": UNTIL, "today": UNTIL, **asked}).sessions[0]


def work(session, **asked):
    return row(session, **asked).work


# -- enrolled while the session runs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("joined_on", "expected", "at_distance"),
    [
        (None, 8, 4),
        (FIRST, 8, 4),
        (SECOND, 6, 4),  # nothing of the first day
        (date(2026, 9, 9), 4, 2),  # after the last one: nothing at all
    ],
)
def test_somebody_enrolled_on_day_two_owes_from_that_day(session, half_days, joined_on, expected, at_distance):
    EnrolmentFactory(session=session)
    EnrolmentFactory(session=session, joined_on=joined_on)
    found = work(session)
    assert (found.lines_expected, found.remote_expected) == (expected, at_distance)


def test_a_line_of_a_day_they_did_not_owe_makes_up_for_nobody(session, half_days):
    here, late = EnrolmentFactory(session=session), EnrolmentFactory(session=session, joined_on=SECOND)
    for half_day in half_days:
        MarkFactory(half_day=half_day, enrolment=late, minutes=180)
    MarkFactory(half_day=half_days[2], enrolment=here, minutes=180, method="connection")
    found = work(session)
    assert (found.lines_expected, found.lines) == (6, 3)
    assert (found.remote_expected, found.lines_timed) == (4, 3)


def test_came_on_day_two_and_left_that_day(session, half_days):
    HalfDayFactory(session=session, day=date(2026, 9, 9), part="am", trainer=half_days[0].trainer)
    EnrolmentFactory(session=session, joined_on=SECOND, state=EnrolmentState.INTERRUPTED, ended_on=SECOND, end_reason="Malade")
    assert (work(session).lines_expected, work(session).remote_expected) == (2, 2)


def test_nobody_is_absent_before_they_came(session, half_days):
    late = EnrolmentFactory(session=session, joined_on=SECOND)
    for half_day in half_days[:3]:
        MarkFactory(half_day=half_day, enrolment=late, kind=MarkKind.ABSENT)
    assert work(session, absent_half_days=2).departures == ()
    assert work(session, absent_half_days=1).departures == (Departure(SECOND),)


# -- left before the first day ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "ended_on", "withdrawn"),
    [
        (EnrolmentState.INTERRUPTED, FIRST - timedelta(days=1), True),
        (EnrolmentState.ABANDONED, FIRST - timedelta(days=30), True),
        (EnrolmentState.INTERRUPTED, FIRST, False),
        (EnrolmentState.INTERRUPTED, None, False),
        (EnrolmentState.WITHDRAWN, FIRST - timedelta(days=1), True),
        (EnrolmentState.WITHDRAWN, None, True),
    ],
)
def test_an_interruption_before_the_first_day_is_a_withdrawal(session, half_days, state, ended_on, withdrawn):
    EnrolmentFactory(session=session)
    gone = EnrolmentFactory(session=session, state=state, ended_on=ended_on, end_reason="Empêchée")
    FundingFactory(enrolment=gone, funder=FunderFactory(organisation=session.organisation))
    MarkFactory(half_day=half_days[0], enrolment=gone)
    SendingFactory(
        document=PersonalIssuedFactory(enrolment=gone, kind=DocumentKind.CONVOCATION), sent_at=datetime(2026, 9, 1, tzinfo=UTC)
    )
    found = row(session)
    told = (found.enrolled, len(found.funder_ids), found.work.withdrawn, found.work.told.number, found.work.lines)
    assert told == ((1, 0, 1, 0, 0) if withdrawn else (2, 1, 0, 1, 1))
    assert len(found.work.departures) == (0 if withdrawn else 1)


# -- absences in a row ------------------------------------------------------------------------------------------------


def spread(session, *days):
    trainer = TrainerFactory(organisation=session.organisation)
    return [HalfDayFactory(session=session, day=day, part="am", trainer=trainer) for day in days]


@pytest.mark.parametrize(
    ("second", "in_a_row"),
    [
        (date(2026, 10, 6), True),
        (date(2026, 10, 19), True),  # nine open days between
        (date(2026, 10, 20), False),  # ten
        (date(2026, 11, 5), False),  # a month apart
    ],
)
def test_ten_open_days_break_a_row(session, second, in_a_row):
    person = EnrolmentFactory(session=session)
    for half_day in spread(session, date(2026, 10, 5), second):
        MarkFactory(half_day=half_day, enrolment=person, kind=MarkKind.ABSENT)
    assert work(session).departures == ((Departure(date(2026, 10, 5)),) if in_a_row else ())


def test_a_public_holiday_is_no_open_day(session):
    """Between 2 and 17 November 2026: ten days but the eleventh."""
    person = EnrolmentFactory(session=session)
    for half_day in spread(session, date(2026, 11, 2), date(2026, 11, 17)):
        MarkFactory(half_day=half_day, enrolment=person, kind=MarkKind.ABSENT)
    assert work(session, row_open_days=10).departures == (Departure(date(2026, 11, 2)),)
    assert work(session, row_open_days=9).departures == ()


@pytest.mark.parametrize(
    ("between", "in_a_row"),
    [
        (MarkKind.PRESENT, False),
        (MarkKind.EXCUSED, True),
        (None, True),  # nothing is noted: nobody was seen there
    ],
)
def test_a_presence_alone_breaks_a_row(session, between, in_a_row):
    person = EnrolmentFactory(session=session)
    one, middle, other = spread(session, date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 7))
    for half_day, kind in ((one, MarkKind.ABSENT), (middle, between), (other, MarkKind.ABSENT)):
        if kind is not None:
            MarkFactory(half_day=half_day, enrolment=person, kind=kind)
    assert work(session).departures == ((Departure(date(2026, 10, 5)),) if in_a_row else ())


# -- withdrawn since --------------------------------------------------------------------------------------------------

WITHDRAWN_AT = datetime(2026, 11, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "counts"), [(date(2026, 11, 9), True), (date(2026, 11, 10), False), (date(2026, 11, 20), False)]
)
def test_what_was_withdrawn_or_cancelled_since_still_counts_for_an_audit_gone_by(session, until, counts):
    person = EnrolmentFactory(session=session)
    trainer = TrainerFactory(organisation=session.organisation)
    TrainerRecordFactory(
        trainer=trainer, kind="cv", dated_on=date(2026, 1, 5), withdrawn_at=WITHDRAWN_AT, withdrawal_reason="Doublon"
    )
    PersonalIssuedFactory(
        enrolment=person,
        kind=DocumentKind.COMPLETION,
        issued_on=date(2026, 9, 9),
        cancelled_at=WITHDRAWN_AT,
        cancellation_reason="Faute",
    )
    found = training_facts(session.organisation, until=until, today=until)
    assert (len(found.trainers[0].records), found.sessions[0].work.certified.number) == ((1, 1) if counts else (0, 0))
