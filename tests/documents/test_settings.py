"""What documents are made with, told in the settings: each line leads where it is set, and says what it lacks."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import CompanyFactory, FunderFactory, StyleFactory
from tests.harness.worlds import shared
from trainings.documents.models import DocumentKind, Style
from trainings.documents.queries import current_wording, wordings_of
from trainings.documents.telling import setting_lines
from trainings.documents.verbs import save_template
from trainings.documents.wording import shipped_body
from trainings.people.models import Company, Funder

pytestmark = pytest.mark.django_db
SHIPPED = {kind: (0, shipped_body(kind)) for kind in DocumentKind}
NOBODY = "personne n’est nommé : les documents que signe l’organisme ne peuvent pas être émis"
NO_LOGO = "aucun logo : le nom de l’organisme est imprimé en tête"

people = shared(cast.gather)


def lines_of(*, wordings=SHIPPED, style=None, companies=(0, 0), funders=(0, 0), address=lambda name: f"/{name}"):
    found = setting_lines(wordings, style, parties={Company: companies, Funder: funders}, address=address)
    return {line.label: (line.told, line.lacking, line.url) for line in found}


def test_before_anything_is_said():
    assert lines_of() == {
        "Modèles de documents": ("10 modèles · tous fournis avec le produit", False, "/documents:templates"),
        "Logo et couleur": (NO_LOGO, False, "/documents:style"),
        "Signataire": (NOBODY, True, "/documents:style"),
        "Entreprises": ("0 entreprise", False, "/people:companies"),
        "Financeurs": ("0 financeur", False, "/people:funders"),
    }


@pytest.mark.parametrize(
    ("given", "label", "told", "lacking"),
    [
        (
            {"wordings": SHIPPED | {DocumentKind.CONVOCATION: (2, "Venez.")}},
            "Modèles de documents",
            "10 modèles · 1 adapté à vos mots · 1 ne dit pas tout ce que la loi demande",
            True,
        ),
        (
            {"wordings": SHIPPED | dict.fromkeys((DocumentKind.CONVOCATION, DocumentKind.AGREEMENT), (1, "Venez."))},
            "Modèles de documents",
            "10 modèles · 2 adaptés à vos mots · 2 ne disent pas tout ce que la loi demande",
            True,
        ),
        (
            {"wordings": SHIPPED | {DocumentKind.CONVOCATION: (1, shipped_body(DocumentKind.CONVOCATION))}},
            "Modèles de documents",
            "10 modèles · 1 adapté à vos mots",
            False,
        ),
        ({"style": Style()}, "Signataire", NOBODY, True),
        ({"style": Style(signatory="Maëlle Kerdraon")}, "Signataire", "Maëlle Kerdraon", False),
        (
            {"style": Style(signatory="Maëlle Kerdraon", signatory_title="directrice")},
            "Signataire",
            "Maëlle Kerdraon, directrice",
            False,
        ),
        ({"style": Style(signatory="Maëlle Kerdraon")}, "Logo et couleur", NO_LOGO, False),
        (
            {"style": SimpleNamespace(signatory="", logo="logo.png")},
            "Logo et couleur",
            "votre logo est imprimé en tête de vos documents",
            False,
        ),
        ({"companies": (1, 0)}, "Entreprises", "1 entreprise", False),
        ({"companies": (12, 3)}, "Entreprises", "12 entreprises · 3 sans adresse e-mail", False),
        ({"funders": (1, 1)}, "Financeurs", "1 financeur · 1 sans adresse e-mail", False),
        ({"funders": (2, 0)}, "Financeurs", "2 financeurs", False),
    ],
)
def test_each_line_says_how_it_stands(given, label, told, lacking):
    assert lines_of(**given)[label][:2] == (told, lacking)


def test_the_settings_ask_for_the_panel_and_it_works_alone(people):
    client, address = people.client(people.quality_manager), reverse("documents:settings", args=["fil-ouest"])
    page = client.get(reverse("organisations:settings", args=["fil-ouest"])).content.decode()
    assert f'hx-get="{address}"' in page
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "documents"}).content.decode()
    assert (part.strip() in client.get(address).content.decode(), "<html" in part) == (True, False)
    for name in ("documents:templates", "documents:style", "people:companies", "people:funders"):
        target = reverse(name, args=["fil-ouest"])
        assert f'href="{target}"' in part
        assert client.get(target).status_code == 200


def test_who_may_not_change_a_thing_reads_it_without_a_link(people):
    lines = people.client(people.training_manager).get(reverse("documents:settings", args=["fil-ouest"])).context["lines"]
    assert {line.label: bool(line.url) for line in lines} == {
        "Modèles de documents": False,
        "Logo et couleur": False,
        "Signataire": False,
        "Entreprises": True,
        "Financeurs": True,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_panel_takes_the_same_number_of_queries(people, count, django_assert_num_queries):
    for organisation in (people.organisation, people.elsewhere):
        StyleFactory(organisation=organisation)
        for number in range(count):
            CompanyFactory(organisation=organisation)
            FunderFactory(organisation=organisation)
            save_template(
                organisation=organisation, kind=DocumentKind.RULES, body=f"# Règles {number}", actor=people.quality_manager
            )
    client, panel = people.client(people.quality_manager), {"HX-Request": "true", "HX-Target": "documents"}
    with django_assert_num_queries(8):
        answer = client.get(reverse("documents:settings", args=["fil-ouest"]), headers=panel)
    counted = "1 entreprise" if count == 1 else "3 entreprises"
    assert answer.context["lines"][3].told.startswith(counted)


def test_all_wordings_are_each_the_one_that_serves(people):
    for body in ("# Règles", "# Règles de la maison"):
        save_template(organisation=people.organisation, kind=DocumentKind.RULES, body=body, actor=people.quality_manager)
    save_template(organisation=people.sister, kind=DocumentKind.CONVOCATION, body="# Venez", actor=people.quality_manager)
    found = wordings_of(people.organisation)
    assert found == {kind: current_wording(people.organisation, kind) for kind in DocumentKind}
    assert found[DocumentKind.RULES] == (2, "# Règles de la maison\n")
