"""Examinations, the rates that come of them, and what is published."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests import cast
from tests.answers import on_one_line
from tests.factories import CourseFactory, EnrolmentFactory, ExamResultFactory, PublishedRatesFactory, SessionFactory
from tests.harness.worlds import shared
from trainings.learning.models import ExamResult, PublishedRates, percent
from trainings.learning.queries import changed_since, exam_counts, first_exam_to_come, rates_of
from trainings.learning.verbs import ExamLine, check_line, line_of, publish_rates, record_exams, set_exam_dates
from trainings.sessions.models import EnrolmentState, SessionState

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
PASSED = ExamLine(date(2026, 9, 1), date(2026, 9, 2), date(2026, 10, 1), "passed")
YEAR = {"from_day": date(2026, 1, 1), "to_day": date(2026, 10, 31)}


people = shared(cast.gather)


@pytest.fixture
def session(people):
    course = CourseFactory(organisation=people.organisation, title="Titre de technicien", certifying=True)
    return SessionFactory(organisation=people.organisation, course=course, reference="REGIE-1", trainers=[people.trainer_record])


@pytest.fixture
def candidates(session):
    return [EnrolmentFactory(session=session, trainee__last_name=name) for name in ("Alpha", "Bravo", "Charlie")]


def url(name, pk):
    return reverse(f"learning:{name}", args=["fil-ouest", pk])


@pytest.mark.parametrize(
    ("line", "errors"),
    [
        (ExamLine(), {}),
        (PASSED, {}),
        (ExamLine(exam_on=date(2027, 1, 5)), {}),
        (ExamLine(outcome="absent", reason="Malade, se présente en mars."), {}),
        (ExamLine(outcome="directed", reason="Le certificateur évalue lui-même."), {}),
        (ExamLine(exam_on=date(2026, 11, 23), outcome="waiting"), {}),
        (ExamLine(outcome="waiting"), {"exam_on": ["Dites le jour de l’examen."]}),
        (ExamLine(informed_on=date(2026, 11, 24)), {"informed_on": ["Ce jour est à venir : notez-le une fois fait."]}),
        (
            ExamLine(registered_on=date(2026, 10, 2), exam_on=date(2026, 10, 1)),
            {"registered_on": ["Cela se fait avant l’examen : vérifiez les dates."]},
        ),
        (ExamLine(outcome="passed"), {"exam_on": ["Dites le jour de l’examen."]}),
        (
            ExamLine(exam_on=date(2027, 1, 5), outcome="failed"),
            {"outcome": ["Cet examen est à venir : personne ne s’y est encore présenté."]},
        ),
        (ExamLine(outcome="absent"), {"reason": ["Dites pourquoi, ou vers qui la personne est orientée."]}),
        (ExamLine(outcome="directed"), {"reason": ["Dites pourquoi, ou vers qui la personne est orientée."]}),
        (
            ExamLine(exam_on=date(2026, 10, 1), outcome="passed", reason="Malade"),
            {"reason": ["Ce motif vaut pour qui ne se présente pas : effacez-le, ou changez la suite."]},
        ),
        (
            ExamLine(reason="Malade"),
            {"reason": ["Ce motif vaut pour qui ne se présente pas : effacez-le, ou changez la suite."]},
        ),
        (ExamLine(outcome="brilliant"), {"outcome": ["Choisissez l’une des suites proposées."]}),
    ],
)
def test_days_and_outcome_hold_together(line, errors):
    with pytest.raises(ValidationError) if errors else nullcontext() as refused:
        check_line(line, today=TODAY)
    assert (refused.value.message_dict if errors else {}) == errors


@pytest.mark.parametrize(
    ("line", "sat", "passed"),
    [
        (PASSED, True, True),
        (ExamLine(exam_on=date(2026, 10, 1), outcome="failed"), True, False),
        (ExamLine(exam_on=date(2026, 10, 1), outcome="waiting"), True, None),
        (ExamLine(outcome="absent", reason="Malade"), False, None),
        (ExamLine(outcome="directed", reason="Jury régional"), None, None),
        (ExamLine(informed_on=date(2026, 9, 1)), None, None),
    ],
)
def test_a_line_is_kept_and_read_back(session, candidates, line, sat, passed):
    assert record_exams(session=session, lines={candidates[0].pk: line}, actor=None) == 1
    kept = ExamResult.objects.get()
    assert (kept.sat, kept.passed, kept.organisation, line_of(kept)) == (sat, passed, session.organisation, line)
    assert record_exams(session=session, lines={candidates[0].pk: line}, actor=None) == 0


def test_outcomes_that_change_stay_in_the_journal(people, session, candidates):
    first = candidates[0].pk
    record_exams(session=session, lines={first: PASSED}, actor=people.trainer)
    record_exams(session=session, lines={first: ExamLine()}, actor=people.training_manager)
    assert ExamResult.objects.count() == 0
    told = [(line.actor, line.details["changes"]) for line in Entry.objects.filter(verb="exam.recorded").order_by("pk")]
    assert told == [
        (people.trainer, [{"enrolment": str(first), "from": "", "to": "passed"}]),
        (people.training_manager, [{"enrolment": str(first), "from": "passed", "to": ""}]),
    ]


def test_who_is_not_in_the_session_is_refused(session, candidates):
    withdrawn = EnrolmentFactory(session=session, state=EnrolmentState.WITHDRAWN, ended_on=date(2026, 9, 1))
    for stranger in (withdrawn, EnrolmentFactory()):
        with pytest.raises(ValidationError) as refused:
            record_exams(session=session, lines={candidates[0].pk: PASSED, stranger.pk: PASSED}, actor=None)
        assert refused.value.messages == ["Cette personne n’est pas inscrite à cette session, ou s’est désistée."]
    assert ExamResult.objects.count() == 0


def test_days_for_everybody_fill_what_is_empty(session, candidates):
    ExamResultFactory(enrolment=candidates[0], informed_on=date(2026, 8, 1))
    ExamResultFactory(enrolment=candidates[1], exam_on=date(2026, 9, 30), sat=True, passed=True)
    aside = EnrolmentFactory(session=session, aim="other")
    changed = set_exam_dates(
        session=session, informed_on=date(2026, 9, 1), registered_on=None, exam_on=date(2026, 12, 1), actor=None
    )
    kept = {row.enrolment: (row.informed_on, row.exam_on) for row in ExamResult.objects.select_related("enrolment")}
    assert changed == 2
    assert kept == {
        candidates[0]: (date(2026, 8, 1), date(2026, 12, 1)),
        candidates[1]: (None, date(2026, 9, 30)),
        candidates[2]: (date(2026, 9, 1), date(2026, 12, 1)),
    }
    assert aside not in kept


def test_counts_of_a_session(session, candidates, django_assert_num_queries):
    EnrolmentFactory(session=session, aim="other")
    record_exams(
        session=session,
        lines={candidates[0].pk: PASSED, candidates[1].pk: ExamLine(outcome="absent", reason="Malade")},
        actor=None,
    )
    with django_assert_num_queries(1):
        counts = exam_counts(session)
    assert (counts.candidates, counts.informed, counts.registered, counts.sat, counts.passed, counts.absent) == (3, 1, 1, 1, 1, 1)


@pytest.mark.parametrize(("part", "whole", "told"), [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 200, 1), (5, 5, 100)])
def test_a_share_is_rounded_half_up(part, whole, told):
    assert percent(part, whole) == told


def test_rates_count_the_right_people(people, session, candidates, django_assert_num_queries):
    course, mine = session.course, people.organisation
    record_exams(session=session, lines={candidates[0].pk: PASSED}, actor=None)
    record_exams(session=session, lines={candidates[1].pk: ExamLine(exam_on=date(2026, 10, 1), outcome="failed")}, actor=None)
    EnrolmentFactory(session=session, state=EnrolmentState.ABANDONED, ended_on=date(2026, 9, 8))
    EnrolmentFactory(session=session, state=EnrolmentState.WITHDRAWN, ended_on=date(2026, 9, 1))
    EnrolmentFactory(session=session, aim="other")
    for other in (
        SessionFactory(organisation=mine, course=course, ends_on=date(2026, 11, 1)),
        SessionFactory(organisation=mine, course=course, state=SessionState.CANCELLED),
        SessionFactory(organisation=mine),
        SessionFactory(organisation=people.sister),
    ):
        ExamResultFactory(enrolment__session=other, sat=True, passed=True, exam_on=date(2026, 10, 1))
    with django_assert_num_queries(2):
        rates = rates_of(course, **YEAR)
    assert (rates.sessions, rates.enrolled, rates.presented, rates.passed, rates.waiting) == (1, 4, 2, 1, 2)
    assert (rates.presentation, rates.success) == (50, 50)


def test_nobody_enrolled_and_nobody_presented_give_no_rate(session):
    alone = rates_of(session.course, **YEAR)
    assert (alone.sessions, alone.enrolled, alone.presentation, alone.success) == (1, 0, None, None)
    ExamResultFactory(enrolment__session=session, sat=False, not_sat_reason="Malade")
    absent = rates_of(session.course, **YEAR)
    assert (absent.enrolled, absent.presented, absent.presentation, absent.success) == (1, 0, 0, None)


def test_a_result_that_is_awaited_counts_as_presented_only(session, candidates):
    """The jury answers months later, when every survey is over: the same period gives another rate then."""
    sat = ExamLine(exam_on=date(2026, 10, 1), outcome="waiting")
    record_exams(session=session, lines={candidate.pk: sat for candidate in candidates}, actor=None)
    before = rates_of(session.course, **YEAR)
    assert (before.presented, before.passed, before.waiting, before.unmarked) == (3, 0, 0, 3)
    published = publish_rates(course=session.course, actor=None, **YEAR)
    assert changed_since(published) is False
    record_exams(session=session, lines={candidates[0].pk: replace(sat, outcome="passed")}, actor=None)
    assert (rates_of(session.course, **YEAR).unmarked, changed_since(published)) == (2, True)


@pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.CANCELLED, SessionState.POSTPONED])
def test_nobody_sits_an_examination_by_a_session_that_is_not_held(session, candidates, state):
    session.state = state
    session.save()
    with pytest.raises(ValidationError) as refused:
        record_exams(session=session, lines={candidates[0].pk: PASSED}, actor=None)
    stage = session.get_state_display()
    assert refused.value.messages == [f"La session est au stade « {stage} » : personne ne s’est présenté à un examen par elle."]
    directed = ExamLine(outcome="directed", reason="Inscrit à la session de mars d’un autre organisme.")
    assert record_exams(session=session, lines={candidates[0].pk: directed}, actor=None) == 1


def test_a_session_cancelled_after_registration_leaves_the_rates(session, candidates):
    record_exams(session=session, lines={candidates[0].pk: PASSED}, actor=None)
    session.state = SessionState.CANCELLED
    session.save()
    rates = rates_of(session.course, **YEAR)
    assert (rates.sessions, rates.enrolled, rates.presented) == (0, 0, 0)


def test_published_rates_are_frozen(people, session, candidates):
    record_exams(session=session, lines={candidates[0].pk: PASSED}, actor=None)
    published = publish_rates(course=session.course, actor=people.quality_manager, **YEAR)
    record_exams(session=session, lines={candidates[1].pk: PASSED}, actor=None)
    published.refresh_from_db()
    assert (published.enrolled, published.presented, published.passed) == (3, 1, 1)
    assert (published.presentation, published.success) == (33, 100)
    assert (published.published_on, published.published_by) == (timezone.localdate(), people.quality_manager)
    line = Entry.objects.get(verb="rates.published")
    assert line.details == {"from": "2026-01-01", "to": "2026-10-31", "n": 3, "presented": 1, "passed": 1}


@pytest.mark.parametrize(
    ("period", "why"),
    [
        ({"from_day": date(2026, 10, 31), "to_day": date(2026, 1, 1)}, "La période finit après avoir commencé."),
        ({"from_day": date(2026, 1, 1), "to_day": date(2099, 1, 1)}, "Cette période n’est pas finie : choisissez un jour passé."),
        (
            {"from_day": date(2025, 1, 1), "to_day": date(2025, 12, 31)},
            "Personne n’a terminé cette formation sur la période : il n’y a pas de taux à publier.",
        ),
    ],
)
def test_a_period_that_means_nothing_is_not_published(session, candidates, period, why):
    with pytest.raises(ValidationError) as refused:
        publish_rates(course=session.course, actor=None, **period)
    assert refused.value.messages == [why]
    assert PublishedRates.objects.count() == 0


def test_rates_wait_for_the_first_outcome(session, candidates):
    """Nothing noted yet would be told as « nobody presented themselves »."""
    record_exams(session=session, lines={candidates[0].pk: ExamLine(registered_on=date(2026, 9, 2))}, actor=None)
    with pytest.raises(ValidationError) as refused:
        publish_rates(course=session.course, actor=None, **YEAR)
    assert refused.value.messages == ["Aucun résultat d’examen n’est noté sur la période : notez-les, puis publiez."]
    record_exams(session=session, lines={candidates[0].pk: ExamLine(outcome="absent", reason="Malade")}, actor=None)
    assert publish_rates(course=session.course, actor=None, **YEAR).presentation == 0


def test_the_next_examination_is_the_first_to_come(session, candidates):
    today = timezone.localdate()
    ExamResultFactory(enrolment=candidates[0], exam_on=today + timedelta(days=40))
    ExamResultFactory(enrolment=candidates[1], exam_on=today + timedelta(days=20))
    ExamResultFactory(enrolment=candidates[2], exam_on=today - timedelta(days=20), sat=True)
    assert first_exam_to_come(session.course, today=today) == today + timedelta(days=20)


def posted(candidates, **lines):
    """A form as the page sends it: one set of fields a candidate."""
    data = {}
    for candidate in candidates:
        for field in ("informed_on", "registered_on", "exam_on", "outcome", "reason"):
            data[f"{candidate.pk.hex}-{field}"] = lines.get(candidate.trainee.last_name, {}).get(field, "")
    return data


def test_a_trainer_notes_outcomes_on_one_page(people, session, candidates):
    client = people.client(people.trainer)
    sent = posted(
        candidates, Alpha={"exam_on": "2026-10-01", "outcome": "passed"}, Bravo={"outcome": "absent", "reason": "Malade"}
    )
    answer = client.post(url("exams", session.pk), sent, follow=True)
    assert "C’est noté pour 2 personnes." in answer.content.decode()
    assert [(row.enrolment, row.passed) for row in ExamResult.objects.order_by("enrolment__trainee__last_name")] == [
        (candidates[0], True),
        (candidates[1], None),
    ]


def test_two_people_on_the_same_list_lose_nothing(people, session, candidates):
    """What one typed while the other had the page open stays; what the other changed is added to it."""
    alpha = candidates[0]
    shown = people.client(people.trainer).get(url("exams", session.pk)).content.decode()
    assert f'name="vu-{alpha.pk.hex}-registered_on"' in shown
    record_exams(session=session, lines={alpha.pk: ExamLine(registered_on=date(2026, 9, 2))}, actor=people.training_manager)
    sent = posted(candidates, Alpha={"exam_on": "2026-10-01", "outcome": "waiting"})
    sent |= {f"vu-{key}": "" for key in sent}
    people.client(people.trainer).post(url("exams", session.pk), sent)
    assert line_of(ExamResult.objects.get()) == ExamLine(None, date(2026, 9, 2), date(2026, 10, 1), "waiting")


def test_what_was_noted_is_taken_away_by_emptying_its_fields(people, session, candidates):
    record_exams(session=session, lines={candidates[0].pk: ExamLine(informed_on=date(2026, 9, 1))}, actor=None)
    name = f"{candidates[0].pk.hex}-informed_on"
    people.client(people.trainer).post(url("exams", session.pk), posted(candidates) | {f"vu-{name}": "2026-09-01"})
    assert ExamResult.objects.count() == 0


def test_a_wrong_line_is_told_beside_its_field_and_nothing_is_kept(people, session, candidates):
    client = people.client(people.training_manager)
    sent = posted(candidates, Alpha={"outcome": "passed"}, Bravo={"exam_on": "2026-10-01", "outcome": "failed"})
    answer = client.post(url("exams", session.pk), sent)
    text = answer.content.decode()
    assert (answer.status_code, ExamResult.objects.count()) == (422, 0)
    assert "Dites le jour de l’examen." in text
    assert 'value="2026-10-01"' in text


def test_the_same_days_for_everybody(people, session, candidates):
    client = people.client(people.training_manager)
    client.post(url("exam_dates", session.pk), {"informed_on": "2026-09-01", "registered_on": "", "exam_on": ""})
    assert ExamResult.objects.filter(informed_on=date(2026, 9, 1)).count() == 3
    refused = client.post(url("exam_dates", session.pk), {})
    assert (refused.status_code, "Indiquez au moins une date." in refused.content.decode()) == (422, True)
    assert client.post(url("exam_dates", session.pk), {"registered_on": "2099-09-01"}).status_code == 422


def test_the_page_of_rates_computes_then_publishes(people, session, candidates):
    record_exams(session=session, lines={candidates[0].pk: PASSED}, actor=None)
    client = people.client(people.training_manager)
    address = url("rates", session.course.pk)
    period = {"from_day": "2026-01-01", "to_day": "2026-10-31"}
    page = client.get(address, period)
    assert (page.context["rates"].presentation, page.context["rates"].success) == (33, 100)
    assert "1 présenté sur 3 inscrits" in on_one_line(page)
    assert "Petit effectif (n = 3)" in page.content.decode()
    assert PublishedRates.objects.count() == 0
    assert client.post(address, period).url == address
    told = "des résultats de leur période sont arrivés ou ont été corrigés"
    shown = client.get(address).content.decode()
    assert (PublishedRates.objects.get().enrolled, "1 / 3" in shown, told in shown) == (3, True, False)
    record_exams(session=session, lines={candidates[1].pk: PASSED}, actor=None)
    assert told in client.get(address).content.decode()


@pytest.mark.parametrize(
    "period", [{"from_day": "2026-10-31", "to_day": "2026-01-01"}, {"from_day": "hier", "to_day": "2026-01-01"}]
)
def test_a_strange_period_is_told(people, session, period):
    client = people.client(people.training_manager)
    assert client.get(url("rates", session.course.pk), period).status_code == 422
    assert client.post(url("rates", session.course.pk), period).status_code == 422
    assert PublishedRates.objects.count() == 0


def test_others_see_nothing(people, session, candidates):
    PublishedRatesFactory(course=session.course)
    other = SessionFactory(organisation=people.organisation)
    trainer = people.client(people.trainer)
    assert trainer.get(url("exams", other.pk)).status_code == 404
    assert trainer.get(url("rates", session.course.pk)).status_code == 404
    assert people.client(people.stranger).get(url("exams", session.pk)).status_code == 404
    elsewhere = CourseFactory(organisation=people.elsewhere)
    assert people.client(people.quality_manager).get(url("rates", elsewhere.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_number_of_queries(people, session, count, django_assert_num_queries):
    for _number in range(count):
        ExamResultFactory(enrolment__session=session, exam_on=date(2026, 10, 1), sat=True, passed=True)
        PublishedRatesFactory(course=session.course)
    client = people.client(people.training_manager)
    for address, queries in ((url("exams", session.pk), 10), (url("rates", session.course.pk), 13)):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
