"""The trainee's pages, as a phone without JavaScript sees them."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.surveys.conftest import GOOD
from trainings.surveys.models import Answer, Response

PAGES = [["overall"], ["objectives"], ["pace"], ["trainer"], ["conditions"], ["recommendation", "comment"]]


def fill(client: Client, token: str, values: dict[str, str] = GOOD, *, lang: str = "fr") -> object:
    """Answer page after page; give back the last answer of the server."""
    response = None
    for number, keys in enumerate(PAGES, start=1):
        typed = {key: values[key] for key in keys if key in values}
        response = client.post(f"/s/{token}/?q={number}&lang={lang}", {**typed, "go": "next"})
    return response


@pytest.mark.django_db
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
