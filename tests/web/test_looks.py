"""How the small components look in each of their states: notes, messages, steps, points, buttons, languages."""

import re

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from qualiopi.web.languages import Language, languages_shown
from qualiopi.web.notes import NOTES, NoteLook, kind_of_message, note_look
from qualiopi.web.parts import Button, Point


def render(source, address="/liste/"):
    html = engines["django"].from_string(source).render({}, RequestFactory().get(address))
    return re.sub(r">\s+", ">", re.sub(r"\s+<", "<", " ".join(html.split())))


@pytest.mark.parametrize(
    ("kind", "look"),
    [
        ("", NoteLook("note", icon="info-circle")),
        ("provisoire", NoteLook("note note--provisoire", icon="hourglass")),
        ("erreur", NoteLook("note note--erreur", role="alert", status="insufficient")),
        ("fait", NoteLook("note note--fait", role="status", status="demonstrable")),
    ],
)
def test_each_kind_of_note_has_its_look(kind, look):
    assert note_look(kind) == look


def test_a_note_shows_one_sign():
    assert [bool(look.icon) != bool(look.status) for look in NOTES.values()] == [True] * len(NOTES)


@pytest.mark.parametrize(
    ("level", "kind"),
    [("error", "erreur"), ("warning", "erreur"), ("success", "fait"), ("info", ""), ("debug", ""), ("", "")],
)
def test_a_message_becomes_a_note_by_its_level(level, kind):
    assert kind_of_message(level) == kind


@pytest.mark.parametrize(
    ("kind", "opening"),
    [
        ("", '<div class="note" >'),
        ("provisoire", '<div class="note note--provisoire" >'),
        ("erreur", '<div class="note note--erreur" role="alert">'),
        ("fait", '<div class="note note--fait" role="status">'),
    ],
)
def test_a_note_is_read_aloud_as_its_kind_asks(kind, opening):
    html = render(f'{{% note "{kind}" %}}x{{% endnote %}}')
    assert (html[: len(opening)], html.count("<svg"), html.endswith("<div>x</div></div>")) == (opening, 1, True)


@pytest.mark.parametrize(
    ("current", "opened"),
    [
        (1, ['aria-current="step"', "", ""]),
        (2, ['class="fait"', 'aria-current="step"', ""]),
        (3, ['class="fait"', 'class="fait"', 'aria-current="step"']),
        (4, ['class="fait"'] * 3),
    ],
)
def test_steps_before_the_current_one_are_done(current, opened):
    html = render(f'{{% steps {current} "Fichier" "Colonnes" "Vérifier" label="Étapes" %}}')
    assert re.findall("<li ?([^>]*)>", html) == opened
    assert html.count("(fait)") == min(current - 1, 3)


@pytest.mark.parametrize(("state", "css"), [("done", ""), ("now", "ici"), ("to_come", "avenir")])
def test_a_point_of_the_thread_by_its_state(state, css):
    assert Point("demain", "Audit", state).css == css


def test_a_point_of_an_unknown_state_is_refused():
    with pytest.raises(KeyError):
        _ = Point("demain", "Audit", "later").css


@pytest.mark.parametrize(("primary", "css"), [(True, "btn btn-primary"), (False, "btn btn-doux")])
def test_one_button_is_filled(primary, css):
    assert Button("Signer", "/", "check", primary).css == css


@pytest.mark.parametrize(("here", "current"), [("fr", (True, False)), ("en", (False, True)), ("en-gb", (False, True))])
def test_the_language_of_the_page_is_the_one_that_is_on(here, current):
    with translation.override(here):
        assert languages_shown() == [Language("fr", "Français", current[0]), Language("en", "English", current[1])]


@pytest.mark.parametrize(
    ("tag", "addresses"),
    [("{% languages %}", ["?lang=fr", "?lang=en"]), ("{% languages keep=True %}", ["?d=3&amp;lang=fr", "?d=3&amp;lang=en"])],
)
def test_the_switch_may_keep_the_rest_of_the_address(tag, addresses):
    assert re.findall('href="([^"]*)"', render(tag, "/p/?d=3&lang=en")) == addresses


def test_the_switch_may_be_buttons_of_a_form():
    html = render('{% languages form="reponse" %}')
    shown = re.findall('<button type="submit" form="reponse" name="go" value="lang-(..)" lang="(..)" aria-label="([^"]*)"', html)
    assert shown == [("fr", "fr", "Français"), ("en", "en", "English")]
    assert [html.count("<a"), html.count('aria-current="true"')] == [0, 1]
