"""The pages: what each shows, who may act, how many queries."""

import gc
import io
import re
import tempfile
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from qualiopi.background.models import Worker
from qualiopi.background.queries import SILENCE
from qualiopi.journal.models import Entry
from tests.answers import on_one_line
from tests.documents.test_issuing import issue_all
from tests.documents.test_keeping import PDF, copy
from tests.documents.world import make_world
from tests.factories import BatchFactory, IssuedFactory, SendingFactory, SessionFactory
from trainings.documents.models import Batch, DocumentKind, Issued, Style, Template
from trainings.documents.wording import shipped_body


def at(world, name, *args):
    return reverse(f"documents:{name}", args=[world.session.organisation.slug, *args])


@pytest.fixture
def manager(people):
    return people.client(people.training_manager)


@pytest.fixture
def quality(people):
    return people.client(people.quality_manager)


def texts(response):
    return on_one_line(response)


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_the_session_page_counts_what_is_issued_and_what_is_not(world, manager):
    issue_all(world, DocumentKind.COMPLETION)
    response = manager.get(at(world, "session", world.session.pk))
    rows = {
        row.kind.value: (row.issued, row.called)
        for _word, _title, group, _left in response.context["moments"]
        for row, _words in group
    }
    assert rows == {
        "agreement": (0, 1),
        "individual_contract": (0, 1),
        "programme": (0, 1),
        "convocation": (0, 3),
        "welcome_booklet": (0, 1),
        "internal_rules": (0, 1),
        "attendance_sheet": (0, 1),
        "completion_certificate": (3, 3),
        "end_attestation": (0, 3),
    }
    assert "<b>3 documents</b> sont émis. Il en reste 12 à émettre." in texts(response)


@pytest.mark.parametrize("people_enrolled", [1, 3])
def test_the_session_page_asks_as_many_queries_whatever_the_people(people, people_enrolled, django_assert_num_queries):
    world = make_world(people.organisation, people=people_enrolled)
    issue_all(world, DocumentKind.COMPLETION)
    client = people.client(people.training_manager)
    client.get(at(world, "session", world.session.pk))
    with django_assert_num_queries(15):
        assert client.get(at(world, "session", world.session.pk)).status_code == 200


@pytest.mark.parametrize("people_enrolled", [1, 3])
def test_the_page_of_a_kind_asks_as_many_queries_whatever_the_people(people, people_enrolled, django_assert_num_queries):
    world = make_world(people.organisation, people=people_enrolled)
    for issued in issue_all(world, DocumentKind.COMPLETION).issued:
        SendingFactory(document=issued)
    client = people.client(people.training_manager)
    address = at(world, "kind", world.session.pk, "completion_certificate")
    client.get(address)
    with django_assert_num_queries(12):
        assert client.get(address).status_code == 200


def test_one_document_is_issued_while_one_waits(world, manager):
    target = world.enrolments[0]
    response = manager.post(
        at(world, "issue", world.session.pk, "completion_certificate"), {"for": str(target.pk), "send": "1"}, follow=True
    )
    assert told(response) == [f"CR-{timezone.localdate():%Y}-0001 est émis.", "1 message est parti."]
    assert [issued.enrolment for issued in Issued.objects.all()] == [target]


def test_a_refusal_is_told_with_where_to_mend_it(people, manager):
    world = make_world(people.organisation, people=1, signed=False)
    response = manager.post(at(world, "issue", world.session.pk, "completion_certificate"), follow=True)
    assert told(response) == [
        "Rien n’est émis pour Anaïs Fictive000 : durée réellement suivie (modèle du ministère du Travail) : "
        "à compléter dans l’émargement de la session."
    ]


def test_several_are_issued_by_a_series_that_a_page_follows(world, manager):
    response = manager.post(at(world, "issue", world.session.pk, "completion_certificate"))
    batch = Batch.objects.get()
    assert response["Location"] == at(world, "batch", batch.pk)
    assert batch.total == 3


def test_the_page_of_a_series_follows_its_progress(world, manager):
    batch = BatchFactory(session=world.session, total=3, done=1)
    shown = texts(manager.get(at(world, "batch", batch.pk)))
    assert "1 sur 3" in shown
    assert re.search('<noscript> ?<meta http-equiv="refresh" content="5"> ?</noscript>', shown)


INTERRUPTED = "La série s’est interrompue ; elle reprend d’elle-même là où elle en était."
UNATTENDED = "Rien n’émet les documents en ce moment"


@pytest.mark.parametrize(
    ("attempts", "held", "silent_for", "told"),
    [
        (0, False, timedelta(0), []),
        (0, False, SILENCE, [UNATTENDED]),
        (1, True, timedelta(0), []),
        (1, True, SILENCE, [INTERRUPTED]),
        (1, False, timedelta(0), [INTERRUPTED]),
    ],
)
def test_a_series_whose_worker_vanished_says_so(world, manager, attempts, held, silent_for, told):
    worker = Worker.objects.create(alive_at=timezone.now() - silent_for)
    batch = BatchFactory(session=world.session, total=3, done=1, attempts=attempts, held_by=worker.pk if held else None)
    shown = texts(manager.get(at(world, "batch", batch.pk)))
    assert [sentence for sentence in (INTERRUPTED, UNATTENDED) if sentence in shown] == told


def test_the_page_of_a_finished_series_names_who_was_refused(world, manager):
    batch = BatchFactory(
        session=world.session, done=2, total=3, refused=["Malo Fictive001 : aucune adresse e-mail."], finished_at=timezone.now()
    )
    shown = texts(manager.get(at(world, "batch", batch.pk)))
    assert "2 documents sont émis." in shown
    assert "Malo Fictive001 : aucune adresse e-mail." in shown


def test_all_of_a_kind_leave_as_one_archive(world, manager, people):
    issued = issue_all(world, DocumentKind.COMPLETION).issued
    response = manager.get(at(world, "archive", world.session.pk, "completion_certificate"))
    content = b"".join(response.streaming_content)
    assert len(content) == int(response["Content-Length"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [each.file.name for each in issued]
    entry = Entry.objects.get(verb="issued.all_downloaded")
    assert (entry.actor, entry.details) == (people.training_manager, {"kind": "completion_certificate", "count": 3})


def test_there_is_no_archive_of_nothing(world, manager):
    assert manager.get(at(world, "archive", world.session.pk, "agreement")).status_code == 404


def test_the_page_of_a_document_shows_its_digest_and_its_sendings(world, manager):
    issued = issue_all(world, DocumentKind.COMPLETION).issued[0]
    sending = SendingFactory(document=issued)
    shown = texts(manager.get(at(world, "document", issued.pk)))
    assert issued.file.sha256 in shown
    assert sending.email in shown
    assert "Envoyé, pas encore ouvert." in shown


def test_a_download_is_noted(world, manager, people):
    issued = issue_all(world, DocumentKind.COMPLETION).issued[0]
    response = manager.get(at(world, "download", issued.pk))
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    entry = Entry.objects.get(verb="issued.downloaded")
    assert (entry.actor, entry.details["sha256"]) == (people.training_manager, issued.file.sha256)


def test_a_trainer_reaches_only_the_documents_of_their_sessions(people):
    own = IssuedFactory(session=SessionFactory(organisation=people.organisation, trainers=[people.trainer_record]))
    other = IssuedFactory(session=SessionFactory(organisation=people.organisation))
    client = people.client(people.trainer)

    def status(name, issued):
        response = client.get(reverse(f"documents:{name}", args=[people.organisation.slug, issued.pk]))
        return response.status_code

    assert [status(name, own) for name in ("document", "download")] == [200, 200]
    assert [status(name, other) for name in ("document", "download")] == [404, 404]
    assert client.post(reverse("documents:cancel", args=[people.organisation.slug, own.pk]), {"reason": "x"}).status_code == 404


def test_cancelling_through_the_page(world, manager):
    issued = issue_all(world, DocumentKind.COMPLETION).issued[0]
    assert manager.post(at(world, "cancel", issued.pk), {"reason": ""}).status_code == 422
    response = manager.post(at(world, "cancel", issued.pk), {"reason": "Nom mal écrit"}, follow=True)
    assert told(response) == [f"{issued.number} est annulé. Vous pouvez l’émettre de nouveau."]


def test_the_signed_copy_comes_back_through_the_page(world, manager):
    (issued,) = issue_all(world, DocumentKind.AGREEMENT).issued
    address = at(world, "sign", issued.pk)
    assert manager.post(address, {"signed_on": "2026-09-01", "copy": copy()}).status_code == 422
    assert manager.post(address, {"signed_on": "2026-09-10", "copy": copy(b"texte", "a.txt")}).status_code == 422
    response = manager.post(address, {"signed_on": "2026-09-10", "copy": copy()}, follow=True)
    assert told(response) == [f"La signature de {issued.number} est notée."]
    given = manager.get(at(world, "signed_copy", issued.pk))
    assert b"".join(given.streaming_content) == PDF
    issued.refresh_from_db()
    assert issued.signed_on == date(2026, 9, 10)


@pytest.mark.parametrize(
    "body",
    [
        "{% for x in formation.objectifs %}{{ x.texte }}",
        "{% for x in formation.objectif %}{{ x.texte }}{% endfor %}",
        "{{ a.b }}",
    ],
)
def test_a_template_that_cannot_be_read_is_blamed_for_that_alone(world, quality, body):
    """What it does not say is told once it can be read: fifteen good variables are not at fault."""
    text = shipped_body("completion_certificate") + body
    page = quality.post(at(world, "template", "completion_certificate"), {"body": text, "do": "save"})
    assert (page.status_code, page.context["unsaid"], page.context["statements"]) == (422, [], [])
    assert len(page.context["wrong_lines"]) == 1


def test_a_template_with_an_unknown_variable_is_refused_with_its_line(world, quality):
    body = "# Certificat\n\n{{ stagiaire.nmo }}\n"
    response = quality.post(at(world, "template", "completion_certificate"), {"body": body, "do": "save"})
    assert response.status_code == 422
    assert response.context["form"].errors["body"] == [
        "Ligne 3 : la variable « stagiaire.nmo » n’existe pas. Vouliez-vous écrire « stagiaire.nom » ?"
    ]
    assert "{{ stagiaire.nmo }}" in response.content.decode()
    assert Template.objects.count() == 0


def test_a_wording_is_saved_as_a_version_and_taken_back(world, quality, people):
    address = at(world, "template", "completion_certificate")
    body = shipped_body("completion_certificate") + "\nMerci.\n"
    assert told(quality.post(address, {"body": body, "do": "save"}, follow=True)) == [
        "Le modèle est enregistré : il sert dès le prochain document."
    ]
    assert told(quality.post(address, {"body": body.replace("\n", "\r\n"), "do": "save"}, follow=True)) == [
        "Le modèle n’a pas changé."
    ]
    quality.post(address, {"do": "restore"})
    assert list(Template.objects.values_list("number", "created_by")) == [
        (2, people.quality_manager.pk),
        (1, people.quality_manager.pk),
    ]
    assert Template.objects.get(number=2).body == shipped_body("completion_certificate")


def test_what_a_wording_forgets_is_told(world, quality):
    address = at(world, "template", "completion_certificate")
    quality.post(address, {"body": "# Certificat pour {{ stagiaire.nom }}", "do": "save"})
    shown = texts(quality.get(address))
    assert "Ce texte ne dit pas" in shown
    assert "durée réellement suivie (<code>realisation.duree</code>)" in shown


@pytest.mark.laid_out
@pytest.mark.parametrize("kind", DocumentKind.values)
def test_every_wording_is_previewed_without_keeping_anything(world, quality, kind):
    for session in ("", str(world.session.pk)):
        response = quality.post(at(world, "template", kind), {"body": shipped_body(kind), "do": "preview", "session": session})
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")
    assert (Issued.objects.count(), Template.objects.count()) == (0, 0)


@pytest.mark.laid_out
def test_a_preview_leaves_none_of_the_fonts_it_unpacked(world, quality, tmp_path, monkeypatch, writers_of_the_product):
    """Nothing waits for the collector of cycles, which comes seldom, and never to a process that is stopped."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gc.disable()
    try:
        quality.post(at(world, "template", "welcome_booklet"), {"body": shipped_body("welcome_booklet"), "do": "preview"})
        assert list(tmp_path.iterdir()) == []
    finally:
        gc.enable()


def test_a_preview_of_somebody_elses_session_shows_the_example(people, quality, world):
    elsewhere = make_world(people.elsewhere, people=1)
    response = quality.post(
        at(world, "template", "convocation"),
        {"body": shipped_body("convocation"), "do": "preview", "session": str(elsewhere.session.pk)},
    )
    example = quality.post(at(world, "template", "convocation"), {"body": shipped_body("convocation"), "do": "preview"})
    assert response.content == example.content


def test_the_logo_is_redrawn_small(world, quality):
    picture = io.BytesIO()
    Image.new("RGB", (3000, 1000), "#1f5f4f").save(picture, format="JPEG")
    response = quality.post(
        at(world, "style"),
        {
            "colour": "#1f5f4f",
            "signatory": "Soazig Perrot",
            "signatory_title": "",
            "picture": copy(picture.getvalue(), "logo.jpg"),
        },
        follow=True,
    )
    assert told(response) == ["L’apparence est enregistrée : elle sert dès le prochain document."]
    style = Style.objects.get()
    assert (style.colour, style.logo.media_type) == ("#1f5f4f", "image/png")
    with Image.open(Path(settings.MEDIA_ROOT) / style.logo.path) as kept:
        assert kept.size == (720, 240)
    assert len(issue_all(world, DocumentKind.COMPLETION).issued) == 3


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"colour": "rouge", "signatory": "Soazig"}, "colour"),
        ({"colour": "#1f5f4f", "signatory": ""}, "signatory"),
        ({"colour": "#1f5f4f", "signatory": "Soazig", "picture": copy(PDF, "logo.pdf")}, "picture"),
    ],
)
def test_a_wrong_look_is_refused_beside_its_field(world, quality, data, field):
    response = quality.post(at(world, "style"), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_only_who_sets_the_organisation_adapts_the_wording(world, people):
    assert people.client(people.training_manager).get(at(world, "templates")).status_code == 404
    assert people.client(people.quality_manager).get(at(world, "templates")).status_code == 200


def test_a_kind_that_does_not_exist_is_not_found(world, manager):
    assert manager.get(at(world, "kind", world.session.pk, "diplome")).status_code == 404


def test_the_sister_organisation_sees_nothing(people):
    world = make_world(people.organisation, people=1)
    issued = issue_all(world, DocumentKind.COMPLETION).issued[0]
    client = people.client(people.stranger)
    assert client.get(at(world, "document", issued.pk)).status_code == 404
