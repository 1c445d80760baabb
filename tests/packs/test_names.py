"""File names of a pack, safe on Windows."""

import pytest

from evidence.packs.names import Names, safe_file_name, safe_name


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Convention 2026", "Convention 2026"),
        ("a/b\\c:d*e?f", "a-b-c-d-e-f"),
        ("  fin. ", "fin"),
        ("CON", "CON-"),
        ("nul.txt", "nul.txt-"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("ligne\nsuivante", "ligne-suivante"),
        ("100 % présents", "100 - présents"),
        ("..", "sans nom"),
        ("", "sans nom"),
        ("é" * 200, "é" * 70),
    ],
)
def test_safe_name(given, expected):
    assert safe_name(given) == expected


def test_the_extension_stays_whole():
    assert safe_file_name("x" * 100, ", version 2", ".PDF") == "x" * 55 + ", version 2.pdf"


def test_a_name_is_given_once_and_case_does_not_matter():
    names = Names()
    assert [names.take(path) for path in ("a/B.pdf", "a/b.pdf", "b.pdf", "a/sans", "a/SANS")] == [
        "a/B.pdf",
        "a/b (2).pdf",
        "b.pdf",
        "a/sans",
        "a/SANS (2)",
    ]
