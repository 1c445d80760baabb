"""Numbers of administrations and of the post: what is kept, what is refused and in which words."""

import re

import pytest
from django.core.exceptions import ValidationError
from stdnum import luhn

from qualiopi.identity import BadIdentifier, activity_number, postcode, siren, siret
from qualiopi.phones import international
from qualiopi.web.identity import ActivityNumberField, PhoneField, PostcodeField, SirenField, SiretField

KEY = "ne tombe pas juste : un chiffre est faux. Vérifiez-le sur un devis ou une facture."
ELEVEN = "Un numéro de déclaration d’activité a 11 chiffres, comme 53 35 00000 35 : recopiez-le en entier."
POSTCODE = "Un code postal a cinq chiffres, comme 01000 ; à l’étranger, mettez le pays devant, comme B-1000, CH-1201 ou L-1009."


def four(code):
    return (
        f"Quatre chiffres se lisent de plusieurs façons : écrivez 0{code} en France, B-{code} en Belgique, "
        f"CH-{code} en Suisse ou L-{code} au Luxembourg."
    )


KEPT = [
    (siren, "", ""),
    (siren, "732829320", "732829320"),
    (siren, " 732 829 320 ", "732829320"),
    (siren, "732.829.320", "732829320"),
    (siren, "732 829 320 00074", "732829320"),
    (siren, "356000000", "356000000"),
    (siren, "356 000 000 49837", "356000000"),
    (siret, "", ""),
    (siret, "732 829 320 00074", "73282932000074"),
    (siret, "356 000 000 00048", "35600000000048"),  # La Poste, its head office: the common rule
    (siret, "356 000 000 49837", "35600000049837"),  # La Poste, elsewhere: digits that add up to a multiple of five
    (activity_number, "", ""),
    (activity_number, "53 35 00000 35", "53350000035"),
    (activity_number, "11.75.12345.75", "11751234575"),
    (activity_number, "94 2a 12345 2a", "942A123452A"),
    (activity_number, "94 20 12345 20", "94201234520"),
    (activity_number, "04 97 12345 97", "04971234597"),
    (activity_number, "11 75 P0012 75", "1175P001275"),
    (postcode, "", ""),
    (postcode, "01000", "01000"),
    (postcode, "35 000", "35000"),
    (postcode, "F-35000", "35000"),
    (postcode, "20137", "20137"),
    (postcode, "97133", "97133"),
    (postcode, "97150", "97150"),
    (postcode, "98000", "98000"),  # Monaco
    (postcode, "MC 98000", "98000"),
    (postcode, "98800", "98800"),
    (postcode, "b1000", "B-1000"),
    (postcode, "BE-1000", "B-1000"),
    (postcode, "CH-1201", "CH-1201"),
    (postcode, "L 1009", "L-1009"),
    (postcode, "LU-1009", "L-1009"),
    (postcode, "D-79098", "D-79098"),
    (postcode, "ES-20001", "E-20001"),
    (postcode, "IT 10121", "I-10121"),
    (postcode, "AD500", "AD500"),
    (postcode, "GB-SW1A 1AA", "GB-SW1A 1AA"),
    (postcode, "PT-1000-001", "PT-1000-001"),
]


@pytest.mark.parametrize(("read", "typed", "kept"), KEPT)
def test_what_is_typed_becomes_one_form_that_stays(read, typed, kept):
    assert (read(typed), read(kept)) == (kept, kept)


@pytest.mark.parametrize(
    ("read", "typed", "sentence"),
    [
        (siren, "1234", "Un SIREN a 9 chiffres : recopiez-le en entier."),
        (siren, "７３２８２９３２０", "Un SIREN a 9 chiffres : recopiez-le en entier."),
        (siren, "732829321", f"Ce SIREN {KEY}"),
        (siren, "000000000", f"Ce SIREN {KEY}"),
        (siret, "abc", "Un SIRET a 14 chiffres : recopiez-le en entier."),
        (siret, "7328293200007", "Un SIRET a 14 chiffres : recopiez-le en entier."),
        (siret, "732829320", "C’est un SIREN : un SIRET a 14 chiffres, le SIREN puis les 5 de l’établissement. Ajoutez-les."),
        (siret, "73282932000075", f"Ce SIRET {KEY}"),
        (siret, "35600000049838", f"Ce SIRET {KEY}"),
        (siret, "00000000000000", f"Ce SIRET {KEY}"),
        (activity_number, "abc", ELEVEN),
        (activity_number, "5335000003", ELEVEN),
        (activity_number, "53 35 A0000 35", ELEVEN),
        (activity_number, "５３３５００００００３５", ELEVEN),
        (activity_number, "12 35 00000 35", "Aucune région n’a le code 12 : vérifiez les deux premiers chiffres de ce numéro."),
        (
            activity_number,
            "53 35 00000 36",
            "Un chiffre est faux : le département est écrit deux fois dans ce numéro, ici 35 puis 36. Recopiez-le comme 53 35 00000 35.",
        ),
        (postcode, "1000", four("1000")),
        (postcode, "350", POSTCODE),
        (postcode, "0100", POSTCODE),
        (postcode, "350000", POSTCODE),
        (postcode, "00000", POSTCODE),
        (postcode, "99999", POSTCODE),
        (postcode, "98500", POSTCODE),
        (postcode, "MC-35000", POSTCODE),
        (postcode, "B-100", POSTCODE),
        (postcode, "B-0999", POSTCODE),
        (postcode, "CH-12010", POSTCODE),
        (postcode, "Rennes", POSTCODE),
        (postcode, "３５０００", POSTCODE),
    ],
)
def test_what_is_nobody_s_is_refused_with_what_to_do(read, typed, sentence):
    with pytest.raises(BadIdentifier, match=f"^{re.escape(sentence)}$"):
        read(typed)


@pytest.mark.parametrize("place", range(14))
def test_one_wrong_digit_of_a_siret_is_seen_wherever_it_is(place):
    right = "73282932000074"
    wrong = [f"{right[:place]}{digit}{right[place + 1 :]}" for digit in "0123456789" if digit != right[place]]
    assert not any(luhn.is_valid(number) for number in wrong)
    for number in wrong:
        with pytest.raises(BadIdentifier, match="ne tombe pas juste"):
            siret(number)


@pytest.mark.parametrize(
    ("field", "read", "typed", "wrong"),
    [
        (SirenField, siren, "732 829 320", "732829321"),
        (SiretField, siret, "356 000 000 49837", "35600000049838"),
        (ActivityNumberField, activity_number, "53 35 00000 35", "abc"),
        (PostcodeField, postcode, "b 1000", "1000"),
        (PhoneField, international, "0692 12 34 56", "06 12 34 56 7"),
    ],
)
def test_a_field_keeps_and_refuses_what_its_function_does(field, read, typed, wrong):
    made = field(required=False)
    with pytest.raises(ValueError) as refused:  # each function has its own
        read(wrong)
    assert (made.clean(typed), made.clean(" ")) == (read(typed), "")
    assert refusal(made, wrong) == [str(refused.value)]


def refusal(field, typed):
    """The sentences beside a field."""
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return refused.value.messages


def test_a_field_of_one_phone_takes_no_two():
    assert refusal(PhoneField(), "06 12 34 56 78 / 07 11 22 33 44") == [
        "Ce champ tient un seul numéro : gardez celui où l’on joint la personne."
    ]
