"""Sessions in a real browser: made in two clicks and the dates, then every page of the room at three widths."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.factories import CourseFactory, EnrolmentFactory, HalfDayFactory, SessionFactory, TrainerFactory
from tests.harness.browser import assert_good_at_all_widths, wait_for_panels
from trainings.sessions.calendar import OpenDays, propose
from trainings.sessions.models import Session, SessionState
from trainings.sessions.verbs import change_state, make_session, move_session, skip_step, tick_step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    return cast.gather()


def url(name, *args):
    return reverse(name, args=["fil-ouest", *args])


def a_monday_to_come(weeks=6):
    today = timezone.localdate()
    return today + timedelta(days=7 * weeks - today.weekday())


def a_planned_session(people, first_day):
    course = CourseFactory(organisation=people.organisation, title="Animer une réunion qui décide")
    slots = propose(first_day, hours=course.duration_hours, days=OpenDays(holidays=True)).slots
    return make_session(
        organisation=people.organisation,
        course=course,
        slots=slots,
        trainers=[people.trainer_record],
        actor=people.training_manager,
        fields={"place": "L’Hermine, 12 rue de Saint-Malo, 35000 Rennes", "kind": "inter", "modality": "on_site"},
    )


def test_a_session_in_two_clicks_and_the_dates(people, open_page):
    CourseFactory(organisation=people.organisation, title="Animer une réunion")
    course = CourseFactory(organisation=people.organisation, title="Tenir une régie", duration_hours="14")
    busy = HalfDayFactory(
        session__organisation=people.organisation,
        session__state=SessionState.CONFIRMED,
        session__trainers=[people.trainer_record],
        day=date(2027, 11, 10),
        starts_at=time(10),
        ends_at=time(11),
    )
    page = open_page(people.training_manager)
    page.goto(f"{url('sessions:create')}?course={course.pk}")
    page.get_by_label("Premier jour").fill("2027-11-10")
    page.get_by_label("Premier jour").press("Tab")
    proposal = page.locator("#proposal")
    proposal.get_by_text("4 demi-journées").wait_for()
    assert "11 novembre 2027 (Armistice)" in proposal.inner_text()
    page.get_by_role("checkbox", name="Yann Le Goff").check()
    proposal.get_by_text("À deux endroits à la fois").wait_for()
    assert busy.session.reference in proposal.inner_text()
    assert_good_at_all_widths(page)
    page.get_by_role("button", name="Créer la session").click()
    page.get_by_role("heading", name="Le fil de la session").wait_for()
    session = Session.objects.exclude(pk=busy.session_id).get()
    assert (session.course, session.starts_on, session.ends_on) == (course, date(2027, 11, 10), date(2027, 11, 12))
    assert_good_at_all_widths(page)


def test_one_trainer_is_found_among_many_and_those_ticked_stay_in_sight(people, open_page):
    TrainerFactory.create_batch(9, organisation=people.organisation)
    TrainerFactory(organisation=people.organisation, first_name="Zoé", last_name="Brûlé")
    page = open_page(people.training_manager)
    page.goto(url("sessions:create"))
    page.get_by_role("checkbox", name="Yann Le Goff").check()
    page.get_by_role("searchbox", name="Chercher dans cette liste").fill("brule zo")
    shown = page.locator(".cases label:visible")
    assert sorted(name.strip() for name in shown.all_inner_texts()) == ["Yann Le Goff", "Zoé Brûlé"]
    page.get_by_role("searchbox", name="Chercher dans cette liste").fill("")
    assert shown.count() == 11


def test_every_page_of_a_session_is_good_at_all_widths(people, open_page):
    session = a_planned_session(people, a_monday_to_come())
    for _number in range(3):
        EnrolmentFactory(session=session)
    session = move_session(
        session=session, to=a_monday_to_come(7), reason="À la demande de l’entreprise", actor=people.training_manager
    )
    step, other = session.steps.all()[:2]
    tick_step(step=step, actor=people.training_manager)
    skip_step(step=other, reason="Bilan fait par l’entreprise", actor=people.training_manager)
    half_day = session.half_days.first()
    page = open_page(people.training_manager)
    for address in [
        url("agenda:index"),
        url("dossiers:session", session.pk),
        url("sessions:schedule", session.pk),
        url("sessions:schedule", SessionFactory(organisation=people.organisation).pk),
        url("sessions:half_day", half_day.pk),
        f"{url('sessions:move', session.pk)}?to={a_monday_to_come(9)}",
        url("sessions:duplicate", session.pk),
        url("sessions:state", session.pk, "cancelled"),
        url("sessions:contract", session.pk),
        url("sessions:add_step", session.pk),
        url("sessions:step", session.steps.last().pk),
        url("closing:close", session.pk),
    ]:
        assert page.goto(address).status == 200
        wait_for_panels(page)
        assert_good_at_all_widths(page)


def test_a_postponed_session_says_why(people, open_page):
    session = a_planned_session(people, a_monday_to_come())
    change_state(session=session, to=SessionState.POSTPONED, actor=people.training_manager, reason="Salle inondée")
    page = open_page(people.training_manager, width=360, phone=True)
    page.goto(url("dossiers:session", session.pk))
    wait_for_panels(page)
    assert "Salle inondée" in page.locator(".reponse").inner_text()
    assert_good_at_all_widths(page)
