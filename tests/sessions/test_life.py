"""The life of a session: states by hand and by the clock, steps, personal links, contracts, clashes."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from qualiopi.links import LinkState
from qualiopi.organisations.models import Member, Organisation
from qualiopi.standard.expectation_loader import MISSIONS
from qualiopi.standard.expectations import STEPS
from tests import cast
from tests.factories import (
    EnrolmentFactory,
    EnrolmentLinkFactory,
    HalfDayFactory,
    SessionFactory,
    StepFactory,
    StoredFileFactory,
    SubcontractFactory,
    SubcontractorFactory,
    TraineeFactory,
    TrainerFactory,
)
from tests.files import made
from tests.harness.worlds import shared
from tests.sessions.addresses import page_of
from trainings.documents.models import DocumentKind
from trainings.learning.models import IntakeKind
from trainings.people.missions import Mission
from trainings.sessions.checklist import checklist
from trainings.sessions.models import EnrolmentLink, EnrolmentState, LinkPurpose, Session, SessionState
from trainings.sessions.queries import clashes, current_token, enrolment_behind, half_days_of, wanted_by
from trainings.sessions.timeline import thread_of
from trainings.sessions.verbs import (
    advance_states,
    change_state,
    end_enrolment,
    enrol,
    give_checklist,
    give_to_subcontractor,
    hand_step,
    personal_link,
    personal_links,
    reopen_step,
    resume_enrolment,
    run_for_another,
    run_for_ourselves,
    skip_step,
    tick_step,
)
from trainings.surveys.questionnaire import shipped as questionnaires

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 9, 7), date(2026, 9, 8)


people = shared(cast.gather)


def advance(*, now):
    """What the clock does to the sessions of every organisation; all are in Paris."""
    return advance_states(now=now, organisations=Organisation.objects.order_by().values("pk"))


def url(name, *args):
    return reverse(f"sessions:{name}", args=["fil-ouest", *args])


def a_session(people, **fields):
    return SessionFactory(organisation=people.organisation, **{"state": SessionState.PLANNED, **fields})


def at_noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


# States.


def test_the_standard_knows_the_steps_of_the_checklist():
    """The expectations name the steps that their proofs settle, from a list of their own."""
    assert tuple(checklist()) == STEPS


def test_a_change_is_kept_with_who_when_and_why(people):
    session = a_session(people)
    change_state(session=session, to=SessionState.POSTPONED, actor=people.training_manager, reason=" Salle inondée ")
    kept = session.changes.get()
    assert (kept.from_state, kept.to_state, kept.reason) == ("planned", "postponed", "Salle inondée")
    assert (kept.made_by, kept.from_starts_on) == (people.training_manager, FIRST)
    assert Entry.objects.get(verb="session.postponed").details == {"from": "planned", "reason": "Salle inondée"}


@pytest.mark.parametrize(
    ("state", "to", "reason", "sentence"),
    [
        (
            "planned",
            SessionState.DONE,
            "",
            "Une session prévue ne devient pas terminée ; elle devient confirmée, reportée, annulée ou brouillon.",
        ),
        ("closed", SessionState.RUNNING, "essai", "Une session close ne devient pas en cours ; elle devient terminée."),
        ("confirmed", SessionState.CONFIRMED, "", "La session est déjà confirmée : il n’y a rien à refaire."),
        ("planned", SessionState.CANCELLED, "  ", "Dites pourquoi"),
        ("closed", SessionState.DONE, "", "Dites pourquoi"),
    ],
)
def test_what_is_not_legal_changes_nothing(people, state, to, reason, sentence):
    session = a_session(people, state=state)
    with pytest.raises(ValidationError, match=sentence):
        change_state(session=session, to=to, actor=None, reason=reason)
    session.refresh_from_db()
    assert (session.state, session.changes.count(), Entry.objects.count()) == (state, 0, 0)


def test_a_session_is_confirmed_with_its_dates(people):
    session = a_session(people, starts_on=None, ends_on=None)
    with pytest.raises(ValidationError, match="Fixez d’abord les dates"):
        change_state(session=session, to=SessionState.CONFIRMED, actor=None)


def test_the_page_asks_why_and_takes_it_there(people):
    session = a_session(people)
    client = people.client(people.training_manager)
    address = url("state", session.pk, "cancelled")
    refused = client.post(address, {"reason": ""})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert client.post(address, {"reason": "Trop peu d’inscrits"}).url == page_of(session.pk)
    page = client.get(page_of(session.pk)).content.decode()
    assert ("Annulée le" in page, "Trop peu d’inscrits" in page) == (True, True)


@pytest.mark.parametrize(("state", "code"), [("closed", 404), ("inconnu", 404), ("running", 302)])
def test_an_address_that_leads_nowhere_changes_nothing(people, state, code):
    session = a_session(people)
    assert people.client(people.training_manager).post(url("state", session.pk, state)).status_code == code
    session.refresh_from_db()
    assert session.state == "planned"


def test_the_clock_begins_and_ends_confirmed_sessions_once(people):
    waiting = a_session(people, reference="S26-PREVUE")
    confirmed = a_session(people, reference="S26-001", state="confirmed")
    a_session(people, reference="S26-002", state="confirmed", starts_on=date(2026, 9, 9), ends_on=date(2026, 9, 9))
    assert advance(now=at_noon(FIRST - timedelta(days=1))) == []
    assert advance(now=at_noon(FIRST)) == ["Ateliers du Fil Ouest, S26-001 : la session est en cours."]
    assert advance(now=at_noon(FIRST)) == []
    # After a day off, both steps of the second session in one go.
    assert advance(now=at_noon(LAST + timedelta(days=2))) == [
        "Ateliers du Fil Ouest, S26-001 : la session est terminée.",
        "Ateliers du Fil Ouest, S26-002 : la session est en cours.",
        "Ateliers du Fil Ouest, S26-002 : la session est terminée.",
    ]
    assert list(confirmed.changes.values_list("to_state", "made_by")) == [("running", None), ("done", None)]
    waiting.refresh_from_db()
    assert waiting.state == "planned"


def test_the_last_evening_is_still_the_session(people):
    session = a_session(people, state="running")
    advance(now=timezone.make_aware(datetime.combine(LAST, time(23, 59))))
    session.refresh_from_db()
    assert session.state == "running"


# Steps.


def test_every_step_of_the_checklist_is_known_to_the_room_that_sends_it():
    senders = {
        "survey": set(questionnaires()),
        "document": set(DocumentKind.values),
        "intake": set(IntakeKind.values),
    }
    for planned in checklist().values():
        room, _colon, name = planned.key.partition(":")
        assert planned.automatic == (room in senders and name in senders[room]), planned.key
        assert -15 <= planned.days <= 90
    audiences = {key.partition(":")[2] for key in checklist() if key.startswith("survey:")}
    assert audiences == {"end_of_session", "cold", "company", "funder", "trainer"}


def test_a_checklist_is_given_once_and_the_past_is_not_sent_again(people):
    past = a_session(people, starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 6))
    assert [step.key for step in give_checklist(session=past, actor=None)] == [
        "agreement",
        "place",
        "conclude",
        "attendance",
        "results",
    ]
    assert give_checklist(session=past, actor=None) == []
    assert give_checklist(session=a_session(people, starts_on=None, ends_on=None), actor=None) == []


def test_the_button_prepares_the_steps(people):
    session = a_session(people, starts_on=date(2099, 9, 7), ends_on=date(2099, 9, 8))
    people.client(people.training_manager).post(url("prepare", session.pk))
    assert session.steps.count() == len(checklist())


def test_a_step_done_set_aside_and_taken_up_again(people):
    step = StepFactory(session=a_session(people), problem="Adresse manquante")
    client = people.client(people.training_manager)
    client.post(url("tick_step", step.pk))
    client.post(url("tick_step", step.pk))
    step.refresh_from_db()
    assert (step.done_by, step.problem, Entry.objects.filter(verb="step.done").count()) == (people.training_manager, "", 1)
    with pytest.raises(ValidationError, match="déjà faite"):
        skip_step(step=step, reason="Inutile", actor=None)
    client.post(url("reopen_step", step.pk))
    refused = client.post(url("step", step.pk), {"skip": "1", "reason": ""})
    assert (refused.status_code, list(refused.context["skip_form"].errors)) == (422, ["reason"])
    client.post(url("step", step.pk), {"skip": "1", "reason": "Fait par le client"})
    step.refresh_from_db()
    assert (step.done_at, step.skipped_reason, step.settled) == (None, "Fait par le client", True)


def test_what_left_by_itself_does_not_leave_again(people):
    step = StepFactory(session=a_session(people), automatic=True, done_at=timezone.now())
    with pytest.raises(ValidationError, match="partie toute seule"):
        reopen_step(step=step, actor=None)


def test_a_step_is_given_to_one_person(people):
    session = a_session(people)
    step = StepFactory(session=session)
    client = people.client(people.training_manager)
    client.post(url("step", step.pk), {"due_on": "2026-09-03", "in_charge": f"trainer.{people.trainer_record.pk}"})
    step.refresh_from_db()
    assert (step.trainer, step.owner, step.due_on) == (people.trainer_record, None, date(2026, 9, 3))
    client.post(url("step", step.pk), {"due_on": "2026-09-03", "in_charge": f"user.{people.quality_manager.pk}"})
    step.refresh_from_db()
    assert (step.trainer, step.owner) == (None, people.quality_manager)
    with pytest.raises(ValidationError, match="n’a pas accès"):
        hand_step(step=step, due_on=step.due_on, owner=people.stranger, trainer=None, actor=None)
    elsewhere = TrainerFactory(organisation=people.sister)
    refused = client.post(url("step", step.pk), {"due_on": "2026-09-03", "in_charge": f"trainer.{elsewhere.pk}"})
    assert refused.status_code == 422


@pytest.mark.parametrize("who", ["auditor", "trainer"])
def test_a_step_is_given_to_nobody_who_could_not_do_it(people, who):
    """An auditor reads; a trainer's steps are given to the trainer, not to the account."""
    step, client = StepFactory(session=a_session(people)), people.client(people.training_manager)
    user = getattr(people, who)
    offered = dict(client.get(url("step", step.pk)).context["form"].fields["in_charge"].choices)["Équipe"]
    assert [name for _key, name in offered] == ["Maëlle Kerdraon", "Soazig Perrot"]
    answer = client.post(url("step", step.pk), {"due_on": "2026-09-03", "in_charge": f"user.{user.pk}"})
    assert answer.status_code == 422
    with pytest.raises(ValidationError, match="ne permet pas de modifier les sessions"):
        hand_step(step=step, due_on=step.due_on, owner=user, trainer=None, actor=None)


def test_a_step_is_given_to_nobody_whose_access_ended(people):
    step = StepFactory(session=a_session(people))
    Member.objects.filter(user=people.quality_manager).update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ValidationError, match="ne permet pas"):
        hand_step(step=step, due_on=step.due_on, owner=people.quality_manager, trainer=None, actor=None)


def test_one_more_step(people):
    session = a_session(people)
    data = {"label": "Réserver la salle", "due_on": "2026-09-01", "in_charge": ""}
    people.client(people.training_manager).post(url("add_step", session.pk), data)
    step = session.steps.get()
    assert (step.label, step.due_on, step.automatic, step.owner) == ("Réserver la salle", date(2026, 9, 1), False, None)


def test_a_trainer_ticks_their_own_steps_alone(people):
    session = a_session(people, trainers=[people.trainer_record])
    mine = StepFactory(session=session, trainer=people.trainer_record)
    other = StepFactory(session=session, owner=people.training_manager)
    client = people.client(people.trainer)
    answers = [client.post(url("tick_step", step.pk)).status_code for step in (mine, other)]
    assert answers == [302, 404]
    assert list(session.steps.filter(done_at__isnull=False)) == [mine]


# The thread.


def test_the_thread_says_what_is_done_where_one_stands_and_what_comes(people):
    session = a_session(people, starts_on=date(2099, 9, 7), ends_on=date(2099, 9, 8))
    give_checklist(session=session, actor=None)
    for step in session.steps.filter(key__startswith="intake:"):
        tick_step(step=step, actor=None)
    session.steps.filter(key="agreement").update(due_on=date(2099, 8, 20))
    tick_step(step=session.steps.get(key="document:convocation"), actor=None)
    points = thread_of(session, list(session.steps.all()), today=date(2099, 8, 25))
    assert [(point.when, point.what, point.state, point.detail) for point in points[:6]] == [
        ("18 jours avant", "Conventions et contrats", "due", "attendu depuis le 20 août 2099"),
        ("15 jours avant", "Besoins et positionnement", "done", ""),
        ("aujourd’hui", "Mardi 25 août 2099", "today", ""),
        ("10 jours avant", "Convocations et livret", "to_come", "1 sur 3"),
        ("7 jours avant", "Derniers préparatifs", "to_come", ""),
        ("7 et 8 septembre 2099", "Formation", "to_come", ""),
    ]
    assert [point.what for point in points].count("Avis à froid") == 1


@pytest.mark.parametrize(("today", "states"), [(6, ["today", "to_come"]), (7, ["now"]), (8, ["now"]), (9, ["done", "today"])])
def test_the_one_lit_point_is_today(people, today, states):
    points = thread_of(a_session(people), [], today=date(2026, 9, today))
    assert [point.state for point in points] == states


def test_while_the_training_runs_one_stands_there_whatever_was_forgotten(people):
    session = a_session(people)
    forgotten = StepFactory(session=session, due_on=date(2026, 9, 1))
    points = thread_of(session, [forgotten], today=LAST)
    assert [(point.state, point.detail) for point in points] == [("due", "attendu depuis le 1er septembre 2026"), ("now", "")]


def test_a_trainer_is_shown_their_own_steps(people):
    session = a_session(people, trainers=[people.trainer_record], starts_on=date(2099, 9, 7), ends_on=date(2099, 9, 8))
    mine = StepFactory(session=session, trainer=people.trainer_record)
    done = StepFactory(session=session, trainer=people.trainer_record, done_at=timezone.now())
    others = [StepFactory(session=session, owner=people.training_manager), StepFactory(session=session)]
    page = people.client(people.trainer).get(page_of(session.pk)).context
    assert ([line.step for line in page["waiting_lines"]], [step for step, _words in page["settled_lines"]]) == ([mine], [done])
    page = people.client(people.training_manager).get(page_of(session.pk)).context
    assert [line.step for line in page["waiting_lines"]] == [mine, *others]


# Personal links.


def test_a_link_is_made_once_and_its_token_is_not_stored(people):
    enrolment = EnrolmentFactory(session=a_session(people))
    given = personal_link(enrolment=enrolment, purpose=LinkPurpose.ATTENDANCE, actor=None)
    again = personal_link(enrolment=enrolment, purpose=LinkPurpose.ATTENDANCE, actor=None)
    assert (again.token, EnrolmentLink.objects.count()) == (given.token, 1)
    assert (given.link.expires_on, len(given.token)) == (LAST + timedelta(days=30), 24)
    assert given.token not in str(EnrolmentLink.objects.values_list())
    assert current_token(given.link) == given.token


def test_each_purpose_has_its_link(people):
    enrolment = EnrolmentFactory(session=a_session(people))
    intake = personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=None)
    assert intake.link.expires_on == LAST
    assert enrolment_behind(intake.token, LinkPurpose.ATTENDANCE, today=FIRST) is None
    assert enrolment_behind(intake.token.upper(), LinkPurpose.INTAKE, today=FIRST).row.enrolment == enrolment


def test_a_renewed_link_voids_the_one_before(people):
    enrolment = EnrolmentFactory(session=a_session(people))
    old = personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=None)
    new = personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=people.training_manager, renew=True)
    assert (new.token != old.token, new.link.number) == (True, 2)
    assert enrolment_behind(old.token, LinkPurpose.INTAKE, today=FIRST) is None
    assert Entry.objects.get(verb="enrolment.link_renewed").details == {"purpose": "intake"}


def test_a_link_whose_key_is_gone_is_turned_over(people, settings):
    enrolment = EnrolmentFactory(session=a_session(people))
    old = personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=None)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "une-autre-clef"
    assert personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=None).token == old.token
    settings.SECRET_KEY_FALLBACKS = []
    turned = personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=None)
    assert (turned.link.number, enrolment_behind(old.token, LinkPurpose.INTAKE, today=FIRST)) == (2, None)


@pytest.mark.parametrize("count", [1, 3])
def test_links_of_a_session_take_the_same_number_of_queries(people, count, django_assert_num_queries):
    session = a_session(people)
    enrolments = [EnrolmentFactory(session=session) for _number in range(count)]
    with django_assert_num_queries(6):
        made = personal_links(session=session, enrolments=enrolments, purpose=LinkPurpose.INTAKE)
    with django_assert_num_queries(3):
        assert personal_links(session=session, enrolments=enrolments, purpose=LinkPurpose.INTAKE).keys() == made.keys()


@pytest.mark.parametrize(
    ("session_state", "enrolment_state", "today", "expected"),
    [
        ("confirmed", "enrolled", date(2027, 1, 8), LinkState.OPEN),
        ("confirmed", "enrolled", date(2027, 1, 9), LinkState.EXPIRED),
        ("confirmed", "abandoned", date(2027, 1, 8), LinkState.LEFT),
        ("closed", "enrolled", date(2027, 1, 8), LinkState.CLOSED),
        ("cancelled", "withdrawn", date(2027, 1, 8), LinkState.CANCELLED),
        ("postponed", "enrolled", date(2027, 1, 9), LinkState.POSTPONED),
    ],
)
def test_what_one_finds_behind_a_link(people, session_state, enrolment_state, today, expected):
    enrolment = EnrolmentFactory(session=a_session(people, state=session_state), state=EnrolmentState(enrolment_state))
    EnrolmentLinkFactory(enrolment=enrolment, token="abcd")
    behind = enrolment_behind("abcd", LinkPurpose.ATTENDANCE, today=today)
    assert (behind.state, behind.row.enrolment) == (expected, enrolment)


def test_an_unknown_token_opens_nothing():
    assert enrolment_behind("jamais-donne", LinkPurpose.INTAKE, today=FIRST) is None


# Contracts.


def test_missions_are_those_of_the_standard():
    assert tuple(Mission.values) == MISSIONS


def test_a_session_run_for_another_organisation(people):
    session = a_session(people, kind="inter")
    client = people.client(people.training_manager)
    data = {
        "way": "for_another",
        "run_for": "Organisme Donneur d’Ordre",
        "contract_reference": "C-2026-7",
        "contract_signed_on": "2026-08-01",
        "missions": ["attendance", "evaluation"],
        "upload": SimpleUploadedFile("contrat.pdf", made.pdf()),
    }
    assert client.post(url("contract", session.pk), data).url == page_of(session.pk)
    session.refresh_from_db()
    assert (session.run_for, session.kind, session.missions) == (data["run_for"], "subcontracted", data["missions"])
    kept = client.get(url("contract_file", session.pk))
    assert (kept.getvalue(), kept["Content-Disposition"]) == (made.pdf(), 'attachment; filename="contrat.pdf"')
    assert Entry.objects.filter(verb="session.contract_read").count() == 1
    page = client.get(page_of(session.pk)).content.decode()
    assert "suivre les présences, évaluer les acquis" in page
    run_for_ourselves(session=session, actor=None)
    session.refresh_from_db()
    assert (session.run_for, session.missions, session.contract_file, session.kind) == ("", None, None, "")


def test_missions_left_empty_are_not_said(people):
    session = a_session(people)
    run_for_another(session=session, run_for="Client", contract_reference="", contract_signed_on=None, missions=[], actor=None)
    session.refresh_from_db()
    assert session.missions is None


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"way": "for_another", "run_for": " "}, "run_for"),
        ({"way": "given"}, "given_to"),
        ({"way": "for_another", "run_for": "Client", "missions": ["inconnue"]}, "missions"),
        ({"way": ""}, "way"),
    ],
)
def test_a_contract_that_says_nothing_is_refused(people, data, field):
    session = a_session(people)
    answer = people.client(people.training_manager).post(url("contract", session.pk), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_contract_that_is_no_document_is_refused_and_leaves_nothing(people):
    session = a_session(people)
    upload = SimpleUploadedFile("contrat.pdf", b"MZ\x90\x00 programme")
    data = {"way": "for_another", "run_for": "Client", "upload": upload}
    answer = people.client(people.training_manager).post(url("contract", session.pk), data)
    session.refresh_from_db()
    assert (answer.status_code, list(answer.context["form"].errors), session.run_for) == (422, ["upload"], "")


def test_a_session_given_to_a_subcontractor(people):
    subcontractor = SubcontractorFactory(organisation=people.organisation)
    contract = SubcontractFactory(subcontractor=subcontractor, valid_from=date(2026, 9, 1), valid_until=date(2026, 12, 31))
    session = a_session(
        people, run_for="Client", missions=["attendance"], contract_file=StoredFileFactory(organisation=people.organisation)
    )
    data = {"way": "given", "given_to": subcontractor.pk, "subcontract": contract.pk}
    people.client(people.training_manager).post(url("contract", session.pk), data)
    session.refresh_from_db()
    assert (session.given_to, session.subcontract, session.run_for, session.missions) == (subcontractor, contract, "", None)


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "own", "sentence"),
    [
        (date(2026, 9, 8), None, True, "ne couvre pas le premier jour"),
        (date(2026, 1, 1), date(2026, 9, 6), True, "ne couvre pas le premier jour"),
        (date(2026, 1, 1), None, False, "lie un autre sous-traitant"),
    ],
)
def test_a_contract_binds_the_subcontractor_on_the_first_day(people, valid_from, valid_until, own, sentence):
    subcontractor = SubcontractorFactory(organisation=people.organisation)
    bound = subcontractor if own else SubcontractorFactory(organisation=people.organisation)
    contract = SubcontractFactory(subcontractor=bound, valid_from=valid_from, valid_until=valid_until)
    session = a_session(people)
    with pytest.raises(ValidationError, match=sentence):
        give_to_subcontractor(session=session, subcontractor=subcontractor, subcontract=contract, actor=None)
    assert Session.objects.get(pk=session.pk).given_to is None


@pytest.mark.parametrize("change", ["edit", "contract"])
def test_a_closed_session_is_opened_again_before_it_changes(people, change):
    session = a_session(people, state="closed", place="12, rue Inventée")
    client = people.client(people.training_manager)
    data = {"reference": session.reference, "course": session.course_id, "place": "Ailleurs", "way": "ours"}
    refused = client.post(url(change, session.pk), data)
    assert (refused.status_code, "rouvrez-la d’abord" in refused.content.decode()) == (422, True)
    session.refresh_from_db()
    assert session.place == "12, rue Inventée"


@pytest.mark.parametrize(("state", "changes", "decides"), [("done", True, True), ("closed", False, True)])
def test_a_closed_session_offers_what_can_still_be_done(people, state, changes, decides):
    session = a_session(people, state=state)
    EnrolmentFactory(session=session)
    page = people.client(people.training_manager).get(page_of(session.pk)).content.decode()
    offered = [url(name, session.pk) in page for name in ("edit", "contract", "add_step", "enrol", "schedule")]
    assert offered == [changes] * 5
    assert (url("duplicate", session.pk) in page, url("state", session.pk, "done") in page) == (decides, state == "closed")


def test_nobody_enters_or_leaves_a_closed_session(people):
    session = a_session(people)
    here = EnrolmentFactory(session=session)
    gone = EnrolmentFactory(session=session, state=EnrolmentState.ABANDONED, ended_on=FIRST, end_reason="Malade")
    change = {"session": session, "trainee": TraineeFactory(organisation=people.organisation)}
    Session.objects.filter(pk=session.pk).update(state=SessionState.CLOSED)
    session.refresh_from_db()
    ending = {"state": EnrolmentState.ABANDONED, "ended_on": FIRST, "reason": "Malade"}
    for attempt in (
        lambda: enrol(**change, actor=None),
        lambda: end_enrolment(enrolment=here, **ending, actor=None),
        lambda: resume_enrolment(enrolment=gone, actor=None),
    ):
        with pytest.raises(ValidationError, match="rouvrez-la d’abord"):
            attempt()
    assert list(session.enrolments.order_by("created_at").values_list("state", flat=True)) == ["enrolled", "abandoned"]


# Clashes.


def clashes_said(people, session):
    trainers = list(session.trainers.all())
    found = clashes(people.organisation, wanted_by(half_days_of(session), trainers), trainers, session=session)
    return [(str(clash.trainer), clash.other.session.reference if clash.other else None) for clash in found]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, [("Yann Le Goff", "S26-AUTRE")]),
        ({"starts_at": time(12, 30), "ends_at": time(13)}, []),
        ({"starts_at": time(12), "ends_at": time(13)}, [("Yann Le Goff", "S26-AUTRE")]),
        ({"day": LAST}, []),
        ({"session__state": "cancelled"}, []),
        ({"session__state": "postponed"}, []),
        ({"session__trainers": []}, []),
    ],
)
def test_two_places_at_once(people, other, expected):
    session = a_session(people, trainers=[people.trainer_record])
    HalfDayFactory(session=session)
    fields = {"session__state": "planned", "session__trainers": [people.trainer_record], **other}
    HalfDayFactory(session__organisation=people.organisation, session__reference="S26-AUTRE", **fields)
    assert clashes_said(people, session) == expected


@pytest.mark.parametrize(("state", "warned"), [("planned", True), ("postponed", False), ("cancelled", False)])
def test_a_session_that_is_not_held_warns_of_no_clash(people, state, warned):
    for reference, known in (("S26-ICI", state), ("S26-AUTRE", "planned")):
        session = a_session(people, reference=reference, state=known, trainers=[people.trainer_record])
        HalfDayFactory(session=session, day=FIRST)
    here = Session.objects.get(reference="S26-ICI")
    for address in (page_of(here.pk), url("schedule", here.pk)):
        assert ("À deux endroits à la fois" in people.client(people.training_manager).get(address).content.decode()) == warned


def test_who_leads_a_half_day_alone_clashes(people):
    second = TrainerFactory(organisation=people.organisation, first_name="Aude", last_name="Seconde")
    session = a_session(people, trainers=[people.trainer_record, second])
    HalfDayFactory(session=session, trainer=second)
    other = a_session(people, reference="S26-AUTRE", trainers=[people.trainer_record, second])
    HalfDayFactory(session=other, trainer=people.trainer_record)
    assert clashes_said(people, session) == []
    HalfDayFactory(session=other, part="soir", starts_at=time(12), ends_at=time(13), trainer=second)
    assert clashes_said(people, session) == [("Aude Seconde", "S26-AUTRE")]


def test_two_half_days_of_one_session_may_overlap(people):
    session = a_session(people, trainers=[people.trainer_record])
    HalfDayFactory(session=session)
    HalfDayFactory(session=session, part="pm", starts_at=time(12), ends_at=time(15))
    assert clashes_said(people, session) == [("Yann Le Goff", None)]


@pytest.mark.parametrize("count", [1, 3])
def test_clashes_take_one_query(people, count, django_assert_num_queries):
    session = a_session(people, trainers=[people.trainer_record])
    HalfDayFactory(session=session)
    for _number in range(count):
        HalfDayFactory(session=a_session(people, trainers=[people.trainer_record]))
    half_days, trainers = list(half_days_of(session)), list(session.trainers.all())
    with django_assert_num_queries(1):
        assert len(clashes(people.organisation, wanted_by(half_days, trainers), trainers, session=session)) == count
