"""A button pressed or a form sent after the session ended: nothing is done, nothing is lost, and every address answers with a page."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qualiopi.accounts.browsers import owner_mark
from qualiopi.organisations import kept
from qualiopi.organisations.models import Member
from tests import cast as standing
from tests.factories import UserFactory
from tests.factories.qualiopi import PASSWORD
from tests.harness.worlds import shared
from tests.policy.test_matrix import tenant_addresses
from tests.policy.world import furnish, state

INVITE = "/o/fil-ouest/reglages/membres/inviter/"
TYPED = {"email": "nolwenn@exemple.fr", "full_name": "Nolwenn L’Été <&>", "role": "trainer", "until": "", "language": "fr"}
SAID = "Votre session s’était fermée : rien n’a été enregistré."


def furnished():
    """The cast, and one object of each kind."""
    cast = standing.gather()
    return cast, furnish(cast.organisation, "Marqueouest", trainer=cast.trainer_record)


world = shared(furnished)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(world):
    return world[0]


def sign_in(browser, user, **where):
    return browser.post("/compte/connexion/", {"login": user.email, "password": PASSWORD, **where}, follow=bool(where))


def known(user):
    """A browser in which this person signed in through the page."""
    browser = Client()
    sign_in(browser, user)
    return browser


def lose_session(browser):
    """The session ends on the server, and its cookie in the browser."""
    Session.objects.all().delete()
    del browser.cookies["sessionid"]


def data_of(page):
    """What the page gives its script; None when nothing is kept."""
    found = re.search(r'<script id="kept-form" type="application/json">(.*?)</script>', page.content.decode(), re.DOTALL)
    return json.loads(found[1]) if found else None


def test_every_address_that_only_a_button_serves_answers_with_a_page_that_leads_back(world):
    cast, sample = world
    browser = cast.client(cast.network_head)
    served, silent = 0, []
    for address in tenant_addresses():
        response = browser.get(address.url(sample))
        if response.status_code != 405:
            continue
        served += 1
        page = response.content.decode()
        back = re.search(r'<a class="btn btn-primary" href="([^"]+)"', page)
        said = "Cette adresse sert à un bouton" in page and "POST" in response["Allow"]
        if not said or back is None or browser.get(back[1], follow=True).status_code not in (200, 405):
            silent.append(address.name)
    assert silent == []
    assert served > 20


def test_every_button_pressed_after_the_session_ended_leads_back_to_its_page_and_does_nothing(world):
    cast, sample = world
    browser = known(cast.network_head)
    session, before = browser.cookies["sessionid"].value, state()
    wrong = []
    for address in tenant_addresses():
        if address.policy.writes:
            browser.cookies["sessionid"] = ""
            url = address.url(sample)
            response = browser.post(url, {"text": "Saisi"}, headers={"referer": "http://testserver/o/fil-ouest/?d=1"})
            if (response.status_code, response.url) != (302, "/compte/connexion/?next=/o/fil-ouest/%3Fd%3D1"):
                wrong.append(address.name)
    assert wrong == []
    browser.cookies["sessionid"] = session
    assert state() == before


def test_what_was_typed_is_shown_again_after_signing_in_and_goes_with_its_sending(cast):
    browser = known(cast.quality_manager)
    lose_session(browser)
    sent = browser.post(INVITE, TYPED, headers={"referer": f"http://testserver{INVITE}?role=trainer"})
    assert sent.url == f"/compte/connexion/?next={INVITE}%3Frole%3Dtrainer"
    assert data_of(browser.get("/compte/connexion/")) is None
    page = sign_in(browser, cast.quality_manager, next=f"{INVITE}?role=trainer")
    assert page.redirect_chain[-1][0] == f"{INVITE}?role=trainer"
    assert SAID in page.content.decode()
    assert data_of(page) == {"action": INVITE, "fields": {name: [value] for name, value in TYPED.items()}}
    assert "Nolwenn L’Été &lt;&amp;&gt;</li>" in page.content.decode()
    assert not Member.objects.for_organisation(cast.organisation).filter(user__email=TYPED["email"]).exists()
    assert data_of(browser.get("/o/fil-ouest/reglages/")) is None
    assert data_of(browser.get(INVITE)) is not None
    assert browser.post(INVITE, TYPED).status_code == 302
    assert Member.objects.for_organisation(cast.organisation).filter(user__email=TYPED["email"]).count() == 1
    assert data_of(browser.get(INVITE)) is None


def test_a_form_without_its_page_comes_back_to_its_own_address(cast):
    browser = known(cast.quality_manager)
    lose_session(browser)
    for referer in ({}, {"referer": "https://ailleurs.example/o/fil-ouest/"}):
        assert browser.post(INVITE, TYPED, headers=referer).url == f"/compte/connexion/?next={INVITE}"
    member = Member.objects.for_organisation(cast.organisation).get(user=cast.trainer)
    button = reverse("organisations:end_member", args=["fil-ouest", member.pk])
    assert browser.post(button).url == f"/compte/connexion/?next={button}"
    page = sign_in(browser, cast.quality_manager, next=button)
    assert page.status_code == 405
    assert SAID in page.content.decode()
    assert f'href="/o/fil-ouest/reglages/membres/{member.pk}/"' in page.content.decode()
    member.refresh_from_db()
    assert member.is_open()


def test_only_its_author_sees_it_again(cast):
    browser = known(cast.quality_manager)
    lose_session(browser)
    browser.post(INVITE, TYPED)
    page = sign_in(browser, cast.network_head, next=INVITE)
    assert (page.status_code, data_of(page), SAID in page.content.decode()) == (200, None, False)
    assert kept.NAME not in browser.session
    assert data_of(sign_in(browser, cast.quality_manager, next=INVITE)) is None


def test_nothing_is_kept_in_a_browser_where_nobody_signed_in(cast):
    browser = Client()
    browser.post(INVITE, TYPED)
    assert Session.objects.count() == 0
    browser.cookies["last-account"] = owner_mark(cast.quality_manager.email)
    browser.post(INVITE, TYPED)
    assert Session.objects.count() == 0


def test_it_is_forgotten_after_an_hour_and_on_request(cast, monkeypatch):
    browser = known(cast.quality_manager)
    for forget in (True, False):
        lose_session(browser)
        began = timezone.now()
        browser.post(INVITE, TYPED)
        assert began <= Session.objects.get().expire_date - timedelta(hours=1) <= timezone.now()
        assert data_of(sign_in(browser, cast.quality_manager, next=INVITE)) is not None
        if forget:
            assert browser.get("/saisie-oubliee/").status_code == 405
            assert browser.post("/saisie-oubliee/", {"next": INVITE}).url == INVITE
            assert browser.post("/saisie-oubliee/", {"next": "https://ailleurs.example/"}).url == "/"
        else:
            monkeypatch.setattr(kept, "LIFE", timedelta(0))
        assert data_of(browser.get(INVITE)) is None
        assert kept.NAME not in browser.session


def test_passwords_files_and_endless_texts_are_not_kept(cast, settings):
    browser = known(cast.quality_manager)
    lose_session(browser)
    browser.post("/compte/mot-de-passe/changer/", {"oldpassword": PASSWORD, "password1": "neuf", "password2": "neuf"})
    assert browser.session[kept.NAME]["fields"] == {}
    with open(__file__, "rb") as file:
        browser.post("/o/fil-ouest/preuves/deposer/", {"title": "Organigramme", "file": file})
    assert (browser.session[kept.NAME]["fields"], browser.session[kept.NAME]["files"]) == (
        {"title": ["Organigramme"]},
        ["test_lost_sessions.py"],
    )
    browser.post(INVITE, {"full_name": "N" * kept.LONGEST})
    assert (browser.session[kept.NAME]["fields"], browser.session[kept.NAME]["too_long"]) == ({}, True)
    page = sign_in(browser, cast.quality_manager, next=INVITE)
    assert "Ce que vous aviez saisi était trop long pour être gardé." in page.content.decode()


def test_a_page_left_open_while_somebody_signed_in_again_keeps_what_was_typed(cast):
    browser = known(cast.quality_manager)
    browser.handler.enforce_csrf_checks = True
    sent = browser.post(INVITE, TYPED, headers={"origin": "http://testserver", "referer": f"http://testserver{INVITE}"})
    assert (sent.status_code, sent.url) == (302, INVITE)
    page = browser.get(INVITE)
    assert data_of(page) == {"action": INVITE, "fields": {name: [value] for name, value in TYPED.items()}}
    assert not Member.objects.for_organisation(cast.organisation).filter(user__email=TYPED["email"]).exists()


@pytest.mark.parametrize("headers", [{}, {"origin": "https://ailleurs.example"}, {"origin": "null"}])
def test_what_another_site_sends_is_neither_done_nor_kept(cast, headers):
    browser = known(cast.quality_manager)
    browser.handler.enforce_csrf_checks = True
    assert browser.post(INVITE, TYPED, headers=headers).status_code == 403
    assert kept.NAME not in browser.session
    lose_session(browser)
    assert browser.post(INVITE, TYPED, headers=headers).status_code == 403
    assert Session.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_part_of_a_page_that_asks_for_itself_leads_the_whole_page_to_the_sign_in(cast, method):
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/o/fil-ouest/indicateurs/?q=1"}
    headers["referer"] = headers["hx-current-url"]
    response = getattr(Client(), method)("/o/fil-ouest/reglages/profil/", headers=headers)
    assert response["HX-Redirect"] == "/compte/connexion/?next=/o/fil-ouest/indicateurs/%3Fq%3D1"


def test_a_page_that_only_shows_refuses_what_is_sent_in_a_page(cast):
    response = cast.client(UserFactory()).post("/")
    assert (response.status_code, "Cette page se lit, et ne reçoit rien." in response.content.decode()) == (405, True)
