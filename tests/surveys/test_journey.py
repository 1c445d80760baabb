"""The survey in a real browser: a phone, the keyboard alone, without JavaScript, at three widths, in two languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.factories import ResponseFactory
from tests.harness.browser import assert_accessible, assert_fits, assert_good_at_all_widths
from trainings.surveys.models import Answer, Response
from trainings.surveys.queries import current_session_token

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = {"fr": ("Continuer", "Envoyer ma réponse"), "en": ("Continue", "Send my answer")}


@pytest.mark.parametrize(("language", "thanks"), [("fr", "Merci, c’est envoyé."), ("en", "Thank you, it is sent.")])
def test_a_trainee_answers_on_a_phone_without_javascript(survey, open_page, language, thanks):
    page = open_page(width=360, language=language, javascript=False, phone=True)
    page.goto(f"/s/{survey.token}/")
    go_on, send = SEND[language]
    for place in range(5):
        page.locator(".choix__liste label").nth(min(place, 2)).click()
        page.get_by_role("button", name=go_on, exact=True).click()
    page.get_by_role("radio", name="9", exact=True).check()
    page.locator("textarea").fill("Très utile.")
    page.get_by_role("button", name=send).click()
    page.get_by_role("heading", level=1, name=thanks).wait_for()
    assert page.locator("html").get_attribute("lang") == language
    kept = Response.objects.get()
    assert (kept.overall, kept.recommendation, kept.comment, kept.language) == (5, 9, "Très utile.", language)
    assert {answer.question: answer.number or answer.choice for answer in kept.answers.all()} == {
        "objectives": 4,
        "pace": 3,
        "trainer": 3,
        "conditions": "no",
    }


def test_the_keyboard_alone_is_enough(survey, open_page):
    page = open_page(width=768)
    page.goto(f"/s/{survey.token}/")
    for _ in range(5):
        page.locator("input[type=radio]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Au clavier.")
    for _ in range(20):
        if page.evaluate("document.activeElement.textContent.trim()") == "Envoyer ma réponse":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Merci, c’est envoyé.").wait_for()
    kept = Response.objects.get()
    assert (kept.overall, kept.recommendation, kept.comment) == (4, 8, "Au clavier.")
    assert sorted(Answer.objects.values_list("choice", flat=True)) == ["", "", "", "partly"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_the_trainee_is_accessible(survey, open_page, language):
    page = open_page(width=360, language=language)
    go_on, send = SEND[language]
    check = assert_good_at_all_widths if language == "fr" else assert_accessible
    page.goto("/s/inconnu/")
    check(page)
    page.goto(f"/s/{survey.token}/")
    page.get_by_role("button", name=go_on, exact=True).click()
    page.get_by_role("alert").wait_for()
    check(page)
    for place in range(6):
        page.locator("summary").click()
        if place in (0, 4, 5):
            check(page)
        page.locator(".choix label").first.click()
        page.get_by_role("button", name=send if place == 5 else go_on, exact=True).click()
    page.wait_for_url("**/merci/**")
    check(page)
    page.goto(f"/s/{survey.token}/")
    check(page)
    assert_fits(page)


def test_the_pages_of_the_team_are_accessible(survey, open_page):
    for mark in (5, 4, 4, 3, 2):
        response = ResponseFactory(campaign=survey.campaign, overall=Decimal(mark), comment="Un mot.", recommendation=mark * 2)
        Answer.objects.create(response=response, question="pace", number=mark)
        Answer.objects.create(response=response, question="conditions", choice="yes")
    page = open_page(user=survey.people.training_manager)
    base = f"/o/fil-ouest/enquetes/{survey.session.pk}/"
    for address in ("/o/fil-ouest/enquetes/", base, f"{base}partager/", f"{base}papiers/"):
        page.goto(address)
        assert_good_at_all_widths(page)
    page.goto(base)
    page.get_by_text("Lire les chiffres").click()
    assert page.get_by_role("table", name="Nombre de réponses par note").get_by_role("row").count() == 3
    assert_accessible(page)


def test_a_trainer_shows_a_code_that_leads_to_the_survey(survey, open_page):
    page = open_page(user=survey.people.trainer, width=1440)
    page.goto(f"/o/fil-ouest/enquetes/{survey.session.pk}/partager/")
    box = page.get_by_role("img", name="QR code de l’enquête").bounding_box()
    assert min(box["width"], box["height"]) >= 400
    assert "0 réponse sur 6" in page.locator("#compte").inner_text().replace("\n", " ")
    page.get_by_text("Remplacer ce lien").click()
    page.get_by_role("button", name="Faire un nouveau lien").click()
    survey.campaign.refresh_from_db()
    link = page.locator(".partage__lien a").get_attribute("href")
    assert link.endswith(f"/s/{current_session_token(survey.campaign)}/")
    page.set_viewport_size({"width": 360, "height": 740})
    assert_fits(page)
    page.goto(link)
    page.get_by_role("heading", level=1, name="Votre avis sur la formation").wait_for()
    assert page.title() == "Votre avis sur la formation, question 1 sur 6"


def test_the_count_moves_by_itself_and_is_the_same_as_a_fresh_page(survey, open_page):
    page = open_page(user=survey.people.trainer)
    page.goto(f"/o/fil-ouest/enquetes/{survey.session.pk}/partager/")
    ResponseFactory.create_batch(2, campaign=survey.campaign)
    page.evaluate("htmx.ajax('GET', location.pathname, {target: '#compte', swap: 'outerHTML'})")
    page.get_by_text("2 réponses sur 6").wait_for()
    swapped = page.locator("#compte").inner_text()
    page.reload()
    assert page.locator("#compte").inner_text() == swapped


def test_papers_are_typed_with_the_keyboard(survey, open_page):
    page = open_page(user=survey.people.training_manager)
    page.goto(f"/o/fil-ouest/enquetes/{survey.session.pk}/papiers/")
    page.get_by_label("Papier 1, La formation a répondu à mes attentes").focus()
    for key in ("4", "5", "3", "5"):
        page.keyboard.type(key)
        page.keyboard.press("Tab")
    page.keyboard.type("O")
    page.keyboard.press("Tab")
    page.keyboard.type("9")
    page.keyboard.press("Tab")
    page.keyboard.type("Bien.")
    page.keyboard.press("Enter")
    page.get_by_text("Une réponse est enregistrée.").wait_for()
    kept = Response.objects.get()
    assert (kept.overall, kept.recommendation, kept.comment, kept.source) == (4, 9, "Bien.", "paper")
    assert kept.answers.get(question="conditions").choice == "yes"
