"""Before the start, as managers and trainers work: typed answers, decisions drawn from them, needs of a company, links."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import (
    AdaptationRequestFactory,
    CompanyFactory,
    CourseFactory,
    EnrolmentFactory,
    IntakeFactory,
    MeasureFactory,
    SessionFactory,
    StepFactory,
)
from tests.harness.worlds import shared
from trainings.learning.models import Intake, IntakeDecision, IntakeKind, IntakeSource, SessionNeed
from trainings.learning.verbs import conclude_intake
from trainings.sessions.models import EnrolmentLink, EnrolmentState, LinkPurpose, SessionState

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


people = shared(cast.gather)


@pytest.fixture
def session(people):
    return SessionFactory(
        organisation=people.organisation,
        course=CourseFactory(organisation=people.organisation),
        trainers=[people.trainer_record],
        state=SessionState.CONFIRMED,
        starts_on=TODAY + timedelta(days=7),
        ends_on=TODAY + timedelta(days=8),
    )


@pytest.fixture
def enrolment(session):
    return EnrolmentFactory(session=session, trainee__last_name="Fictive")


def url(name, *args):
    return reverse(f"learning:{name}", args=["fil-ouest", *args])


def read(answer):
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def concluded(intake):
    intake.refresh_from_db()
    return (intake.decision, intake.conclusion, intake.concluded_on, intake.concluded_by)


@pytest.mark.parametrize(
    ("decision", "words", "kept"),
    [
        ("accept", "", "Rien à adapter."),
        ("accept", "Elle a le niveau.", "Elle a le niveau."),
        ("adapt", "Plus d'exercices écrits.", "Plus d'exercices écrits."),
        ("redirect", "Vers la session de niveau 2.", "Vers la session de niveau 2."),
    ],
)
def test_a_decision_is_drawn_from_an_answer(people, enrolment, decision, words, kept):
    intake = IntakeFactory(enrolment=enrolment)
    said = {"decision": decision, "conclusion": words, "concluded_on": TODAY.isoformat()}
    answer = people.client(people.training_manager).post(url("conclude", intake.pk), said)
    assert (answer.status_code, answer.url) == (302, url("person", enrolment.pk))
    assert concluded(intake) == (decision, kept, TODAY, people.training_manager)
    entry = Entry.objects.get(verb="intake.concluded")
    assert (entry.details, entry.object_id) == ({"kind": "needs", "decision": decision}, str(enrolment.pk))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"decision": ""}, "Ce champ est obligatoire."),
        ({"decision": "perhaps"}, "Sélectionnez un choix valide."),
        ({"decision": "adapt"}, "Dites ce que vous adaptez"),
        ({"decision": "redirect", "conclusion": " "}, "Dites vers quoi vous orientez la personne"),
        ({"decision": "accept", "concluded_on": "2026-08-30"}, "On ne conclut pas avant d’avoir la réponse"),
        ({"decision": "accept", "concluded_on": (TODAY + timedelta(days=2)).isoformat()}, "Ce jour n’est pas encore venu"),
    ],
)
def test_a_decision_that_cannot_be_is_told_and_changes_nothing(people, enrolment, said, sentence):
    intake = IntakeFactory(enrolment=enrolment)
    data = {"conclusion": "", "concluded_on": TODAY.isoformat(), **said}
    answer = people.client(people.training_manager).post(url("conclude", intake.pk), data)
    assert (answer.status_code, sentence in read(answer), concluded(intake)) == (422, True, ("", "", None, None))


def test_the_verb_refuses_what_is_no_decision(enrolment):
    with pytest.raises(ValidationError, match="accueillir, adapter, ou orienter"):
        conclude_intake(intake=IntakeFactory(enrolment=enrolment), decision="", conclusion="Oui", concluded_on=TODAY, actor=None)


def test_who_is_sent_another_way_is_to_be_withdrawn(people, enrolment):
    IntakeFactory(enrolment=enrolment, decision="redirect", conclusion="Vers le niveau 2", concluded_on=TODAY)
    client = people.client(people.training_manager)
    page = read(client.get(url("person", enrolment.pk)))
    assert ("Orienter autrement" in page, reverse("sessions:end_enrolment", args=["fil-ouest", enrolment.pk]) in page) == (
        True,
        True,
    )
    assert "Orienter autrement" in read(client.get(url("before", enrolment.session_id)))
    enrolment.state = "withdrawn"
    enrolment.save()
    assert "notez son désistement" not in read(client.get(url("person", enrolment.pk)))


def test_positioning_says_whether_prerequisites_were_checked(people, enrolment):
    intake = IntakeFactory(enrolment=enrolment, kind=IntakeKind.POSITIONING, answers={"level": "notions"})
    client = people.client(people.training_manager)
    said = {"decision": "accept", "conclusion": "", "concluded_on": TODAY.isoformat(), "prerequisites_met": "false"}
    client.post(url("conclude", intake.pk), said)
    intake.refresh_from_db()
    assert (intake.prerequisites_met, "vérifiés, ils ne sont pas remplis" in read(client.get(url("person", enrolment.pk)))) == (
        False,
        True,
    )
    form = read(client.get(url("conclude", intake.pk)))
    assert ('value="accept"' in form, "J’ai des notions" in form) == (True, True)


def test_an_interview_is_typed_then_corrected_until_a_decision_is_drawn(people, enrolment):
    client = people.client(people.training_manager)
    address = url("type_answers", enrolment.pk, "needs")
    said = {"source": "interview", "answered_on": TODAY.isoformat(), "expectations": "Décider plus vite", "use": ""}
    assert client.post(address, said).url == url("person", enrolment.pk)
    client.post(address, said | {"source": "paper", "use": "Chaque lundi"})
    intake = Intake.objects.get()
    assert (intake.source, intake.answers) == (
        IntakeSource.PAPER, {"expectations": "Décider plus vite", "use": "Chaque lundi"},
    )  # fmt: skip
    conclude_intake(intake=intake, decision=IntakeDecision.ACCEPT, conclusion="", concluded_on=TODAY, actor=None)
    refused = client.post(address, said)
    assert (refused.status_code, "Une conclusion a déjà été tirée de ces réponses" in read(refused)) == (422, True)


@pytest.mark.parametrize("kind", ["adaptation", "n-importe-quoi"])
def test_only_what_is_asked_here_is_typed_here(people, enrolment, kind):
    assert people.client(people.training_manager).get(url("type_answers", enrolment.pk, kind)).status_code == 404


def test_the_form_of_an_interview_never_asks_about_adaptations(people, enrolment):
    page = read(people.client(people.training_manager).get(url("type_answers", enrolment.pk, "needs")))
    assert ('name="expectations"' in page, 'name="adaptation' in page) == (True, False)


def test_answers_ticked_are_accepted_together_and_those_decided_stay(people, session):
    first, second, other = (IntakeFactory(enrolment__session=session) for _number in range(3))
    decided = IntakeFactory(enrolment__session=session, decision="adapt", conclusion="Autrement", concluded_on=TODAY)
    elsewhere = IntakeFactory()
    ticked = [str(intake.pk) for intake in (first, second, decided, elsewhere)]
    client = people.client(people.training_manager)
    answer = client.post(url("nothing_to_adapt", session.pk), {"intake": ticked}, follow=True)
    assert "2 conclusion(s) notée(s)" in read(answer)
    assert [concluded(intake)[0] for intake in (first, second, other, decided, elsewhere)] == [
        "accept",
        "accept",
        "",
        "adapt",
        "",
    ]


@pytest.mark.parametrize(
    ("kinds", "withdrawn", "done"),
    [(["needs", "positioning"], False, True), (["needs"], False, False), ([], False, False), ([], True, True)],
)
def test_the_step_is_done_with_the_last_conclusion_of_those_expected(people, session, enrolment, kinds, withdrawn, done):
    """The second person has the answers of `kinds`, all concluded, and may have withdrawn."""
    step = StepFactory(session=session, key="conclude")
    second = EnrolmentFactory(session=session)
    if withdrawn:
        session.enrolments.filter(pk=second.pk).update(state=EnrolmentState.WITHDRAWN, ended_on=TODAY)
    for kind in kinds:
        IntakeFactory(enrolment=second, kind=kind, answered_on=TODAY, conclusion="Rien à adapter.", concluded_on=TODAY)
    IntakeFactory(enrolment=enrolment, kind="positioning", answered_on=TODAY, conclusion="Rien à adapter.", concluded_on=TODAY)
    needs = IntakeFactory(enrolment=enrolment, kind="needs", answered_on=TODAY)
    conclude_intake(intake=needs, decision="accept", conclusion="", concluded_on=TODAY, actor=people.trainer)
    step.refresh_from_db()
    assert step.done_by == (people.trainer if done else None)


@pytest.mark.parametrize(("ticked", "sentence"), [([], "Cochez au moins une réponse."), (["x"], "Choix illisible.")])
def test_nothing_ticked_or_nonsense_is_told(people, session, ticked, sentence):
    answer = people.client(people.training_manager).post(url("nothing_to_adapt", session.pk), {"intake": ticked}, follow=True)
    assert sentence in read(answer)


def test_the_need_of_a_company_is_kept_with_what_it_changes(people, session):
    company = CompanyFactory(organisation=people.organisation, name="Brasserie Inventée")
    EnrolmentFactory(session=session, company=company, has_company=True)
    CompanyFactory(organisation=people.organisation, name="Sans Rapport")
    client = people.client(people.training_manager)
    assert "Sans Rapport" not in read(client.get(url("add_need", session.pk)))
    said = {
        "company": company.pk,
        "recorded_on": TODAY.isoformat(),
        "need": "Des réunions courtes",
        "conclusion": "Un cas de plus",
    }
    assert client.post(url("add_need", session.pk), said).url == url("before", session.pk)
    need = SessionNeed.objects.get()
    assert (need.company, need.need, need.conclusion, need.recorded_by) == (
        company, "Des réunions courtes", "Un cas de plus", people.training_manager,
    )  # fmt: skip
    assert client.post(url("add_need", session.pk), said | {"conclusion": ""}).status_code == 422


def test_a_link_is_prepared_shown_then_replaced(people, enrolment):
    client = people.client(people.training_manager)
    shown = read(client.post(url("intake_link", enrolment.pk), {"go": "make"}, follow=True))
    link = EnrolmentLink.objects.get(purpose=LinkPurpose.INTAKE)
    assert ("/b/" in shown, "Valable jusqu’au" in shown, link.number) == (True, True, 1)
    client.post(url("intake_link", enrolment.pk), {"go": "renew"})
    link.refresh_from_db()
    assert link.number == 2


def test_a_trainer_decides_for_their_own_people_and_sends_no_link(people, enrolment):
    intake, elsewhere = IntakeFactory(enrolment=enrolment), IntakeFactory(enrolment__session__organisation=people.organisation)
    client = people.client(people.trainer)
    said = {"decision": "adapt", "conclusion": "Deux exemples de plus", "concluded_on": TODAY.isoformat()}
    assert client.post(url("conclude", intake.pk), said).status_code == 302
    assert client.post(url("conclude", elsewhere.pk), said).status_code == 404
    assert client.get(url("person", elsewhere.enrolment_id)).status_code == 404
    page = read(client.get(url("person", enrolment.pk)))
    assert ("Son lien personnel" in page, client.post(url("intake_link", enrolment.pk)).status_code) == (False, 404)


def test_a_closed_session_is_read_and_no_longer_changes(people, session, enrolment):
    intake = IntakeFactory(enrolment=enrolment)
    type(session).objects.filter(pk=session.pk).update(state=SessionState.CLOSED)
    client = people.client(people.training_manager)
    pages = read(client.get(url("before", session.pk))) + read(client.get(url("person", enrolment.pk)))
    gone = (url("conclude", intake.pk), url("add_need", session.pk), url("send", session.pk), url("intake_link", enrolment.pk))
    assert [address for address in (*gone, url("nothing_to_adapt", session.pk)) if address in pages] == []
    today = TODAY.isoformat()
    need = {"recorded_on": today, "need": "Un besoin", "conclusion": "Rien"}
    for address, said in (
        (gone[0], {"decision": "accept", "conclusion": "", "concluded_on": today}),
        (gone[1], need),
        (url("type_answers", enrolment.pk, "positioning"), {"source": "paper", "answered_on": today, "level": "notions"}),
    ):
        refused = client.post(address, said)
        assert (refused.status_code, "La session est close" in read(refused)) == (422, True)
    told = client.post(url("nothing_to_adapt", session.pk), {"intake": [str(intake.pk)]}, follow=True)
    assert ("La session est close" in read(told), concluded(intake)[0], Intake.objects.count()) == (True, "", 1)


def test_a_reminder_is_offered_while_somebody_owes_an_answer(people, session, enrolment):
    client, address = people.client(people.training_manager), url("send", session.pk)
    assert address in read(client.get(url("before", session.pk)))
    for kind in IntakeKind.values:
        IntakeFactory(enrolment=enrolment, kind=kind)
    assert address not in read(client.get(url("before", session.pk)))


def test_pages_of_others_do_not_exist(people):
    other = IntakeFactory(enrolment__session__organisation=people.sister)
    client = people.client(people.quality_manager)
    for address in (
        url("before", other.enrolment.session_id),
        url("person", other.enrolment_id),
        url("conclude", other.pk),
        url("type_answers", other.enrolment_id, "needs"),
        url("add_need", other.enrolment.session_id),
    ):
        assert client.get(address).status_code == 404


def test_measures_are_read_by_who_teaches_and_each_reading_is_noted_once(people, enrolment):
    MeasureFactory(
        request__enrolment=enrolment,
        request__need="BESOIN SECRET",
        request__decision="DÉCISION SECRÈTE",
        text="Imprimer en corps 16",
    )
    for user, seen in ((people.trainer, True), (people.training_manager, True), (people.quality_manager, True)):
        page = read(people.client(user).get(url("before", enrolment.session_id)))
        assert ("Imprimer en corps 16" in page) == seen
        assert ("BESOIN SECRET" in page, "DÉCISION SECRÈTE" in page) == (False, False)
    readings = Entry.objects.filter(verb="adaptation.measures_read")
    assert sorted(str(entry.actor) for entry in readings) == sorted(
        str(user) for user in (people.trainer, people.training_manager, people.quality_manager)
    )


def test_a_page_without_any_measure_notes_no_reading(people, enrolment):
    AdaptationRequestFactory(enrolment=enrolment, wish="yes", need="BESOIN SECRET")
    page = read(people.client(people.trainer).get(url("before", enrolment.session_id)))
    assert ("BESOIN SECRET" in page, Entry.objects.filter(verb__startswith="adaptation.").count()) == (False, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_session_takes_the_same_number_of_queries(people, session, count, django_assert_num_queries):
    for _number in range(count):
        person = EnrolmentFactory(session=session)
        IntakeFactory(enrolment=person)
        IntakeFactory(
            enrolment=person, kind=IntakeKind.POSITIONING, decision="accept", conclusion="Bien", concluded_on=date(2026, 9, 1)
        )
    client = people.client(people.training_manager)
    with django_assert_num_queries(14):
        client.get(url("before", session.pk))
