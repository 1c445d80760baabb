"""The contract of somebody who pays for themselves: its day, its ten days, its thirty percent."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests.documents.test_issuing import issue_all
from trainings.documents.models import DocumentKind
from trainings.documents.queries import targets_of
from trainings.documents.queries.course_words import price_words
from trainings.documents.verbs import issue, save_template
from trainings.documents.wording import check, first_payment, shipped_body, withdrawal_ends

KIND = DocumentKind.CONTRACT


def issued_on(world, day):
    return issue(session=world.session, kind=KIND, targets=targets_of(world.session, KIND), actor=None, issued_on=day)


@pytest.mark.parametrize("price", ["0", "0.01", "0.03", "0.33", "99.99", "400", "1234.56", "99999.99"])
def test_what_is_paid_first_is_thirty_percent_at_most(price):
    price = Decimal(price)
    first = first_payment(price)
    assert Decimal(0) <= first <= price * 30 / 100
    assert price * 30 / 100 - first < Decimal("0.01")


def test_the_parts_make_the_price():
    words = price_words(Decimal("99.99"))
    assert (words["total"], words["premier_versement"], words["solde"]) == (
        "99,99\u00a0€",
        "29,99\u00a0€",
        "70,00\u00a0€",
    )
    assert price_words(Decimal(12000))["total"] == "12\u00a0000,00\u00a0€"


def test_ten_days_go_from_the_signature():
    assert withdrawal_ends(date(2026, 12, 28)) == date(2027, 1, 7)


@pytest.mark.parametrize(("day", "issued"), [(date(2026, 9, 6), 1), (date(2026, 9, 7), 1), (date(2026, 9, 8), 0)])
def test_a_contract_comes_before_the_course(world, day, issued):
    report = issued_on(world, day)
    assert len(report.issued) == issued
    assert [str(refusal) for refusal in report.refused] == [
        "Énora Fictive002 : contrat conclu avant l’inscription définitive et avant tout paiement (Code du travail, L. 6353-3) : "
        "la session a commencé, il n’est plus temps."
    ] * (1 - issued)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Un acompte de 50 % est versé à la commande.", "le premier versement ne dépasse pas 30 % du prix"),
        ("Premier versement : 30,5 pour cent.", "le premier versement ne dépasse pas 30 % du prix"),
        ("Des arrhes de 100% sont demandées.", "le premier versement ne dépasse pas 30 % du prix"),
        ("La personne peut se rétracter sous 7 jours.", "la personne a dix jours pour se rétracter"),
        ("Le délai de rétractation est de sept jours.", "la personne a dix jours pour se rétracter"),
    ],
)
def test_a_wording_against_the_law_is_refused_with_its_line(people, line, told):
    body = shipped_body(KIND)
    with pytest.raises(ValidationError) as refused:
        save_template(organisation=people.organisation, kind=KIND, body=f"{body}\n{line}\n", actor=None)
    (sentence,) = refused.value.messages
    assert sentence.startswith(f"Ligne {len(body.splitlines()) + 2} : {told}")


@pytest.mark.parametrize(
    "line",
    [
        "Un acompte de 30 % est versé après dix jours.",
        "Premier versement de 20 % ; le reste suit.",
        "La personne peut se rétracter sous quatorze jours.",
        "La personne peut se rétracter sous 14 jours.",
        "La formation est suivie à 100 % en présentiel.",
    ],
)
def test_a_wording_within_the_law_is_kept(line):
    assert check(f"{shipped_body(KIND)}\n{line}\n", KIND) == []


@pytest.mark.parametrize(
    "variable", ["mentions.retractation", "mentions.paiement", "mentions.force_majeure", "tarif.premier_versement"]
)
def test_a_contract_without_one_of_its_rules_is_not_issued(world, variable):
    body = shipped_body(KIND).replace(f"{{{{ {variable} }}}}", "voir nos conditions")
    save_template(organisation=world.session.organisation, kind=KIND, body=body, actor=None)
    report = issue_all(world, KIND)
    assert report.issued == []
    ((sentence,),) = [refusal.sentences for refusal in report.refused]
    assert sentence.endswith(f"le modèle ne le dit pas, ajoutez-y {{{{ {variable} }}}}.")
    assert "Code du travail, L. 6353-" in sentence
