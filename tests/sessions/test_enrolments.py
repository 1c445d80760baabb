"""Who pays for whom, who leaves, who comes back: the file of one person in a session."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import CompanyFactory, CourseFactory, EnrolmentFactory, FundingFactory, PastDepartureFactory, SessionFactory
from tests.harness.worlds import shared
from trainings.sessions.models import Aim, Enrolment, EnrolmentState, PastDeparture, SessionState, TraineeType
from trainings.sessions.queries import paid_of
from trainings.sessions.rules import usual_aim
from trainings.sessions.verbs import end_enrolment, resume_enrolment

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 9, 7), date(2026, 9, 11)
LINE = ("funder", "amount", "file_number")


people = shared(cast.gather)


@pytest.fixture
def session(people):
    course = CourseFactory(organisation=people.organisation, certifying=True, certification_level="5")
    return SessionFactory(
        organisation=people.organisation,
        course=course,
        trainers=[people.trainer_record],
        state=SessionState.RUNNING,
        starts_on=FIRST,
        ends_on=LAST,
    )


def url(name, enrolment):
    return reverse(f"sessions:{name}", args=["fil-ouest", enrolment.pk])


def lines(*fundings, initial=0):
    """The formset of who pays, as the browser sends it."""
    data = {"paie-TOTAL_FORMS": str(len(fundings)), "paie-INITIAL_FORMS": str(initial)}
    for number, funding in enumerate(fundings):
        data |= {f"paie-{number}-{name}": value for name, value in zip(LINE, funding, strict=True)}
    return data


def fundings_of(enrolment):
    return [(paid.funder.name, paid.amount, paid.file_number) for paid in enrolment.fundings.select_related("funder")]


@pytest.mark.parametrize(
    ("category", "certifying", "level", "aim"),
    [
        ("BC", None, "", Aim.ASSESSMENT),
        ("VAE", True, "5", Aim.VAE),
        ("AF", None, "", ""),
        ("", False, "", Aim.OTHER),
        ("AF", True, "", ""),
        ("AF", True, "rs", Aim.RS),
        ("AF", True, "cqp", Aim.RNCP),
        ("CFA", True, "6-8", Aim.RNCP),
    ],
)
def test_what_a_course_is_usually_followed_for(category, certifying, level, aim):
    assert usual_aim(category, certifying=certifying, level=level) == aim


def test_somebody_is_enrolled_with_two_funders_and_what_the_yearly_report_counts(people, session):
    client = people.client(people.training_manager)
    address = reverse("sessions:enrol", args=["fil-ouest", session.pk])
    assert '<option value="rncp" selected>' in client.get(address).content.decode()
    said = {"first_name": "Anaïs", "last_name": "Fictive", "company": "Brasserie Inventée", "price": "1 250,00 €", "aim": "rncp"}
    paid = lines(("OPCO Inventé", "900", "2026-0142"), ("CPF", "350,00", "CPF-77"), ("", "", ""))
    assert client.post(address, {**said, "trainee_type": "employee", **paid}).status_code == 302
    enrolment = Enrolment.objects.get()
    assert (enrolment.trainee_type, enrolment.aim, enrolment.price) == (TraineeType.EMPLOYEE, Aim.RNCP, Decimal("1250.00"))
    assert (enrolment.company.name, enrolment.has_company, enrolment.has_funder) == ("Brasserie Inventée", True, True)
    assert fundings_of(enrolment) == [("OPCO Inventé", Decimal(900), "2026-0142"), ("CPF", Decimal(350), "CPF-77")]
    assert "Le prix est payé en entier." in client.get(url("enrolment", enrolment)).content.decode()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("", "900", ""), "Nommez le financeur de cette ligne."),
        (("OPCO Inventé", "-1", ""), "supérieure ou égale à 0"),
        (("OPCO Inventé", "beaucoup", ""), "Saisissez un nombre."),
        (("CPF", "350", ""), "Ce financeur paie déjà cette inscription"),
    ],
)
def test_a_line_of_funding_that_cannot_be_is_told_and_enrols_nobody(people, session, line, sentence):
    address = reverse("sessions:enrol", args=["fil-ouest", session.pk])
    data = {"first_name": "Anaïs", "last_name": "Fictive", **lines(("CPF", "100", ""), line)}
    answer = people.client(people.training_manager).post(address, data)
    assert (answer.status_code, sentence in answer.content.decode(), Enrolment.objects.count()) == (422, True, 0)


def test_an_enrolment_is_changed_and_the_journal_names_what_did(people, session):
    enrolment = EnrolmentFactory(session=session, company=CompanyFactory(organisation=people.organisation), has_company=True)
    FundingFactory(enrolment=enrolment, amount=900, funder__name="OPCO Inventé")
    client = people.client(people.training_manager)
    assert 'value="900,00"' in client.get(url("edit_enrolment", enrolment)).content.decode()
    assert 'value="OPCO Inventé"' in client.get(url("edit_enrolment", enrolment)).content.decode()
    said = {"company": enrolment.company.name, "has_company": "true", "has_funder": "true", "price": "1000"}
    paid = lines(("OPCO Inventé", "900", "D-1"), ("CPF", "", ""), initial=1)
    assert client.post(url("edit_enrolment", enrolment), {**said, **paid}).url == url("enrolment", enrolment)
    assert fundings_of(enrolment) == [("OPCO Inventé", Decimal(900), "D-1"), ("CPF", None, "")]
    entry = Entry.objects.get(verb="enrolment.change")
    assert sorted(entry.details["fields"]) == ["fundings", "has_funder", "price"]
    client.post(url("edit_enrolment", enrolment), {**said, **lines(("OPCO Inventé", "900", "D-1"), ("CPF", "", ""), initial=2)})
    assert Entry.objects.filter(verb="enrolment.change").count() == 1


@pytest.mark.parametrize(
    ("price", "amounts", "known", "unknown", "left", "sentence"),
    [
        (1000, [400, 600], 1000, 0, 0, "Le prix est payé en entier."),
        (1000, [400], 400, 0, 600, "Il reste 600,00 € à payer par l’entreprise ou la personne."),
        (1000, [800, 300], 1100, 0, -100, "C’est 100,00 € de plus que le prix"),
        (1000, [400, None], 400, 1, None, "Un montant est à préciser."),
        (None, [400], 400, 0, None, "Le prix est à préciser."),
    ],
)
def test_the_sum_of_the_fundings_beside_the_price(people, session, price, amounts, known, unknown, left, sentence):
    enrolment = EnrolmentFactory(session=session, has_funder=True, price=price)
    for amount in amounts:
        FundingFactory(enrolment=enrolment, amount=amount)
    enrolment.refresh_from_db()
    paid = paid_of(enrolment)
    assert (paid.known, paid.unknown, paid.left) == (known, unknown, left)
    page = people.client(people.training_manager).get(url("enrolment", enrolment)).content.decode().replace("\u202f", " ")
    assert sentence in page.replace("\xa0", " ")


def test_a_trainer_reads_who_is_there_and_nothing_of_the_money(people, session):
    enrolment = EnrolmentFactory(session=session, has_funder=True, price=1250, trainee__phone="0600000000")
    FundingFactory(enrolment=enrolment, amount=1250, file_number="DOSSIER-SECRET", funder__name="Financeur Secret")
    page = people.client(people.trainer).get(url("enrolment", enrolment)).content.decode()
    assert str(enrolment.trainee) in page
    assert [secret for secret in ("DOSSIER-SECRET", "Financeur Secret", "1 250", "0600000000") if secret in page] == []


# Leaving, and coming back.


def left(enrolment, **changes):
    said = {"state": "interrupted", "ended_on": FIRST + timedelta(days=1), "reason": "Arrêt demandé", "action": "Appelée"}
    return end_enrolment(**{"enrolment": enrolment, "actor": None, **said, **changes})


def test_an_interruption_is_noted_completed_then_followed_by_a_return(people, session):
    enrolment = EnrolmentFactory(session=session)
    client = people.client(people.training_manager)
    said = {"state": "interrupted", "ended_on": "2026-09-08", "end_reason": "Remplacement d'une collègue"}
    client.post(url("end_enrolment", enrolment), said)
    client.post(url("end_enrolment", enrolment), {**said, "end_action": "Report proposé"})
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.ended_on, enrolment.end_reason, enrolment.end_action) == (
        "interrupted", date(2026, 9, 8), "Remplacement d'une collègue", "Report proposé",
    )  # fmt: skip
    assert client.post(url("resume_enrolment", enrolment), {"came_back_on": "2026-09-10"}).url == url("enrolment", enrolment)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.ended_on, enrolment.end_reason, enrolment.end_action) == ("enrolled", None, "", "")
    past = PastDeparture.objects.get()
    assert (past.enrolment, past.state, past.left_on, past.came_back_on) == (
        enrolment, "interrupted", date(2026, 9, 8), date(2026, 9, 10),
    )  # fmt: skip
    assert (past.reason, past.action, past.noted_by) == ("Remplacement d'une collègue", "Report proposé", people.training_manager)
    page = client.get(url("enrolment", enrolment)).content.decode().replace("\xa0", " ")
    assert "Parcours interrompu du 8 septembre 2026, retour le 10 septembre 2026" in page
    verbs = list(Entry.objects.filter(verb__startswith="enrolment.").order_by("at").values_list("verb", flat=True))
    assert verbs == ["enrolment.end", "enrolment.end", "enrolment.resume"]


@pytest.mark.parametrize(
    ("ended_on", "came_back_on", "sentence"),
    [
        ("2026-09-08", "2026-09-07", "On ne revient pas avant d’être parti"),
        ("2026-09-08", (timezone.localdate() + timedelta(days=2)).isoformat(), "Ce jour n’est pas encore venu"),
        ("2026-09-08", "", "Ce champ est obligatoire."),
        (None, "2026-09-10", "complétez le départ"),
    ],
)
def test_a_return_that_cannot_be_changes_nothing(people, session, ended_on, came_back_on, sentence):
    enrolment = EnrolmentFactory(session=session, state="interrupted", ended_on=ended_on, end_reason="Motif")
    answer = people.client(people.training_manager).post(url("resume_enrolment", enrolment), {"came_back_on": came_back_on})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    enrolment.refresh_from_db()
    assert (enrolment.state, PastDeparture.objects.count()) == (EnrolmentState.INTERRUPTED, 0)


def test_a_departure_noted_by_mistake_goes_and_the_journal_remembers(people, session):
    enrolment = left(EnrolmentFactory(session=session))
    people.client(people.training_manager).post(url("resume_enrolment", enrolment), {"go": "mistake"})
    enrolment.refresh_from_db()
    assert (enrolment.state, PastDeparture.objects.count()) == (EnrolmentState.ENROLLED, 0)
    assert Entry.objects.get(verb="enrolment.resume").details == {"state": "interrupted", "ended_on": "2026-09-08"}


def test_who_never_left_does_not_come_back(people, session):
    enrolment = EnrolmentFactory(session=session)
    with pytest.raises(ValidationError, match="déjà inscrite"):
        resume_enrolment(enrolment=enrolment, actor=None)
    answer = people.client(people.training_manager).post(url("resume_enrolment", enrolment), {"go": "mistake"}, follow=True)
    assert "Cette personne est déjà inscrite." in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"state": "enrolled"}, "Choisissez un désistement"),
        ({"reason": " "}, "Dites pourquoi"),
        ({"ended_on": FIRST - timedelta(days=1)}, "c’est un désistement"),
        ({"ended_on": LAST + timedelta(days=1)}, "choisissez le dernier jour suivi"),
        ({"state": "withdrawn"}, "Un désistement précède le premier jour"),
        ({"ended_on": timezone.localdate() + timedelta(days=2)}, "Ce jour n’est pas encore venu"),
    ],
)
def test_what_a_departure_may_not_be(session, said, sentence):
    with pytest.raises(ValidationError, match=sentence):
        left(EnrolmentFactory(session=session), **said)


@pytest.mark.parametrize("count", [1, 3])
def test_the_file_of_one_person_takes_the_same_number_of_queries(people, session, count, django_assert_num_queries):
    enrolment = EnrolmentFactory(session=session, has_funder=True)
    for number in range(count):
        FundingFactory(enrolment=enrolment, funder__name=f"Financeur {number}", amount=10)
        PastDepartureFactory(enrolment=enrolment, noted_by=people.training_manager)
    client = people.client(people.training_manager)
    with django_assert_num_queries(10):
        client.get(url("enrolment", enrolment))
