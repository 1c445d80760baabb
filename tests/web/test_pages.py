"""Tags that need a request, parts of pages, languages, errors, sign-in."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation

from qualiopi.settings.base import page_address
from qualiopi.web.errors import csrf_failure, server_error
from qualiopi.web.icons import ICONS_DIR, UnknownIconError, icon_svg
from qualiopi.web.languages import in_chosen_language
from qualiopi.web.partials import wants_part
from tests.answers import on_one_line
from tests.factories import UserFactory
from tests.factories.qualiopi import PASSWORD
from tests.web import gallery

STATIC = Path(settings.BASE_DIR) / "static"


def render(source, context=None, address="/liste/"):
    return engines["django"].from_string(source).render(context or {}, RequestFactory().get(address))


def test_pagination_keeps_the_filters():
    html = render('{% pagination page "sessions" %}', {"page": Paginator(range(120), 50).page(2)}, "/liste/?q=a+b&page=2")
    assert re.findall('href="([^"]*)"', html) == ["?q=a+b&amp;page=1", "?q=a+b&amp;page=3"]
    assert "51 à 100 sur 120 sessions" in on_one_line(html)


@pytest.mark.parametrize(("lines", "expected"), [(0, ""), (1, ""), (3, "3 sessions")])
def test_one_page_says_only_how_many_when_there_are_several(lines, expected):
    html = render('{% pagination page "sessions" %}', {"page": Paginator(range(lines), 50).page(1)})
    assert re.sub(r"<[^>]*>", "", on_one_line(html)).strip() == expected


def test_query_with_changes_and_removes():
    assert render("{% query_with page=2 q=None %}", address="/?q=x&tri=date&page=1") == "?tri=date&amp;page=2"


def test_breadcrumbs_end_where_one_is():
    html = render('{% breadcrumbs "Sessions" "/s/" "S26-041" %}')
    assert re.findall("<li>(.*?)</li>", html) == ['<a href="/s/">Sessions</a>', '<span aria-current="page">S26-041</span>']


def test_a_note_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="genre inconnu"):
        render('{% note "rouge" %}x{% endnote %}')


def test_inner_text_of_a_block_is_escaped_once():
    assert "<div>&lt;b&gt; <b>ok</b></div>" in render("{% note %}{{ text }} <b>ok</b>{% endnote %}", {"text": "<b>"})


@pytest.mark.parametrize(
    ("headers", "part"),
    [
        ({}, False),
        ({"HX-Request": "true", "HX-Target": "liste"}, True),
        ({"HX-Request": "true", "HX-Target": "autre"}, False),
        ({"HX-Request": "true", "HX-Target": "liste", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_a_part_is_sent_only_when_it_is_asked_for(headers, part):
    assert wants_part(RequestFactory().get("/", headers=headers), "liste") is part


@pytest.mark.parametrize(("asked", "language"), [("?lang=en", "en"), ("?lang=fr", "fr"), ("?lang=xx", "fr"), ("", "fr")])
def test_a_public_page_speaks_the_language_asked_for(asked, language):
    view = in_chosen_language(lambda request: HttpResponse(translation.get_language()))
    assert view(RequestFactory().get(f"/{asked}")).content.decode() == language


def test_icons_named_in_templates_exist():
    folder = Path(settings.BASE_DIR) / "templates"
    named = {
        name for path in folder.rglob("*.html") for name in re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert sorted(name for name in named if not (ICONS_DIR / f"{name}.svg").exists()) == []


def test_an_unknown_icon_says_where_it_should_be():
    with pytest.raises(UnknownIconError, match=r"static/vendor/tabler-icons/outline/licorne\.svg"):
        icon_svg("licorne")


def test_stylesheets_of_pages_load_nothing_from_elsewhere():
    sheets = [*STATIC.glob("css/*.css"), *STATIC.glob("vendor/**/*.css")]
    loaded = {
        (sheet.name, address)
        for sheet in sheets
        for address in re.findall(r"url\([\"']?([^\"')]+)", sheet.read_text(encoding="utf-8"))
        if not (sheet.parent / address).is_file()
    }
    assert loaded == set()


def test_a_failure_page_needs_neither_database_nor_session():
    response = server_error(RequestFactory().get("/"))
    assert (response.status_code, "La panne vient de nous" in response.content.decode()) == (500, True)


def test_an_expired_form_says_what_to_do():
    response = csrf_failure(RequestFactory().get("/"))
    assert (response.status_code, "rechargez-la" in response.content.decode()) == (403, True)


@pytest.mark.django_db
def test_signing_in_with_the_wrong_password_says_what_to_do():
    UserFactory(email="maelle@exemple.fr")
    response = Client().post("/compte/connexion/", {"login": "maelle@exemple.fr", "password": "autre chose"})
    html = response.content.decode()
    assert "Vérifiez les majuscules" in html
    assert 'value="maelle@exemple.fr"' in html
    assert "placeholder" not in html


@pytest.mark.django_db
def test_signing_in_leads_on_without_a_word():
    UserFactory(email="maelle@exemple.fr")
    response = Client().post("/compte/connexion/", {"login": "maelle@exemple.fr", "password": PASSWORD})
    assert (response.status_code, response.url) == (302, "/")
    assert list(response.wsgi_request._messages) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("email", "sent"), [("maelle@exemple.fr", 1), ("personne@exemple.fr", 0)])
def test_a_forgotten_password_answers_the_same_to_everybody(email, sent, mailoutbox):
    UserFactory(email="maelle@exemple.fr")
    response = Client().post("/compte/mot-de-passe/", {"email": email})
    assert (response.status_code, response.url) == (302, "/compte/mot-de-passe/envoye/")
    assert len(mailoutbox) == sent


@pytest.mark.django_db
def test_the_mail_of_a_forgotten_password_leads_to_a_new_one(mailoutbox):
    user = UserFactory(email="maelle@exemple.fr")
    client = Client()
    client.post("/compte/mot-de-passe/", {"email": "maelle@exemple.fr"})
    assert mailoutbox[0].subject == "Témoin : choisissez un nouveau mot de passe"
    form = client.get(re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1], follow=True)
    phrase = "une phrase longue et facile"
    client.post(form.redirect_chain[-1][0], {"password1": phrase, "password2": phrase})
    user.refresh_from_db()
    assert user.check_password(phrase)


def test_help_and_errors_of_a_field_are_linked_to_it():
    html = render("{% load crispy_forms_tags %}{{ form|crispy }}", {"form": gallery.form()})
    named = {name for linked in re.findall('aria-describedby="([^"]+)"', html) for name in linked.split()}
    assert named == {"id_held_on_helptext", "id_ends_on_error"}
    assert sorted(name for name in named if f'id="{name}"' not in html) == []
    assert html.count('aria-invalid="true"') == 1


def test_only_what_may_be_left_empty_says_so():
    html = render("{% load crispy_forms_tags %}{{ form|crispy }}", {"form": gallery.form()})
    assert re.findall(r'>([^<>]+?) <span class="facultatif">', on_one_line(html)) == ["Remarque"]


def test_a_refused_form_says_why_above_its_fields():
    form = gallery.form()
    form.add_error(None, "Ces dates se contredisent.")
    html = render("{% load crispy_forms_tags %}{{ form|crispy }}", {"form": form})
    assert re.search(r'role="alert".*?<div>Ces dates se contredisent\.</div>', html, re.DOTALL)


@pytest.mark.parametrize(
    ("address", "shown"), [("", []), ("https://forge.exemple.fr/temoin", ["https://forge.exemple.fr/temoin"])]
)
@pytest.mark.parametrize("page", ["/compte/connexion/", "/referentiel/", "/e/salle/", "/nulle-part/"])
def test_every_page_says_its_licence_and_where_its_source_is(client, db, settings, page, address, shown):
    settings.SOURCE_URL = address
    UserFactory()
    html = client.get(page).content.decode()
    assert html.count("licence AGPL 3.0") == 1
    assert re.findall(r'<a href="([^"]+)"[^>]*>Code source</a>', html) == shown


GIVEN = {
    "ACCESSIBILITY_URL": "https://aide.exemple.fr/accessibilite",
    "HELP_URL": "https://aide.exemple.fr/",
    "CONTACT_URL": "mailto:bonjour@exemple.fr",
    "LEGAL_URL": "https://exemple.fr/mentions",
    "CHANGES_URL": "https://exemple.fr/nouveautes",
}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, []),
        ({"HELP_URL": "mailto:aide@exemple.fr"}, [("mailto:aide@exemple.fr", "Aide")]),
        (
            GIVEN,
            [
                ("https://aide.exemple.fr/accessibilite", "Accessibilité"),
                ("https://aide.exemple.fr/", "Aide"),
                ("mailto:bonjour@exemple.fr", "Contact"),
                ("https://exemple.fr/mentions", "Mentions légales"),
                ("https://exemple.fr/nouveautes", "Journal des modifications"),
            ],
        ),
    ],
)
@pytest.mark.parametrize(
    ("page", "standard"),
    [
        ("/compte/connexion/", [("/referentiel/", "Le référentiel")]),
        ("/referentiel/", [("/referentiel/", "Le référentiel")]),
        # A page of trainees does one thing.
        ("/e/salle/", []),
    ],
)
def test_the_foot_leads_to_what_the_settings_give(client, db, settings, page, standard, given, shown):
    for name in GIVEN:
        setattr(settings, name, given.get(name, ""))
    UserFactory()
    html = client.get(page).content.decode()
    foot = html[html.rindex("<footer") : html.rindex("</footer>")]
    assert re.findall(r'<a href="([^"]+)" rel="noreferrer">([^<]+)</a>', foot) == [*shown, *standard]


@pytest.mark.parametrize(
    ("or_mail", "address", "kinds"),
    [
        (False, "exemple.fr", "https://"),
        (False, "mailto:a@exemple.fr", "https://"),
        (True, "javascript:x", "https:// ou mailto:"),
    ],
)
def test_an_address_of_the_foot_that_is_none_stops_the_start(monkeypatch, or_mail, address, kinds):
    monkeypatch.setenv("LEGAL_URL", address)
    with pytest.raises(ImproperlyConfigured, match=re.escape(f"LEGAL_URL doit être une adresse {kinds} et vaut « {address} ».")):
        page_address("LEGAL_URL", or_mail=or_mail)
    monkeypatch.setenv("LEGAL_URL", "https://exemple.fr/mentions")
    assert page_address("LEGAL_URL", or_mail=or_mail) == "https://exemple.fr/mentions"


def test_an_auditor_reads_the_licence_in_english():
    with translation.override("en"):
        assert "Free software, AGPL 3.0 licence or later." in render("{% licence %}")
