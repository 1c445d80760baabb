"""Subcontractors: their page, contracts, reviews, and what the CPF asks of the sessions they were given."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import (
    EnrolmentFactory,
    FunderFactory,
    SessionFactory,
    StoredFileFactory,
    SubcontractFactory,
    SubcontractorFactory,
    SubcontractorReviewFactory,
    TrainerFactory,
)
from tests.files import made
from tests.harness.worlds import shared
from trainings.people.models import Subcontract, Subcontractor, SubcontractorReview
from trainings.people.queries import cpf_share
from trainings.sessions.models import Funding

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
SIREN = "732829320"


people = shared(cast.gather)


@pytest.fixture
def manager(people):
    return people.client(people.training_manager)


@pytest.fixture
def partner(people):
    return SubcontractorFactory(
        organisation=people.organisation, name="Savoirs du Large", siren=SIREN, activity_number="84691234569"
    )


def at(name, *args):
    return reverse(f"people:{name}", args=["fil-ouest", *args])


def in_order(partner):
    """A contract of today and the review of the year."""
    contract = SubcontractFactory(
        subcontractor=partner,
        signed_on=TODAY() - timedelta(days=60),
        valid_from=TODAY() - timedelta(days=50),
        valid_until=TODAY() + timedelta(days=50),
    )
    SubcontractorReviewFactory(subcontractor=partner, held_on=TODAY() - timedelta(days=10))
    return contract


def paid(session, kind="cpf", amount="100"):
    enrolment = EnrolmentFactory(session=session)
    funder = FunderFactory(organisation=session.organisation, kind=kind)
    return Funding.objects.create(
        organisation=session.organisation, enrolment=enrolment, funder=funder, amount=amount and Decimal(amount)
    )


def said(manager, partner):
    found = manager.get(at("subcontractor", partner.pk)).context["partner"]
    return found.answer, found.missing


def test_the_page_answers_first(manager, partner):
    answer, missing = said(manager, partner)
    assert (answer, missing) == (
        "Il manque 2 choses.",
        ["Un contrat signé et en cours.", "Une première revue, datée, avec sa conclusion."],
    )
    in_order(partner)
    assert said(manager, partner) == ("Tout est en place.", [])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"activity_number": ""}, "Son numéro de déclaration d’activité : un sous-traitant a toujours le sien."),
        ({"siren": ""}, "Son SIREN."),
    ],
)
def test_who_it_is_has_to_be_known(manager, partner, fields, sentence):
    in_order(partner)
    Subcontractor.objects.filter(pk=partner.pk).update(**fields)
    assert said(manager, partner) == ("Il manque une chose.", [sentence])


@pytest.mark.parametrize("fields", [{"compliance_clause": False}, {"right_to_check": False}])
def test_the_contract_in_force_carries_the_clause(manager, partner, fields):
    contract = in_order(partner)
    Subcontract.objects.filter(pk=contract.pk).update(**fields)
    assert said(manager, partner)[1] == ["La clause de respect du référentiel et le droit de contrôle, dans le contrat en cours."]


def test_a_review_lasts_a_year(manager, partner):
    in_order(partner)
    SubcontractorReview.objects.update(held_on=TODAY() - timedelta(days=367))
    assert "La revue de l’année" in said(manager, partner)[1][0]


def test_a_certificate_is_asked_for_where_the_cpf_pays_alone(manager, partner):
    contract = in_order(partner)
    given = {"organisation": partner.organisation, "given_to": partner, "starts_on": TODAY(), "ends_on": TODAY()}
    paid(SessionFactory(**given, reference="OPCO", subcontract=contract), kind="opco")
    assert said(manager, partner) == ("Tout est en place.", [])
    paid(SessionFactory(**given, reference="CPF", subcontract=contract))
    page = manager.get(at("subcontractor", partner.pk))
    checks = {session.reference: [check.key for check in session.unmet] for session in page.context["sessions"]}
    assert checks == {"CPF": ["certified", "contract", "declared", "no_cascade"], "OPCO": []}
    Subcontract.objects.update(
        content="Contenu", means="Moyens", follow_up="Suivi", price="1 200 €", declared_on=TODAY(), no_cascade=True
    )
    Subcontractor.objects.update(certified_from=TODAY(), certified_until=TODAY())
    page = manager.get(at("subcontractor", partner.pk))
    assert [session.unmet for session in page.context["sessions"]] == [[], []]
    assert page.context["partner"].answer == "Tout est en place. Son certificat expire aujourd’hui."


def test_somebody_of_another_subcontractor_is_a_cascade(manager, partner):
    contract = in_order(partner)
    own = TrainerFactory(organisation=partner.organisation, status="subcontractor", subcontractor=partner)
    other = TrainerFactory(organisation=partner.organisation, status="subcontractor")
    for reference, trainer in (("SIENNE", own), ("CASCADE", other)):
        paid(
            SessionFactory(
                organisation=partner.organisation, reference=reference, given_to=partner, subcontract=contract, trainers=[trainer],
                starts_on=TODAY(), ends_on=TODAY(),
            )
        )  # fmt: skip
    Subcontract.objects.update(no_cascade=True)
    sessions = manager.get(at("subcontractor", partner.pk)).context["sessions"]
    cascade = {
        session.reference: next(check.met for check in session.checks if check.key == "no_cascade") for session in sessions
    }
    assert cascade == {"SIENNE": True, "CASCADE": False}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_number_of_queries(manager, partner, count, django_assert_num_queries):
    for _number in range(count):
        contract = SubcontractFactory(subcontractor=partner, file=StoredFileFactory(organisation=partner.organisation))
        SubcontractorReviewFactory(subcontractor=partner)
        paid(SessionFactory(organisation=partner.organisation, given_to=partner, subcontract=contract))
    with django_assert_num_queries(12):
        manager.get(at("subcontractor", partner.pk))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(people, manager, count, django_assert_num_queries):
    for _number in range(count):
        in_order(SubcontractorFactory(organisation=people.organisation))
    SubcontractorFactory(organisation=people.sister, name="Caché")
    with django_assert_num_queries(7):
        page = manager.get(at("subcontractors"))
    assert (page.context["page"].paginator.count, "Caché" in page.content.decode()) == (count, False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(SIREN, SIREN), ("732 829 320", SIREN), ("73282932000074", SIREN), ("", "")],
)
def test_a_siren_is_kept_as_nine_digits(manager, typed, kept):
    manager.post(at("create_subcontractor"), {"name": "Savoirs", "siren": typed})
    assert Subcontractor.objects.get().siren == kept


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        (
            {"siren": "732829321"},
            {"siren": ["Ce SIREN ne tombe pas juste : un chiffre est faux. Vérifiez-le sur un devis ou une facture."]},
        ),
        ({"siren": "1234"}, {"siren": ["Un SIREN a 9 chiffres : recopiez-le en entier."]}),
        (
            {"activity_number": "12"},
            {
                "activity_number": [
                    "Un numéro de déclaration d’activité a 11 chiffres, comme 53 35 00000 35 : recopiez-le en entier."
                ]
            },
        ),
        ({"exemption": "micro"}, {"__all__": ["Une dispense de certificat se justifie : dites par quoi."]}),
        (
            {"certified_from": "2026-01-02", "certified_until": "2026-01-01"},
            {"__all__": ["La fin d’un certificat ne précède pas son début."]},
        ),
    ],
)
def test_what_the_form_refuses(manager, fields, errors):
    answer = manager.post(at("create_subcontractor"), {"name": "Savoirs"} | fields)
    assert (answer.status_code, answer.context["form"].errors, Subcontractor.objects.count()) == (422, errors, 0)


def test_the_same_name_is_not_entered_twice(manager, partner):
    answer = manager.post(at("create_subcontractor"), {"name": "SAVOIRS DU LARGE"})
    assert (answer.status_code, Subcontractor.objects.count()) == (422, 1)


CONTRACT = {"reference": "ST-9", "signed_on": "2026-09-01", "valid_from": "2026-09-02", "missions": ["welcome", "evaluation"]}


def test_a_contract_carries_missions_clauses_and_its_file(manager, partner):
    sent = CONTRACT | {"compliance_clause": "on", "upload": made.upload("contrat.pdf", made.pdf())}
    assert manager.post(at("create_subcontract", partner.pk), sent).status_code == 302
    contract = Subcontract.objects.get()
    assert (contract.missions, contract.compliance_clause, contract.right_to_check, contract.file.name) == (
        ["welcome", "evaluation"],
        True,
        False,
        "contrat.pdf",
    )
    # Changed without another file: the signed one stays.
    manager.post(at("edit_subcontract", contract.pk), CONTRACT | {"right_to_check": "on"})
    contract.refresh_from_db()
    assert (contract.right_to_check, contract.file.name) == (True, "contrat.pdf")
    assert Entry.objects.get(verb="subcontract.change").details["fields"] == ["compliance_clause", "right_to_check"]
    answer = manager.get(at("subcontract_file", contract.pk))
    assert answer["Content-Type"] == "application/pdf"


def test_an_unknown_mission_is_refused(manager, partner):
    answer = manager.post(at("create_subcontract", partner.pk), CONTRACT | {"missions": ["tout"]})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["missions"])


def test_a_review_is_dated_and_signed(people, manager, partner):
    answer = manager.post(
        at("review_subcontractor", partner.pk),
        {"held_on": "2026-11-02", "identity_checked": "on", "conclusion": "On continue.", "goes_on": "on"},
    )
    assert answer.status_code == 302
    review = SubcontractorReview.objects.get()
    assert (review.held_on, review.identity_checked, review.skills_checked, review.reviewed_by) == (
        date(2026, 11, 2),
        True,
        False,
        people.training_manager,
    )


@pytest.mark.parametrize("sent", [{"held_on": "2098-01-01", "conclusion": "Oui"}, {"held_on": "2026-11-02", "conclusion": ""}])
def test_a_review_to_come_or_without_conclusion_is_refused(manager, partner, sent):
    assert manager.post(at("review_subcontractor", partner.pk), sent).status_code == 422
    assert SubcontractorReview.objects.count() == 0


def test_the_share_of_the_cpf_is_known_when_every_amount_is(people, partner):
    organisation = people.organisation
    assert cpf_share(organisation, 2026) is None
    paid(SessionFactory(organisation=organisation, given_to=partner, starts_on=date(2026, 5, 4)), amount="801")
    paid(SessionFactory(organisation=organisation, starts_on=date(2026, 5, 4)), amount="199")
    paid(SessionFactory(organisation=organisation, starts_on=date(2025, 5, 4), ends_on=None), amount="9999")
    paid(SessionFactory(organisation=organisation, starts_on=date(2026, 5, 4)), kind="opco", amount="500")
    assert cpf_share(organisation, 2026).percent == 81
    paid(SessionFactory(organisation=organisation, starts_on=date(2026, 5, 4)), amount=None)
    assert cpf_share(organisation, 2026) is None


def test_the_rules_are_shown_with_their_source(manager, partner):
    text = manager.get(at("subcontractor", partner.pk)).content.decode()
    assert [words in text for words in ("80\u00a0%", "83\u202f600\u00a0€", "R. 6333-6-2", "Arrêté du 3 janvier 2024")] == [
        True
    ] * 4
