"""Closing a session: what is missing is told, nothing closes before."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import (
    CampaignFactory,
    CountersignatureFactory,
    EnrolmentFactory,
    HalfDayFactory,
    IntakeFactory,
    IssuedFactory,
    MarkFactory,
    ObjectiveFactory,
    ObjectiveResultFactory,
    ProgrammeFactory,
    ResponseFactory,
    SessionFactory,
    StepFactory,
)
from tests.harness.worlds import shared
from trainings.closing.queries import what_is_missing_to_close
from trainings.closing.verbs import close_session, tick_proved_steps
from trainings.learning.models import Moment
from trainings.sessions.models import EnrolmentState, SessionState

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime.combine(date(2026, 12, 20), time(12)))


people = shared(cast.gather)


def missing(session):
    """Address and sentence of what is missing."""
    return [(each.address, each.sentence) for each in what_is_missing_to_close(session, now=NOW)]


def a_bare_session(people, **fields):
    """One half-day, an objective, one person enrolled, a survey asked, a step to do; nothing recorded."""
    session = SessionFactory(organisation=people.organisation, trainers=[people.trainer_record], **fields)
    session.programme = ProgrammeFactory(course=session.course)
    session.save()
    ObjectiveFactory(programme=session.programme)
    HalfDayFactory(session=session)
    EnrolmentFactory(session=session, trainee__first_name="Anaïs", trainee__last_name="Lefèvre")
    CampaignFactory(session=session)
    StepFactory(session=session, label="Ranger la salle")
    return session


def complete(session, people):
    """Record everything that is missing."""
    half_day, enrolment = session.half_days.get(), session.enrolments.get()
    MarkFactory(half_day=half_day, enrolment=enrolment)
    CountersignatureFactory(half_day=half_day, trainer=people.trainer_record)
    ObjectiveResultFactory(enrolment=enrolment, objective=session.programme.objectives.get(), moment=Moment.EXIT)
    IssuedFactory(session=session, enrolment=enrolment)
    ResponseFactory(campaign=session.campaigns.get())
    session.steps.update(done_at=NOW)


def asked_and_concluded(enrolment):
    """Both questionnaires answered, both read."""
    for kind in ("needs", "positioning"):
        IntakeFactory(enrolment=enrolment, kind=kind, conclusion="Rien à adapter.", concluded_on=date(2026, 9, 1))


def test_everything_missing_is_told_in_the_order_of_the_session(people):
    assert missing(a_bare_session(people)) == [
        ("attendance:session", "Il manque une présence ou une absence, sur une demi-journée."),
        ("attendance:session", "Une demi-journée n’est pas contresignée par le formateur."),
        ("learning:results", "Résultats par objectif à la sortie, à noter pour Anaïs Lefèvre."),
        ("surveys:session", "Personne n’a donné l’avis des stagiaires, à chaud : relancez, ou fermez l’enquête."),
        ("sessions:step", "« Ranger la salle » n’est pas fait : faites-le, ou dites pourquoi c’est sans objet."),
    ]


@pytest.mark.parametrize(
    ("questionnaire", "audience", "view"),
    [
        ("cold", "trainee", "l’avis des stagiaires, à froid"),
        ("company", "company", "l’avis des entreprises"),
        ("funder", "funder", "l’avis des financeurs"),
        ("trainer", "trainer", "l’avis des formateurs"),
        ("asked_by_nobody_any_more", "trainee", "l’avis des stagiaires"),
        ("added_one_day", "company", "l’avis des entreprises"),
    ],
)
def test_every_survey_says_whose_view_it_waits_for(people, questionnaire, audience, view):
    session = a_bare_session(people)
    session.campaigns.update(questionnaire=questionnaire, audience=audience)
    sentence = f"Personne n’a donné {view} : relancez, ou fermez l’enquête."
    assert [told for address, told in missing(session) if address == "surveys:session"] == [sentence]


def test_who_followed_is_owed_a_certificate(people):
    session = a_bare_session(people)
    MarkFactory(half_day=session.half_days.get(), enrolment=session.enrolments.get())
    assert ("documents:kind", "Certificat de réalisation à émettre pour Anaïs Lefèvre.") in missing(session)


def test_nothing_missing_closes(people):
    session = a_bare_session(people)
    covered = StepFactory(session=session, key="results")
    complete(session, people)
    covered.done_at = None
    covered.save()
    assert missing(session) == []
    closed = close_session(session=session, actor=people.training_manager, now=NOW)
    assert (closed.state, closed.changes.get().made_by) == (SessionState.CLOSED, people.training_manager)
    assert Entry.objects.get(verb="session.closed").actor == people.training_manager
    covered.refresh_from_db()
    assert covered.done_at == NOW


@pytest.mark.parametrize(
    ("automatic", "ticked"), [(False, ["attendance", "results"]), (True, ["attendance", "document", "results"])]
)
def test_steps_are_ticked_once_their_work_is_recorded(people, automatic, ticked):
    session = a_bare_session(people)
    for key in ("attendance", "results"):
        StepFactory(session=session, key=key)
    StepFactory(session=session, key="document:completion_certificate", automatic=True)
    assert tick_proved_steps(session=session, actor=None, now=NOW, automatic=automatic) == []
    complete(session, people)
    session.steps.update(done_at=None)
    done = tick_proved_steps(session=session, actor=None, now=NOW, automatic=automatic)
    assert sorted(step.key.partition(":")[0] for step in done) == ticked
    assert {step.done_at for step in done} == {NOW}


def test_nothing_is_proved_of_a_session_of_nobody(people):
    session = SessionFactory(organisation=people.organisation)
    StepFactory(session=session, key="attendance")
    assert tick_proved_steps(session=session, actor=None, now=NOW, automatic=True) == []


def test_a_step_that_nobody_called_for_is_set_aside_with_its_reason(people):
    session = a_bare_session(people)
    step = StepFactory(session=session, key="survey:company")
    complete(session, people)
    session.steps.filter(pk=step.pk).update(done_at=None)
    session.enrolments.update(has_company=False)
    close_session(session=session, actor=people.training_manager, now=NOW)
    step.refresh_from_db()
    assert (step.done_at, step.skipped_reason) == (None, "Aucune entreprise n’est concernée.")


def test_what_is_missing_refuses_and_changes_nothing(people):
    session = a_bare_session(people)
    with pytest.raises(ValidationError) as refused:
        close_session(session=session, actor=None, now=NOW)
    session.refresh_from_db()
    assert (len(refused.value.messages), session.state, session.changes.count()) == (5, SessionState.DONE, 0)


@pytest.mark.parametrize("state", [SessionState.PLANNED, SessionState.RUNNING, SessionState.CANCELLED])
def test_a_session_that_is_not_over_is_not_closed(people, state):
    session = a_bare_session(people, state=state)
    complete(session, people)
    with pytest.raises(ValidationError, match="ne devient pas close"):
        close_session(session=session, actor=None, now=NOW)


def test_a_session_of_nobody_is_cancelled_rather_than_closed(people):
    session = SessionFactory(organisation=people.organisation)
    EnrolmentFactory(session=session, state=EnrolmentState.WITHDRAWN, ended_on=date(2026, 9, 1))
    assert missing(session) == [
        ("sessions:detail", "Personne n’est inscrit. Inscrivez les stagiaires, ou annulez la session si elle n’a pas eu lieu.")
    ]


def test_without_half_days_or_programme_it_says_so(people):
    session = SessionFactory(organisation=people.organisation)
    EnrolmentFactory(session=session)
    assert [address for address, _sentence in missing(session)] == ["sessions:schedule", "sessions:edit"]


def test_who_left_on_the_way_has_no_result_at_the_end(people):
    session = a_bare_session(people)
    session.enrolments.update(state=EnrolmentState.ABANDONED, ended_on=date(2026, 9, 7))
    assert "learning:results" not in [address for address, _sentence in missing(session)]


def test_a_survey_closed_without_answer_is_no_longer_waited_for(people):
    session = a_bare_session(people)
    session.campaigns.update(closed_on=date(2026, 12, 1))
    assert "surveys:session" not in [address for address, _sentence in missing(session)]


@pytest.mark.parametrize(
    ("missions", "expected"),
    [
        (None, {"attendance:session", "learning:results"}),
        ([], {"attendance:session", "learning:results"}),
        (["attendance"], {"attendance:session"}),
        (["evaluation"], {"learning:results"}),
        (["welcome"], set()),
    ],
)
def test_what_the_contract_does_not_give_us_is_not_asked(people, missions, expected):
    session = a_bare_session(people, run_for="Organisme Donneur d’Ordre", missions=missions)
    asked = {address for address, _sentence in missing(session)}
    assert asked & {"attendance:session", "learning:results"} == expected


@pytest.mark.parametrize(
    ("key", "record"),
    [
        ("document:convocation", lambda session: IssuedFactory(session=session, kind="convocation")),
        (
            "document:convocation",
            lambda session: [
                IssuedFactory(session=session, kind="convocation", enrolment=each) for each in session.enrolments.all()
            ],
        ),
        ("intake:needs", lambda session: [IntakeFactory(enrolment=each, kind="needs") for each in session.enrolments.all()]),
        ("survey:end_of_session", lambda session: ResponseFactory(campaign=session.campaigns.get())),
        ("conclude", lambda session: [asked_and_concluded(each) for each in session.enrolments.all()]),
        (
            "agreement",
            lambda session: [
                IssuedFactory(session=session, kind="individual_contract", enrolment=each, signed_on=date(2026, 8, 1))
                for each in session.enrolments.all()
            ],
        ),
        ("survey:company", lambda session: session.enrolments.update(has_company=False)),
        ("survey:funder", lambda session: session.enrolments.update(has_funder=False)),
    ],
)
def test_what_was_recorded_is_not_asked_a_second_time(people, key, record):
    session = a_bare_session(people)
    EnrolmentFactory(session=session)
    step = StepFactory(session=session, key=key, label="Déjà là")
    asked = ("sessions:step", "« Déjà là » n’est pas fait : faites-le, ou dites pourquoi c’est sans objet.")
    assert asked in missing(session)
    record(session)
    assert asked not in missing(session)
    step.refresh_from_db()
    assert step.done_at is None


@pytest.mark.parametrize(
    ("key", "record"),
    [
        ("document:convocation", lambda session, one: IssuedFactory(session=session, kind="convocation", enrolment=one)),
        ("document:convocation", lambda session, one: IssuedFactory(session=session, kind="programme")),
        (
            "document:convocation",
            lambda session, one: IssuedFactory(
                session=session, kind="convocation", cancelled_at=NOW, cancellation_reason="Mauvaise salle"
            ),
        ),
        ("intake:needs", lambda session, one: IntakeFactory(enrolment=one, kind="needs")),
        ("survey:cold", lambda session, one: ResponseFactory(campaign=session.campaigns.get())),
        ("conclude", lambda session, one: asked_and_concluded(one)),
        ("conclude", lambda session, one: [IntakeFactory(enrolment=each, kind="needs") for each in session.enrolments.all()]),
        ("agreement", lambda session, one: IssuedFactory(session=session, kind="individual_contract", enrolment=one)),
        ("survey:company", lambda session, one: session.enrolments.filter(pk=one.pk).update(has_company=False)),
    ],
)
def test_what_was_recorded_for_some_is_still_asked(people, key, record):
    session = a_bare_session(people)
    EnrolmentFactory(session=session)
    StepFactory(session=session, key=key, label="À moitié")
    record(session, session.enrolments.first())
    assert [sentence for address, sentence in missing(session) if "À moitié" in sentence] != []


def test_many_names_are_counted(people):
    session = a_bare_session(people)
    for number in range(7):
        EnrolmentFactory(session=session, trainee__first_name="Z", trainee__last_name=f"Zed{number}")
    sentence = dict(missing(session))["learning:results"]
    assert sentence.endswith("Z Zed3 et 3 autres personnes.")


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_missing_takes_the_same_number_of_queries(people, count, django_assert_num_queries):
    session = a_bare_session(people)
    for number in range(count):
        HalfDayFactory(session=session, day=date(2026, 10, 1 + number))
        EnrolmentFactory(session=session)
        StepFactory(session=session)
    with django_assert_num_queries(15):
        what_is_missing_to_close(session, now=NOW)


def test_the_page_says_what_is_missing_then_closes(people):
    session = a_bare_session(people)
    client = people.client(people.training_manager)
    address = reverse("closing:close", args=["fil-ouest", session.pk])
    page = client.get(address).content.decode()
    assert ("« Ranger la salle » n’est pas fait" in page, "Clore la session</button>" in page) == (True, False)
    refused = client.post(address)
    assert (refused.status_code, "La session n’est pas close" in refused.content.decode()) == (422, True)
    complete(session, people)
    assert client.post(address).url == reverse("sessions:detail", args=["fil-ouest", session.pk])
    session.refresh_from_db()
    assert session.state == SessionState.CLOSED
    assert "La session est close" in client.get(address).content.decode()
