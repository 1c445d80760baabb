"""Without any account, the first page opens the first organisation with a code that only the server's log tells."""

import re
from collections import Counter

import pytest
from django.contrib.auth import get_user
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from qualiopi.accounts.models import Tries, User
from qualiopi.accounts.opening import nobody_yet, opening_code
from qualiopi.journal.models import Entry
from qualiopi.organisations.models import Member, Organisation
from qualiopi.organisations.verbs import open_first_organisation
from qualiopi.organisations.verbs.opening import free_address
from tests.accounts.test_sign_in import later
from tests.at_once import at_once
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
FIRST = "/premier-organisme/"
PHRASE = "une phrase longue et facile"


def typed(**changes):
    """What somebody types on the page."""
    told = {"code": opening_code(), "name": "Ateliers du Fil Nord", "full_name": "Maëlle Kerdraon", "email": "Maelle@exemple.fr"}
    return {**told, "password": PHRASE, **changes}


def read_in_log(caplog):
    """The codes that the server's log tells."""
    return re.findall(r"le code est (\S+)", caplog.text)


def test_the_first_page_served_offers_it_and_the_log_tells_the_code(caplog):
    page = Client().get("/", follow=True)
    assert [address for address, _status in page.redirect_chain] == ["/compte/connexion/?next=/", FIRST]
    assert "Ouvrez le premier organisme" in page.content.decode()
    assert read_in_log(caplog) == [opening_code()]
    assert opening_code() not in page.content.decode()


def test_who_gives_the_code_is_in(caplog):
    browser = Client()
    browser.get(FIRST)
    (code,) = read_in_log(caplog)
    sent = browser.post(FIRST, typed(code=f" {code.lower().replace('-', ' ')} "))
    assert (sent.status_code, sent.url) == (302, "/o/ateliers-du-fil-nord/entrer/")
    user = User.objects.get()
    assert (get_user(browser), user.email, user.is_superuser, user.check_password(PHRASE)) == (
        user,
        "maelle@exemple.fr",
        False,
        True,
    )
    member = Member._base_manager.get()
    assert (member.user, member.organisation.name, member.role) == (user, "Ateliers du Fil Nord", "quality_manager")
    verbs = Entry.objects.filter(organisation_id=member.organisation_id).order_by("id").values_list("verb", "actor_name")
    assert list(verbs) == [
        ("organisation.created", "Maëlle Kerdraon"),
        ("account.created", "Maëlle Kerdraon"),
        ("member.added", "Maëlle Kerdraon"),
    ]


def test_an_organisation_that_a_command_opened_under_this_name_is_the_one():
    call_command("create_organisation", "nord", "--name", "Ateliers du Fil Nord")
    assert Client().post(FIRST, typed(name="ateliers du fil nord")).url == "/o/nord/entrer/"
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "AAAAA-AAAAA"}, "Ce n’est pas le code"),
        ({"code": ""}, "Ce champ est obligatoire."),
        ({"name": ""}, "Ce champ est obligatoire."),
        ({"email": "maelle"}, "Saisissez une adresse de courriel valide."),
        ({"password": "court"}, "au minimum 12"),
        ({"password": "password1234"}, "trop courant"),
    ],
)
def test_what_is_odd_opens_nothing_and_is_said(changes, sentence):
    page = Client().post(FIRST, typed(**changes))
    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert (User.objects.count(), Organisation.objects.count(), nobody_yet()) == (0, 0, True)


def test_guessing_the_code_is_slowed_as_signing_in_is(monkeypatch):
    # A slow machine lets no wait run out: time passes by `later` alone.
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    for _each in range(10):
        assert "Ce n’est pas le code" in Client().post(FIRST, typed(code="AAAAA-AAAAA")).content.decode()
    assert "Trop d’essais de suite. Attendez" in Client().post(FIRST, typed()).content.decode()
    assert User.objects.count() == 0
    later(60)
    assert Client().post(FIRST, typed()).status_code == 302
    assert set(Tries.objects.values_list("closed_until", flat=True)) == {None}


@pytest.mark.parametrize("method", ["get", "post"])
def test_once_there_is_an_account_the_page_is_gone(method, caplog):
    code = opening_code()
    user = UserFactory()
    stranger, owner = Client(), Client()
    owner.force_login(user)
    assert getattr(stranger, method)(FIRST, typed(code=code)).url == "/compte/connexion/"
    assert getattr(owner, method)(FIRST, typed(code=code)).url == "/"
    assert (User.objects.count(), read_in_log(caplog)) == (1, [])
    assert "Connectez-vous" in stranger.get("/", follow=True).content.decode()


def test_another_database_or_another_secret_has_another_code(settings):
    before = opening_code()
    assert re.fullmatch(r"[2-9A-Z]{5}-[2-9A-Z]{5}", before)
    assert before == opening_code()
    settings.SECRET_KEY = "une autre clé, d’un autre serveur, assez longue pour servir"
    assert opening_code() != before


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_the_code_at_once_one_opens():
    def give(number):
        who = f"qui{number}@exemple.fr"
        return open_first_organisation(name=f"Organisme {number}", full_name="Qui", email=who, password=PHRASE)

    assert Counter(type(answer) for answer in at_once(give, times=3)) == {Member: 1, ValidationError: 2}
    assert (User.objects.count(), Organisation.objects.count(), Member._base_manager.count()) == (1, 1, 1)


def test_a_superuser_without_organisation_is_told_what_to_do_and_opens_one():
    call_command("createsuperuser", "--noinput", "--email", "racine@exemple.fr", "--full_name", "Racine Serveur")
    root = User.objects.get()
    browser = Client()
    browser.force_login(root)
    page = browser.get("/").content.decode()
    assert "Ce compte tient le serveur et n’a encore accès à aucun organisme." in page
    assert "manage.py invite_manager ADRESSE ADRESSE-E-MAIL" in page
    assert 'href="/ouvrir/"' in page
    assert "Donnez un nom" not in browser.get("/ouvrir/").content.decode()
    assert browser.post("/ouvrir/", {"name": ""}).status_code == 422
    sent = browser.post("/ouvrir/", {"name": "Fil Nord"})
    assert sent.url == "/o/fil-nord/entrer/"
    assert [(member.organisation.slug, member.user) for member in Member._base_manager.all()] == [("fil-nord", root)]
    assert browser.post("/ouvrir/", {"name": "Fil Nord"}).url == "/o/fil-nord-2/entrer/"


def test_opening_another_is_for_who_holds_the_server_alone():
    browser = Client()
    browser.force_login(UserFactory())
    assert (browser.get("/ouvrir/").status_code, browser.post("/ouvrir/", {"name": "Nord"}).status_code) == (404, 404)
    assert Organisation.objects.count() == 0
    assert 'href="/ouvrir/"' not in browser.get("/").content.decode()


@pytest.mark.parametrize(("name", "address"), [("L’Été à Évry", "lete-a-evry"), ("日本", "organisme"), ("Fil", "fil-3")])
def test_an_address_is_made_of_the_name(name, address):
    OrganisationFactory(slug="fil")
    OrganisationFactory(slug="fil-2")
    assert free_address(name) == address
