"""Photographs of phones and messages: how they are shown, and how they are kept."""

import hashlib
import io
from datetime import time

import pytest
from django.urls import reverse
from PIL import Image

from evidence.library import verbs
from qualiopi.files import responses
from qualiopi.files.errors import RefusedFile
from qualiopi.journal.models import Entry, EntryKind
from qualiopi.web.dates import clock
from tests import cast
from tests.files import made, mails
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db
people = shared(cast.gather)
MESSAGES = [("Accord.eml", mails.eml), ("Accord.msg", mails.msg)]


def filed(organisation, name, content):
    return verbs.file_document(organisation=organisation, upload=made.upload(name, content), title="Accord", actor=None)


def address(room, piece):
    return reverse(f"library:{room}", args=[piece.organisation.slug, piece.versions.get().pk])


@pytest.mark.parametrize(
    ("name", "content"), [("Photo.heic", mails.heic(place=True)), *((name, write(page=mails.PAGE)) for name, write in MESSAGES)]
)
def test_the_bytes_that_came_are_kept_and_downloaded(people, name, content):
    piece = filed(people.organisation, name, content)
    answer = people.client(people.quality_manager).get(address("download", piece))
    assert (answer.getvalue(), piece.versions.get().file.sha256) == (content, hashlib.sha256(content).hexdigest())
    assert (answer["Content-Disposition"], answer["X-Content-Type-Options"]) == (f'attachment; filename="{name}"', "nosniff")


def test_a_photograph_is_shown_as_a_jpeg(people):
    piece = filed(people.organisation, "Photo.heic", mails.heic(orientation=6, place=True))
    client = people.client(people.quality_manager)
    answer = client.get(address("preview", piece))
    with Image.open(io.BytesIO(answer.content), formats=["JPEG"]) as picture:
        assert (picture.size, dict(picture.getexif())) == ((48, 64), {})
    headers = {name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control")}
    assert headers == {
        "Content-Type": "image/jpeg",
        "Content-Disposition": 'inline; filename="Photo.jpg"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    page = client.get(reverse("library:detail", args=[people.organisation.slug, piece.pk])).content.decode()
    assert f'src="{address("preview", piece)}"' in page
    assert "HEIC" in page


@pytest.mark.parametrize(("name", "write"), MESSAGES)
def test_a_message_is_shown_as_text(people, name, write):
    piece = filed(people.organisation, name, write(text=None, page=mails.PAGE, files={"plan.pdf": b"x" * 2048}))
    answer = people.client(people.quality_manager).get(address("preview", piece))
    page = answer.content.decode()
    shown = ("Convocation séance 1", "Maëlle Kerdraon &lt;maelle.kerdraon@exemple.fr&gt;", "Zoé Brémaud &lt;", "3 février 2026")
    assert [words for words in (*shown, clock(time(9, 30)), "commence à 9 h.", "plan.pdf · 2") if words not in page] == []
    assert [
        words for words in ("<script", "alert(1)", "pisteur.example", "<img", "exemple.fr/plan", "caché") if words in page
    ] == []
    assert answer["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; style-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )


def test_the_auditor_reads_a_message_in_their_language_and_the_journal_keeps_it(people):
    piece = filed(people.organisation, "Accord.eml", mails.eml())
    page = people.client(people.auditor).get(address("preview", piece) + "?lang=en").content.decode()
    assert [words for words in ('<html lang="en">', "<dt>From</dt>", "<dt>To</dt>", "Bonjour Zoé") if words not in page] == []
    assert [entry.verb for entry in Entry.objects.filter(kind=EntryKind.READING)] == ["document.previewed"]


def test_what_cannot_be_opened_this_time_says_so(people, monkeypatch):
    def busy(_file):
        raise RefusedFile("Trop de fichiers arrivent en même temps.")

    monkeypatch.setattr(responses, "as_jpeg", busy)
    piece = filed(people.organisation, "Photo.heic", mails.heic())
    answer = people.client(people.quality_manager).get(address("preview", piece))
    assert (answer.status_code, answer.content.decode(), answer["Content-Type"]) == (
        503,
        "Trop de fichiers arrivent en même temps.",
        "text/plain; charset=utf-8",
    )
