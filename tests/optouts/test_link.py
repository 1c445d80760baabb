"""The link of a message: what it shows, what a button and a mail reader do, what it never does."""

import re

import pytest
from django.test import Client

from qualiopi.journal.models import Entry
from qualiopi.links import fingerprint
from qualiopi.optouts.links import choice_token
from qualiopi.optouts.models import MailChoice
from qualiopi.optouts.verbs import choice_of
from tests.factories import OrganisationFactory

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def choice(db):
    return choice_of(organisation_id=OrganisationFactory(name="Fil Ouest").pk, email="Anais@Exemple.fr")


@pytest.fixture
def link(choice):
    return f"/m/{choice_token(choice.pk)}/"


def refused(choice):
    choice.refresh_from_db()
    return choice.refused_at is not None


def test_only_the_fingerprint_of_its_token_is_kept(choice):
    assert (choice.email, choice.token_hash) == ("anais@exemple.fr", fingerprint(choice_token(choice.pk)))


def test_opening_the_link_changes_nothing(choice, link):
    """Mail scanners open the links of every message."""
    for method in (Client().get, Client().head, Client().options):
        method(link)
    page = Client().get(link)
    assert (page.status_code, refused(choice), Entry.objects.count()) == (200, False, 0)
    assert "Fil Ouest n’enverra plus d’enquêtes ni de relances à anais@exemple.fr." in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0")


def test_the_button_refuses_and_takes_again(choice, link):
    browser = Client()
    for action, said, state in (
        ("refuse", "Fil Ouest n’envoie plus d’enquêtes ni de relances à anais@exemple.fr.", True),
        ("refuse", "Fil Ouest n’envoie plus d’enquêtes ni de relances à anais@exemple.fr.", True),
        ("take_again", "Fil Ouest n’enverra plus d’enquêtes ni de relances à anais@exemple.fr.", False),
    ):
        page = browser.post(link, {"action": action}, follow=True)
        assert (page.redirect_chain, refused(choice)) == ([(link, 302)], state)
        assert said in page.content.decode()
    lines = Entry.objects.order_by("pk").values_list("verb", "actor", "object_label")
    assert list(lines) == [("mail.refused", None, "anais@exemple.fr"), ("mail.taken_again", None, "anais@exemple.fr")]


def test_a_mail_reader_refuses_by_itself_without_cookie_nor_redirection(choice, link):
    """RFC 8058, 3.2: one POST, whose answer is no redirection; both ways of sending a form."""
    stranger = Client(enforce_csrf_checks=True)
    first = stranger.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (first.status_code, refused(choice)) == (200, True)
    MailChoice.objects.update(refused_at=None)
    second = stranger.post(link, ONE_CLICK)
    assert (second.status_code, refused(choice)) == (200, True)


@pytest.mark.parametrize("data", [{}, {"action": "autre"}, {"List-Unsubscribe": "autre"}])
def test_what_says_nothing_changes_nothing(choice, link, data):
    assert Client().post(link, data).status_code == 302
    assert not refused(choice)


def test_a_token_that_nobody_knows_tells_nothing(choice):
    for method in (Client().get, Client().post):
        page = method("/m/aaaaaaaaaaaaaaaaaaaaaaaa/")
        assert (page.status_code, "Fil Ouest" in page.content.decode(), refused(choice)) == (404, False, False)


def test_the_page_is_in_english_for_who_reads_it(link):
    page = Client().get(f"{link}?lang=en").content.decode()
    assert '<html lang="en">' in page
    assert "Fil Ouest will send no more surveys or reminders to anais@exemple.fr." in page
    assert "Stop receiving these messages?" in page
    assert not re.search(r"Ne plus|relances|Ce qui vous est dû", page)


def test_the_button_keeps_the_language(link):
    answer = Client().post(f"{link}?lang=en", {"action": "refuse"})
    assert answer.url == f"{link}?lang=en"


def test_a_choice_whose_secret_key_is_gone_gets_a_link_that_works(choice, settings):
    settings.SECRET_KEY = "une autre clé, plus tard"
    again = choice_of(organisation_id=choice.organisation_id, email="ANAIS@exemple.fr")
    assert again.pk == choice.pk
    assert Client().get(f"/m/{choice_token(again.pk)}/").status_code == 200
