"""The page of who is signed in: name, language, password; what is wrong is told in their language."""

from __future__ import annotations

import pytest
from django.test import Client

from qualiopi.accounts.models import User
from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import NetworkMemberFactory, UserFactory
from tests.factories.qualiopi import PASSWORD
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db
PAGE, CHANGE = "/mon-compte/", "/compte/mot-de-passe/changer/"
NEW = "une phrase toute neuve"

people = shared(cast.gather)


def signed_in(user):
    client = Client()
    assert client.post("/compte/connexion/", {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


def test_everybody_has_it_within_a_click_of_their_pages(people):
    for user in (people.network_head, people.quality_manager, people.training_manager, people.trainer, people.auditor):
        client = people.client(user)
        first = client.get("/", follow=True).content.decode()
        page = client.get(PAGE)
        assert (f'href="{PAGE}"' in first, page.status_code, user.email in page.content.decode()) == (True, 200, True)


def test_nobody_else_has_one(client):
    assert client.get(PAGE).url == f"/compte/connexion/?next={PAGE}"
    assert client.post(PAGE, {"full_name": "Personne", "language": "fr"}).status_code == 302
    assert User.objects.count() == 0


def test_name_and_language_are_kept_and_noted(people):
    client = people.client(people.quality_manager)
    answer = client.post(PAGE, {"full_name": " Maëlle Le Gall ", "language": "en"}, follow=True)
    user = User.objects.get(pk=people.quality_manager.pk)
    assert (user.full_name, user.language) == ("Maëlle Le Gall", "en")
    line = Entry.objects.get(verb="account.changed")
    assert (line.actor, line.organisation_id, line.details) == (user, None, {"fields": ["full_name", "language"]})
    page = answer.content.decode()
    assert (
        'lang="en"' in page,
        "Your account is up to date." in page,
        "Current password" in client.get(CHANGE).content.decode(),
    ) == (
        True,
        True,
        True,
    )
    # Sent again as it is, nothing changed.
    client.post(PAGE, {"full_name": "Maëlle Le Gall", "language": "en"})
    assert Entry.objects.filter(verb="account.changed").count() == 1


def test_one_changes_nobody_but_oneself(people):
    before = User.objects.exclude(pk=people.trainer.pk).order_by("pk").values()
    known = list(before)
    others = {
        "full_name": "Yann",
        "language": "fr",
        "pk": str(people.stranger.pk),
        "email": "autre@exemple.fr",
        "is_superuser": "on",
    }
    people.client(people.trainer).post(PAGE, others)
    user = User.objects.get(pk=people.trainer.pk)
    assert (user.full_name, user.email, user.is_superuser) == ("Yann", people.trainer.email, False)
    assert list(before.all()) == known


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({"full_name": " "}, "full_name", "Dites votre prénom et votre nom : ce que vous faites est noté sous ce nom."),
        (
            {"full_name": "M" * 151},
            "full_name",
            "Assurez-vous que cette valeur comporte au plus 150 caractères (actuellement 151).",
        ),
        ({"language": "de"}, "language", "Sélectionnez un choix valide. de n’en fait pas partie."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(people, typed, field, why):
    client = people.client(people.trainer)
    before = User.objects.values().get(pk=people.trainer.pk)
    answer = client.post(PAGE, {"full_name": "Yann Le Goff", "language": "fr"} | typed)
    errors = {name: [str(each) for each in found] for name, found in answer.context["form"].errors.items()}
    assert (answer.status_code, errors) == (422, {field: [why]})
    assert User.objects.values().get(pk=people.trainer.pk) == before


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        (
            {"oldpassword": "autre chose"},
            "oldpassword",
            "Ce n’est pas votre mot de passe actuel. Vérifiez les majuscules et recommencez.",
        ),
        ({"password1": "court", "password2": "court"}, "password1", "Ce mot de passe est trop court."),
        ({"password1": "qwerty123456", "password2": "qwerty123456"}, "password1", "Ce mot de passe est trop courant."),
        (
            {"password1": "yann.legoff@exemple.fr", "password2": "yann.legoff@exemple.fr"},
            "password1",
            "Le mot de passe est trop semblable au champ «\xa0adresse e-mail\xa0».",
        ),
        ({"password2": "une phrase presque neuve"}, "password2", "Vous devez saisir deux fois le même mot de passe."),
        ({"password1": "", "password2": ""}, "password1", "Ce champ est obligatoire."),
    ],
)
def test_a_password_that_cannot_be_is_refused_in_french(people, typed, field, why):
    client = people.client(people.trainer)
    answer = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW} | typed)
    found = answer.context["form"].errors[field]
    assert why in " ".join(str(each) for each in found)
    assert User.objects.get(pk=people.trainer.pk).check_password(PASSWORD)


def test_a_new_password_ends_the_other_sessions_and_not_this_one(people):
    here, elsewhere, other = signed_in(people.trainer), signed_in(people.trainer), signed_in(people.quality_manager)
    answer = here.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Sur vos autres appareils, il faudra se connecter à nouveau." in answer.content.decode()
    assert [browser.get(PAGE).status_code for browser in (here, elsewhere, other)] == [200, 302, 200]
    signing = {"login": people.trainer.email, "password": PASSWORD}
    assert Client().post("/compte/connexion/", signing).status_code == 200
    assert Client().post("/compte/connexion/", signing | {"password": NEW}).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_number_of_queries(people, count, django_assert_num_queries):
    head = UserFactory()
    for _number in range(count):
        NetworkMemberFactory(network=people.network if _number == 0 else NetworkMemberFactory().network, user=head)
    client = people.client(head)
    with django_assert_num_queries(5):
        client.get(PAGE)
