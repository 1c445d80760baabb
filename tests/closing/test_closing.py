"""Closing a session: what the engine finds missing is told, nothing closes before."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from evidence.closing.queries import closing_of
from evidence.closing.verbs import close_session
from evidence.readiness.expected import dossier_of
from evidence.readiness.queries import board
from qualiopi.journal.models import Entry
from tests import cast
from tests.bare_session import a_bare_session, record_the_work
from tests.factories import (
    AdaptationRequestFactory,
    CertifierAuditFactory,
    EnrolmentFactory,
    HalfDayFactory,
    InvitationFactory,
    IssuedFactory,
    SessionFactory,
    StepFactory,
)
from tests.harness.worlds import shared
from trainings.sessions.models import EnrolmentState, SessionState

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime.combine(date(2026, 12, 20), time(12)))
REGISTER, RESULTS, CERTIFICATES = "attendance_and_follow_up_traced", "trainee_results_by_objective", "end_certificates_issued"
EVALUATED = "session_learning_evaluated"
# What was to be done before the first day, and what only the contract asks.
BEFORE = {"session_need_analysed", "session_positioning_done", "session_joining_instructions"}


people = shared(cast.gather)


def holding(session, now=NOW):
    return [each.key for each in closing_of(session, now=now).holding]


def complete(session, people):
    """Record everything that is still to be recorded."""
    record_the_work(session, people)
    for enrolment in session.enrolments.all():
        AdaptationRequestFactory(enrolment=enrolment)
        IssuedFactory(session=session, enrolment=enrolment, kind="individual_contract", signed_on=date(2026, 8, 1))


def test_what_holds_is_what_the_page_of_the_session_says(people):
    """The same things, in the same words; what no work mends any more and what depends on others is apart."""
    CertifierAuditFactory(organisation=people.organisation, held_on=date(2026, 1, 15))
    session = a_bare_session(people)
    found = closing_of(session, now=NOW)
    told = {
        line.sentence
        for line in dossier_of(board(organisation=people.organisation, observed_on=NOW.date()), str(session.pk))
        if line.status == "insufficient"
    }
    waiting = {"Aucune réponse au questionnaire de fin de session."}
    assert {each.sentence for each in (*found.holding, *found.lost)} == told - waiting
    assert {REGISTER, RESULTS, EVALUATED, CERTIFICATES} <= set(holding(session))
    assert (found.awaited, {each.key for each in found.lost}) == ({"survey:end_of_session"}, BEFORE)


def test_a_delay_that_runs_holds_only_where_the_data_says_so(people):
    """The day after the last one: register, results and certificates are asked at once, as they are when the session is closed."""
    session = a_bare_session(people)
    the_day_after = timezone.make_aware(datetime.combine(session.ends_on, time(18)))
    page = dossier_of(board(organisation=people.organisation, observed_on=session.ends_on), str(session.pk))
    assert [line for line in page if line.indicator == 11 and line.status == "insufficient"] == []
    found = {each.key: each.sentence for each in closing_of(session, now=the_day_after).holding}
    assert {REGISTER, RESULTS, EVALUATED, CERTIFICATES} <= set(found)
    # Not due yet, and counted all the same.
    assert found[CERTIFICATES] == "Ni certificat de réalisation ni attestation pour 1 participant."


def test_a_session_before_the_period_of_the_audit_is_read_all_the_same(people):
    session = a_bare_session(people)
    CertifierAuditFactory(organisation=people.organisation, held_on=date(2026, 11, 2))
    assert {REGISTER, RESULTS} <= set(holding(session))


def test_what_is_due_later_by_itself_holds_nothing(people):
    session = a_bare_session(people)
    complete(session, people)
    session.campaigns.get().responses.all().delete()
    StepFactory(session=session, key="survey:company", automatic=True)
    StepFactory(session=session, key="survey:cold", automatic=True)
    assert holding(session) == []
    assert closing_of(session, now=NOW).awaited == {"survey:end_of_session", "survey:company", "survey:cold"}
    client = people.client(people.training_manager)
    answer = client.post(reverse("closing:close", args=["fil-ouest", session.pk]), follow=True)
    assert "est close, trois avis attendus : son dossier ne bouge plus." in answer.content.decode()
    assert session.steps.filter(key__startswith="survey:", done_at=None, skipped_reason="").count() == 2


def test_a_survey_closed_without_answer_is_no_longer_waited_for(people):
    session = a_bare_session(people)
    assert closing_of(session, now=NOW).awaited == {"survey:end_of_session"}
    session.campaigns.update(closed_on=date(2026, 12, 1))
    assert closing_of(session, now=NOW).awaited == frozenset()


def test_reminders_hold_nothing(people):
    session = a_bare_session(people)
    complete(session, people)
    InvitationFactory(campaign=session.campaigns.get())
    assert "non_respondents_reminded" not in holding(session)


def test_nothing_missing_closes(people):
    session = a_bare_session(people)
    covered = [StepFactory(session=session, key=key) for key in ("attendance", "results")]
    sent = StepFactory(session=session, key="document:welcome_booklet", automatic=True)
    complete(session, people)
    assert holding(session) == []
    closed = close_session(session=session, actor=people.training_manager, now=NOW)
    assert (closed.state, closed.changes.get().made_by) == (SessionState.CLOSED, people.training_manager)
    assert Entry.objects.get(verb="session.closed").actor == people.training_manager
    for step in (*covered, sent):
        step.refresh_from_db()
    assert ([step.done_at for step in covered], sent.done_at) == ([NOW, NOW], None)


def test_a_step_that_nobody_called_for_is_set_aside_with_its_reason(people):
    session = a_bare_session(people)
    step = StepFactory(session=session, key="survey:company")
    complete(session, people)
    session.enrolments.update(has_company=False)
    assert "survey:company" not in closing_of(session, now=NOW).awaited
    close_session(session=session, actor=people.training_manager, now=NOW)
    step.refresh_from_db()
    assert (step.done_at, step.skipped_reason) == (None, "Aucune entreprise n’est concernée.")


def test_what_is_missing_refuses_and_changes_nothing(people):
    session = a_bare_session(people)
    with pytest.raises(ValidationError) as refused:
        close_session(session=session, actor=None, now=NOW)
    session.refresh_from_db()
    sentences = [each.sentence for each in closing_of(session, now=NOW).holding]
    assert (refused.value.messages, session.state, session.changes.count()) == (sentences, SessionState.DONE, 0)


@pytest.mark.parametrize("state", [SessionState.PLANNED, SessionState.RUNNING, SessionState.CANCELLED])
def test_a_session_that_is_not_over_is_not_closed(people, state):
    session = a_bare_session(people, state=state)
    complete(session, people)
    with pytest.raises(ValidationError, match="ne devient pas close"):
        close_session(session=session, actor=None, now=NOW)


def test_a_session_of_nobody_is_cancelled_rather_than_closed(people):
    session = SessionFactory(organisation=people.organisation)
    EnrolmentFactory(session=session, state=EnrolmentState.WITHDRAWN, ended_on=date(2026, 9, 1))
    assert [each.sentence for each in closing_of(session, now=NOW).holding] == [
        "Personne n’est inscrit. Inscrivez les stagiaires, ou annulez la session si elle n’a pas eu lieu."
    ]


@pytest.mark.parametrize(
    ("missions", "expected"),
    [
        (None, {REGISTER, EVALUATED}),
        ([], {REGISTER, EVALUATED}),
        (["attendance"], {REGISTER}),
        (["evaluation"], {EVALUATED}),
        (["welcome"], set()),
    ],
)
def test_what_the_contract_does_not_give_us_is_not_asked(people, missions, expected):
    session = a_bare_session(people, run_for="Organisme Donneur d’Ordre", missions=missions)
    assert set(holding(session)) & {REGISTER, EVALUATED} == expected


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_missing_takes_the_same_number_of_queries(people, count, django_assert_max_num_queries):
    session = a_bare_session(people)
    for number in range(count):
        HalfDayFactory(session=session, day=date(2026, 10, 1 + number))
        EnrolmentFactory(session=session)
        StepFactory(session=session)
    with django_assert_max_num_queries(45):
        closing_of(session, now=NOW)


def test_the_page_says_what_is_missing_then_closes(people):
    session = a_bare_session(people)
    client = people.client(people.training_manager)
    address = reverse("closing:close", args=["fil-ouest", session.pk])
    page = client.get(address).content.decode()
    for said in ("Demander une signature", "Noter un résultat", "Ne se rattrape plus", "Ranger la salle"):
        assert said.casefold() in page.casefold()
    assert "Faire les quatre gestes</button>" in page
    refused = client.post(address)
    assert (refused.status_code, "La session n’est pas close" in refused.content.decode()) == (422, True)
    complete(session, people)
    assert client.post(address).url == reverse("dossiers:session", args=["fil-ouest", session.pk])
    session.refresh_from_db()
    assert session.state == SessionState.CLOSED
    assert "La session est close" in client.get(address).content.decode()
