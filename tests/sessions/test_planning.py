"""A session made from a course and dates, moved, made again; half-days added, changed and taken away."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests import cast
from tests.answers import on_one_line
from tests.factories import (
    CourseFactory,
    EnrolmentFactory,
    EnrolmentLinkFactory,
    HalfDayFactory,
    MarkFactory,
    ProgrammeFactory,
    SessionFactory,
    StepFactory,
    TrainerFactory,
)
from tests.harness.worlds import shared
from tests.sessions.addresses import page_of
from trainings.sessions.calendar import OpenDays, propose
from trainings.sessions.models import DayPart, HalfDay, LinkPurpose, Session, SessionState
from trainings.sessions.verbs import (
    duplicate_session,
    make_session,
    move_session,
    remove_half_day,
    save_half_day,
    save_session,
)

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 3, 1)


people = shared(cast.gather)


def url(name, *args):
    return reverse(f"sessions:{name}", args=["fil-ouest", *args])


def half_days(session):
    """Days and parts, shortly."""
    return [f"{each.day:%d/%m} {each.part}" for each in session.half_days.order_by("day", "starts_at")]


def a_session(people, first=MONDAY, **fields):
    course = CourseFactory(organisation=people.organisation, duration_hours=Decimal("14"))
    return make_session(
        organisation=people.organisation,
        course=course,
        slots=propose(first, hours=course.duration_hours, days=OpenDays()).slots,
        trainers=[people.trainer_record],
        actor=people.training_manager,
        fields=fields,
    )


# Making.


def test_a_course_and_dates_give_everything_else(people):
    course = CourseFactory(organisation=people.organisation)
    ProgrammeFactory(course=course, number=1, in_force_from=date(2025, 1, 1))
    second = ProgrammeFactory(course=course, number=2, in_force_from=date(2027, 2, 1))
    ProgrammeFactory(course=course, number=3, in_force_from=date(2027, 9, 1))
    answer = people.client(people.training_manager).post(
        url("create"),
        {
            "course": course.pk,
            "first_day": "2027-03-05",
            "rhythm": "days",
            "trainers": [people.trainer_record.pk],
            "modality": "remote",
            "kind": "inter",
        },
    )
    session = Session.objects.get()
    assert answer.url == page_of(session.pk)
    assert half_days(session) == ["05/03 am", "05/03 pm", "08/03 am", "08/03 pm"]
    assert (session.starts_on, session.ends_on, session.duration_hours) == (date(2027, 3, 5), date(2027, 3, 8), Decimal("14"))
    assert (session.reference, session.state, session.programme) == ("S27-001", "planned", second)
    assert list(session.trainers.all()) == [people.trainer_record]
    assert set(session.half_days.values_list("remote", flat=True)) == {True}
    assert session.steps.get(key="document:convocation").due_on == date(2027, 2, 23)
    assert session.steps.get(key="survey:cold").due_on == date(2027, 6, 6)
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == ["session.create", "session.prepared"]


def test_steps_go_to_whoever_does_them(people):
    session = a_session(people)
    assert (session.steps.get(key="results").trainer, session.steps.get(key="results").owner) == (people.trainer_record, None)
    assert session.steps.get(key="agreement").owner == people.training_manager


def test_without_a_trainer_yet_every_step_is_the_manager_s(people):
    course = CourseFactory(organisation=people.organisation)
    slots = propose(MONDAY, days=OpenDays()).slots
    session = make_session(
        organisation=people.organisation, course=course, slots=slots, trainers=[], actor=people.training_manager
    )
    assert set(session.steps.values_list("owner", "trainer")) == {(people.training_manager.pk, None)}


def test_steps_follow_whoever_leads(people):
    session, other = a_session(people), TrainerFactory(organisation=people.organisation)

    def led_by(*trainers):
        save_session(organisation=people.organisation, session=session, fields={}, trainers=trainers, actor=None)
        return session.steps.get(key="results").trainer, session.steps.get(key="attendance").trainer

    session.steps.filter(key="attendance").update(done_at=timezone.now())
    assert led_by(other) == (other, people.trainer_record)
    assert led_by() == (None, people.trainer_record)
    assert led_by(people.trainer_record, other) == (people.trainer_record, people.trainer_record)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"first_day": "2027-11-11", "last_day": "2027-11-11"}, "first_day", "Aucun jour ouvré entre ces dates"),
        ({"last_day": "2027-02-28"}, "last_day", "Le dernier jour ne précède pas le premier."),
        ({"last_day": "2029-03-01"}, "last_day", "la session durerait plus d’un an"),
        ({"first_day": ""}, "first_day", "Ce champ est obligatoire."),
    ],
)
def test_dates_that_give_nothing_are_refused(people, changes, field, sentence):
    course = CourseFactory(organisation=people.organisation)
    data = {
        "course": course.pk,
        "first_day": "2027-03-01",
        "rhythm": "days",
        "modality": "on_site",
        "place": "À garder",
        **changes,
    }
    answer = people.client(people.training_manager).post(url("create"), data)
    assert answer.status_code == 422
    assert any(sentence in error for error in answer.context["form"].errors[field])
    assert (Session.objects.count(), "À garder" in answer.content.decode()) == (0, True)


def test_what_is_typed_shows_the_half_days_and_writes_nothing(people):
    course = CourseFactory(organisation=people.organisation)
    address = f"{url('create')}?course={course.pk}&first_day=2027-11-10&rhythm=days&modality=on_site"
    answer = people.client(people.training_manager).get(address, headers={"hx-request": "true", "hx-target": "proposal"})
    page = on_one_line(answer)
    assert ("4 demi-journées" in page, "11 novembre 2027 (Armistice)" in page, "<form" in page) == (True, True, False)
    assert Session.objects.count() == 0


def test_a_retired_course_and_another_s_course_are_not_offered(people):
    CourseFactory(organisation=people.organisation, title="Retirée", archived_on=date(2026, 1, 1))
    CourseFactory(organisation=people.sister, title="Cours du Sud")
    kept = CourseFactory(organisation=people.organisation)
    form = people.client(people.training_manager).get(url("create")).context["form"]
    assert list(form.fields["course"].queryset) == [kept]


@pytest.mark.parametrize("asked", ["2026-000-pas-un-identifiant", "f3c9e2c4-0000-4000-8000-000000000000"])
def test_an_unknown_course_in_the_address_is_ignored(people, asked):
    assert people.client(people.training_manager).get(f"{url('create')}?course={asked}").status_code == 200


def test_references_follow_one_another_in_their_year(people):
    SessionFactory(organisation=people.organisation, reference="S27-041")
    SessionFactory(organisation=people.organisation, reference="S27-BIS")
    SessionFactory(organisation=people.sister, reference="S27-090")
    assert [a_session(people).reference, a_session(people).reference] == ["S27-042", "S27-043"]


# Moving.


def test_a_session_moves_with_its_half_days_steps_and_links(people):
    session = a_session(people)
    done = session.steps.get(key="agreement")
    done.done_at = timezone.now()
    done.save()
    own = StepFactory(session=session, due_on=date(2027, 2, 20))
    link = EnrolmentLinkFactory(enrolment__session=session, purpose=LinkPurpose.ATTENDANCE)
    moved = move_session(session=session, to=date(2027, 3, 12), reason="Salle fermée", actor=people.training_manager)
    assert half_days(moved) == ["12/03 am", "12/03 pm", "15/03 am", "15/03 pm"]
    assert (moved.starts_on, moved.ends_on) == (date(2027, 3, 12), date(2027, 3, 15))
    assert moved.steps.get(key="document:convocation").due_on == date(2027, 3, 2)
    assert moved.steps.get(pk=own.pk).due_on == date(2027, 3, 3)
    assert moved.steps.get(pk=done.pk).due_on == done.due_on
    link.refresh_from_db()
    assert link.expires_on == date(2027, 3, 15) + timedelta(days=30)
    change = moved.changes.get()
    assert (change.reason, change.made_by) == ("Salle fermée", people.training_manager)
    assert (change.from_starts_on, change.to_ends_on) == (MONDAY, date(2027, 3, 15))
    assert Entry.objects.get(verb="session.moved").details == {
        "before": {"starts_on": "2027-03-01", "ends_on": "2027-03-02"},
        "after": {"starts_on": "2027-03-12", "ends_on": "2027-03-15"},
        "reason": "Salle fermée",
    }


@pytest.mark.parametrize("to", [date(2027, 3, 2), date(2027, 2, 26), date(2027, 3, 8)])
def test_half_days_never_meet_on_their_way(people, to):
    session = a_session(people)
    move_session(session=session, to=to, reason="essai", actor=None)
    assert session.half_days.count() == 4


def test_a_session_moved_after_signatures_leaves_what_was_signed(people):
    session = a_session(people)
    first = session.half_days.order_by("day", "starts_at").first()
    MarkFactory(half_day=first, enrolment__session=session)
    moved = move_session(session=session, to=date(2027, 3, 15), reason="Formatrice malade", actor=None)
    assert half_days(moved) == ["01/03 am", "15/03 pm", "16/03 am", "16/03 pm"]
    assert (moved.starts_on, moved.ends_on) == (MONDAY, date(2027, 3, 16))


def test_a_session_signed_through_no_longer_moves(people):
    session = a_session(people)
    for half_day in session.half_days.all():
        MarkFactory(half_day=half_day, enrolment__session=session)
    with pytest.raises(ValidationError, match="Toutes les demi-journées sont signées"):
        move_session(session=session, to=date(2027, 3, 15), reason="essai", actor=None)
    assert session.changes.count() == 0


def test_half_days_do_not_land_on_signed_ones(people):
    session = a_session(people)
    tuesday = session.half_days.get(day=date(2027, 3, 2), part=DayPart.MORNING)
    MarkFactory(half_day=tuesday, enrolment__session=session)
    with pytest.raises(ValidationError, match="porte déjà des signatures"):
        move_session(session=session, to=date(2027, 3, 2), reason="essai", actor=None)
    assert half_days(session) == ["01/03 am", "01/03 pm", "02/03 am", "02/03 pm"]


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_move_says_why(people, reason):
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        move_session(session=a_session(people), to=date(2027, 3, 15), reason=reason, actor=None)


@pytest.mark.parametrize("state", [SessionState.CLOSED, SessionState.CANCELLED])
def test_a_session_that_is_over_stays(people, state):
    session = a_session(people)
    Session.objects.filter(pk=session.pk).update(state=state)
    with pytest.raises(ValidationError, match="ses demi-journées ne changent plus"):
        move_session(session=session, to=date(2027, 3, 15), reason="essai", actor=None)


def test_a_session_without_half_days_moves_by_its_dates(people):
    session = SessionFactory(organisation=people.organisation, state="planned")
    moved = move_session(session=session, to=date(2026, 10, 5), reason="essai", actor=None)
    assert (moved.starts_on, moved.ends_on, moved.duration_hours) == (date(2026, 10, 5), date(2026, 10, 6), Decimal("14"))


def test_the_page_moves_and_tells_a_refusal(people):
    session = a_session(people)
    client = people.client(people.training_manager)
    refused = client.post(url("move", session.pk), {"to": "2027-03-15", "reason": ""})
    assert (refused.status_code, refused.context["form"].errors["reason"]) == (422, ["Ce champ est obligatoire."])
    assert client.post(url("move", session.pk), {"to": "2027-03-15", "reason": "Travaux"}).url == page_of(session.pk)
    assert session.half_days.order_by("day").first().day == date(2027, 3, 15)


def test_a_first_day_moved_off_a_holiday_is_told(people):
    """14 July 2027 is a Wednesday, the 18th a Sunday."""
    session = a_session(people)
    client = people.client(people.training_manager)
    preview = client.get(url("move", session.pk), {"to": "2027-07-14", "part": "proposal"})
    assert "14 juillet 2027 (Fête nationale)" in on_one_line(preview)
    page = client.post(url("move", session.pk), {"to": "2027-07-14", "reason": "Travaux"}, follow=True)
    told = "Le mercredi 14 juillet 2027 est férié (Fête nationale) : le premier jour est le jeudi 15 juillet 2027."
    assert told in on_one_line(page)
    copy = {"first_day": "2027-07-18", "repeat": "once", "times": "1"}
    page = client.post(url("duplicate", session.pk), copy, follow=True)
    assert "Le dimanche 18 juillet 2027 tombe un week-end : le premier jour est le lundi 19 juillet 2027." in on_one_line(page)
    page = client.post(url("move", session.pk), {"to": "2027-08-02", "reason": "Travaux"}, follow=True)
    assert "férié" not in on_one_line(page)


def test_a_new_first_day_shows_where_half_days_go_and_who_is_taken(people):
    session = a_session(people)
    first = session.half_days.order_by("day", "starts_at").first()
    MarkFactory(half_day=first, enrolment__session=session)
    taken = HalfDayFactory(
        session__organisation=people.organisation,
        session__reference="S27-PRISE",
        session__trainers=[people.trainer_record],
        day=date(2027, 3, 15),
        part=DayPart.AFTERNOON,
    )
    headers = {"hx-request": "true", "hx-target": "proposal"}
    answer = people.client(people.training_manager).get(f"{url('move', session.pk)}?to=2027-03-15", headers=headers)
    assert [(slot.day.day, slot.part) for slot in answer.context["proposal"].slots] == [(15, "pm"), (16, "am"), (16, "pm")]
    assert [clash.other for clash in answer.context["clashes"]] == [taken]
    page = answer.content.decode()
    assert ("3 demi-journées" in page, "S27-PRISE" in page, "<form" in page) == (True, True, False)
    assert session.half_days.filter(day=date(2027, 3, 15)).count() == 0


@pytest.mark.parametrize("to", ["", "pas-une-date", "0207-03-15"])
def test_a_day_that_means_nothing_shows_nothing(people, to):
    answer = people.client(people.training_manager).get(f"{url('move', a_session(people).pk)}?to={to}")
    assert (answer.status_code, "proposal" in answer.context) == (200, False)


# Half-days.


def test_one_more_half_day_moves_the_end_and_the_steps(people):
    session = a_session(people)
    save_half_day(
        session=session,
        day=date(2027, 3, 9),
        part=DayPart.MORNING,
        starts_at=time(9),
        ends_at=time(11),
        remote=True,
        trainer=None,
        actor=people.training_manager,
    )
    session.refresh_from_db()
    assert (session.ends_on, session.duration_hours) == (date(2027, 3, 9), Decimal("16"))
    assert session.steps.get(key="survey:end_of_session").due_on == date(2027, 3, 9)
    assert Entry.objects.get(verb="half_day.added").details == {
        "half_day": "09/03/2027, matin",
        "before": {"ends_on": "2027-03-02", "duration_hours": "14.00"},
        "after": {"ends_on": "2027-03-09", "duration_hours": "16.00"},
    }


def test_who_leads_a_half_day_leads_the_session(people):
    session, other = a_session(people), TrainerFactory(organisation=people.organisation)
    half_day = session.half_days.first()
    people.client(people.training_manager).post(
        url("half_day", half_day.pk),
        {"day": half_day.day, "part": half_day.part, "starts_at": "09:00", "ends_at": "12:30", "trainer": other.pk},
    )
    assert session.half_days.get(pk=half_day.pk).trainer == other
    assert set(session.trainers.all()) == {people.trainer_record, other}


def test_who_no_longer_leads_a_session_leads_none_of_its_half_days_but_signed_ones(people):
    session, other = a_session(people), TrainerFactory(organisation=people.organisation)
    session.trainers.add(other)
    session.half_days.update(trainer=other)
    signed = session.half_days.order_by("day", "starts_at").first()
    MarkFactory(half_day=signed, enrolment__session=session)
    save_session(organisation=people.organisation, session=session, fields={}, trainers=[people.trainer_record], actor=None)
    assert set(session.half_days.exclude(pk=signed.pk).values_list("trainer", flat=True)) == {None}
    assert session.half_days.get(pk=signed.pk).trainer == other


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_at": "08:00"}, "Une demi-journée finit après avoir commencé."),
        ({"day": "2027-03-02"}, "Cette demi-journée est déjà prévue."),
        ({"day": "0207-03-02"}, "Vérifiez l’année"),
    ],
)
def test_a_half_day_that_cannot_be_is_refused(people, changes, sentence):
    session = a_session(people)
    half_day = session.half_days.order_by("day", "starts_at").first()
    data = {"day": "2027-03-01", "part": "am", "starts_at": "09:00", "ends_at": "12:30", **changes}
    answer = people.client(people.training_manager).post(url("half_day", half_day.pk), data)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert half_days(session) == ["01/03 am", "01/03 pm", "02/03 am", "02/03 pm"]


def test_a_signed_half_day_neither_moves_nor_goes_but_may_say_who_led_it(people):
    session = a_session(people)
    half_day = session.half_days.order_by("day", "starts_at").first()
    MarkFactory(half_day=half_day, enrolment__session=session)
    same = {"part": DayPart(half_day.part), "ends_at": half_day.ends_at, "remote": False, "actor": None}
    with pytest.raises(ValidationError, match="Cette demi-journée est déjà signée"):
        save_half_day(session=session, half_day=half_day, day=half_day.day, starts_at=time(8), trainer=None, **same)
    with pytest.raises(ValidationError, match="Cette demi-journée est déjà signée"):
        remove_half_day(half_day=half_day, actor=None)
    said = save_half_day(
        session=session,
        half_day=half_day,
        day=half_day.day,
        starts_at=half_day.starts_at,
        trainer=people.trainer_record,
        **same,
    )
    assert (said.trainer, half_days(session)[0]) == (people.trainer_record, "01/03 am")


def test_a_half_day_taken_away_shortens_the_session(people):
    session = a_session(people)
    last = session.half_days.order_by("day", "starts_at").last()
    answer = people.client(people.training_manager).post(url("remove_half_day", last.pk))
    session.refresh_from_db()
    assert (answer.url, half_days(session)) == (url("schedule", session.pk), ["01/03 am", "01/03 pm", "02/03 am"])
    assert session.duration_hours == Decimal("10.5")


def test_times_go_to_every_half_day_alike_but_signed_ones(people):
    session = a_session(people)
    first, second = session.half_days.filter(part=DayPart.MORNING).order_by("day")
    save_half_day(
        session=session,
        half_day=second,
        day=second.day,
        part=DayPart.MORNING,
        starts_at=time(8, 30),
        ends_at=time(12),
        remote=True,
        trainer=people.trainer_record,
        actor=None,
        alike=True,
    )
    first.refresh_from_db()
    assert (first.starts_at, first.ends_at, first.remote, first.trainer) == (time(8, 30), time(12), True, people.trainer_record)
    assert set(session.half_days.filter(part=DayPart.AFTERNOON).values_list("starts_at", "remote")) == {(time(14), False)}
    MarkFactory(half_day=first, enrolment__session=session)
    data = {"day": second.day, "part": "am", "starts_at": "09:00", "ends_at": "13:00", "alike": "on"}
    people.client(people.training_manager).post(url("half_day", second.pk), data)
    assert list(session.half_days.filter(part="am").order_by("day").values_list("starts_at", flat=True)) == [time(8, 30), time(9)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # Seven hours in two days: one day is enough.
        ({"duration_hours": Decimal("7")}, ["07/09 am", "07/09 pm"]),
        ({"duration_hours": Decimal("14")}, ["07/09 am", "07/09 pm", "08/09 am", "08/09 pm"]),
        # More hours than the dates hold: the dates are believed.
        ({"duration_hours": Decimal("70")}, ["07/09 am", "07/09 pm", "08/09 am", "08/09 pm"]),
        ({"duration_hours": None}, ["07/09 am", "07/09 pm", "08/09 am", "08/09 pm"]),
        ({"ends_on": None, "duration_hours": None}, ["07/09 am", "07/09 pm"]),
        ({"starts_on": None, "ends_on": None}, []),
    ],
)
def test_a_session_that_came_in_with_its_dates_is_given_half_days(people, fields, expected):
    session = SessionFactory(organisation=people.organisation, **fields)
    client = people.client(people.training_manager)
    offered = client.get(url("schedule", session.pk)).context["proposal"]
    assert (len(offered.slots) if offered else 0) == len(expected)
    client.post(url("plan_half_days", session.pk))
    assert half_days(session) == expected
    client.post(url("plan_half_days", session.pk))
    assert half_days(session) == expected
    assert Entry.objects.filter(verb="half_day.planned").count() == (1 if expected else 0)


def test_a_postponed_session_takes_no_half_day_before_its_new_dates(people):
    session = a_session(people)
    Session.objects.filter(pk=session.pk).update(state=SessionState.POSTPONED)
    with pytest.raises(ValidationError, match="donnez-lui d’abord de nouvelles dates"):
        remove_half_day(half_day=session.half_days.first(), actor=None)


# Making again.


def test_a_copy_has_the_shape_and_none_of_the_people(people):
    session = a_session(people, place="12, rue Inventée", price=Decimal("900"))
    EnrolmentFactory(session=session)
    session.half_days.filter(part=DayPart.AFTERNOON).update(trainer=people.trainer_record, remote=True)
    (copy,) = duplicate_session(session=session, first_days=[date(2027, 4, 5)], actor=people.training_manager)
    assert half_days(copy) == ["05/04 am", "05/04 pm", "06/04 am", "06/04 pm"]
    assert (copy.place, copy.price, copy.state, copy.enrolments.count()) == ("12, rue Inventée", Decimal("900"), "planned", 0)
    assert (
        list(copy.half_days.order_by("day", "starts_at").values_list("trainer", "remote"))
        == [
            (None, False),
            (people.trainer_record.pk, True),
        ]
        * 2
    )
    assert copy.steps.count() == session.steps.count()


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        ("weekly", [date(2027, 4, 6), date(2027, 4, 13), date(2027, 4, 20)]),
        ("monthly", [date(2027, 4, 6), date(2027, 5, 4), date(2027, 6, 1)]),
        ("once", [date(2027, 4, 6)]),
    ],
)
def test_a_series(people, repeat, expected):
    session = a_session(people)
    people.client(people.training_manager).post(
        url("duplicate", session.pk), {"first_day": "2027-04-06", "repeat": repeat, "times": "3"}
    )
    made = Session.objects.exclude(pk=session.pk).order_by("starts_on")
    assert [each.starts_on for each in made] == expected
    assert [each.reference for each in made] == ["S27-002", "S27-003", "S27-004"][: len(expected)]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"repeat": "weekly", "times": "1"}, "times"),
        ({"repeat": "weekly", "times": "60"}, "times"),
        ({"repeat": "daily"}, "repeat"),
    ],
)
def test_a_series_that_means_nothing_makes_nothing(people, data, field):
    session = a_session(people)
    answer = people.client(people.training_manager).post(url("duplicate", session.pk), {"first_day": "2027-04-06", **data})
    assert (answer.status_code, list(answer.context["form"].errors), Session.objects.count()) == (422, [field], 1)


def test_a_session_without_half_days_is_copied_by_its_dates(people):
    session = SessionFactory(organisation=people.organisation)
    (copy,) = duplicate_session(session=session, first_days=[date(2027, 4, 6)], actor=None)
    assert (copy.starts_on, copy.ends_on, copy.duration_hours) == (date(2027, 4, 6), date(2027, 4, 7), Decimal("14"))


# Elsewhere.


def test_nothing_of_another_organisation_gets_in(people):
    session = a_session(people)
    elsewhere = TrainerFactory(organisation=people.sister)
    with pytest.raises(ValidationError, match="n’existe pas dans votre organisme"):
        save_half_day(
            session=session,
            day=date(2027, 3, 3),
            part=DayPart.MORNING,
            starts_at=time(9),
            ends_at=time(11),
            remote=False,
            trainer=elsewhere,
            actor=None,
        )
    assert HalfDay.objects.count() == 4


def test_half_days_of_others_are_not_found(people):
    other = HalfDayFactory(session__organisation=people.sister)
    client = people.client(people.training_manager)
    assert [client.get(url("half_day", other.pk)).status_code, client.post(url("remove_half_day", other.pk)).status_code] == [
        404,
        404,
    ]
