"""The list, the drop zone, the page of a piece: what they show and to whom."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from evidence.library import verbs
from evidence.library.models import Deposit, Document, ReviewState
from qualiopi.files.models import StoredFile
from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import CertifierAuditFactory, DocumentFactory, SessionFactory, TrainerFactory
from tests.files import made
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db


people = shared(cast.gather)


def url(name, organisation, *args):
    return reverse(f"library:{name}", args=[organisation.slug, *args])


def filed(organisation, title="Livret d’accueil", name="livret.pdf", content=None, **fields):
    """A piece filed by the real verb."""
    file = made.upload(name, content or made.pdf())
    return verbs.file_document(organisation=organisation, upload=file, title=title, actor=None, **fields)


def titles_of(page):
    """The pieces of a page of the list, in order."""
    return [piece.document.title for group in page.context["groups"] for piece in group.pieces]


def test_first_use_says_where_to_begin(people):
    page = people.client(people.quality_manager).get(url("list", people.organisation))
    assert page.context["first_use"] is True
    assert "Commencez par ce que vous avez déjà" in page.content.decode()


def test_the_list_tells_what_expires_before_the_audit(people):
    today = timezone.localdate()
    CertifierAuditFactory(organisation=people.organisation, held_on=today + timedelta(days=100))
    filed(people.organisation, "Bientôt", effective_on=today, valid_until=today + timedelta(days=99), indicators=[30])
    filed(people.organisation, "Le jour même", effective_on=today, valid_until=today + timedelta(days=100), indicators=[30])
    filed(people.organisation, "Sans indicateur")
    DocumentFactory(organisation=people.organisation, title="Annoncée")
    page = people.client(people.quality_manager).get(url("list", people.organisation))
    groups = page.context["groups"]
    shown = [
        (
            group.title,
            group.told,
            [(piece.document.title, piece.kind, piece.validity_detail, piece.alert) for piece in group.pieces],
        )
        for group in groups
    ]
    assert shown == [
        ("À renouveler avant l’audit", "1 pièce", [("Bientôt", "PDF", "1 jour avant l’audit", "at_risk")]),
        ("À relire", "2 pièces", [("Sans indicateur", "PDF", "", ""), ("Le jour même", "PDF", "", "")]),
        ("À déposer", "1 pièce", [("Annoncée", "", "", "cannot_be_judged")]),
    ]
    assert page.context["answer"] == (
        "Une pièce expire avant l’audit, deux autres attendent une relecture, une pièce annoncée est à déposer."
    )


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["Contrat", "Émargement S26-041", "Annoncée", "Veille refusée"]),
        ({"q": "emargement"}, ["Émargement S26-041"]),
        ({"q": "s26-041"}, ["Contrat", "Émargement S26-041"]),
        ({"q": "scan_0007"}, ["Contrat"]),
        ({"q": "kerbiriou"}, ["Contrat"]),
        ({"indicator": "27"}, ["Contrat"]),
        ({"indicator": "none"}, ["Annoncée"]),
        ({"type": "attendance_sheet"}, ["Émargement S26-041"]),
        ({"validity": "expired"}, ["Contrat"]),
        ({"validity": "unlimited"}, ["Émargement S26-041", "Veille refusée"]),
        ({"state": "to_file"}, ["Annoncée"]),
        ({"state": "to_review"}, ["Contrat", "Émargement S26-041"]),
        ({"state": "settled"}, []),
        ({"state": "refused"}, ["Veille refusée"]),
        ({"state": "withdrawn"}, ["Retirée"]),
        ({"q": "rien de tel"}, []),
    ],
)
def test_filters(people, query, titles):
    organisation = people.organisation
    session = SessionFactory(organisation=organisation, reference="S26-041")
    trainer = TrainerFactory(organisation=organisation, first_name="Anne", last_name="Kerbiriou")
    gone = filed(organisation, "Retirée", name="retiree.pdf")
    verbs.withdraw(document=gone, reason="En double.", actor=people.quality_manager)
    DocumentFactory(organisation=organisation, title="Annoncée", type="cv")
    refused = filed(organisation, "Veille refusée", name="veille.pdf", indicators=[23])
    verbs.review(document=refused, accepted=False, comment="Illisible.", actor=people.quality_manager)
    filed(
        organisation,
        "Contrat",
        name="SCAN_0007.pdf",
        sessions=[session],
        trainers=[trainer],
        indicators=[27],
        valid_until=date(2020, 1, 1),
    )
    filed(organisation, "Émargement S26-041", name="e.pdf", type="attendance_sheet", indicators=[12])
    page = people.client(people.quality_manager).get(url("list", organisation), query)
    assert titles_of(page) == titles


def test_the_list_follows_a_subject(people):
    session = SessionFactory(organisation=people.organisation, reference="S26-041")
    filed(people.organisation, "Émargement", sessions=[session])
    filed(people.organisation, "Autre")
    client = people.client(people.quality_manager)
    page = client.get(url("list", people.organisation), {"subject": str(session.pk)})
    assert titles_of(page) == ["Émargement"]
    assert [chip.label for chip in page.context["chips"]] == ["Concerne : S26-041"]
    panel = client.get(url("of_session", people.organisation, session.pk))
    assert [piece.document.title for piece in panel.context["pieces"]] == ["Émargement"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(people, count, django_assert_num_queries):
    for number in range(count):
        filed(
            people.organisation, f"Pièce {number}", indicators=[1, 2], sessions=[SessionFactory(organisation=people.organisation)]
        )
    client = people.client(people.quality_manager)
    with django_assert_num_queries(12):
        client.get(url("list", people.organisation))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_piece_asks_the_same_number_of_questions(people, count, django_assert_num_queries):
    piece = filed(
        people.organisation,
        indicators=range(1, count + 1),
        sessions=[SessionFactory(organisation=people.organisation) for _ in range(count)],
    )
    for number in range(count):
        verbs.add_version(document=piece, upload=made.upload("b.txt", f"version {number}".encode()), actor=None)
    client = people.client(people.quality_manager)
    with django_assert_num_queries(15):
        client.get(url("detail", people.organisation, piece.pk))


def test_several_files_come_in_at_once_and_the_refused_one_says_why(people):
    client = people.client(people.quality_manager)
    files = [
        SimpleUploadedFile("Règlement intérieur.pdf", made.pdf()),
        SimpleUploadedFile("veille.zip", made.archive({"a.txt": b"a"})),
        SimpleUploadedFile("CV Anne Kerbiriou.docx", made.docx()),
    ]
    page = client.post(url("upload", people.organisation), {"files": files}, follow=True)
    assert page.redirect_chain == [(url("sort", people.organisation), 302)]
    assert [str(message) for message in page.context["messages"]] == [
        "« veille.zip » n’est pas déposé. Les archives ne sont pas acceptées : déposez les fichiers qu’elle contient.",
        "2 fichiers sont bien arrivés : dites ce qu’ils sont.",
    ]
    assert [(row["kind"], row["form"].initial["type"]) for row in page.context["rows"]] == [
        ("PDF", "internal_rules"),
        ("DOCX", "cv"),
    ]
    assert (Document.objects.count(), Deposit.objects.count()) == (0, 2)


def sorted_row(waiting, **changes):
    """What a browser posts for one row of the page that sorts deposits."""
    prefix = f"d{waiting.pk.hex}"
    said = {
        "title": "Règlement intérieur",
        "type": "internal_rules",
        "proposed_for": "internal_rules",
        "indicators": ["9"],
    } | changes
    return {f"{prefix}-{name}": value for name, value in said.items()}


def come_in(people, name="Règlement intérieur.pdf", content=None):
    file = made.upload(name, content or made.pdf())
    return verbs.deposit(organisation=people.organisation, upload=file, actor=people.quality_manager)


def test_a_deposit_is_filed_with_its_links(people):
    session = SessionFactory(organisation=people.organisation, reference="S26-041")
    waiting = come_in(people)
    posted = sorted_row(waiting, concerns="s26-041", effective_on="2026-09-01", valid_until="2027-09-01")
    page = people.client(people.quality_manager).post(url("sort", people.organisation), posted)
    assert (page.status_code, page["Location"]) == (302, url("list", people.organisation))
    piece = Document.objects.get()
    version = piece.versions.get()
    assert (piece.title, piece.type, piece.created_by) == ("Règlement intérieur", "internal_rules", people.quality_manager)
    assert (version.number, version.file, version.effective_on, version.valid_until) == (
        1,
        waiting.file,
        date(2026, 9, 1),
        date(2027, 9, 1),
    )
    assert [link.indicator for link in piece.indicator_links.all()] == [9]
    assert [link.session for link in piece.subject_links.all()] == [session]
    assert Deposit.objects.count() == 0


def test_one_line_is_filed_as_proposed_and_the_others_wait(people):
    first, second = come_in(people), come_in(people, "scan.txt", b"autre")
    address = url("sort", people.organisation)
    client = people.client(people.quality_manager)
    page = client.get(address)
    lines = [(row["proposed"], row["chips"], row["sure"], row["open"]) for row in page.context["rows"]]
    assert lines == [("Règlement intérieur applicable aux stagiaires", [9], True, False), ("type à choisir", [], False, True)]
    assert page.context["answer"] == "Un fichier sur deux dit par son nom ce qu’il est."
    posted = sorted_row(first) | sorted_row(second, title="") | {"only": str(first.pk)}
    answer = client.post(address, posted)
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert ([piece.title for piece in Document.objects.all()], [each.pk for each in Deposit.objects.all()]) == (
        ["Règlement intérieur"],
        [second.pk],
    )


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": ""}, "title", "Ce champ est obligatoire."),
        (
            {"effective_on": "2026-09-02", "valid_until": "2026-09-01"},
            "valid_until",
            "La fin de validité ne précède pas la date de la pièce.",
        ),
        (
            {"concerns": "S99"},
            "concerns",
            "Nous ne trouvons rien sous « S99 » : donnez une référence de session, une formation ou un nom.",
        ),
        ({"concerns": "s26"}, "concerns", "Plusieurs réponses, précisez : S26-042, S26-041."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_filed(people, changes, field, sentence):
    SessionFactory(organisation=people.organisation, reference="S26-041", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 2))
    SessionFactory(organisation=people.organisation, reference="S26-042", starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 2))
    first, second = come_in(people), come_in(people, "b.txt", b"autre")
    posted = sorted_row(first, **changes) | sorted_row(second)
    page = people.client(people.quality_manager).post(url("sort", people.organisation), posted)
    assert page.status_code == 422
    assert page.context["rows"][0]["form"].errors == {field: [sentence]}
    assert (Document.objects.count(), Deposit.objects.count()) == (0, 2)


def test_another_type_shows_its_indicators_before_anything_is_filed(people):
    waiting = come_in(people)
    posted = sorted_row(waiting, type="cv", title="CV d’Anne")
    page = people.client(people.quality_manager).post(url("sort", people.organisation), posted)
    form = page.context["rows"][0]["form"]
    assert (page.status_code, form.initial["title"], form.initial["indicators"]) == (200, "CV d’Anne", [21])
    assert Document.objects.count() == 0


def test_known_bytes_and_a_renewed_title_are_told(people):
    known = filed(people.organisation, "Sollicitation des financeurs 2026")
    come_in(people, "Sollicitation des financeurs 2027.pdf")
    page = people.client(people.quality_manager).get(url("sort", people.organisation))
    row = page.context["rows"][0]
    assert row["twin"].url == url("detail", people.organisation, known.pk)
    assert [str(label) for _value, label in row["form"].fields["target"].choices] == [
        "« Sollicitation des financeurs 2026 », déjà déposée : la relier",
        "une nouvelle pièce",
        "la suite de « Sollicitation des financeurs 2026 »",
    ]


def test_a_deposit_may_be_the_next_version_of_a_known_piece(people):
    known = filed(people.organisation, "Règlement intérieur 2025")
    waiting = come_in(people, "Règlement intérieur 2026.txt", b"nouveau")
    people.client(people.quality_manager).post(url("sort", people.organisation), sorted_row(waiting, target=str(known.pk)))
    assert list(known.versions.values_list("number", "file")) == [(2, waiting.file.pk), (1, known.versions.get(number=1).file.pk)]
    assert Document.objects.count() == 1


def test_a_deposit_can_be_taken_away_with_its_bytes(people, settings, django_capture_on_commit_callbacks):
    waiting = come_in(people)
    path = settings.MEDIA_ROOT / waiting.file.path
    with django_capture_on_commit_callbacks(execute=True):
        people.client(people.quality_manager).post(url("discard", people.organisation, waiting.pk))
    assert (Deposit.objects.count(), StoredFile.objects.count(), path.exists()) == (0, 0, False)


def test_what_the_other_pages_know_is_carried_to_the_rows(people):
    session = SessionFactory(organisation=people.organisation, reference="S26-041")
    address = f"{url('upload', people.organisation)}?type=cv&indicator=21&session={session.pk}"
    files = [SimpleUploadedFile("scan.pdf", made.pdf())]
    page = people.client(people.quality_manager).post(address, {"files": files}, follow=True)
    form = page.context["rows"][0]["form"]
    assert (form.initial["type"], form.initial["indicators"], form.initial["concerns"]) == ("cv", [21], "S26-041")


def test_suggestions_scale_to_what_is_typed(people):
    for number in range(12):
        SessionFactory(organisation=people.organisation, reference=f"S26-{number:03}")
    page = people.client(people.quality_manager).get(url("subjects", people.organisation), {"d1-concerns": "S26"})
    assert page.content.decode().count("<option") == 8


def test_the_panel_of_a_session_is_a_part_of_its_page(people):
    session = SessionFactory(organisation=people.organisation)
    filed(people.organisation, sessions=[session])
    client = people.client(people.quality_manager)
    whole = client.get(url("of_session", people.organisation, session.pk)).content.decode()
    headers = {"HX-Request": "true", "HX-Target": "pieces"}
    part = client.get(url("of_session", people.organisation, session.pk), headers=headers).content.decode()
    assert ("<html" in part, part.strip() in whole) == (False, True)


def test_links_review_and_withdrawal_from_the_page(people):
    piece = filed(people.organisation, type="internal_rules")
    trainer = TrainerFactory(organisation=people.organisation)
    client = people.client(people.quality_manager)
    client.post(url("links", people.organisation, piece.pk), {"link": "9"})
    client.post(url("links", people.organisation, piece.pk), {"link": str(trainer.pk)})
    assert [link.indicator for link in piece.indicator_links.all()] == [9]
    assert [link.trainer for link in piece.subject_links.all()] == [trainer]
    client.post(url("links", people.organisation, piece.pk), {"unlink": "9"})
    assert piece.indicator_links.count() == 0
    refused = client.post(url("review", people.organisation, piece.pk), {"decision": "refuse", "comment": " "})
    assert (refused.status_code, refused.context["review_form"].errors) == (
        422,
        {"comment": ["Dites pourquoi vous refusez cette pièce."]},
    )
    client.post(url("review", people.organisation, piece.pk), {"decision": "accept"})
    client.post(url("withdraw", people.organisation, piece.pk), {"reason": "Remplacée."})
    piece.refresh_from_db()
    assert (piece.review_state, piece.withdrawal_reason) == (ReviewState.ACCEPTED, "Remplacée.")
    verbs_written = list(Entry.objects.filter(object_id=str(piece.pk)).order_by("id").values_list("verb", flat=True))
    assert verbs_written == [
        "document.filed",
        "document.linked",
        "document.linked",
        "document.unlinked",
        "document.accepted",
        "document.withdrawn",
    ]


def test_a_new_version_from_the_page(people):
    piece = filed(people.organisation)
    client = people.client(people.quality_manager)
    address = url("new_version", people.organisation, piece.pk)
    same = client.post(address, {"upload": made.upload("livret.pdf", made.pdf())})
    assert same.context["form"].errors == {"upload": ["Ce fichier est exactement celui de la version 1."]}
    twice = client.post(address, {"upload": made.upload("x.txt", b"deux")})
    assert (twice.status_code, twice["Location"]) == (302, url("detail", people.organisation, piece.pk))
    refused = client.post(address, {"upload": made.upload("x.html", b"<html></html>")})
    assert refused.context["form"].errors == {
        "upload": ["Les pages web et les dessins SVG ne sont pas acceptés : imprimez la page en PDF, puis déposez ce PDF."]
    }


def test_the_list_leaves_as_a_file_without_formulas(people):
    session = SessionFactory(organisation=people.organisation, reference="S26-041")
    filed(people.organisation, "=1+1", type="cv", sessions=[session], indicators=[21], effective_on=date(2026, 9, 1))
    DocumentFactory(organisation=people.organisation, title="Annoncée", type="cv")
    client = people.client(people.quality_manager)
    answer = client.get(url("list", people.organisation), {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    version = Document.objects.get(title="=1+1").versions.get()
    assert [row[:6] for row in rows] == [
        ["Annoncée", "CV de l’intervenant", None, None, None, "à déposer"],
        ["=1+1", "CV de l’intervenant", "21", "S26-041", 1, "livret.pdf"],
    ]
    assert rows[1][6] == version.file.sha256
