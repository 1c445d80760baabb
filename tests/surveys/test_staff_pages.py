"""The trainer's page and the results, as the team sees them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import CompanyFactory, EnrolmentFactory, FundingFactory, ResponseFactory, SessionFactory
from trainings.surveys.models import Answer, Campaign
from trainings.surveys.queries import current_session_token, door
from trainings.surveys.verbs import close_campaign, open_campaign

pytestmark = pytest.mark.django_db


def url(name: str, survey) -> str:
    return reverse(f"surveys:{name}", args=[survey.people.organisation.slug, survey.session.pk])


def answer_many(campaign: Campaign, overalls: list[int], **more) -> None:
    """Answers with these overall marks; pace follows one under."""
    for mark in overalls:
        response = ResponseFactory(campaign=campaign, overall=Decimal(mark), **more)
        Answer.objects.create(response=response, question="pace", number=max(1, mark - 1))
        Answer.objects.create(response=response, question="conditions", choice="yes" if mark > 3 else "no")


def test_a_trainer_shows_the_code_of_their_own_session(survey):
    client = survey.people.client(survey.people.trainer)
    page = client.get(url("share", survey))
    text = page.content.decode()
    assert page.status_code == 200
    assert f"testserver/s/{survey.token}/" in text
    assert '<svg role="img"' in text
    assert "surveys:results" not in text
    assert "Voir les résultats" not in text


def test_a_trainer_does_not_see_the_session_of_another(survey):
    other = SessionFactory(organisation=survey.people.organisation, reference="S26-SECRET")
    client = survey.people.client(survey.people.trainer)
    page = client.get(reverse("surveys:share", args=[survey.people.organisation.slug, other.pk]))
    assert page.status_code == 404
    assert client.post(reverse("surveys:share", args=[survey.people.organisation.slug, other.pk])).status_code == 404
    assert list(Campaign.objects.filter(session=other)) == []
    assert client.get(url("results", survey)).status_code == 404


def test_the_first_post_opens_the_survey_and_a_get_does_not(people):
    session = SessionFactory(organisation=people.organisation, trainers=[people.trainer_record])
    client = people.client(people.trainer)
    address = reverse("surveys:share", args=[people.organisation.slug, session.pk])
    assert "L’enquête n’est pas encore ouverte" in client.get(address).content.decode()
    assert Campaign.objects.count() == 0
    assert client.post(address, {"action": "open"}).url == address
    campaign = Campaign.objects.get()
    assert (campaign.session, campaign.created_by) == (session, people.trainer)
    assert current_session_token(campaign) in client.get(address).content.decode()


def test_a_new_link_voids_the_former_one(survey):
    client = survey.people.client(survey.people.trainer)
    client.post(url("share", survey), {"action": "renew"})
    survey.campaign.refresh_from_db()
    assert survey.campaign.link_number == 2
    assert client.get(f"/s/{survey.token}/").status_code == 404
    assert client.get(f"/s/{current_session_token(survey.campaign)}/").status_code == 200


def test_results_say_the_mean_and_the_weakest_question(survey):
    answer_many(survey.campaign, [5, 5, 4, 4, 3], recommendation=9)
    ResponseFactory(campaign=survey.campaign, overall=Decimal(2), recommendation=3, comment="Trop rapide pour moi.")
    page = survey.people.client(survey.people.quality_manager).get(url("results", survey))
    text = page.content.decode()
    assert page.context["title"] == "Satisfaction 3,8 sur 5 ; le rythme est à revoir."
    assert page.context["results"].recommendation == 67
    assert "voix--basse" in text
    assert "Trop rapide pour moi." in text
    assert [(scale.key, scale.marks, scale.mean) for scale in page.context["results"].scales] == [
        ("overall", (0, 1, 1, 2, 2), Decimal("3.8")),
        ("pace", (0, 1, 2, 2, 0), Decimal("3.2")),
    ]
    assert [(row.key, row.choices) for row in page.context["results"].choices] == [
        ("conditions", (("Oui", 4), ("En partie", 0), ("Non", 1)))
    ]


def test_under_the_minimum_nothing_is_drawn(survey):
    answer_many(survey.campaign, [5, 1, 4, 4], comment="Reconnaissable")
    page = survey.people.client(survey.people.quality_manager).get(url("results", survey))
    text = page.content.decode()
    assert page.context["title"] == "4 réponses sont arrivées, masquées jusqu’à 5."
    assert page.context["results"].scales == ()
    assert page.context["results"].comments == ()
    assert "Reconnaissable" not in text
    assert "repart__q" not in text
    export = survey.people.client(survey.people.quality_manager).get(url("results", survey) + "?format=csv")
    assert "Reconnaissable" not in b"".join(export.streaming_content).decode()


def test_the_list_hides_the_mean_under_the_minimum(survey):
    answer_many(survey.campaign, [5, 5, 5, 5])
    second = SessionFactory(organisation=survey.people.organisation, reference="S26-042")
    EnrolmentFactory(session=second)
    answer_many(open_campaign(session=second, actor=None), [5, 4, 4, 4, 4])
    SessionFactory(organisation=survey.people.elsewhere, reference="S-AILLEURS")
    page = survey.people.client(survey.people.quality_manager).get(reverse("surveys:list", args=["fil-ouest"]))
    rows = {session.reference: (session.answers, session.enrolled, session.mean) for session in page.context["page"]}
    assert rows == {"S26-041": (4, 6, None), "S26-042": (5, 1, Decimal("4.2"))}
    assert page.context["title"] == "Les avis des stagiaires existent pour les 2 sessions terminées."
    assert "masqué jusqu’à 5" in page.content.decode()


def test_filters_live_in_the_address(survey):
    SessionFactory(organisation=survey.people.organisation, reference="S26-099")
    answer_many(survey.campaign, [5, 5, 5, 5, 5])
    client = survey.people.client(survey.people.quality_manager)
    address = reverse("surveys:list", args=["fil-ouest"])

    def found(query: str) -> list[str]:
        return [session.reference for session in client.get(f"{address}?{query}").context["page"]]

    assert found("answers=none") == ["S26-099"]
    assert found("answers=enough") == ["S26-041"]
    assert found("q=reunion+qui") == ["S26-041"]
    assert found(f"trainer={survey.people.trainer_record.pk}") == ["S26-041"]
    assert found("since=2020-01-01&up_to=2020-02-01") == []


def test_the_sessions_of_a_company_or_a_funder_lead_to_all_their_surveys(survey):
    organisation = survey.people.organisation
    sent = SessionFactory(organisation=organisation, reference="S26-098")
    paid = SessionFactory(organisation=organisation, reference="S26-099")
    company = CompanyFactory(organisation=organisation)
    EnrolmentFactory(session=sent, company=company, has_company=True)
    funding = FundingFactory(enrolment__session=paid)
    client = survey.people.client(survey.people.quality_manager)
    address = reverse("surveys:list", args=["fil-ouest"])

    for query, session in ((f"company={company.pk}", sent), (f"funder={funding.funder.pk}", paid)):
        page = client.get(f"{address}?{query}")
        assert list(page.context["page"]) == [session]
        assert reverse("surveys:session", args=["fil-ouest", session.pk]) in page.content.decode()


def count_queries(client, address, django_assert_num_queries, number) -> None:
    with django_assert_num_queries(number):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_list_asks_the_same_number_of_queries(people, django_assert_num_queries, sessions):
    for _ in range(sessions):
        session = SessionFactory(organisation=people.organisation, trainers=[people.trainer_record])
        EnrolmentFactory(session=session)
        answer_many(open_campaign(session=session, actor=None), [5, 4, 4, 4, 4])
    address = reverse("surveys:list", args=["fil-ouest"])
    count_queries(people.client(people.training_manager), address, django_assert_num_queries, 14)


@pytest.mark.parametrize("answers", [1, 3])
def test_the_results_ask_the_same_number_of_queries(survey, django_assert_num_queries, answers):
    answer_many(survey.campaign, [4] * 5 * answers, comment="Bien")
    count_queries(survey.people.client(survey.people.training_manager), url("results", survey), django_assert_num_queries, 16)


def test_papers_are_typed_in_one_go(survey):
    client = survey.people.client(survey.people.training_manager)
    lines = [{"overall": "5", "recommendation": "10", "conditions": "yes"}, {"pace": "2", "comment": "=1+1"}, {}]
    form = {"p-TOTAL_FORMS": "12", "p-INITIAL_FORMS": "0", "answered_on": "2026-09-08"}
    for place, line in enumerate(lines):
        form |= {f"p-{place}-{key}": value for key, value in line.items()}
    assert client.post(url("papers", survey), form).url == url("results", survey)
    kept = [(row.source, row.overall, row.recommendation, row.comment) for row in survey.campaign.responses.order_by("comment")]
    assert kept == [("paper", Decimal(5), 10, ""), ("paper", None, None, "=1+1")]


def test_a_wrong_paper_keeps_what_was_typed(survey):
    client = survey.people.client(survey.people.training_manager)
    form = {"p-TOTAL_FORMS": "12", "p-INITIAL_FORMS": "0", "p-0-overall": "7", "p-0-comment": "Mot gardé"}
    page = client.post(url("papers", survey), form)
    assert page.status_code == 422
    assert "Mot gardé" in page.content.decode()
    assert survey.campaign.responses.count() == 0


def test_a_closed_survey_takes_no_answer_and_says_so(survey):
    close_campaign(campaign=survey.campaign, actor=survey.people.training_manager)
    client = survey.people.client(None)
    page = client.get(f"/s/{survey.token}/")
    assert page.status_code == 410
    assert "Cette enquête est close." in page.content.decode()
    assert door(survey.token, today=survey.campaign.opened_on).state == "closed"
