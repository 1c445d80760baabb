"""Every personal link opens the same page however its token is typed, and a token nobody knows opens none."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from qualiopi.links import fingerprint
from trainings.documents.links import sending_token
from trainings.documents.models import Sending
from trainings.documents.verbs import send
from trainings.people.links import current_token
from trainings.people.verbs import trainer_link
from trainings.sessions.models import LinkPurpose
from trainings.sessions.verbs import personal_link
from trainings.surveys.links import invitation_token
from trainings.surveys.queries import current_session_token


def document(world):
    send(documents=[world.document], actor=None)
    return "received:document", sending_token(Sending.objects.get().pk)


def invitation(world):
    token = invitation_token(world.asked.pk)
    type(world.asked).objects.update(token_hash=fingerprint(token))
    return "survey:start", token


LINKS = {
    "document": document,
    "survey": invitation,
    "session's survey": lambda w: ("survey:start", current_session_token(w.asked.campaign)),
    "questions before": lambda w: (
        "intake:start",
        personal_link(enrolment=w.anais, purpose=LinkPurpose.INTAKE, actor=None).token,
    ),
    "to sign": lambda w: ("sign:start", personal_link(enrolment=w.anais, purpose=LinkPurpose.ATTENDANCE, actor=None).token),
    "trainer's file": lambda w: ("drop:start", current_token(trainer_link(trainer=w.trainer, actor=None))),
}


def shown(view, token):
    """The page behind a token, without what each visit draws by lot and without the token itself."""
    answer = Client().get(reverse(view, args=[token]))
    page = re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"', "", answer.content.decode())
    return answer.status_code, page.replace(quote(token), "…")


@pytest.mark.parametrize("kind", LINKS)
def test_a_link_opens_in_capitals_and_with_the_figures_that_one_mistakes(world, kind):
    view, token = LINKS[kind](world)
    assert re.fullmatch(r"[a-z2-7]{16}|[a-z2-7]{24}", token)
    status, page = shown(view, token)
    typed = [token.upper(), token.capitalize(), token.replace("o", "0").replace("l", "1"), f" {token}"]
    assert (status, [shown(view, each) for each in typed]) == (200, [(200, page)] * 4)
    assert shown(view, token[::-1])[0] == 404
