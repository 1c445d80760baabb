"""The trainee's pages, as a phone without JavaScript sees them."""

from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from qualiopi.links import fingerprint
from tests.answers import on_one_line
from tests.factories import InvitationFactory, SessionFactory
from tests.surveys.conftest import GOOD
from trainings.surveys.models import Answer, Response
from trainings.surveys.phone import PROGRESS
from trainings.surveys.queries import current_session_token
from trainings.surveys.verbs import open_campaign

pytestmark = pytest.mark.django_db
PAGES = [["overall"], ["objectives"], ["pace"], ["trainer"], ["conditions"], ["recommendation", "comment"]]


def fill(client: Client, token: str, values: dict[str, str] = GOOD, *, lang: str = "fr") -> object:
    """Answer page after page; give back the last answer of the server."""
    response = None
    for number, keys in enumerate(PAGES, start=1):
        typed = {key: values[key] for key in keys if key in values}
        response = client.post(f"/s/{token}/?q={number}&lang={lang}", {**typed, "go": "next"})
    return response


def test_a_trainee_answers_from_the_session_link(survey):
    client = Client()
    first = client.get(f"/s/{survey.token}/")
    assert first.status_code == 200
    assert "Question 1 sur 6, encore 2 minutes" in first.content.decode()
    last = fill(client, survey.token)
    assert last.url == f"/s/{survey.token}/merci/?lang=fr"
    response = Response.objects.get()
    assert (response.overall, response.recommendation, response.comment) == (4, 9, "Un temps de reprise aiderait.")
    assert (response.source, response.language, response.campaign) == ("session_link", "fr", survey.campaign)
    answers = {row.question: (row.number, row.choice) for row in Answer.objects.all()}
    assert answers == {"objectives": (5, ""), "pace": (3, ""), "trainer": (5, ""), "conditions": (None, "partly")}
    assert "Merci, c’est envoyé." in client.get(last.url).content.decode()


def show(client: Client, token: str, query: str = "") -> str:
    return client.get(f"/s/{token}/{query}").content.decode()


def test_one_answers_once_from_a_device_unless_it_is_lent(survey):
    client = Client()
    fill(client, survey.token)
    assert "Une réponse est déjà partie de cet appareil." in show(client, survey.token)
    fill(client, survey.token)
    assert Response.objects.count() == 1
    lent = client.post(f"/s/{survey.token}/?lang=fr", {"go": "someone-else"})
    assert lent.url == f"/s/{survey.token}/?lang=fr"
    page = show(client, survey.token, "?q=3")
    assert "Question 1 sur 6" in page
    assert " checked" not in page
    fill(client, survey.token)
    assert Response.objects.count() == 2


def test_another_survey_is_open_to_the_same_device(survey):
    client = Client()
    fill(client, survey.token)
    other = current_session_token(open_campaign(session=SessionFactory(organisation=survey.people.organisation), actor=None))
    assert "Question 1 sur 6" in show(client, other)


def test_a_personal_link_leads_to_thanks_then_says_it_served(survey):
    InvitationFactory(
        campaign=survey.campaign,
        enrolment=survey.enrolments[0],
        token_hash=fingerprint("personnel"),
        expires_on=timezone.localdate(),
    )
    client = Client()
    last = fill(client, "personnel")
    page = client.get(last.url).content.decode()
    assert "Merci, c’est envoyé." in page
    assert "Une autre personne" not in page
    assert "Votre réponse est bien arrivée." in show(client, "personnel")
    assert "repondu" not in " ".join(client.cookies)


def test_thanks_are_only_for_who_answered(survey):
    assert Client().get(f"/s/{survey.token}/merci/").url == f"/s/{survey.token}/?lang=fr"


def test_a_missing_answer_is_asked_again_and_nothing_moves(survey):
    client = Client()
    answer = client.post(f"/s/{survey.token}/?q=1&lang=fr", {"go": "next"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choisissez une réponse pour continuer." in page
    assert 'aria-describedby="overall-aide overall-erreur"' in page
    assert PROGRESS not in client.cookies


def test_a_text_too_long_is_kept_and_told(survey):
    client = Client()
    fill(client, survey.token, GOOD | {"comment": "é" * 2001})
    assert Response.objects.count() == 0
    answer = client.post(f"/s/{survey.token}/?q=6&lang=fr", {"go": "next", "recommendation": "9", "comment": "é" * 2001})
    page = on_one_line(answer)
    assert "Votre texte compte 2001 signes" in page
    assert "é" * 2001 in page
    assert 'value="9" checked' in page


def test_a_text_that_the_phone_cannot_keep_is_not_lost_by_going_back(survey):
    client = Client()
    fill(client, survey.token, {key: value for key, value in GOOD.items() if key not in ("recommendation", "comment")})
    odd = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(1900))
    answer = client.post(f"/s/{survey.token}/?q=6&lang=fr", {"go": "back", "comment": odd})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Votre texte est trop long pour changer de page sans le perdre." in page
    assert odd in page


def test_going_back_keeps_what_was_answered(survey):
    client = Client()
    client.post(f"/s/{survey.token}/?q=1&lang=fr", {"overall": "4", "go": "next"})
    back = client.post(f"/s/{survey.token}/?q=2&lang=fr", {"objectives": "2", "go": "back"})
    assert back.url == f"/s/{survey.token}/?q=1&lang=fr"
    assert 'value="4" checked' in on_one_line(client.get(back.url))
    assert 'value="2" checked' in on_one_line(show(client, survey.token, "?q=2"))
    restart = client.post(f"/s/{survey.token}/?q=1&lang=fr", {"go": "restart"})
    assert " checked" not in client.get(restart.url).content.decode()


def test_one_does_not_jump_over_a_question(survey):
    client = Client()
    assert "Question 1 sur 6" in show(client, survey.token, "?q=5")
    client.post(f"/s/{survey.token}/?q=1&lang=fr", {"overall": "4", "go": "next"})
    assert "Question 2 sur 6" in show(client, survey.token, "?q=5")
    assert "Question 1 sur 6" in show(client, survey.token, "?q=x")


def test_a_question_may_be_passed_but_not_the_first(survey):
    client = Client()
    assert client.post(f"/s/{survey.token}/?q=1", {"go": "pass"}).status_code == 422
    client.post(f"/s/{survey.token}/?q=1", {"overall": "4", "go": "next"})
    for number in range(2, 6):
        client.post(f"/s/{survey.token}/?q={number}", {"go": "pass", "pace": "3"})
    client.post(f"/s/{survey.token}/?q=6", {"go": "next", "recommendation": "0"})
    assert [(row.overall, row.recommendation) for row in Response.objects.all()] == [(4, 0)]
    assert Answer.objects.count() == 0


def test_the_language_is_kept_and_what_was_typed_too(survey):
    client = Client()
    change = client.post(f"/s/{survey.token}/?q=1&lang=fr", {"overall": "5", "go": "lang-en"})
    assert change.url == f"/s/{survey.token}/?q=1&lang=en"
    page = on_one_line(client.get(change.url))
    assert '<html lang="en"' in page
    assert "Did the course meet your expectations?" in page
    assert "Question 1 of 6, 2 minutes left" in page
    assert 'value="5" checked' in page
    last = fill(client, survey.token, lang="en")
    assert last.url == f"/s/{survey.token}/merci/?lang=en"
    assert "Thank you, it is sent." in client.get(last.url).content.decode()
    assert Response.objects.get().language == "en"


def test_the_language_of_the_browser_comes_first(survey):
    page = Client().get(f"/s/{survey.token}/", headers={"accept-language": "en-GB,en"}).content.decode()
    assert "Did the course meet your expectations?" in page
    assert '<html lang="en"' in page


@pytest.mark.parametrize("lang", ["de", "", "fr\r\nSet-Cookie: x=1"])
def test_an_odd_language_is_ours(survey, lang):
    answer = Client().post(f"/s/{survey.token}/", {"overall": "4", "go": "next"}, query_params={"lang": lang})
    assert answer.url == f"/s/{survey.token}/?q=2&lang=fr"


def test_cookies_hold_no_name_and_stay_on_the_survey(survey):
    client = Client()
    client.post(f"/s/{survey.token}/?q=1", {"overall": "4", "go": "next"})
    kept = client.cookies[PROGRESS]
    assert (kept["path"], kept["httponly"], kept["samesite"]) == (f"/s/{survey.token}/", True, "Lax")
    content = signing.loads(kept.value, salt=f"trainings.surveys.phone.{fingerprint(survey.token)}")
    assert sorted(content) == ["given", "once", "passed"]
    assert (content["given"], content["passed"]) == ({"overall": "4"}, [])
    fill(client, survey.token)
    assert client.cookies[PROGRESS].value == ""


@pytest.mark.parametrize(
    "forged",
    ["", "x", "eyJhIjoxfQ:1abc:forged", signing.dumps({"given": {}}, salt="ailleurs")],
    ids=["empty", "noise", "unsigned", "signed for something else"],
)
def test_a_forged_cookie_is_a_fresh_start(survey, forged):
    client = Client()
    client.cookies[PROGRESS] = forged
    assert "Question 1 sur 6" in show(client, survey.token, "?q=4")


def test_reading_writes_nothing_and_is_not_kept_by_the_browser(survey, django_assert_num_queries):
    client = Client()
    with django_assert_num_queries(3):
        answer = client.get(f"/s/{survey.token}/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "sessionid" not in client.cookies
    assert Response.objects.count() == 0
