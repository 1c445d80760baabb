"""The page of one trainee: every session, who pays, what is signed and issued; what a trainer reads of it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests import cast
from tests.answers import on_one_line
from tests.factories import (
    CompanyFactory,
    EnrolmentFactory,
    FundingFactory,
    HalfDayFactory,
    MarkFactory,
    MeasureFactory,
    PersonalIssuedFactory,
    SessionFactory,
    TraineeFactory,
)
from tests.harness.worlds import shared
from trainings.documents.models import DocumentKind
from trainings.people.models import Trainee
from trainings.sessions.models import DayPart, EnrolmentState, SessionState

pytestmark = pytest.mark.django_db
PANELS = ("attendance:of_trainee", "documents:of_trainee")


people = shared(cast.gather)


@pytest.fixture
def trainee(people):
    return TraineeFactory(
        organisation=people.organisation,
        first_name="Anaïs",
        last_name="Fictive",
        email="anais@exemple.fr",
        phone="06 00 00 00 00",
    )


def url(name, trainee):
    return reverse(name, args=["fil-ouest", trainee.pk])


def show(people, user, trainee, name="people:trainee"):
    answer = people.client(user).get(url(name, trainee))
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def enrol(people, trainee, *, own=True, **fields):
    """Enrolled in a session that the trainer of the cast leads, or somebody else."""
    session = SessionFactory(
        organisation=people.organisation, trainers=[people.trainer_record] if own else [], state=SessionState.RUNNING
    )
    return EnrolmentFactory(session=session, trainee=trainee, **fields)


def test_a_manager_reads_every_session_who_pays_and_how_to_reach_the_person(people, trainee):
    company = CompanyFactory(organisation=people.organisation, name="Brasserie Inventée")
    first = enrol(people, trainee, company=company, has_company=True, has_funder=True, price=1250)
    FundingFactory(enrolment=first, amount=900, file_number="D-0142", funder__name="OPCO Inventé")
    other = enrol(people, trainee, own=False, state=EnrolmentState.ABANDONED, ended_on=date(2026, 9, 8), end_reason="Emploi")
    page = on_one_line(show(people, people.training_manager, trainee))
    for words in (
        "2 sessions", first.session.reference, other.session.reference, "Brasserie Inventée", "OPCO Inventé, 900,00 €", "dossier D-0142",
        "prix 1 250,00 €", "Abandon", ": Emploi", "anais@exemple.fr", "06 00 00 00 00", url(PANELS[0], trainee), url(PANELS[1], trainee),
    ):  # fmt: skip
        assert words in page
    assert "/modifier/" in page


def test_a_trainer_reads_the_sessions_they_lead_and_nothing_of_money_or_address(people, trainee):
    own = enrol(people, trainee, has_funder=True, price=1250)
    FundingFactory(enrolment=own, amount=900, file_number="DOSSIER-SECRET", funder__name="Financeur Secret")
    other = enrol(people, trainee, own=False)
    PersonalIssuedFactory(enrolment=own, kind=DocumentKind.COMPLETION, number="CR-VISIBLE")
    PersonalIssuedFactory(enrolment=other, kind=DocumentKind.COMPLETION, number="CR-CACHE")
    HalfDayFactory(session=other.session, day=date(2026, 9, 7))
    shown = [show(people, people.trainer, trainee, name) for name in ("people:trainee", *PANELS)]
    whole = " ".join(shown)
    assert [word for word in (own.session.reference, "CR-VISIBLE", "que vous animez") if word not in whole] == []
    secrets = (
        other.session.reference, "CR-CACHE", "DOSSIER-SECRET", "Financeur Secret", "1 250", "anais@exemple.fr", "06 00 00", "/modifier/",
    )  # fmt: skip
    assert [secret for secret in secrets if secret in whole] == []


def test_a_trainer_finds_nobody_they_never_taught(people, trainee):
    enrol(people, trainee, own=False)
    client = people.client(people.trainer)
    assert [client.get(url(name, trainee)).status_code for name in ("people:trainee", *PANELS)] == [404, 404, 404]


@pytest.mark.parametrize("name", ["people:trainee", "people:edit_trainee", *PANELS])
def test_somebody_of_another_organisation_does_not_exist(people, name):
    other = TraineeFactory(organisation=people.sister)
    assert people.client(people.quality_manager).get(url(name, other)).status_code == 404


@pytest.mark.parametrize("name", ["people:trainee", *PANELS])
def test_needs_of_adaptation_are_nowhere_on_the_page(people, trainee, name):
    enrolment = enrol(people, trainee)
    MeasureFactory(
        request__enrolment=enrolment, request__need="BESOIN SECRET", request__decision="DÉCISION SECRÈTE", text="MESURE SECRÈTE"
    )
    page = show(people, people.quality_manager, trainee, name)
    assert [secret for secret in ("BESOIN SECRET", "DÉCISION SECRÈTE", "MESURE SECRÈTE") if secret in page] == []
    assert Entry.objects.filter(verb__startswith="adaptation.").count() == 0


def test_what_is_signed_owed_and_missed_session_by_session(people, trainee):
    enrolment = enrol(people, trainee)
    first, second, third = (
        HalfDayFactory(session=enrolment.session, day=date(2026, 9, day), part=part)
        for day, part in ((7, DayPart.MORNING), (7, DayPart.AFTERNOON), (8, DayPart.MORNING))
    )
    HalfDayFactory(session=enrolment.session, day=timezone.localdate() + timedelta(days=30), starts_at=time(9), ends_at=time(12))
    MarkFactory(half_day=first, enrolment=enrolment)
    MarkFactory(half_day=third, enrolment=enrolment, kind="absent")
    page = show(people, people.training_manager, trainee, "attendance:of_trainee")
    assert ("une demi-journée à signer" in page, "1 sur 3" in page) == (True, True)
    owed = reverse("attendance:half_day", args=["fil-ouest", second.pk])
    assert [owed in page, reverse("attendance:half_day", args=["fil-ouest", first.pk]) in page] == [True, False]
    assert "absent" in page


@pytest.mark.parametrize(
    "left", [{"enrolment": {"state": EnrolmentState.WITHDRAWN}}, {"session": {"state": SessionState.CANCELLED}}]
)
def test_who_withdrew_or_whose_session_is_cancelled_owes_nothing(people, trainee, left):
    enrolment = enrol(people, trainee)
    HalfDayFactory(session=enrolment.session, day=date(2026, 9, 7))
    for name, fields in left.items():
        row = enrolment if name == "enrolment" else enrolment.session
        type(row).objects.filter(pk=row.pk).update(**fields)
    assert "Rien à signer" in show(people, people.training_manager, trainee, "attendance:of_trainee")


def test_documents_say_where_they_stand(people, trainee):
    enrolment = enrol(people, trainee)
    issued = PersonalIssuedFactory(enrolment=enrolment, kind=DocumentKind.CONTRACT, signed_on=date(2026, 9, 10))
    page = show(people, people.training_manager, trainee, "documents:of_trainee")
    assert [words for words in (issued.number, "Contrat de formation", "signé") if words not in page] == []


@pytest.mark.parametrize(("name", "queries"), [("people:trainee", 12), ("attendance:of_trainee", 9), ("documents:of_trainee", 9)])
@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_number_of_queries(people, trainee, name, queries, count, django_assert_num_queries):
    for _number in range(count):
        enrolment = enrol(people, trainee, has_funder=True)
        FundingFactory(enrolment=enrolment)
        MarkFactory(half_day=HalfDayFactory(session=enrolment.session), enrolment=enrolment)
        PersonalIssuedFactory(enrolment=enrolment)
    client = people.client(people.training_manager)
    with django_assert_num_queries(queries):
        client.get(url(name, trainee))


@pytest.mark.parametrize(("name", "part"), [(PANELS[0], "signatures"), (PANELS[1], "documents")])
def test_a_panel_is_a_part_of_its_own_page(people, trainee, name, part):
    client = people.client(people.training_manager)
    panel = client.get(url(name, trainee), headers={"HX-Request": "true", "HX-Target": part}).content.decode()
    assert ("<html" in panel, panel.strip().startswith("<section")) == (False, True)


def test_a_name_misspelt_is_corrected_and_the_journal_says_what(people, trainee):
    client = people.client(people.training_manager)
    said = {
        "first_name": "Anaïs",
        "last_name": "Fictif",
        "email": "Anais.F@exemple.fr",
        "phone": trainee.phone,
        "civility": "mme",
    }
    assert client.post(url("people:edit_trainee", trainee), said).url == url("people:trainee", trainee)
    trainee.refresh_from_db()
    assert (trainee.last_name, trainee.email, trainee.name_key) == ("Fictif", "anais.f@exemple.fr", "anais fictif")
    assert Entry.objects.get(verb="trainee.change").details == {"fields": ["civility", "email", "last_name"]}
    client.post(url("people:edit_trainee", trainee), said | {"email": "anais.f@exemple.fr"})
    assert Entry.objects.filter(verb="trainee.change").count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("last_name", ""),
        ("email", "pas une adresse"),
        ("birth_date", "0001-01-01"),
        ("phone", "06 12 34 56 7"),
        ("postcode", "1000"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(people, trainee, field, value):
    said = {"first_name": "Anaïs", "last_name": "Fictive", "email": "", field: value}
    answer = people.client(people.training_manager).post(url("people:edit_trainee", trainee), said)
    assert (answer.status_code, f"id_{field}" in answer.content.decode()) == (422, True)
    assert Trainee.objects.get(pk=trainee.pk).email == "anais@exemple.fr"


def test_the_list_leads_to_each_person(people, trainee):
    assert url("people:trainee", trainee) in people.client(people.quality_manager).get(
        reverse("people:trainees", args=["fil-ouest"])
    ).content.decode()  # fmt: skip
