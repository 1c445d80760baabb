"""Opening a file: who may, what the browser is told, what the journal keeps, and what happens to altered bytes."""

from pathlib import Path

import pytest
from django.urls import reverse
from pikepdf import Dictionary, Name, String

from evidence.library import verbs
from evidence.library.models import Document
from qualiopi.journal.models import Entry, EntryKind
from tests import cast
from tests.factories import SessionFactory
from tests.files import made
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db

ROOMS = ("download", "preview")
PEOPLE = ("network_head", "quality_manager", "training_manager", "trainer", "auditor", "stranger", None)
MAY_OPEN = {"network_head", "quality_manager", "training_manager", "auditor"}
MAY_SEE = MAY_OPEN - {"auditor"}


people = shared(cast.gather)


def filed(organisation, name="Bilan d’été.pdf", content=None, **fields):
    upload = made.upload(name, content or made.pdf())
    return verbs.file_document(organisation=organisation, upload=upload, title="Bilan secret", actor=None, **fields)


def address(room, piece):
    return reverse(f"library:{room}", args=[piece.organisation.slug, piece.versions.first().pk])


def opened(client, where):
    """The answer, read to its end, which closes its file; its bytes in `received`."""
    answer = client.get(where)
    answer.received = answer.getvalue()
    return answer


def client_of(people, who):
    return people.client(getattr(people, who) if who else None)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_opens(people, who, room):
    piece = filed(people.organisation)
    answer = opened(client_of(people, who), address(room, piece))
    expected = 200 if who in MAY_OPEN else 404 if who else 302
    assert (answer.status_code, Entry.objects.filter(kind=EntryKind.READING).count()) == (expected, 1 if who in MAY_OPEN else 0)
    if who in MAY_OPEN:
        assert answer.received == made.pdf()


@pytest.mark.parametrize("name", ["list", "upload", "sort", "subjects"])
@pytest.mark.parametrize("who", PEOPLE)
def test_who_sees_the_library(people, who, name):
    filed(people.organisation)
    answer = client_of(people, who).get(reverse(f"library:{name}", args=[people.organisation.slug]))
    assert answer.status_code == (200 if who in MAY_SEE else 404 if who else 302)
    assert ("Bilan secret" in answer.content.decode()) is (who in MAY_SEE and name == "list")


@pytest.mark.parametrize(
    ("name", "posted"),
    [
        ("edit", {"title": "Changée"}),
        ("new_version", {}),
        ("links", {"link": "9"}),
        ("review", {"decision": "refuse", "comment": "non"}),
        ("withdraw", {"reason": "non"}),
    ],
)
@pytest.mark.parametrize("who", ["trainer", "auditor", "stranger"])
def test_nothing_changes_for_who_only_reads(people, who, name, posted):
    piece = filed(people.organisation)
    if name == "new_version":
        posted = {"upload": made.upload("b.txt", b"b")}
    answer = client_of(people, who).post(reverse(f"library:{name}", args=[people.organisation.slug, piece.pk]), posted)
    assert answer.status_code == 404
    piece.refresh_from_db()
    seen = (piece.title, piece.review_state, piece.withdrawn_at, piece.versions.count(), piece.indicator_links.count())
    assert seen == ("Bilan secret", "not_reviewed", None, 1, 0)
    assert list(Entry.objects.values_list("verb", flat=True)) == ["document.filed"]


def test_only_who_concludes_reviews(people):
    piece = filed(people.organisation)
    where = reverse("library:review", args=[people.organisation.slug, piece.pk])
    assert people.client(people.training_manager).post(where, {"decision": "accept"}).status_code == 404
    assert people.client(people.quality_manager).post(where, {"decision": "accept"}).status_code == 302


@pytest.mark.parametrize("name", ["detail", "edit", "new_version", "links", "review", "withdraw"])
def test_a_piece_of_another_organisation_does_not_exist(people, name):
    piece = filed(people.elsewhere)
    client = people.client(people.quality_manager)
    for slug in (people.organisation.slug, people.elsewhere.slug):
        assert client.get(reverse(f"library:{name}", args=[slug, piece.pk])).status_code == 404
    for room in ROOMS:
        mixed = reverse(f"library:{room}", args=[people.organisation.slug, piece.versions.get().pk])
        assert client.get(mixed).status_code == 404


def test_a_subject_of_another_organisation_is_not_linked(people):
    piece = filed(people.organisation)
    links = reverse("library:links", args=[people.organisation.slug, piece.pk])
    session = SessionFactory(organisation=people.elsewhere)
    assert people.client(people.quality_manager).post(links, {"link": str(session.pk)}).status_code == 404
    assert piece.subject_links.count() == 0


@pytest.mark.parametrize("change", ["refused", "withdrawn"])
def test_the_auditor_is_only_given_what_is_stood_by(people, change):
    piece = filed(people.organisation)
    if change == "refused":
        verbs.review(document=piece, accepted=False, comment="Illisible.", actor=people.quality_manager)
    else:
        verbs.withdraw(document=piece, reason="En double.", actor=people.quality_manager)
    assert opened(people.client(people.auditor), address("download", piece)).status_code == 404
    assert opened(people.client(people.quality_manager), address("download", piece)).status_code == 200


def test_what_the_browser_is_told(people):
    piece = filed(people.organisation)
    client = people.client(people.quality_manager)
    kept, shown = opened(client, address("download", piece)), opened(client, address("preview", piece))
    names = "filename*=utf-8''Bilan%20d%E2%80%99%C3%A9t%C3%A9.pdf"
    assert (kept["Content-Disposition"], shown["Content-Disposition"]) == (f"attachment; {names}", f"inline; {names}")
    for answer in (kept, shown):
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
        assert (answer["Cache-Control"], answer["Content-Length"]) == ("private, no-store", str(len(made.pdf())))
    assert kept["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
    assert shown["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; "
        "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.png", made.picture("PNG"), True),
        ("a.tif", made.picture("TIFF"), False),
        ("a.docx", made.docx(), False),
        ("a.csv", b"a;b\n", False),
        ("a.txt", b"a <script>alert(1)</script>", False),
        ("a.pdf", made.pdf(OpenAction=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))), False),
    ],
)
def test_only_still_pictures_and_inert_pdfs_are_shown(people, name, content, shown):
    piece = filed(people.organisation, name, content)
    client = people.client(people.quality_manager)
    assert opened(client, address("preview", piece)).status_code == (200 if shown else 404)
    page = client.get(reverse("library:detail", args=[people.organisation.slug, piece.pk])).content.decode()
    assert (address("preview", piece) in page) is shown
    assert opened(client, address("download", piece))["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("room", ROOMS)
def test_altered_bytes_are_named_and_refused(people, settings, room):
    piece = filed(people.organisation)
    path = Path(settings.MEDIA_ROOT) / piece.versions.get().file.path
    path.write_bytes(path.read_bytes().replace(b"595", b"596"))
    answer = people.client(people.auditor).get(address(room, piece))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Le fichier « Bilan d’été.pdf » a changé depuis son dépôt" in page
    assert piece.versions.get().file.sha256 in page
    assert list(Entry.objects.filter(kind=EntryKind.READING).values_list("verb", "object_id", "details__missing")) == [
        ("document.found_altered", str(piece.pk), False)
    ]


def test_an_auditor_who_reads_english_is_told_in_english(people, settings):
    piece = filed(people.organisation)
    (Path(settings.MEDIA_ROOT) / piece.versions.get().file.path).unlink()
    people.auditor.language = "en"
    people.auditor.save()
    page = people.client(people.auditor).get(address("download", piece)).content.decode()
    assert '<html lang="en"' in page
    assert "The file “Bilan d’été.pdf” is gone from storage" in page


def test_a_lost_file_is_named(people, settings):
    piece = filed(people.organisation)
    (Path(settings.MEDIA_ROOT) / piece.versions.get().file.path).unlink()
    answer = people.client(people.quality_manager).get(address("download", piece))
    assert (answer.status_code, "a disparu du stockage" in answer.content.decode()) == (409, True)


def test_each_opening_is_written(people):
    piece = filed(people.organisation)
    client = people.client(people.auditor)
    opened(client, address("download", piece))
    opened(client, address("preview", piece))
    lines = Entry.objects.filter(kind=EntryKind.READING).order_by("id")
    assert [(line.verb, line.actor, line.object_type, line.details["version"]) for line in lines] == [
        ("document.downloaded", people.auditor, Document._meta.label, 1),
        ("document.previewed", people.auditor, Document._meta.label, 1),
    ]
