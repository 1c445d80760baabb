"""What the settings say of the organisation itself, line by line."""

from datetime import date

import pytest

from qualiopi.organisations.models import ActivityProfile, CertifierAudit, Organisation
from qualiopi.organisations.telling import local_time, setting_lines


def lines_of(*, unsure=0, people=1, audit=None, closed=(), profile=None, **card):
    organisation = Organisation(name="Fil Ouest", **card)
    organisation.profile = ActivityProfile(organisation=organisation, **(profile or {}))
    found = setting_lines(
        organisation, unsure=unsure, people=people, audit=audit, address=lambda name: "" if name in closed else f"/{name}"
    )
    return {line.label: line for line in found}


@pytest.mark.parametrize(
    ("given", "label", "told", "lacking"),
    [
        ({}, "Fiche de l’organisme", "Fil Ouest · déclaration d’activité à écrire", True),
        (
            {"activity_number": "53350000035", "city": "Cayenne", "time_zone": "America/Cayenne"},
            "Fiche de l’organisme",
            "Fil Ouest · déclaration d’activité 53350000035 · Cayenne · heure locale : Guyane",
            False,
        ),
        (
            {"activity_number": "53350000035", "city": "Rennes"},
            "Fiche de l’organisme",
            "Fil Ouest · déclaration d’activité 53350000035 · Rennes",
            False,
        ),
        (
            {},
            "Profil d’activité",
            "catégories d’actions à préciser · décide des indicateurs qui vous concernent",
            True,
        ),
        (
            {"profile": {"holds_af": True, "holds_cfa": True}},
            "Profil d’activité",
            "AF, CFA · décide des indicateurs qui vous concernent",
            False,
        ),
        (
            {"profile": {"holds_af": True}, "unsure": 2},
            "Profil d’activité",
            "AF · décide des indicateurs qui vous concernent",
            True,
        ),
        ({}, "Membres et rôles", "1 personne a accès", False),
        ({"people": 4}, "Membres et rôles", "4 personnes ont accès", False),
        ({}, "Certificat et audits passés", "pas encore de certificat noté", False),
        (
            {"certified_on": date(2025, 3, 1)},
            "Certificat et audits passés",
            "certificat du 1er mars 2025",
            False,
        ),
        (
            {"certified_on": date(2025, 3, 1), "audit": CertifierAudit(kind="surveillance", held_on=date(2026, 9, 14))},
            "Certificat et audits passés",
            "certificat du 1er mars 2025 · audit de surveillance prévu le 14 septembre 2026",
            False,
        ),
    ],
)
def test_each_line_says_how_it_stands(given, label, told, lacking):
    line = lines_of(**given)[label]
    assert (line.told, line.lacking, line.css) == (told, lacking, "ss c-risque" if lacking else "ss")


def test_what_one_may_not_open_is_no_link_and_the_journal_is_not_told():
    closed = ("organisations:card", "organisations:profile", "organisations:certificate", "organisations:journal")
    lines = lines_of(closed=closed)
    assert {label: line.url for label, line in lines.items()} == {
        "Fiche de l’organisme": "",
        "Profil d’activité": "",
        "Membres et rôles": "/organisations:members",
        "Certificat et audits passés": "",
    }
    assert list(lines_of())[-1] == "Journal"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Paris", ""),
        ("Indian/Reunion", "heure locale : La Réunion"),
        ("Pacific/Tahiti", "heure locale : Polynésie française (Tahiti)"),
    ],
)
def test_whose_hours_are_told_is_said_outside_of_paris(zone, said):
    assert local_time(Organisation(name="Fil Ouest", time_zone=zone)) == said
