"""Opening organisations and networks from the command line: who is invited, what is printed, what is refused."""

import itertools
import json
import re
from datetime import datetime, timedelta

import pytest
from allauth.account.forms import default_token_generator
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from qualiopi.accounts.models import User
from qualiopi.journal.models import Entry
from qualiopi.organisations.models import Member, Network, NetworkMember, Organisation
from qualiopi.organisations.queries import accesses_of
from tests.factories import NetworkFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
PHRASE = "une phrase longue et facile"


def run(capsys, *arguments):
    """What the command says to a program, and to a person."""
    call_command(*arguments)
    told = capsys.readouterr()
    return json.loads(told.out.splitlines()[-1]), told.err


def refused(*arguments):
    """The sentence and the code of a refusal, after which nothing was kept."""
    before = Organisation.objects.count(), Network.objects.count(), User.objects.count(), Entry.objects.count()
    with pytest.raises(CommandError) as refusal:
        call_command(*arguments)
    assert before == (Organisation.objects.count(), Network.objects.count(), User.objects.count(), Entry.objects.count())
    return str(refusal.value), refusal.value.returncode


def choose_a_password(link, **fields):
    """Open the link of an invitation, and choose a password there; the browser, and where it is led."""
    browser = Client()
    page = browser.get(link.removeprefix("https://temoin.example"), follow=True)
    sent = browser.post(page.request["PATH_INFO"], {"password1": PHRASE, "password2": PHRASE, **fields}, follow=True)
    return browser, sent


def test_an_organisation_opens_and_its_manager_enters_by_the_link(capsys):
    told, said = run(
        capsys, "create_organisation", "fil-nord", "--name", "Fil Nord", "--manager", "Maëlle Kerdraon <maelle@exemple.fr>"
    )
    member = Member._base_manager.get()
    assert (member.organisation.slug, member.role, str(member.user)) == ("fil-nord", "quality_manager", "Maëlle Kerdraon")
    link = told.pop("link")
    assert told == {"slug": "fil-nord", "name": "Fil Nord", "invited": "maelle@exemple.fr", "message": "left"}
    assert said.splitlines() == [
        "L’invitation part à maelle@exemple.fr.",
        "Lien pour choisir le mot de passe, une seule fois, pendant 3 jours :",
        link,
    ]
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["maelle@exemple.fr"], "Votre accès à Fil Nord")
    assert re.search(r"https://temoin\.example/compte/mot-de-passe/\S+", message.body)
    _browser, sent = choose_a_password(link)
    assert sent.redirect_chain[-1][0] == "/o/fil-nord/"


def test_the_link_printed_is_one_link_however_long_the_command_takes(capsys, monkeypatch):
    seconds = itertools.count()
    start = datetime(2026, 11, 3, 9, 0)  # noqa: DTZ001
    monkeypatch.setattr(type(default_token_generator), "_now", lambda _self: start + timedelta(seconds=next(seconds)))
    told, said = run(capsys, "create_organisation", "fil-nord", "--name", "Fil Nord", "--manager", "maelle@exemple.fr")
    assert said.splitlines()[-1] == told["link"]


def test_who_is_invited_by_an_address_alone_says_their_name(capsys):
    told, _said = run(capsys, "create_organisation", "fil-nord", "--name", "Fil Nord", "--manager", "maelle@exemple.fr")
    assert "Bonjour,\n" in mail.outbox[0].body
    _browser, without = choose_a_password(told["link"])
    assert "full_name" in without.context["form"].errors
    choose_a_password(told["link"], full_name="Maëlle Kerdraon")
    user = User.objects.get()
    assert (user.full_name, user.check_password(PHRASE)) == ("Maëlle Kerdraon", True)


def test_somebody_known_enters_with_the_password_they_have(capsys):
    UserFactory(email="jaouen@exemple.fr", full_name="Jaouen Bihan")
    told, said = run(capsys, "create_organisation", "fil-nord", "--name", "Fil Nord", "--manager", "Jaouen@exemple.fr")
    assert told["link"] == "https://temoin.example/o/fil-nord/entrer/"
    assert "Cette personne a déjà un mot de passe." in said
    assert [str(user) for user in User.objects.all()] == ["Jaouen Bihan"]


def test_nobody_invited_is_said_with_what_to_do_and_can_be_mended(capsys):
    told, said = run(capsys, "create_organisation", "fil-nord", "--name", "Fil Nord")
    assert told == {"slug": "fil-nord", "name": "Fil Nord"}
    assert said == "Personne n’est invité. Pour le faire : manage.py invite_manager fil-nord adresse@exemple.fr\n"
    told, _said = run(capsys, "invite_manager", "fil-nord", "maelle@exemple.fr")
    assert (told["slug"], told["invited"]) == ("fil-nord", "maelle@exemple.fr")
    assert refused("invite_manager", "fil-nord", "maelle@exemple.fr") == (
        "maelle@exemple.fr a déjà accès à cet organisme.",
        1,
    )


def test_a_network_opens_takes_organisations_and_invites_its_head(capsys):
    earlier = OrganisationFactory(slug="fil-ouest", name="Fil Ouest", network=None)
    told, _said = run(
        capsys,
        *("create_network", "fil", "--name", "Les Ateliers du Fil"),
        *("--head", "Jaouen Bihan <jaouen@exemple.fr>", "--organisation", "fil-ouest"),
    )
    link = told.pop("link")
    assert told == {
        "slug": "fil",
        "name": "Les Ateliers du Fil",
        "organisations": ["fil-ouest"],
        "invited": "jaouen@exemple.fr",
        "message": "left",
    }
    run(capsys, "create_organisation", "fil-nord", "--name", "Fil Nord", "--network", "fil")
    head = NetworkMember.objects.get()
    assert [access.organisation.slug for access in accesses_of(head.user)] == ["fil-nord", "fil-ouest"]
    (message,) = mail.outbox
    assert message.subject == "Votre accès au réseau Les Ateliers du Fil"
    assert "Vous êtes tête du réseau Les Ateliers du Fil dans Témoin. Vous entrez dans chacun de ses organismes." in message.body
    assert [entry.verb for entry in Entry.objects.filter(organisation_id=earlier.pk)] == ["organisation.joined"]
    _browser, sent = choose_a_password(link)
    assert sent.redirect_chain[-1][0] == "/"
    assert "/reseau/fil/" in sent.content.decode()


def test_a_head_of_a_network_without_organisation_is_told_what_to_do(capsys):
    told, said = run(capsys, "create_network", "fil", "--name", "Fil", "--head", "Jaouen Bihan <jaouen@exemple.fr>")
    assert said.splitlines()[-1] == "Pour y ouvrir un organisme : manage.py create_organisation ADRESSE --name NOM --network fil"
    browser, _sent = choose_a_password(told["link"])
    page = browser.get("/reseau/fil/").content.decode()
    assert "<code>manage.py create_organisation ADRESSE --name NOM --network fil --manager ADRESSE-E-MAIL</code>" in page


def test_a_mail_server_that_is_down_leaves_the_link_and_says_so(capsys, dead_postbox):
    told, said = run(capsys, "create_organisation", "fil-nord", "--name", "Nord", "--manager", "Maëlle K <maelle@exemple.fr>")
    assert (told["message"], Organisation.objects.count()) == ("unreachable", 1)
    assert said.splitlines()[0] == (
        "Le serveur de messagerie ne répond pas : « manage.py db_worker » enverra l’invitation à maelle@exemple.fr dès son retour. "
        "Le lien ci-dessous sert déjà."
    )
    assert told["link"] in said
    _browser, sent = choose_a_password(told["link"])
    assert sent.redirect_chain[-1][0] == "/o/fil-nord/"


def test_an_address_the_server_refuses_is_said(capsys, postbox):
    told, said = run(capsys, "create_network", "fil", "--name", "Fil", "--head", "refuse@exemple.fr")
    assert told["message"] == "refused"
    assert "Le serveur de messagerie a refusé le message pour refuse@exemple.fr : vérifiez l’adresse." in said


def test_no_mail_server_is_not_told_as_a_message_that_left(capsys, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    told, said = run(capsys, "create_organisation", "fil-nord", "--name", "Fil Nord", "--manager", "maelle@exemple.fr")
    assert told["message"] == "printed"
    assert "Aucun serveur de messagerie n’est réglé (EMAIL_URL) : rien ne part vers maelle@exemple.fr" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("create_organisation", "fil-ouest", "--name", "Autre"), "L’adresse « fil-ouest » est déjà celle de Fil Ouest"),
        (("create_organisation", "Fil Nord !", "--name", "Nord"), "L’adresse « Fil Nord ! » ne convient pas"),
        (("create_organisation", "fil-nord", "--name", " "), "Donnez un nom"),
        (("create_organisation", "fil-nord", "--name", "N" * 151), "150"),
        (("create_organisation", "fil-nord", "--name", "Nord", "--network", "rien"), "Aucun réseau n’est à l’adresse « rien »"),
        (("create_organisation", "fil-nord", "--name", "Nord", "--manager", "maelle"), "« maelle » n’est pas une adresse e-mail"),
        (
            ("create_organisation", "fil-nord", "--name", "Nord", "--manager", "M K <m@>"),
            "« M K <m@> » n’est pas une adresse e-mail",
        ),
        (("create_network", "reseau-ouvert", "--name", "Autre"), "L’adresse « reseau-ouvert » est déjà celle de Réseau ouvert"),
        (("create_network", "neuf", "--name", "Réseau ouvert"), "Un réseau s’appelle déjà Réseau ouvert"),
        (("create_network", "neuf", "--name", "Neuf", "--head", "pas une adresse"), "n’est pas une adresse e-mail"),
        (("create_network", "neuf", "--name", "Neuf", "--organisation", "rien"), "Aucun organisme n’est à l’adresse « rien »"),
        (
            ("create_network", "neuf", "--name", "Neuf", "--organisation", "fil-ouest"),
            "Fil Ouest appartient déjà au réseau Réseau ouvert.",
        ),
        (("invite_manager", "rien", "maelle@exemple.fr"), "Aucun organisme n’est à l’adresse « rien »"),
        (("invite_manager", "fil-ouest", "maelle"), "« maelle » n’est pas une adresse e-mail"),
    ],
)
def test_what_is_odd_is_refused_in_a_sentence_and_leaves_nothing(arguments, sentence):
    OrganisationFactory(slug="fil-ouest", name="Fil Ouest", network=NetworkFactory(slug="reseau-ouvert", name="Réseau ouvert"))
    said, code = refused(*arguments)
    assert (sentence in said, code) == (True, 1), said
    assert mail.outbox == []
