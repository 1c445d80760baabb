"""Every survey of a session on one page: what left, what leaves by itself and when, what is missing and where to mend it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests.answers import on_one_line
from tests.factories import CompanyFactory, EnrolmentFactory, FunderFactory, FundingFactory, ResponseFactory, StepFactory
from tests.harness.browser import assert_good_at_all_widths
from trainings.sessions.models import SessionState
from trainings.surveys.models import Campaign
from trainings.surveys.queries import SurveyLine, surveys_of
from trainings.surveys.questionnaire import shipped
from trainings.surveys.verbs import close_campaign, open_campaign

TODAY = timezone.localdate()


@pytest.fixture
def session(survey):
    """One company and one funder nobody can write to, and a trainer who has an address."""
    organisation = survey.people.organisation
    enrolment = survey.enrolments[0]
    enrolment.company, enrolment.has_company = CompanyFactory(organisation=organisation, name="Moulin Fictif", email=""), True
    enrolment.save()
    FundingFactory(enrolment=enrolment, funder=FunderFactory(organisation=organisation, name="OPCO Inventé", email=""))
    return survey.session


def show(people, session, user):
    return people.client(user).get(reverse("surveys:session", args=["fil-ouest", session.pk])).content.decode()


def cards(text):
    """The visible words of each survey of the page, by its title."""
    found = {}
    for card in re.findall(r'<section class="feuille" aria-labelledby="t-.*?</section>', on_one_line(text)):
        words = " ".join(re.sub(r"<[^>]+>", " ", card).split())
        found[re.search(r"<h2[^>]*> ?(.*?) ?</h2>", card)[1]] = words
    return found


def plan(session, questionnaire, **changes):
    return StepFactory(**{"session": session, "key": f"survey:{questionnaire}", "due_on": TODAY, "automatic": True} | changes)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"due_on": TODAY + timedelta(days=40)}, "Part toute seule le"),
        ({"due_on": TODAY - timedelta(days=3)}, "elle part au prochain passage des envois automatiques."),
        ({"problem": "Le message n’est pas parti."}, "Le message n’est pas parti."),
        (
            {"skipped_reason": "Le client envoie le sien.", "problem": "Ancien."},
            "Étape déclarée sans objet : Le client envoie le sien.",
        ),
        ({"automatic": False, "problem": "Ancien."}, "Pas encore envoyée."),
    ],
)
def test_each_card_says_when_it_leaves_or_why_not(survey, session, changes, told):
    step = plan(session, "cold", **changes)
    words = cards(show(survey.people, session, survey.people.training_manager))["Stagiaires, quelques mois après"]
    assert (told in words, "Ancien." in words) == (True, False)
    if told.startswith("Part"):
        assert date_format(step.due_on, "j F Y") in words.replace("1er", "1")


@pytest.mark.parametrize("state", [SessionState.CANCELLED, SessionState.POSTPONED, SessionState.DRAFT])
def test_a_session_that_does_not_take_place_sends_nothing_and_offers_nothing(survey, session, state):
    plan(session, "cold")
    session.state = state
    session.save()
    text = show(survey.people, session, survey.people.training_manager)
    assert f"La session est au stade « {session.get_state_display()} » : rien ne part." in " ".join(text.split())
    assert ("Envoyer les liens" in text, "Part toute seule" in text, "prochain passage" in text) == (False, False, False)


def test_a_missing_address_leads_to_where_it_is_added(survey, session):
    text = show(survey.people, session, survey.people.training_manager)
    found = cards(text)
    assert "Moulin Fictif sans adresse e-mail · ajouter" in found["Entreprises"]
    assert "OPCO Inventé sans adresse e-mail · ajouter" in found["Financeurs"]
    assert ("Envoyer les liens" in found["Entreprises"], "Ouvrir l’enquête" in found["Entreprises"]) == (False, True)
    company, funder = (
        session.enrolments.get(company__name="Moulin Fictif").company,
        FundingFactory._meta.model.objects.get().funder,
    )
    back = f"?retour={reverse('surveys:session', args=['fil-ouest', session.pk])}"
    for name, party in (("edit_company", company), ("edit_funder", funder)):
        address = reverse(f"people:{name}", args=["fil-ouest", party.pk]) + back
        assert f'href="{address}"' in text
        client = survey.people.client(survey.people.training_manager)
        answer = client.post(address, {"name": party.name, "email": "avis@exemple.fr", "kind": "other"})
        assert answer.url == reverse("surveys:session", args=["fil-ouest", session.pk])
    assert "Envoyer les liens" in cards(show(survey.people, session, survey.people.training_manager))["Entreprises"]


def test_a_trainer_sees_the_counts_of_their_session_and_shows_the_code(survey, session):
    ResponseFactory.create_batch(2, campaign=survey.campaign, comment="Un mot que personne ne doit lier.")
    text = show(survey.people, session, survey.people.trainer)
    assert "2 réponses sur 6" in cards(text)["Stagiaires, en fin de session"]
    assert reverse("surveys:share", args=["fil-ouest", session.pk]) in text
    for nothing in (
        "Envoyer les liens",
        "Clore",
        "ajouter",
        "Un mot",
        "/s/",
        reverse("surveys:results", args=["fil-ouest", session.pk]),
    ):
        assert f">{nothing}<" not in text
        assert f'"{nothing}"' not in text


def test_a_link_to_pass_on_is_given_for_those_without_address(survey, session):
    campaign = open_campaign(session=session, actor=None, questionnaire="company")
    words = cards(show(survey.people, session, survey.people.training_manager))["Entreprises"]
    link = re.search(r"http://testserver/s/\S+/", words)[0].removeprefix("http://testserver")
    assert survey.people.client(None).get(link).status_code == 200
    close_campaign(campaign=campaign, actor=None)
    assert "/s/" not in cards(show(survey.people, session, survey.people.training_manager))["Entreprises"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(survey, session, count, django_assert_num_queries):
    for _number in range(count):
        company = CompanyFactory(organisation=survey.people.organisation)
        FundingFactory(enrolment=EnrolmentFactory(session=session, company=company, has_company=True))
    with django_assert_num_queries(11):
        assert len(surveys_of(session)) == 5


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_is_good_at_all_widths(survey, session, open_page):
    plan(session, "cold", due_on=TODAY + timedelta(days=40))
    plan(session, "company", problem="Personne n’a d’adresse e-mail (Moulin Fictif) : ajoutez-la.")
    open_campaign(session=session, actor=None, questionnaire="funder")
    page = open_page(user=survey.people.training_manager)
    page.goto(f"/o/fil-ouest/enquetes/{session.pk}/toutes/")
    assert_good_at_all_widths(page)
    page.set_viewport_size({"width": 360, "height": 900})
    page.reload()
    # The tab one reads is in sight, though the others are wider than the phone.
    box = page.get_by_role("link", name="Avis", exact=True).bounding_box()
    assert 0 <= box["x"] <= 360 - box["width"]
    company = session.enrolments.get(company__name="Moulin Fictif").company
    page.goto(f"/o/fil-ouest/personnes/entreprises/{company.pk}/modifier/?retour=/o/fil-ouest/enquetes/{session.pk}/toutes/")
    assert_good_at_all_widths(page)


def line_of(key="end_of_session", **changes):
    nothing = {
        "campaign": None,
        "step": None,
        "size": 0,
        "sent": 0,
        "served": 0,
        "answers": 0,
        "remindable": 0,
        "reminded_at": None,
    }
    return SurveyLine(questionnaire=shipped()[key], **{**nothing, "parties": (), **changes})


@pytest.mark.parametrize(
    ("key", "changes", "client", "asked"),
    [
        ("end_of_session", {"size": 3}, False, True),
        ("end_of_session", {"size": 0}, False, False),
        ("end_of_session", {"size": 0}, True, False),
        ("end_of_session", {"size": 3, "sent": 1, "campaign": Campaign()}, False, True),
        ("end_of_session", {"size": 3, "sent": 3, "campaign": Campaign()}, False, False),
        ("end_of_session", {"size": 3, "sent": 1, "campaign": Campaign(closed_on=TODAY)}, False, False),
        # Nobody here has an address: once opened, there is nothing more to send.
        ("company", {"size": 1}, False, True),
        ("company", {"size": 1, "campaign": Campaign()}, False, False),
        # The client of a session run for them is no party of it: the survey is opened, and its link passed on.
        ("company", {"size": 0}, False, False),
        ("company", {"size": 0}, True, True),
        ("company", {"size": 0, "campaign": Campaign()}, True, False),
        ("funder", {"size": 0}, True, False),
    ],
)
def test_when_a_survey_may_be_sent_or_opened(key, changes, client, asked):
    assert line_of(key, **changes).may_be_asked(client=client) is asked
