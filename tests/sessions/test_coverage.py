"""A session's dates and hours change only by who says so: its half-days may say otherwise, and that is told."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse

from qualiopi.journal.models import Entry
from qualiopi.journal.words import sentence
from tests import cast
from tests.answers import on_one_line
from tests.factories import EnrolmentFactory, HalfDayFactory, IssuedFactory, MarkFactory, SessionFactory
from tests.harness.worlds import shared
from tests.sessions.addresses import page_of
from trainings.sessions.models import DayPart, HalfDay, LinkPurpose, Modality, Session
from trainings.sessions.queries import said_by
from trainings.sessions.verbs import (
    duplicate_session,
    move_session,
    personal_links,
    remove_half_day,
    save_half_day,
    save_session,
    take_half_days,
)

pytestmark = pytest.mark.django_db
people = shared(cast.gather)
FIRST, LAST = date(2027, 1, 12), date(2027, 1, 13)


def imported(people, **fields):
    """A session of two days and fourteen hours without any half-day, as a sheet gives it."""
    said = {"starts_on": FIRST, "ends_on": LAST, "duration_hours": Decimal(14), "state": "planned", "reference": "S27-001"}
    return SessionFactory(organisation=people.organisation, **{**said, **fields})


def url(name, *args):
    return reverse(f"sessions:{name}", args=["fil-ouest", *args])


def add(session, day, part=DayPart.MORNING):
    start, end = (9, 12) if part == DayPart.MORNING else (14, 17)
    return save_half_day(
        session=session,
        day=day,
        part=part,
        starts_at=time(start),
        ends_at=time(end, 30),
        remote=False,
        trainer=None,
        actor=None,
    )


def values(session):
    session.refresh_from_db()
    return session.starts_on, session.ends_on, session.duration_hours


def test_one_half_day_of_an_imported_session_rewrites_nothing(people):
    session = imported(people)
    added = add(session, FIRST)
    assert values(session) == (FIRST, LAST, Decimal(14))
    assert Entry.objects.get().details == {"half_day": "12/01/2027, matin"}
    remove_half_day(half_day=added, actor=None)
    assert values(session) == (FIRST, LAST, Decimal(14))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"starts_on": None, "ends_on": None, "duration_hours": None}, (LAST, LAST, Decimal("3.5"))),
        ({"starts_on": None, "ends_on": None}, (LAST, LAST, Decimal(14))),
        ({"duration_hours": None}, (FIRST, LAST, Decimal("3.5"))),
        ({"ends_on": None}, (FIRST, LAST, Decimal(14))),
    ],
)
def test_a_half_day_says_what_nobody_said(people, said, expected):
    session = imported(people, **said)
    add(session, LAST)
    assert values(session) == expected


def test_half_days_that_said_the_same_are_followed_with_both_values_kept(people):
    session = imported(people, ends_on=FIRST, duration_hours=Decimal("3.5"))
    first = add(session, FIRST)
    add(session, LAST)
    assert values(session) == (FIRST, LAST, Decimal(7))
    entry = Entry.objects.filter(verb="half_day.added").order_by("pk").last()
    assert entry.details == {
        "half_day": "13/01/2027, matin",
        "before": {"ends_on": "2027-01-12", "duration_hours": "3.50"},
        "after": {"ends_on": "2027-01-13", "duration_hours": "7.00"},
    }
    assert sentence(entry) == (
        "ajoute une demi-journée à la session S27-001 "
        "(dernier jour : 12 janv. 2027 → 13 janv. 2027, durée : 3\u00a0h\u00a030 → 7\u00a0h)"
    )
    assert [change.to_ends_on for change in session.changes.all()] == [LAST]
    remove_half_day(half_day=first, actor=None)
    assert values(session) == (LAST, LAST, Decimal("3.5"))


def test_hours_and_dates_are_followed_apart(people):
    """Sixteen hours said of two days: a third day moves the end alone."""
    session = imported(people, duration_hours=Decimal(16))
    HalfDayFactory(session=session)
    HalfDayFactory(session=session, day=LAST)
    add(session, date(2027, 1, 14))
    assert values(session) == (FIRST, date(2027, 1, 14), Decimal(16))


def test_what_is_not_about_dates_changes_none(people):
    session = imported(people)
    HalfDayFactory(session=session)
    save_session(organisation=people.organisation, session=session, fields={"place": "Redon"}, trainers=[], actor=None)
    assert values(session) == (FIRST, LAST, Decimal(14))
    assert Entry.objects.get().details == {
        "fields": ["place"],
        "before": {"place": "12, rue Inventée, Lille"},
        "after": {"place": "Redon"},
    }


def test_who_says_other_dates_is_heard_whatever_the_half_days(people):
    session = imported(people, ends_on=FIRST, duration_hours=Decimal("3.5"), modality=Modality.ON_SITE)
    HalfDayFactory(session=session)
    said = {"ends_on": LAST, "duration_hours": Decimal(14), "modality": Modality.REMOTE}
    save_session(organisation=people.organisation, session=session, fields=said, trainers=[], actor=None)
    assert values(session) == (FIRST, LAST, Decimal(14))
    assert Entry.objects.get().details == {
        "fields": ["duration_hours", "ends_on", "modality"],
        "before": {"ends_on": "2027-01-12", "duration_hours": "3.50", "modality": "présentiel"},
        "after": {"ends_on": "2027-01-13", "duration_hours": "14.00", "modality": "à distance"},
    }


def test_the_dates_of_half_days_are_taken_when_somebody_says_so(people):
    session = imported(people)
    with pytest.raises(ValidationError, match="n’a pas de demi-journée"):
        take_half_days(session=session, actor=None)
    HalfDayFactory(session=session)
    page = people.client(people.training_manager).get(url("schedule", session.pk))
    told = "Session : 12 et 13 janvier 2027, 14\u00a0h ; demi-journées : 12 janvier 2027, 3\u00a0h\u00a030."
    assert page.context["gap"] == f"La session et ses demi-journées diffèrent. {told}"
    answer = people.client(people.training_manager).post(url("take_half_days", session.pk))
    assert (answer.url, values(session)) == (url("schedule", session.pk), (FIRST, FIRST, Decimal("3.5")))
    entry = Entry.objects.get(verb="session.dates_taken")
    assert (entry.details["before"], entry.details["after"]) == (
        {"ends_on": "2027-01-13", "duration_hours": "14.00"},
        {"ends_on": "2027-01-12", "duration_hours": "3.50"},
    )
    assert people.client(people.training_manager).get(url("schedule", session.pk)).context["gap"] == ""


def test_papers_already_issued_are_told_when_values_change(people):
    session = imported(people, ends_on=FIRST, duration_hours=Decimal("3.5"))
    half_day = HalfDayFactory(session=session)
    IssuedFactory(session=session, number="CV-2027-0001")
    client = people.client(people.training_manager)
    client.post(url("schedule", session.pk), {"day": "2027-01-13", "part": "am", "starts_at": "09:00", "ends_at": "12:30"})
    told = [str(message) for message in get_messages(client.get(url("schedule", session.pk)).wsgi_request)]
    assert told == [
        "Dates de la session : 12 et 13 janvier 2027, au lieu de : 12 janvier 2027.",
        "Durée de la session : 7\u00a0h, au lieu de 3\u00a0h\u00a030.",
        "Un document déjà émis porte les anciennes valeurs : CV-2027-0001. Annulez-le et émettez-le de nouveau si elles comptent.",
        "La demi-journée du 13/01/2027, matin est ajoutée.",
    ]
    assert half_day.pk in set(session.half_days.values_list("pk", flat=True))


def test_the_form_shows_dates_and_hours_that_half_days_do_not_say(people):
    session = imported(people)
    client = people.client(people.training_manager)

    def shown():
        fields = client.get(url("edit", session.pk)).context["form"].fields
        return [name for name in ("starts_on", "ends_on", "duration_hours") if name in fields]

    assert shown() == ["starts_on", "ends_on", "duration_hours"]
    HalfDayFactory(session=session)
    assert shown() == ["starts_on", "ends_on", "duration_hours"]
    HalfDayFactory(session=session, day=LAST)
    assert shown() == ["duration_hours"]
    for day in (FIRST, LAST):
        HalfDayFactory(session=session, day=day, part=DayPart.AFTERNOON)
    assert shown() == []


def test_a_session_that_says_more_than_its_half_days_moves_with_them(people):
    session = imported(people)
    HalfDayFactory(session=session)
    move_session(session=session, to=date(2027, 1, 19), reason="Salle prise", actor=None)
    assert values(session) == (date(2027, 1, 19), date(2027, 1, 20), Decimal(14))
    assert session.half_days.get().day == date(2027, 1, 19)


def test_its_first_day_stays_when_a_signed_half_day_does(people):
    session = imported(people)
    signed = HalfDayFactory(session=session)
    HalfDayFactory(session=session, part=DayPart.AFTERNOON)
    MarkFactory(half_day=signed)
    move_session(session=session, to=date(2027, 1, 19), reason="Salle prise", actor=None)
    assert values(session) == (FIRST, date(2027, 1, 20), Decimal(14))


def test_a_copy_says_what_its_model_says(people):
    session = imported(people)
    HalfDayFactory(session=session, day=LAST)
    copy = duplicate_session(session=session, first_days=[date(2027, 2, 9)], actor=None)[0]
    assert values(copy) == (date(2027, 2, 9), date(2027, 2, 10), Decimal(14))
    assert copy.half_days.get().day == date(2027, 2, 10)


def test_a_link_to_sign_lives_as_long_as_the_last_half_day_asks(people):
    session = imported(people)
    enrolment = EnrolmentFactory(session=session)
    link = personal_links(session=session, enrolments=[enrolment], purpose=LinkPurpose.ATTENDANCE)[enrolment].link
    assert link.expires_on == LAST + timedelta(days=30)
    HalfDayFactory(session=session)
    add(session, date(2027, 3, 9))
    link.refresh_from_db()
    assert link.expires_on == date(2027, 3, 9) + timedelta(days=30)


def test_what_agrees_and_what_does_not(people):
    session = imported(people)
    assert (said_by(session).parted, said_by(session).dates_agree, said_by(session).hours_agree) == (False, False, False)
    for day in (FIRST, LAST):
        for part in (DayPart.MORNING, DayPart.AFTERNOON):
            HalfDayFactory(session=session, day=day, part=part)
    assert (said_by(session).parted, said_by(session).dates_agree, said_by(session).hours_agree) == (False, True, True)
    HalfDay.objects.filter(day=LAST).delete()
    assert (said_by(session).parted, said_by(session).dates_agree, said_by(session).hours_agree) == (True, False, False)
    Session.objects.filter(pk=session.pk).update(ends_on=None)
    session.refresh_from_db()
    assert (said_by(session).parted, said_by(session).dates_agree, said_by(session).hours_agree) == (True, True, False)


def test_the_page_of_a_session_tells_the_gap_to_who_may_mend_it(people):
    session = imported(people)
    session.trainers.add(people.trainer_record)
    HalfDayFactory(session=session)
    told = "La session et ses demi-journées diffèrent."
    assert told in on_one_line(people.client(people.training_manager).get(page_of(session.pk)))
    assert told not in on_one_line(people.client(people.trainer).get(page_of(session.pk)))
