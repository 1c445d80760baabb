"""Guessing a password is slow, and nobody can shut the owner out."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qualiopi.accounts import verbs
from qualiopi.accounts.models import Tries
from qualiopi.callers import household
from tests.at_once import at_once
from tests.factories import UserFactory
from tests.factories.qualiopi import PASSWORD

ADDRESS, RESET = "/compte/connexion/", "/compte/mot-de-passe/"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
WRONG = "un-mot-de-passe-faux"
WAIT = "Trop d’essais de suite. Attendez"
MISMATCH = "Cette adresse et ce mot de passe ne vont pas ensemble"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_proxy(settings):
    settings.TRUSTED_PROXY_COUNT = 1


@pytest.fixture(autouse=True)
def _time_stands_still(monkeypatch):
    """A slow machine lets no wait run out: time passes by `later` alone."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def owner():
    return UserFactory(email="maelle@exemple.fr")


def sign_in(email, password, *, address=HERE, browser=None):
    """What the page answers: « in », « wrong » or « wait »."""
    response = (browser or Client()).post(
        ADDRESS, {"login": email, "password": password}, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=address
    )
    if response.status_code == 302:
        return "in"
    page = response.content.decode()
    return {(True, False): "wait", (False, True): "wrong"}[(WAIT in page, MISMATCH in page)]


def later(seconds):
    """Let this time pass: the doors saw everything that much earlier."""
    for row in Tries.objects.all():
        if row.closed_until:
            row.closed_until -= timedelta(seconds=seconds)
        row.last_at -= timedelta(seconds=seconds)
        row.save()


def wrong_tries(times, email="maelle@exemple.fr", *, address=HERE):
    """So many wrong tries before now, each looked at because one waited long enough; nobody waits any more."""
    for _each in range(times):
        verbs.take_try(*verbs.sign_in_doors(email, address=household(address), browser=""))
        verbs.miss(email)
        later(60)


def test_six_wrong_tries_then_the_right_password_opens(owner):
    assert [sign_in(owner.email, WRONG) for _each in range(6)] == ["wrong"] * 6
    assert sign_in(owner.email, PASSWORD) == "in"


def test_forty_four_tries_of_one_close_nothing_for_another(owner):
    other = UserFactory(email="yann@exemple.fr")
    assert {sign_in(owner.email, WRONG, address=ELSEWHERE) for _each in range(44)} == {"wrong", "wait"}
    assert sign_in(owner.email, PASSWORD, address=HERE) == "in"
    assert sign_in(other.email, PASSWORD, address=HERE) == "in"


def test_forty_four_tries_of_one_close_nothing_for_a_colleague_behind_the_same_address(owner):
    other = UserFactory(email="yann@exemple.fr")
    assert {sign_in(owner.email, WRONG) for _each in range(44)} == {"wrong", "wait"}
    assert sign_in(other.email, PASSWORD) == "in"


def test_the_wait_doubles_up_to_a_minute_and_says_so(owner):
    wrong_tries(verbs.PERSON.free)
    waits = []
    for _each in range(7):
        before = timezone.now()
        assert sign_in(owner.email, WRONG) == "wrong"
        closed_until = (
            Tries.objects.filter(closed_until__gt=before).order_by("-closed_until").values_list("closed_until", flat=True)[0]
        )
        waits.append(round((closed_until - timezone.now()).total_seconds()))
        assert sign_in(owner.email, WRONG) == "wait"
        later(60)
    assert waits == [2, 4, 8, 16, 32, 60, 60]
    assert sign_in(owner.email, PASSWORD) == "in"


def test_what_is_tried_while_one_waits_is_not_looked_at_and_makes_the_wait_no_longer(owner):
    wrong_tries(verbs.PERSON.free)
    assert sign_in(owner.email, WRONG) == "wrong"
    closed = set(Tries.objects.values_list("key", "count", "closed_until"))
    assert {sign_in(owner.email, WRONG) for _each in range(10)} == {"wait"}
    assert sign_in(owner.email, PASSWORD) == "wait"
    assert set(Tries.objects.values_list("key", "count", "closed_until")) == closed
    later(2)
    assert sign_in(owner.email, PASSWORD) == "in"


def test_a_browser_the_owner_signed_in_from_waits_for_nobody(owner):
    mine = Client()
    assert sign_in(owner.email, PASSWORD, browser=mine) == "in"
    mine.post("/compte/deconnexion/")
    wrong_tries(20)
    assert [sign_in(owner.email, WRONG), sign_in(owner.email, PASSWORD)] == ["wrong", "wait"]
    assert sign_in(owner.email, PASSWORD, browser=mine) == "in"


def test_the_mark_of_a_browser_serves_one_account_and_cannot_be_made_up(owner):
    other = UserFactory(email="yann@exemple.fr")
    theirs = Client()
    sign_in(other.email, PASSWORD, browser=theirs)
    theirs.post("/compte/deconnexion/")
    (name,) = [name for name in theirs.cookies if name.startswith("known-")]
    forged = Client()
    forged.cookies[name] = "abc:def:ghi"
    wrong_tries(verbs.PERSON.free)
    wrong_tries(verbs.PERSON.free, other.email)
    assert [sign_in(each.email, WRONG) for each in (owner, other)] == ["wrong", "wrong"]
    assert sign_in(owner.email, PASSWORD, browser=theirs) == "wait"
    assert sign_in(other.email, PASSWORD, browser=forged) == "wait"
    assert sign_in(other.email, PASSWORD, browser=theirs) == "in"


def test_a_guesser_in_a_known_browser_waits_like_others(owner):
    shared = Client()
    sign_in(owner.email, PASSWORD, browser=shared)
    shared.post("/compte/deconnexion/")
    assert {sign_in(owner.email, WRONG, browser=shared) for _each in range(11)} == {"wrong", "wait"}


def test_the_link_of_a_forgotten_password_lets_in_past_every_wait(owner):
    wrong_tries(20)
    assert sign_in(owner.email, WRONG) == "wrong"
    browser = Client()
    browser.post(RESET, {"email": owner.email}, HTTP_X_FORWARDED_FOR=HERE)
    link = next(line for line in mail.outbox[-1].body.splitlines() if line.startswith("http"))
    form = browser.get(link, follow=True)
    new = "un-tout-autre-mot-de-passe"
    browser.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in(owner.email, new) == "wait"
    assert sign_in(owner.email, new, browser=browser) == "in"


def test_from_many_addresses_strangers_wait_sooner_and_the_owner_still_enters(owner):
    for number in range(10):
        wrong_tries(verbs.PERSON.free, address=f"198.51.100.{number}")
    assert [sign_in(owner.email, WRONG, address="192.0.2.1") for _each in range(3)] == ["wrong", "wrong", "wait"]
    assert sign_in(owner.email, PASSWORD, address=HERE) == "in"


def test_one_address_that_tries_many_accounts_waits(owner):
    for number in range(verbs.OFFICE.free):
        wrong_tries(1, f"personne{number}@exemple.fr")
    assert [sign_in(f"autre{number}@exemple.fr", WRONG) for number in range(2)] == ["wrong", "wait"]
    assert sign_in(owner.email, PASSWORD) == "wait"
    assert sign_in(owner.email, PASSWORD, address=ELSEWHERE) == "in"


def test_a_header_the_client_made_up_changes_nothing(owner, settings):
    answers = {sign_in(owner.email, WRONG, address=f"192.0.2.{number}, {HERE}") for number in range(12)}
    assert answers == {"wrong", "wait"}
    settings.TRUSTED_PROXY_COUNT = 0
    answers = {sign_in(owner.email, WRONG, address=f"192.0.2.{number}") for number in range(12)}
    assert answers == {"wrong", "wait"}


@pytest.mark.parametrize("typed", ["maelle@exemple.fr", " Maelle@Exemple.FR ", "MAELLE@EXEMPLE.FR"])
def test_an_address_typed_otherwise_is_the_same_account(owner, typed):
    wrong_tries(verbs.PERSON.free)
    assert [sign_in("maelle@exemple.fr", WRONG), sign_in(typed, PASSWORD)] == ["wrong", "wait"]


def test_known_and_unknown_addresses_are_answered_the_same(owner):
    def answers(email):
        client = Client()
        pages = []
        for _each in range(12):
            response = client.post(ADDRESS, {"login": email, "password": WRONG}, HTTP_X_FORWARDED_FOR=HERE)
            pages.append((response.status_code, response.content.decode().replace(email, "…")))
        return [(status, without_tokens(page)) for status, page in pages], sorted(client.cookies)

    def without_tokens(page):
        return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)

    assert answers(owner.email) == answers("personne@exemple.fr")


def test_known_and_unknown_addresses_cost_the_same_questions(owner):
    def questions(email):
        wrong_tries(verbs.TOLD_FROM - 2, email)
        costs = []
        for _each in range(2):
            with CaptureQueriesContext(connection) as asked:
                sign_in(email, WRONG)
            costs.append(Counter(query["sql"].split()[0] for query in asked))
        return costs

    assert questions("personne@exemple.fr") == questions(owner.email)


def test_a_closed_account_answers_as_one_that_does_not_exist(owner):
    owner.is_active = False
    owner.save()
    assert sign_in(owner.email, PASSWORD) == "wrong"


def test_the_owner_is_told_once_in_a_burst(owner):
    wrong_tries(verbs.TOLD_FROM - 1)
    assert mail.outbox == []
    for number in range(5):
        sign_in(owner.email, WRONG, address=f"192.0.2.{number}")
    (told,) = mail.outbox
    assert (told.to, told.subject) == ([owner.email], "Témoin : quelqu’un essaie d’ouvrir votre compte")
    assert "vient d’être donné faux 10 fois" in told.body
    assert "heure de Paris." in " ".join(told.body.split())
    assert "https://temoin.example/compte/mot-de-passe/" in told.body
    later(verbs.BURST.total_seconds())
    wrong_tries(verbs.TOLD_FROM - 1)
    assert sign_in(owner.email, WRONG) == "wrong"
    assert [each.to for each in mail.outbox] == [[owner.email]] * 2


def test_nobody_is_told_of_an_address_without_an_account():
    wrong_tries(verbs.TOLD_FROM - 1, "personne@exemple.fr")
    sign_in("personne@exemple.fr", WRONG)
    assert mail.outbox == []


def test_a_mail_server_that_is_down_changes_no_answer(owner, dead_postbox):
    wrong_tries(verbs.TOLD_FROM - 1)
    assert sign_in(owner.email, WRONG) == "wrong"


def test_tries_of_long_ago_are_forgotten_and_taken_away(owner):
    wrong_tries(verbs.PERSON.free + 3)
    later(verbs.PERSON.remembered.total_seconds())
    assert [sign_in(owner.email, WRONG) for _each in range(9)] == ["wrong"] * 9
    later(verbs.BURST.total_seconds() + 1)
    sign_in("personne@exemple.fr", WRONG, address=ELSEWHERE)
    keys = {"caller": "personne@exemple.fr", "account": "personne@exemple.fr", "address": ELSEWHERE}
    assert Tries.objects.count() == len(keys)


def test_links_are_not_sent_without_end_and_the_page_says_the_same(owner):
    pages = [Client().post(RESET, {"email": owner.email}, HTTP_X_FORWARDED_FOR=HERE).url for _each in range(6)]
    assert pages == [f"{RESET}envoye/"] * 6
    assert len(mail.outbox) == verbs.MESSAGES.free
    later(verbs.MESSAGES.first.total_seconds())
    Client().post(RESET, {"email": owner.email}, HTTP_X_FORWARDED_FOR=HERE)
    assert len(mail.outbox) == verbs.MESSAGES.free + 1


def test_asking_for_many_links_makes_one_wait(owner):
    for _each in range(verbs.OFFICE.free):
        verbs.take_try(*verbs.reset_doors(household(HERE)))
    page = Client().post(RESET, {"email": owner.email}, HTTP_X_FORWARDED_FOR=HERE)
    assert (page.status_code, WAIT in page.content.decode(), mail.outbox) == (200, True, [])


def test_the_present_password_is_not_guessed_fast(owner):
    client = Client()
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    new = "un-tout-autre-mot-de-passe"

    def change(present):
        return client.post("/compte/mot-de-passe/changer/", {"oldpassword": present, "password1": new, "password2": new})

    pages = [WAIT in change(WRONG).content.decode() for _each in range(11)]
    assert pages == [False] * 10 + [True]
    later(2)
    assert change(PASSWORD).status_code == 302
    owner.refresh_from_db()
    assert owner.check_password(new)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_on_several_connections_have_one_count(owner):
    doors = verbs.sign_in_doors(owner.email, address=HERE, browser="")
    verbs.take_try(*doors)
    answers = at_once(lambda _number: verbs.take_try(*doors), times=16)
    refused = [each for each in answers if isinstance(each, verbs.Patience)]
    assert (len(answers) - len(refused), len(refused)) == (verbs.PERSON.free - 1, 16 - verbs.PERSON.free + 1)
    assert set(Tries.objects.values_list("count", flat=True)) == {verbs.PERSON.free}


def test_the_owner_is_told_in_their_language(owner):
    owner.language = "en"
    owner.save()
    wrong_tries(verbs.TOLD_FROM - 1)
    sign_in(owner.email, WRONG)
    assert mail.outbox[0].subject == "Témoin: somebody is trying to open your account"
    assert "was just given wrong 10 times" in mail.outbox[0].body
