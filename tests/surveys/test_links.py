"""What one finds behind a link, today and later."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from qualiopi.links import fingerprint
from tests.factories import InvitationFactory, ResponseFactory, SessionFactory
from trainings.surveys.links import invitation_token, link_expiry, session_token
from trainings.surveys.queries import current_session_token, door, room_left
from trainings.surveys.verbs import open_campaign, renew_link

pytestmark = pytest.mark.django_db


def personal(survey, **changes):
    """An invitation of the first person enrolled, and its token."""
    invitation = InvitationFactory(campaign=survey.campaign, enrolment=survey.enrolments[0])
    values = {"token_hash": fingerprint(invitation_token(invitation.pk)), "expires_on": timezone.localdate()} | changes
    type(invitation).objects.filter(pk=invitation.pk).update(**values)
    return invitation_token(invitation.pk)


def look(token: str, today=None) -> str | None:
    found = door(token, today=today or timezone.localdate())
    return found and found.state.value


def test_states_of_the_session_link(survey):
    last = link_expiry(survey.session.ends_on, survey.campaign.opened_on)
    assert look(survey.token) == "open"
    assert (look(survey.token, last), look(survey.token, last + timedelta(days=1))) == ("open", "expired")
    survey.campaign.closed_on = survey.campaign.opened_on
    survey.campaign.save()
    assert look(survey.token) == "closed"
    assert look("inconnu") is None


@pytest.mark.parametrize(
    ("changes", "closed", "state"),
    [
        ({}, False, "open"),
        ({"answered": True}, False, "used"),
        ({"answered": True}, True, "used"),
        ({}, True, "closed"),
        ({"expires_on": timezone.localdate() - timedelta(days=1)}, False, "expired"),
    ],
)
def test_states_of_a_personal_link(survey, changes, closed, state):
    token = personal(survey, **changes)
    if closed:
        survey.campaign.closed_on = survey.campaign.opened_on
        survey.campaign.save()
    assert look(token) == state


@pytest.mark.parametrize(("ends", "opened", "days"), [(0, 0, 120), (-30, 0, 120), (10, 0, 130), (None, 0, 120)])
def test_a_link_lasts_from_the_later_of_the_end_and_the_opening(settings, ends, opened, days):
    settings.SURVEY_LINK_DAYS = 120
    today = timezone.localdate()
    end = None if ends is None else today + timedelta(days=ends)
    assert link_expiry(end, today + timedelta(days=opened)) == today + timedelta(days=days)


def test_far_too_many_answers_stop_the_session_link(survey):
    assert room_left(survey.campaign) == 18
    ResponseFactory.create_batch(17, campaign=survey.campaign)
    ResponseFactory.create_batch(5, campaign=survey.campaign, source="paper")
    assert (room_left(survey.campaign), look(survey.token)) == (1, "open")
    ResponseFactory(campaign=survey.campaign)
    assert (room_left(survey.campaign), look(survey.token)) == (0, "full")
    assert look(personal(survey)) == "open"
    page = survey.people.client(survey.people.trainer).get(f"/o/fil-ouest/enquetes/{survey.session.pk}/partager/")
    assert "Ce lien a reçu bien plus de réponses" in page.content.decode()


def test_without_a_list_of_people_the_session_link_takes_sixty(people):
    campaign = open_campaign(session=SessionFactory(organisation=people.organisation), actor=None)
    assert room_left(campaign) == 60


def test_a_link_copied_by_hand_is_understood(survey):
    copied = survey.token.upper().replace("O", "0").replace("L", "1")
    assert door(copied, today=timezone.localdate()).campaign == survey.campaign
    assert Client().get(f"/s/{copied}/").status_code == 200


def test_only_the_fingerprint_of_a_link_is_stored(survey):
    token = personal(survey)
    dump = StringIO()
    call_command("dumpdata", "trainings", "qualiopi", stdout=dump)
    assert (survey.token in dump.getvalue(), token in dump.getvalue()) == (False, False)
    assert fingerprint(survey.token) in dump.getvalue()


def test_links_of_two_campaigns_numbers_and_keys_differ(survey):
    pk = survey.campaign.pk
    tokens = [session_token(pk, 1), session_token(pk, 2), invitation_token(pk), session_token(pk, 1, secret="autre")]
    assert len(set(tokens)) == 4
    assert [len(token) for token in tokens] == [16, 16, 24, 16]


def test_a_replaced_secret_key_keeps_the_links_until_it_is_forgotten(survey, settings):
    former = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "nouvelle-cle-des-tests-0123456789-abcdefghij-klmnop", [former]
    assert current_session_token(survey.campaign) == survey.token
    settings.SECRET_KEY_FALLBACKS = []
    assert current_session_token(survey.campaign) is None
    renewed = renew_link(campaign=survey.campaign, actor=None)
    assert look(current_session_token(renewed)) == "open"


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"answered": True}, 200, "Votre réponse est bien arrivée."),
        ({"expires_on": timezone.localdate() - timedelta(days=1)}, 410, "Ce lien n’est plus valable."),
    ],
)
def test_a_link_that_takes_no_answer_says_why(survey, changes, status, sentence):
    token = personal(survey, **changes)
    client = Client()
    for answer in (client.get(f"/s/{token}/"), client.post(f"/s/{token}/", {"overall": "5"})):
        assert answer.status_code == status
        assert sentence in answer.content.decode()
    assert survey.campaign.responses.count() == 0


def test_an_unknown_link_says_what_to_do_and_names_nobody(survey):
    for address in ("/s/abcdefgh/", "/s/abcdefgh/merci/"):
        page = Client().get(address)
        assert page.status_code == 404
        assert "Nous ne connaissons pas ce lien." in page.content.decode()
        assert "Ateliers" not in page.content.decode()
