"""What a template of a message becomes: plain text and page, with the same words."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from qualiopi.accounts.adapter import ClosedSignUpAdapter
from qualiopi.post import writing
from tests.post.kinds import MESSAGES
from tests.post.reading import Reading


@pytest.fixture
def write(monkeypatch):
    """Both parts of what is given as a template's outcome."""

    def of(source):
        monkeypatch.setattr(writing, "render_to_string", lambda name, given: source if name == "essai" else given["content"])
        return writing.write("essai", {}, language="fr")

    return of


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Bonjour\n  Anaïs,</p>\n<p>À demain.</p>", "Bonjour Anaïs,\n\nÀ demain.\n"),
        ("<p>Un<br>\n deux</p>", "Un\ndeux\n"),
        ("<ul>\n<li>un</li>\n<li>deux</li></ul><p>Fin</p>", "- un\n- deux\n\nFin\n"),
        ("<p>Avant</p><ul><li>un</li></ul>", "Avant\n\n- un\n"),
        ('<p><a class="action" href="https://a.example/?a=1&amp;b=2">Ouvrir</a></p>', "Ouvrir\nhttps://a.example/?a=1&b=2\n"),
        ('<ul><li><a href="https://a.example/">Signer</a> avant midi.</li></ul>', "- Signer avant midi.\n  https://a.example/\n"),
        ('<p><a href="mailto:un@exemple.fr">un@exemple.fr</a></p>', "un@exemple.fr\n"),
        ("<p>Fin</p><hr><p>Suite</p>", "Fin\n\n--\n\nSuite\n"),
        ("<p>&lt;b&gt; &amp;amp; L’Été « 12 %</p>", "<b> &amp; L’Été « 12 %\n"),
        ("<h2>Titre</h2><p></p><p>Texte</p>", "Titre\n\nTexte\n"),
    ],
)
def test_a_template_in_plain_text(write, source, text):
    assert write(source).text == text


def test_the_title_is_the_subject_on_one_line(write):
    written = write("<title>\n Signer :\n L’Été &amp; co\n</title><p>Bonjour</p>")
    assert (written.subject, written.text) == ("Signer : L’Été & co", "Bonjour\n")


@pytest.mark.parametrize(
    "source",
    [
        '<img src="https://a.example/">',
        "<script>1</script>",
        '<p style="color:red">x</p>',
        '<p class="autre">x</p>',
        "Hors de tout",
    ],
)
def test_what_messages_do_not_know_is_refused(write, source):
    with pytest.raises(ValueError, match="message"):
        write(source)


def test_what_somebody_typed_is_never_markup(world):
    course = world.past.course
    course.title = "<b>R&D</b> <script>alert(1)</script> https://ailleurs.example/"
    course.save()
    world.asked.refresh_from_db()
    written = MESSAGES["survey"](world).letter().written
    assert f"«\xa0{course.title}\xa0»" in written.text
    assert "&lt;b&gt;R&amp;D&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;" in written.html
    assert written.subject == f"Votre avis sur la formation : {course.title}"


def test_what_the_sign_in_library_writes_leaves_in_both_parts(postbox, db):
    adapter = ClosedSignUpAdapter(RequestFactory().get("/"))
    adapter.send_mail(
        "account/email/unknown_account", "un@exemple.fr", {"email": "un@exemple.fr", "signup_url": "https://temoin.example/"}
    )
    (read,) = postbox.read
    plain, page = (each.get_content() for each in read.iter_parts())
    assert "un@exemple.fr" in plain
    assert plain.split() == Reading(page).words
