"""The life of a session in real browsers: from its creation to its closing, with three trainees on their phones, then an auditor."""

import hashlib
import re
import zipfile
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from django.core import mail
from django.utils import timezone

from evidence.packs.verification import verify
from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import CourseFactory, IssuedFactory, ObjectiveFactory, ProgrammeFactory, StyleFactory
from tests.harness.browser import assert_accessible, assert_fits, assert_good_at_all_widths, draw
from trainings.attendance.models import Mark
from trainings.attendance.queries.integrity import check
from trainings.attendance.rotating import code_of
from trainings.catalogue.verbs import adopt
from trainings.clock import send_due
from trainings.documents.models import DocumentKind, Issued
from trainings.learning.models import Intake, ObjectiveResult
from trainings.sessions.models import Session, SessionState
from trainings.surveys.models import Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PARIS = ZoneInfo("Europe/Paris")
PHONE = 360


class Clock:
    """The day and the hour that everything asks for."""

    now = datetime(2026, 11, 2, 9, 0, tzinfo=PARIS)

    def at(self, day: date, hour: int = 9, minute: int = 0) -> None:
        """Put the clock at an hour of Paris, and send what is due by then."""
        self.now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)
        assert send_due(now=self.now).broken == []


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def house(clock):
    """The cast, and one course of a day with two objectives, whose programme is in force."""
    people = cast.gather()
    people.organisation.contact_email = "bonjour@fil-ouest.example"
    people.organisation.save()
    StyleFactory(organisation=people.organisation)
    course = CourseFactory(organisation=people.organisation, title="Animer une réunion qui décide", duration_hours=7)
    programme = ProgrammeFactory(course=course, duration_hours=7)
    ObjectiveFactory(programme=programme, text="Préparer une réunion qui décide")
    ObjectiveFactory(programme=programme, text="Animer un tour de table")
    adopt(programme=programme, on=date(2026, 9, 1), change_note="", actor=people.quality_manager)
    return people


def test_the_life_of_a_session(house, clock, open_page, tmp_path):
    session = create_it_from_its_course(house, open_page)
    enrol_three_people(house, open_page, session)
    clock.at(date(2026, 11, 9))
    answer_before_the_start(house, open_page, session)
    clock.at(date(2026, 11, 14))
    clock.at(date(2026, 11, 24), 9, 5)
    sign_the_morning(house, clock, open_page, session)
    clock.at(date(2026, 11, 24), 14, 5)
    sign_the_afternoon(house, open_page, session)
    clock.at(date(2026, 11, 24), 17, 20)
    ask_their_opinion(house, open_page, session)
    clock.at(date(2026, 11, 25))
    record_the_results(house, open_page, session)
    refuse_to_close_too_early(house, open_page, session)
    clock.at(date(2026, 12, 2))
    receive_the_certificates(open_page, session, tmp_path)
    clock.at(date(2027, 2, 23))
    close_it(house, open_page, session)
    let_the_auditor_read(house, open_page, session, tmp_path)
    session.refresh_from_db()
    assert (session.state, list(check(session))) == (SessionState.CLOSED, [])


def create_it_from_its_course(house, open_page):
    """Two clicks and the dates: half-days, steps and reference come by themselves."""
    page = open_page(house.training_manager)
    page.goto("/o/fil-ouest/formations/")
    page.get_by_role("link", name="Animer une réunion qui décide").click()
    page.get_by_role("link", name="Programmer une session").click()
    page.get_by_label("Premier jour").fill("2026-11-24")
    page.get_by_label("Premier jour").blur()
    page.get_by_role("heading", name="2 demi-journées").wait_for()
    page.get_by_role("checkbox", name="Yann Le Goff").check()
    page.get_by_label("Lieu").fill("12 quai Inventé, 29200 Brest")
    page.get_by_role("button", name="Créer la session").click()
    page.get_by_role("link", name="Inscrire une personne").first.wait_for()
    session = Session.objects.get()
    assert page.get_by_role("button", name="Confirmer").count() == 0  # nobody is enrolled
    assert (session.state, session.half_days.count(), session.steps.count()) == (SessionState.PLANNED, 2, 17)
    assert [str(trainer) for trainer in session.trainers.all()] == ["Yann Le Goff"]
    return session


def enrol_three_people(house, open_page, session):
    page = open_page(house.training_manager)
    for first_name, last_name in (("Anaïs", "Lefèvre"), ("Karim", "Belaïd"), ("Odette", "Brindacier")):
        page.goto(f"/o/fil-ouest/sessions/{session.pk}/inscrire/")
        page.get_by_label("Prénom").fill(first_name)
        page.get_by_label("Nom", exact=True).fill(last_name)
        page.get_by_label("Adresse e-mail").fill(f"{first_name.lower().replace('ï', 'i')}@stagiaire.example")
        page.get_by_label("Une entreprise est-elle concernée ?").select_option(label="Non")
        page.get_by_label("Un financeur paie-t-il ?").select_option(label="Non")
        page.get_by_role("button", name="Inscrire").click()
        page.get_by_text(f"{first_name} {last_name}").first.wait_for()
    assert session.enrolments.count() == 3
    page.goto(f"/o/fil-ouest/sessions/{session.pk}/")
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("button", name="Confirmer").wait_for(state="detached")
    session.refresh_from_db()
    assert session.state == SessionState.CONFIRMED


def answer_before_the_start(house, open_page, session):
    """The clock wrote to each of them; on their phones they say what they expect and where they stand."""
    links = letters("/b/")
    assert sorted(links) == ["anais@stagiaire.example", "karim@stagiaire.example", "odette@stagiaire.example"]
    for link in links.values():
        phone = open_page(width=PHONE, phone=True)
        phone.goto(link)
        look(phone)
        phone.get_by_role("link", name="Commencer").click()
        for _page in range(12):
            if (
                phone.get_by_role("button", name="Envoyer mes réponses")
                .or_(phone.get_by_role("button", name="Continuer"))
                .count()
                == 0
            ):
                break
            for field in phone.locator("textarea").all():
                field.fill("Décider plus vite, avec tout le monde.")
            for choice in phone.locator("fieldset").all():
                choice.get_by_role("radio").nth(1).check()
            with phone.expect_navigation():
                phone.locator(".tel__pied button").first.click()
        phone.get_by_role("heading", level=1, name="Merci").wait_for()
        look(phone)
    assert Intake.objects.count() == 6
    trainer = open_page(house.trainer, width=PHONE, phone=True)
    trainer.goto(f"/o/fil-ouest/acquis/{session.pk}/avant/")
    for box in trainer.get_by_role("checkbox").all():
        box.check()
    trainer.get_by_role("button", name="Rien à adapter pour les réponses cochées").click()
    trainer.get_by_text("Toutes les réponses reçues").wait_for()


def sign_the_morning(house, clock, open_page, session):
    """Three ways: the code of the room, a personal link whose network is cut, the trainer's device passed round."""
    morning = session.half_days.get(part="am")
    trainer = open_page(house.trainer, width=PHONE, phone=True)
    trainer.goto("/")
    trainer.get_by_role("link", name="Faire signer").first.click()
    trainer.get_by_role("heading", level=1, name="Visez le code pour signer").wait_for()
    look(trainer)

    anais = open_page(width=PHONE, phone=True)
    anais.goto(f"/e/salle/{morning.pk}/{code_of(morning.pk, now=clock.now)}/")
    anais.get_by_text("Anaïs Lefèvre").click()
    anais.get_by_role("button", name="C’est moi, continuer").click()
    anais.get_by_label("Votre adresse").fill("anais@stagiaire.example")
    look(anais)
    anais.get_by_role("button", name="J’étais présent, je signe").click()
    anais.get_by_role("heading", level=1, name="C’est signé, merci.").wait_for()

    manager = open_page(house.training_manager)
    manager.goto(f"/o/fil-ouest/emargement/{session.pk}/")
    manager.get_by_role("button", name="Envoyer").click()
    manager.get_by_text("3 liens personnels").first.wait_for()
    karim = open_page(width=PHONE, phone=True)
    karim.goto(letters("/e/")["karim@stagiaire.example"])
    draw(karim)
    karim.context.set_offline(True)
    karim.get_by_role("button", name="J’étais présent, je signe").click()
    karim.get_by_text("Votre signature est gardée sur cet appareil").wait_for()
    assert Mark.objects.filter(method="drawn").count() == 0
    karim.context.set_offline(False)
    karim.get_by_role("heading", level=1, name="C’est noté, merci Karim.").wait_for()

    trainer.goto(f"/o/fil-ouest/emargement/demi-journees/{morning.pk}/")
    trainer.get_by_role("link", name="Faire passer cet appareil").click()
    trainer.get_by_role("link", name="Odette Brindacier").click()
    draw(trainer)
    trainer.get_by_role("button", name="J’étais présent, je signe").click()
    trainer.get_by_role("listitem").filter(has_text=re.compile("Odette Brindacier.*signé", re.DOTALL)).wait_for()
    countersign(trainer, morning)
    assert sorted(Mark.objects.filter(half_day=morning).values_list("method", flat=True)) == [
        "confirmed",
        "displayed",
        "drawn",
        "passed_round",
    ]


def sign_the_afternoon(house, open_page, session):
    """Two sign by their own link, one is away: the trainer says so, and countersigns."""
    afternoon = session.half_days.get(part="pm")
    for address, link in letters("/e/").items():
        if address == "odette@stagiaire.example":
            continue
        phone = open_page(width=PHONE, phone=True)
        phone.goto(link)
        phone.get_by_role("button", name="Je ne peux pas signer du doigt").click()
        look(phone)
        phone.get_by_role("button", name="J’étais présent, je signe").click()
        phone.get_by_role("heading", level=1, name="C’est noté").wait_for()
    trainer = open_page(house.trainer, width=PHONE, phone=True)
    trainer.goto(f"/o/fil-ouest/emargement/demi-journees/{afternoon.pk}/")
    trainer.get_by_text("Noter une absence").click()
    trainer.get_by_label("Motif, s’il est connu").fill("Rendez-vous médical, justifié")
    trainer.get_by_role("button", name="Absent, excusé").click()
    trainer.get_by_text("Rendez-vous médical, justifié").wait_for()
    countersign(trainer, afternoon)


def ask_their_opinion(house, open_page, session):
    """One code for the survey: three answers without a name."""
    trainer = open_page(house.trainer, width=PHONE, phone=True)
    trainer.goto("/")
    trainer.get_by_role("link", name="QR code de l’enquête").first.click()
    trainer.get_by_role("heading", level=1, name="Votre avis, en deux minutes").wait_for()
    link = trainer.locator("a[href*='/s/']").first.get_attribute("href")
    for _trainee in range(3):
        phone = open_page(width=PHONE, phone=True)
        phone.goto(link)
        for _question in range(5):
            phone.locator("input[type=radio]").nth(1).check()
            with phone.expect_navigation():
                phone.locator(".tel__pied button").first.click()
        phone.get_by_role("radio", name="9", exact=True).check()
        phone.get_by_role("button", name="Envoyer ma réponse").click()
        phone.get_by_role("heading", level=1, name="Merci").wait_for()
    assert Response.objects.filter(campaign__session=session).count() == 3


def record_the_results(house, open_page, session):
    """Person by person, at the exit, on the trainer's phone."""
    trainer = open_page(house.trainer, width=PHONE, phone=True)
    trainer.goto("/")
    trainer.goto(f"/o/fil-ouest/acquis/{session.pk}/")
    trainer.get_by_role("link", name="Noter les résultats : Karim Belaïd").click()
    trainer.get_by_role("button", name="Le reste est acquis").click()
    trainer.get_by_role("heading", name="Odette Brindacier").wait_for()
    look(trainer)
    trainer.get_by_role("group", name="Préparer une réunion qui décide").get_by_text("Acquis", exact=True).click()
    trainer.get_by_role("group", name="Animer un tour de table").get_by_text("En cours").click()
    trainer.get_by_role("button", name="Enregistrer, puis Anaïs Lefèvre").click()
    trainer.get_by_role("heading", name="Anaïs Lefèvre").wait_for()
    trainer.get_by_role("button", name="Le reste est acquis").click()
    trainer.get_by_role("heading", name="Personne par personne").wait_for()
    assert sorted(ObjectiveResult.objects.values_list("enrolment__trainee__first_name", "level")) == [
        ("Anaïs", "acquired"),
        ("Anaïs", "acquired"),
        ("Karim", "acquired"),
        ("Karim", "acquired"),
        ("Odette", "acquired"),
        ("Odette", "in_progress"),
    ]


def refuse_to_close_too_early(house, open_page, session):
    """What is missing is told, each with its way; nothing closes."""
    page = open_page(house.training_manager)
    page.goto(f"/o/fil-ouest/sessions/{session.pk}/")
    page.get_by_role("link", name="Clore la session").click()
    page.get_by_role("link", name="Émettre le document").first.wait_for()
    assert_good_at_all_widths(page)
    assert page.get_by_role("button", name="Clore la session").count() == 0


def receive_the_certificates(open_page, session, tmp_path):
    """A week later the clock issued and sent them; Karim opens his on his phone, and it is the one that is kept."""
    certificates = Issued.objects.filter(session=session, kind=DocumentKind.COMPLETION)
    assert sorted(certificates.values_list("enrolment__trainee__first_name", flat=True)) == ["Anaïs", "Karim", "Odette"]
    karim = open_page(width=PHONE, phone=True)
    for number, link in enumerate(all_letters("/d/")["karim@stagiaire.example"]):
        karim.goto(link)
        look(karim)
        with karim.expect_download() as waiting:
            karim.get_by_role("button", name="Ouvrir le document").click()
        waiting.value.save_as(tmp_path / f"{number}.pdf")
    received = {hashlib.sha256(file.read_bytes()).hexdigest() for file in tmp_path.glob("*.pdf")}
    kept = certificates.get(enrolment__trainee__first_name="Karim")
    assert kept.file.sha256 in received
    assert kept.sendings.get().opened_at is not None


def close_it(house, open_page, session):
    """What is left is done or set aside, then the session closes and changes no more."""
    contracts_signed_on_paper(session)
    page = open_page(house.training_manager)
    page.goto(f"/o/fil-ouest/sessions/{session.pk}/")
    step = "Vérifier le lieu ou le lien"
    page.get_by_text("Les 17 étapes").click()
    page.get_by_role("button", name=f"Fait : {step}").last.click()
    page.get_by_role("button", name=f"Fait : {step}").wait_for(state="detached")
    page.get_by_role("navigation", name="La session").get_by_role("link", name="Avis").click()
    for audience in ("Stagiaires, quelques mois après", "Équipe pédagogique"):
        page.get_by_role("button", name=f"Clore : {audience}").click()
        page.get_by_role("button", name=f"Clore : {audience}").wait_for(state="detached")
    page.get_by_role("navigation", name="La session").get_by_role("link", name="Session").click()
    page.get_by_role("link", name="Clore la session").click()
    page.get_by_role("button", name="Clore la session").click()
    page.get_by_role("link", name="Ouvrir le dossier").click()
    page.get_by_role("heading", name="Ce que ce dossier doit montrer").wait_for()
    assert_good_at_all_widths(page)
    session.refresh_from_db()
    assert session.state == SessionState.CLOSED


def contracts_signed_on_paper(session):
    """A step that is ticked proves no signature: what came back signed before the first day is recorded with its day."""
    for number, enrolment in enumerate(session.enrolments.all(), start=1):
        signed = {"kind": DocumentKind.CONTRACT, "signed_on": session.starts_on - timedelta(days=3), "number": f"PAPIER-{number}"}
        IssuedFactory(session=session, enrolment=enrolment, **signed)


def let_the_auditor_read(house, open_page, session, tmp_path):
    """The same dossier, read only: on the page, in the PDF, and in a ZIP that can be checked offline. Each reading is logged."""
    page = open_page(house.auditor)
    page.goto("/o/fil-ouest/salle/sessions/")
    page.get_by_role("link", name="Animer une réunion qui décide").click()
    page.get_by_role("heading", name="Ce que ce dossier doit montrer").wait_for()
    for who in ("Anaïs Lefèvre", "Karim Belaïd", "Odette Brindacier"):
        page.get_by_role("row", name=re.compile(who, re.IGNORECASE)).first.wait_for()
    assert page.locator("form[method=post]:not([action*=deconnexion])").count() == 0
    assert_good_at_all_widths(page)
    files = {}
    for name, button in (("dossier.pdf", "Télécharger en PDF"), ("dossier.zip", "Télécharger avec les pièces")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=button).click()
        files[name] = tmp_path / name
        waiting.value.save_as(files[name])
    with pikepdf.open(files["dossier.pdf"]) as pdf:
        assert len(pdf.pages) >= 2
    assert verify(files["dossier.zip"]).intact
    with zipfile.ZipFile(files["dossier.zip"]) as archive:
        certificates = [name for name in archive.namelist() if "ertificat de réalisation" in name]
    assert len(certificates) == 3
    read = Entry.objects.filter(actor=house.auditor, verb__startswith="dossier.").order_by("verb")
    assert list(read.values_list("verb", flat=True)) == ["dossier.downloaded", "dossier.pdf_read"]


def all_letters(part):
    """The links holding this part that each person received, by address; those of the words in English lead to the same places."""
    found = {}
    for message in mail.outbox:
        links = re.findall(rf"https?://[^/]+({part}\S+)", message.body)
        found.setdefault(message.to[0], []).extend(link for link in links if not link.endswith("?lang=en"))
    return {address: links for address, links in found.items() if links}


def letters(part):
    """The last of them."""
    return {address: links[-1] for address, links in all_letters(part).items()}


def countersign(page, half_day):
    page.goto(f"/o/fil-ouest/emargement/demi-journees/{half_day.pk}/")
    page.get_by_role("button", name="Je ne peux pas signer du doigt").click()
    page.get_by_role("button", name="J’ai animé, je contresigne").click()
    page.get_by_text("a contresigné le").wait_for()


def look(page):
    """What somebody holds in their hand is accessible and fits."""
    assert_fits(page)
    assert_accessible(page)
