"""What a trainee says before the start, as a phone without JavaScript sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests.answers import on_one_line
from tests.factories import AdaptationRequestFactory, CourseFactory, EnrolmentFactory, IntakeFactory, SessionFactory
from trainings.adaptations.models import AdaptationRequest
from trainings.catalogue.models import Objective, Programme, PublicSheet
from trainings.learning.asking import objective_key
from trainings.learning.models import Intake, IntakeDraft
from trainings.sessions.models import EnrolmentLink, EnrolmentState, LinkPurpose, SessionState
from trainings.sessions.verbs import personal_link

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def enrolment():
    """Somebody enrolled in a session to come, whose programme has two objectives and whose course has prerequisites."""
    course = CourseFactory(title="Animer une réunion")
    PublicSheet.objects.create(organisation=course.organisation, course=course, prerequisites="Diriger une équipe")
    programme = Programme.objects.create(organisation=course.organisation, course=course, number=1)
    for position, text in enumerate(("Préparer un ordre du jour", "Tenir le temps"), start=1):
        Objective.objects.create(programme=programme, position=position, text=text)
    Programme.objects.update(in_force_from=TODAY)
    session = SessionFactory(
        organisation=course.organisation,
        course=course,
        programme=programme,
        starts_on=TODAY + timedelta(days=7),
        ends_on=TODAY + timedelta(days=8),
        state=SessionState.CONFIRMED,
    )
    return EnrolmentFactory(session=session)


@pytest.fixture
def token(enrolment):
    return personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=None).token


def pages(enrolment):
    """What each page asks, in order, and an answer for each."""
    first, second = (objective_key(objective.pk) for objective in enrolment.session.programme.objectives.all())
    return [
        {"expectations": "Des réunions qui décident"},
        {"use": "Chaque lundi"},
        {"arrangements": ""},
        {"adaptation": "yes", "adaptation_need": "Des gros caractères"},
        {"level": "notions"},
        {first: "helped"},
        {second: "new"},
        {"prerequisites": "yes"},
        {"background": "BTS, 2015"},
    ]


def fill(client, token, answers, *, go="next"):
    """Answer page after page; the last answer of the server."""
    last = None
    for number, values in enumerate(answers, start=1):
        last = client.post(f"/b/{token}/{number}/?lang=fr", {**values, "go": go})
    return last


def show(token, path="", client=None):
    return (client or Client()).get(f"/b/{token}/{path}").content.decode()


def test_a_trainee_answers_everything(enrolment, token):
    assert "9 questions, 6 minutes environ." in show(token)
    last = fill(Client(), token, pages(enrolment))
    assert last.url == f"/b/{token}/merci/?lang=fr"
    first, second = (objective_key(objective.pk) for objective in enrolment.session.programme.objectives.all())
    kept = {intake.kind: (intake.answers, intake.source, intake.answered_on) for intake in Intake.objects.all()}
    assert kept == {
        "needs": ({"expectations": "Des réunions qui décident", "use": "Chaque lundi"}, "link", timezone.localdate()),
        "positioning": (
            {"level": "notions", first: "helped", second: "new", "prerequisites": "yes", "background": "BTS, 2015"},
            "link",
            timezone.localdate(),
        ),
    }
    request = AdaptationRequest.objects.get()
    assert (request.enrolment, request.wish, request.need) == (enrolment, "yes", "Des gros caractères")
    assert IntakeDraft.objects.count() == 0
    assert sorted(Entry.objects.values_list("verb", flat=True)) == ["adaptation.answered", "intake.answered"]
    assert "Merci, vos réponses sont arrivées." in show(token, "merci/")


def test_the_draft_is_kept_and_never_holds_what_is_kept_apart(enrolment, token):
    fill(Client(), token, pages(enrolment)[:4])
    assert IntakeDraft.objects.get().answers == {"expectations": "Des réunions qui décident", "use": "Chaque lundi"}
    assert AdaptationRequest.objects.get().need == "Des gros caractères"
    other_phone = Client()
    assert "Reprendre où j’en étais" in show(token, client=other_phone)
    assert "Des réunions qui décident" in show(token, "1/", client=other_phone)


def test_the_need_is_not_shown_again_and_the_choice_is(enrolment, token):
    fill(Client(), token, pages(enrolment)[:4])
    page = on_one_line(show(token, "4/"))
    assert ("Des gros caractères" in page, 'value="yes" checked' in page) == (False, True)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(1, "Il manque la réponse à «&nbsp;Qu’attendez-vous de cette formation&nbsp;?&nbsp;»"), (4, "Avez-vous besoin d’une adaptation")],
)  # fmt: skip
def test_a_required_answer_that_is_missing_is_asked_at_the_end(enrolment, token, number, sentence):
    client = Client()
    for place, values in enumerate(pages(enrolment), start=1):
        if place != number:
            last = client.post(f"/b/{token}/{place}/?lang=fr", {**values, "go": "next"})
    page = last.content.decode().replace("\u00a0", "&nbsp;").replace("\u202f", "&nbsp;")
    assert (last.status_code, sentence in page, Intake.objects.count()) == (422, True, 0)
    assert f"Question {number} sur 9" in page


def test_a_required_text_left_empty_is_asked_at_once_and_never_holds_back_somebody_who_goes_back(enrolment, token):
    client = Client()
    answer = client.post(f"/b/{token}/1/?lang=fr", {"expectations": "  ", "go": "next"})
    assert (answer.status_code, "Écrivez quelques mots pour continuer." in answer.content.decode()) == (422, True)
    assert client.post(f"/b/{token}/1/?lang=en", {"expectations": "", "go": "lang-fr"}).status_code == 302


def test_back_and_the_other_language_keep_what_was_typed_without_asking_that_it_be_complete(enrolment, token):
    client = Client()
    back = client.post(f"/b/{token}/2/?lang=fr", {"use": "À moitié écrit", "go": "back"})
    english = client.post(f"/b/{token}/3/?lang=fr", {"arrangements": "Le train", "go": "lang-en"})
    assert (back.url, english.url) == (f"/b/{token}/1/?lang=fr", f"/b/{token}/3/?lang=en")
    assert IntakeDraft.objects.get().answers == {"use": "À moitié écrit", "arrangements": "Le train"}


def test_a_question_passed_forgets_what_was_written(enrolment, token):
    client = Client()
    client.post(f"/b/{token}/2/?lang=fr", {"use": "À oublier", "go": "back"})
    client.post(f"/b/{token}/2/?lang=fr", {"use": "À oublier", "go": "pass"})
    assert IntakeDraft.objects.get().answers == {}


def test_an_interview_typed_meanwhile_is_not_asked_again(enrolment, token):
    IntakeFactory(enrolment=enrolment)
    assert "5 questions" in show(token)
    last = fill(Client(), token, pages(enrolment)[4:])
    assert (last.url, Intake.objects.count()) == (f"/b/{token}/merci/?lang=fr", 2)


def test_the_same_sending_twice_keeps_one_answer(enrolment, token):
    client = Client()
    fill(client, token, pages(enrolment))
    again = client.post(f"/b/{token}/9/?lang=fr", {"background": "Autre", "go": "next"})
    assert (again.status_code, "Merci, vos réponses sont arrivées." in again.content.decode()) == (200, True)
    assert Intake.objects.get(kind="positioning").answers["background"] == "BTS, 2015"


def test_once_decided_with_the_person_the_link_says_so(enrolment, token):
    AdaptationRequestFactory(enrolment=enrolment, decision="Agrandir", decided_on=TODAY)
    refused = Client().post(f"/b/{token}/4/?lang=fr", {"adaptation": "no", "go": "next"})
    assert (refused.status_code, "Une décision a déjà été prise avec vous" in refused.content.decode()) == (422, True)
    assert Client().post(f"/b/{token}/4/?lang=fr", {"adaptation": "yes", "go": "next"}).status_code == 302


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({}, 200, "Bonjour"),
        ({"session": {"state": SessionState.CANCELLED}}, 410, "Cette session n’a plus lieu."),
        ({"session": {"state": SessionState.POSTPONED}}, 410, "Cette session est reportée."),
        ({"session": {"state": SessionState.CLOSED}}, 410, "Cette session est terminée."),
        ({"enrolment": {"state": EnrolmentState.WITHDRAWN}}, 410, "Votre inscription à cette session a pris fin."),
        ({"link": {"expires_on": TODAY - timedelta(days=1)}}, 410, "Ce lien n’est plus valable."),
    ],
)
def test_what_a_link_answers(enrolment, token, change, status, sentence):
    rows = {"session": enrolment.session, "enrolment": enrolment, "link": EnrolmentLink.objects.get()}
    for name, fields in change.items():
        type(rows[name]).objects.filter(pk=rows[name].pk).update(**fields)
    for path in ("", "1/"):
        answer = Client().get(f"/b/{token}/{path}")
        page = answer.content.decode()
        assert answer.status_code == status
        assert (sentence in page) or (status == 200 and path)
        assert status == 200 or enrolment.session.organisation.contact_email in page
    if status == 410:
        assert Client().post(f"/b/{token}/1/", {"expectations": "Trop tard", "go": "next"}).status_code == 410
        assert IntakeDraft.objects.count() == 0


@pytest.mark.parametrize("path", ["", "1/", "merci/"])
def test_an_unknown_or_renewed_link_is_told_kindly(enrolment, token, path):
    personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=None, renew=True)
    answer = Client().get(f"/b/{token}/{path}")
    assert (answer.status_code, "Nous ne connaissons pas ce lien." in answer.content.decode()) == (404, True)


def test_the_link_of_signatures_opens_no_question(enrolment):
    token = personal_link(enrolment=enrolment, purpose=LinkPurpose.ATTENDANCE, actor=None).token
    assert Client().get(f"/b/{token}/").status_code == 404


def test_the_pages_speak_english(enrolment, token):
    page = Client().get(f"/b/{token}/1/?lang=en").content.decode()
    assert ("What do you expect from this course?" in page, "Question 1 of 9" in page, "Continue" in page) == (True, True, True)


@pytest.mark.parametrize("prerequisites", ["", "Aucun", "aucun prérequis", "Sans prérequis."])
def test_no_prerequisite_is_no_question(enrolment, token, prerequisites):
    PublicSheet.objects.update(prerequisites=prerequisites)
    assert "8 questions" in show(token)
