"""What the library answers first, its one button, and what is folded because nothing is asked of it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evidence.library import sentences, verbs
from evidence.library.models import IndicatorLink
from evidence.library.needs import Need
from tests import cast
from tests.factories import CertifierAuditFactory, DocumentFactory, VersionFactory
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db
people = shared(cast.gather)
AUDIT = date(2027, 3, 26)
E, X, R, U, F, OK = Need.EXPIRED, Need.EXPIRING, Need.TO_READ, Need.UNLINKED, Need.TO_FILE, Need.NOTHING


@pytest.mark.parametrize(
    ("counts", "waiting", "audit", "said"),
    [
        ({}, 0, AUDIT, "Aucune pièce encore."),
        ({}, 3, AUDIT, "Aucune pièce encore, trois fichiers attendent d’être rangés."),
        ({OK: 9}, 0, AUDIT, "Rien n’expire avant l’audit du 26 mars 2027."),
        ({OK: 9}, 0, None, "Rien n’a expiré."),
        ({R: 8}, 0, AUDIT, "Rien n’expire avant l’audit du 26 mars 2027 ; huit pièces attendent une relecture."),
        (
            {R: 1, U: 2},
            0,
            AUDIT,
            "Rien n’expire avant l’audit du 26 mars 2027 ; une pièce attend une relecture et deux n’ont pas d’indicateur.",
        ),
        ({U: 1}, 0, None, "Rien n’a expiré ; une pièce n’a pas d’indicateur."),
        ({F: 2}, 1, None, "Rien n’a expiré ; un fichier attend d’être rangé et deux pièces annoncées sont à déposer."),
        ({E: 1}, 0, AUDIT, "Une pièce a expiré."),
        ({X: 2, R: 8}, 0, AUDIT, "Deux pièces expirent avant l’audit, huit autres attendent une relecture."),
        ({E: 2, X: 1, U: 17}, 0, AUDIT, "Deux pièces ont expiré, une expire avant l’audit, 17 n’ont pas d’indicateur."),
        (
            {X: 1, R: 1, U: 1, F: 1},
            2,
            AUDIT,
            "Une pièce expire avant l’audit, deux fichiers attendent d’être rangés, une autre attend une relecture.",
        ),
    ],
)
def test_the_answer(counts, waiting, audit, said):
    assert sentences.answer(dict.fromkeys(Need, 0) | counts, waiting=waiting, audit=audit) == said


def opened(people, who="quality_manager", **query):
    return people.client(getattr(people, who)).get(reverse("library:list", args=[people.organisation.slug]), query)


def piece(people, title, *indicators, read=False, valid_until=None):
    document = VersionFactory(
        document=DocumentFactory(organisation=people.organisation, title=title), valid_until=valid_until, effective_on=None
    ).document
    for indicator in indicators:
        IndicatorLink.objects.create(document=document, indicator=indicator)
    if read:
        verbs.review(document=document, accepted=True, comment="", actor=people.quality_manager)
    return document


def test_what_needs_nothing_is_folded_under_its_criteria(people):
    piece(people, "Livret", 9, read=True)
    piece(people, "Charte", 9, 26, read=True)
    piece(people, "À lire", 9)
    page = opened(people)
    address = reverse("library:list", args=[people.organisation.slug])
    assert [
        (fold.title, fold.told, [(line.label, line.count, line.url) for line in fold.lines]) for fold in page.context["folds"]
    ] == [
        (
            "3. Accueil, accompagnement, suivi et évaluation",
            "2 pièces",
            [("9 Information sur les conditions de déroulement", 2, f"{address}?indicator=9&state=settled")],
        ),
        (
            "6. Ancrage dans l’environnement professionnel",
            "1 pièce",
            [("26 Réseau et expertise handicap", 1, f"{address}?indicator=26&state=settled")],
        ),
    ]
    assert (page.context["settled_told"], page.context["served_twice"]) == ("2 pièces", True)
    settled = opened(people, indicator="9", state="settled")
    assert [(group.told, [each.document.title for each in group.pieces]) for group in settled.context["groups"]] == [
        ("2 pièces", ["Charte", "Livret"])
    ]
    assert (settled.context["groups"][0].title, settled.context["folds"]) == (sentences.of_month(timezone.localdate()), [])


def test_a_group_says_how_many_there_are_on_all_its_pages(people):
    for number in range(27):
        piece(people, f"Pièce {number}", 9)
    page = opened(people)
    assert [(group.title, group.told, len(group.pieces)) for group in page.context["groups"]] == [("À relire", "27 pièces", 25)]
    following = opened(people, page="2")
    assert [(group.told, len(group.pieces)) for group in following.context["groups"]] == [("27 pièces", 2)]


@pytest.mark.parametrize("count", [1, 3])
def test_folds_ask_the_same_number_of_questions(people, count, django_assert_num_queries):
    for number in range(count):
        piece(people, f"Livret {number}", 9, 26, read=True)
        piece(people, f"Charte {number}", 9)
    client = people.client(people.quality_manager)
    with django_assert_num_queries(12):
        client.get(reverse("library:list", args=[people.organisation.slug]))


def act(people, who="quality_manager"):
    shown = opened(people, who).context["act"]
    return (shown.label, shown.url) if shown else None


def test_the_button_does_what_comes_first(people):
    organisation, today = people.organisation, timezone.localdate()
    CertifierAuditFactory(organisation=organisation, held_on=today + timedelta(days=100))
    assert act(people) is None
    announced = DocumentFactory(organisation=organisation, title="Annoncée")
    assert act(people) == ("Déposer « Annoncée »", reverse("library:new_version", args=[organisation.slug, announced.pk]))
    piece(people, "À lire", 9)
    assert act(people) == ("Relire la pièce", reverse("library:to_read", args=[organisation.slug]))
    lapsing = piece(people, "Attestation d’assurance responsabilité civile professionnelle", 17, valid_until=today)
    assert act(people) == (
        "Renouveler « Attestation d’assurance responsabilité civile p… »",
        reverse("library:new_version", args=[organisation.slug, lapsing.pk]),
    )
    verbs.review(document=lapsing, accepted=False, comment="Illisible.", actor=people.quality_manager)
    assert act(people) == ("Relire la pièce", reverse("library:to_read", args=[organisation.slug]))


def test_who_may_not_conclude_is_not_asked_to_read(people):
    piece(people, "À lire", 9)
    assert act(people, "training_manager") is None
