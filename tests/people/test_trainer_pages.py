"""The page of a trainer, what they sent, and their own page without an account."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from qualiopi.files.models import StoredFile
from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import CourseFactory, SessionFactory, StoredFileFactory, SubcontractorFactory, TrainerRecordFactory
from tests.files import made
from tests.harness.worlds import shared
from trainings.people.links import current_token
from trainings.people.models import Subcontractor, Trainer, TrainerLink, TrainerRecord
from trainings.people.verbs import trainer_link

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


people = shared(cast.gather)


@pytest.fixture
def yann(people):
    trainer = people.trainer_record
    trainer.status, trainer.email = "carried", "yann@exemple.fr"
    trainer.save()
    return trainer


@pytest.fixture
def manager(people):
    return people.client(people.training_manager)


def at(name, *args):
    return reverse(f"people:{name}", args=["fil-ouest", *args])


def answer_of(page):
    return page.context["file"].answer


def complete(trainer):
    """A file that lacks nothing."""
    for kind in ("cv", "diploma", "training", "charter"):
        TrainerRecordFactory(trainer=trainer, kind=kind, dated_on=TODAY() - timedelta(days=30))
    TrainerRecordFactory(trainer=trainer, kind="interview", note="Tout va bien", dated_on=TODAY() - timedelta(days=30))


def test_the_page_answers_first(manager, yann):
    assert answer_of(manager.get(at("trainer", yann.pk))) == "Il manque 4 choses à ce dossier."
    complete(yann)
    assert answer_of(manager.get(at("trainer", yann.pk))) == "Le dossier est complet."
    TrainerRecordFactory(
        trainer=yann, kind="qualification", title="SST", dated_on=date(2026, 1, 1), valid_until=TODAY() + timedelta(days=23)
    )
    TrainerRecordFactory(trainer=yann, kind="cv", dropped=True)
    assert answer_of(manager.get(at("trainer", yann.pk))) == (
        "Le dossier est complet. « SST » expire dans 23 jours. Une pièce envoyée attend d’être vérifiée."
    )


def test_what_is_missing_leads_to_where_it_is_added(manager, yann):
    complete(yann)
    course = CourseFactory(organisation=yann.organisation, required_qualification="Formateur SST")
    SessionFactory(
        organisation=yann.organisation, course=course, trainers=[yann], reference="S-SST", starts_on=TODAY(), ends_on=TODAY()
    )
    page = manager.get(at("trainer", yann.pk))
    [missing] = page.context["file"].missing
    assert (missing.sentence, missing.indicator) == ("« Formateur SST », exigée et non valable aujourd’hui", 21)
    address = f"{at('add_record', yann.pk)}?kind=qualification&amp;title=Formateur%20SST"
    assert address in page.content.decode()
    assert "S-SST" in page.content.decode()
    form = manager.get(address.replace("&amp;", "&")).context["form"]
    assert (form["kind"].value(), form["title"].value()) == ("qualification", "Formateur SST")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_number_of_queries(manager, yann, count, django_assert_num_queries):
    for _number in range(count):
        TrainerRecordFactory(trainer=yann, file=StoredFileFactory(organisation=yann.organisation))
        course = CourseFactory(organisation=yann.organisation, required_qualification=f"Formateur {_number}")
        SessionFactory(organisation=yann.organisation, course=course, trainers=[yann])
    with django_assert_num_queries(15):
        manager.get(at("trainer", yann.pk))


def test_a_line_is_added_from_the_page(manager, yann):
    said = {"kind": "interview", "title": "Entretien annuel", "dated_on": "2026-11-02", "note": "Objectifs de l’année fixés."}
    answer = manager.post(at("add_record", yann.pk), said | {"upload": made.upload("e.pdf", made.pdf())})
    assert answer.status_code == 302
    line = TrainerRecord.objects.get()
    assert (line.kind, line.dated_on, line.note, line.file.name) == ("interview", date(2026, 11, 2), said["note"], "e.pdf")


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"kind": "qualification"}, "__all__", "Une habilitation dit depuis quand elle est valable."),
        ({"dated_on": "0206-01-01"}, "dated_on", "Vérifiez l’année : cette date est trop ancienne."),
        ({"title": ""}, "title", "Ce champ est obligatoire."),
    ],
)
def test_a_line_that_says_too_little_is_refused_beside_its_field(manager, yann, said, field, sentence):
    answer = manager.post(at("add_record", yann.pk), {"kind": "cv", "title": "CV"} | said)
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [sentence]})


def test_a_bad_file_is_told_beside_its_field(manager, yann):
    answer = manager.post(
        at("add_record", yann.pk), {"kind": "cv", "title": "CV", "upload": made.upload("a.exe", b"MZ" + bytes(9))}
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["upload"])
    assert (TrainerRecord.objects.count(), StoredFile.objects.count()) == (0, 0)


NUMBER = "84691234569"


def trainer_form(**said):
    return {"first_name": "Léa", "last_name": "Dehors", "status": "carried"} | said


def test_a_status_that_the_number_contradicts_is_explained_before_it_is_kept(manager):
    answer = manager.post(at("create_trainer"), trainer_form(activity_number="84 69 12345 69"))
    text = answer.content.decode()
    assert (answer.status_code, Trainer.objects.filter(last_name="Dehors").count()) == (422, 0)
    assert "cette personne est un sous-traitant quand elle facture ses sessions" in text
    assert "un contrat de sous-traitance signé avant la session" in text
    assert "une revue chaque année" in text
    manager.post(at("create_trainer"), trainer_form(activity_number=NUMBER, keep_status="on"))
    kept = Trainer.objects.get(last_name="Dehors")
    assert (kept.status, kept.activity_number) == ("carried", NUMBER)
    # The page goes on saying it.
    page = manager.get(at("trainer", kept.pk))
    assert (page.context["file"].status.warns, page.context["file"].standing) == (True, "subcontractor")


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({}, []),
        ({"status": "subcontractor", "activity_number": NUMBER}, []),
        ({"status": "employee", "activity_number": NUMBER}, ["status"]),
        ({"status": "", "activity_number": NUMBER}, ["status"]),
        ({"activity_number": "53350000035"}, ["activity_number"]),
        ({"status": "subcontractor", "activity_number": "123"}, ["activity_number"]),
    ],
)
def test_what_the_form_says_of_status_and_number(manager, said, errors):
    answer = manager.post(at("create_trainer"), trainer_form(**said))
    assert (list(answer.context["form"].errors) if answer.status_code == 422 else []) == errors


def test_a_self_employed_trainer_becomes_a_subcontractor_in_one_click(manager, yann):
    yann.activity_number = NUMBER
    yann.save()
    answer = manager.post(at("become_subcontractor", yann.pk))
    made_of = Subcontractor.objects.get()
    yann.refresh_from_db()
    assert answer.url == at("subcontractor", made_of.pk)
    assert (made_of.name, made_of.activity_number, yann.status, yann.subcontractor) == (
        "Yann Le Goff",
        NUMBER,
        "subcontractor",
        made_of,
    )
    manager.post(at("become_subcontractor", yann.pk))
    assert Subcontractor.objects.count() == 1


def test_a_subcontractor_of_the_same_name_is_not_made_twice(manager, yann):
    known = SubcontractorFactory(organisation=yann.organisation, name="LE GOFF, Yann")
    known.name = "Yann LE GOFF"
    known.save()
    manager.post(at("become_subcontractor", yann.pk))
    yann.refresh_from_db()
    assert (Subcontractor.objects.count(), yann.subcontractor) == (1, known)


def test_the_link_is_sent_with_what_the_person_can_send(manager, yann):
    manager.post(at("trainer_link", yann.pk), {"action": "send"})
    [message] = mail.outbox
    assert "- un CV\n- un diplôme, un titre ou une preuve d’expérience\n- l’engagement qualité signé\n" in message.body
    assert "entretien" not in message.body
    assert f"http://testserver/t/{current_token(TrainerLink.objects.get())}/" in message.body


def test_the_link_is_shown_to_who_may_send_it_alone(people, manager, yann):
    token = current_token(trainer_link(trainer=yann, actor=None))
    assert token in manager.get(at("trainer", yann.pk)).content.decode()
    assert people.client(people.trainer).get(at("trainer", yann.pk)).status_code == 404
    assert people.client(people.auditor).get(at("trainer", yann.pk)).status_code == 404


def test_what_waits_is_listed_and_checked(manager, yann):
    line = TrainerRecordFactory(
        trainer=yann, dropped=True, dated_on=None, kind="other", file=StoredFileFactory(organisation=yann.organisation)
    )
    TrainerRecordFactory(dropped=True)
    assert list(manager.get(at("to_check")).context["page"].object_list) == [line]
    said = {"action": "accept", "kind": "qualification", "title": "Formateur SST"}
    answer = manager.post(at("check_record", line.pk), said)
    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {"__all__": ["Une habilitation dit depuis quand elle est valable."]},
    )
    assert manager.post(at("check_record", line.pk), said | {"dated_on": "2026-01-01"}).status_code == 302
    line.refresh_from_db()
    assert (line.kind, line.title_key, line.checked_at is None) == ("qualification", "formateur sst", False)
    assert list(manager.get(at("to_check")).context["page"].object_list) == []


def test_what_waits_is_refused_with_a_reason(manager, yann):
    line = TrainerRecordFactory(trainer=yann, dropped=True)
    assert manager.post(at("check_record", line.pk), {"action": "refuse", "reason": ""}).status_code == 422
    manager.post(at("check_record", line.pk), {"action": "refuse", "reason": "Photo floue"})
    line.refresh_from_db()
    assert line.withdrawal_reason == "Photo floue"
    # A second look at the same time: told, and nothing more.
    answer = manager.post(at("check_record", line.pk), {"action": "refuse", "reason": "Encore"})
    assert (answer.status_code, "Quelqu’un a déjà vérifié cette pièce" in answer.content.decode()) == (422, True)


def test_opening_a_file_is_written_down_and_auditors_open_what_counts(people, manager, yann):
    file = StoredFileFactory(organisation=yann.organisation)
    line = TrainerRecordFactory(trainer=yann, dropped=True, title="Diplôme", file=file)
    auditor = people.client(people.auditor)
    assert [client.get(at("download_record", line.pk)).status_code for client in (manager, auditor)] == [200, 404]
    TrainerRecord.objects.filter(pk=line.pk).update(checked_at=timezone.now())
    assert auditor.get(at("download_record", line.pk))["Content-Type"] == "application/pdf"
    assert [entry.actor_name for entry in Entry.objects.filter(verb="trainer_record.downloaded").order_by("at", "id")] == [
        "Soazig Perrot",
        "Odile Vérif",
    ]


def test_a_line_is_taken_out_with_a_reason(manager, yann):
    line = TrainerRecordFactory(trainer=yann)
    assert manager.post(at("withdraw_record", line.pk), {"reason": ""}).status_code == 422
    manager.post(at("withdraw_record", line.pk), {"reason": "Doublon"})
    assert "retirée : Doublon" in manager.get(at("trainer", yann.pk)).content.decode()


def test_what_a_title_covers_is_said_on_the_page(people, manager, yann):
    course = CourseFactory(organisation=people.organisation, required_qualification="Habilitation B2V")
    SessionFactory(organisation=people.organisation, course=course, trainers=[yann], starts_on=TODAY(), ends_on=TODAY())
    line = TrainerRecordFactory(trainer=yann, kind="qualification", title="Titre d’électricien", dated_on=date(2020, 1, 1))
    cv = TrainerRecordFactory(trainer=yann, kind="cv")
    page = manager.get(at("trainer", yann.pk)).content.decode()
    assert [at("record_covers", each.pk) in page for each in (line, cv)] == [True, False]
    assert "Habilitation B2V" in manager.get(at("record_covers", line.pk)).content.decode()
    assert manager.post(at("record_covers", line.pk), {"covers": ["Permis C"]}).status_code == 422
    assert manager.post(at("record_covers", line.pk), {"covers": ["Habilitation B2V"]}).status_code == 302
    page = manager.get(at("trainer", yann.pk)).content.decode()
    assert f"couvre aussi Habilitation B2V, dit par {people.training_manager}" in page
    assert manager.get(at("record_covers", cv.pk)).status_code == 404
    for stranger in (people.trainer, people.auditor):
        assert people.client(stranger).get(at("record_covers", line.pk)).status_code == 404


# The trainer's own page.


@pytest.fixture
def link(yann):
    return trainer_link(trainer=yann, actor=None)


def page_of(link):
    return reverse("drop:start", args=[current_token(link)])


def test_a_document_leaves_in_two_taps(client, yann, link):
    page = client.get(page_of(link))
    assert [each.sentence for each in page.context["file"].asked_of_trainer] == [
        "un CV",
        "un diplôme, un titre ou une preuve d’expérience",
        "l’engagement qualité signé",
    ]
    # What is missing is proposed first.
    assert [kind for kind, _label, _wanted in page.context["kinds"]] == [
        "cv",
        "diploma",
        "charter",
        "qualification",
        "training",
        "other",
    ]
    answer = client.post(page_of(link), {"kind": "cv", "photo": made.upload("IMG_1.png", made.picture())}, follow=True)
    assert "Merci, c’est bien arrivé." in answer.content.decode()
    assert "Une pièce que vous avez envoyée est en cours de vérification." in answer.content.decode()
    line = TrainerRecord.objects.get()
    assert (line.trainer, line.kind, line.dropped, line.file.media_type) == (yann, "cv", True, "image/png")
    assert Entry.objects.get(verb="trainer_record.drop").actor is None


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": "cv"}, "Prenez une photo ou choisissez un fichier, puis dites ce que c’est."),
        ({"kind": "inconnu", "file": b"%PDF"}, "Dites ce que c’est : touchez l’une des propositions."),
        ({"kind": "interview", "file": b"%PDF"}, "Dites ce que c’est : touchez l’une des propositions."),
        ({"kind": "cv", "file": b""}, "Prenez une photo ou choisissez un fichier, puis dites ce que c’est."),
    ],
)
def test_what_the_page_refuses_says_what_to_do(client, link, sent, sentence):
    data = {"kind": sent["kind"]} | ({"file": made.upload("a.pdf", sent["file"])} if sent.get("file") else {})
    answer = client.post(page_of(link), data)
    assert (answer.status_code, answer.context["error"]) == (422, sentence)
    assert TrainerRecord.objects.count() == 0


def test_what_was_refused_is_told_until_something_else_comes(client, yann, link):
    line = TrainerRecordFactory(
        trainer=yann, kind="cv", dropped=True, withdrawn_at=timezone.now(), withdrawal_reason="Photo floue"
    )
    assert "Photo floue" in client.get(page_of(link)).content.decode()
    TrainerRecordFactory(trainer=yann, kind="cv", dropped=True)
    assert "Photo floue" not in client.get(page_of(link)).content.decode()
    assert line.withdrawal_reason == "Photo floue"


def test_an_expired_link_says_so_and_offers_to_ask_for_another(client, yann, link):
    yann.organisation.contact_email = "contact@exemple.fr"
    yann.organisation.save()
    TrainerLink.objects.update(expires_on=TODAY() - timedelta(days=1))
    page = client.get(page_of(link))
    assert (page.status_code, "Demander un nouveau lien" in page.content.decode()) == (410, True)
    sent = client.post(page_of(link), {"kind": "cv", "file": made.upload("cv.pdf", made.pdf())})
    assert (sent.status_code, TrainerRecord.objects.count(), mail.outbox) == (410, 0, [])
    asked = client.post(page_of(link), {"action": "ask"})
    assert (asked.status_code, "C’est demandé." in asked.content.decode()) == (200, True)
    assert [message.to for message in mail.outbox] == [["contact@exemple.fr"]]


def test_an_expired_link_of_an_organisation_without_address(client, link):
    TrainerLink.objects.update(expires_on=TODAY() - timedelta(days=1))
    page = client.get(page_of(link))
    assert (page.status_code, "Demandez un nouveau lien à Ateliers du Fil Ouest." in page.content.decode()) == (410, True)


def test_an_unknown_link_teaches_nothing(client):
    page = client.get(reverse("drop:start", args=["nimportequoi"]))
    assert (page.status_code, "Ateliers du Fil" in page.content.decode()) == (404, False)
