"""What somebody types and what is kept meet, whatever accents, case, ligatures, apostrophes, hyphens and blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualiopi.text import comparison_key, says, search_words


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("Évry", "evry"),
        ("Évry", "EVRY"),
        ("Évry", "évry"),
        ("E\u0301vry", "évry"),
        ("Évry", "e\u0301vry"),
        ("Œuvrer ensemble", "oeuvrer"),
        ("Oeuvrer ensemble", "œuvrer"),
        ("Cœur d’équipe", "coeur d'equipe"),
        ("Cœur d'équipe", "CŒUR D’ÉQUIPE"),
        ("Saint-Étienne", "saint etienne"),
        ("Saint Étienne", "saint-etienne"),
        ("Saint‑Étienne", "saint-étienne"),
        ("Le  Goff", "le goff"),
        ("Le Goff", "le   goff"),
        ("Le Goff", "goff le"),
        ("Nguyễn", "nguyen"),
        ("Straße", "strasse"),
        ("+33612345678", "06 12 34 56 78"),
        ("+33612345678", "+33 (0)6.12.34.56.78"),
        ("+262692123456", "0692 12 34 56"),
        ("12345678200015", "123 456 782 00015"),
        ("S26-041", "s26 041"),
    ],
)
def test_what_is_kept_is_found(kept, typed):
    assert says(kept, typed) is True


@pytest.mark.parametrize(("kept", "typed"), [("Évry", "ivry"), ("Le Goff", "le gal"), ("Évry", "—"), ("Évry", "日本"), ("", "a")])
def test_what_says_something_else_is_not(kept, typed):
    assert says(kept, typed) is False


def test_nothing_typed_leaves_everything():
    assert (says("Évry", ""), says("Évry", "   ")) == (True, True)


def test_a_number_is_looked_for_in_pieces_and_in_one():
    assert search_words("06 12 34 56 78") == [["06", "12", "34", "56", "78"], ["612345678"]]
    assert search_words("S26 06 12 34 56 78") == [["s26", "06", "12", "34", "56", "78"]]
    assert search_words("12 mars") == [["12", "mars"]]


def test_no_search_is_longer_than_a_database_takes():
    assert search_words(" ".join(f"mot{n}" for n in range(5000))) == [[f"mot{n}" for n in range(10)]]


@given(st.text(max_size=60))
def test_a_text_is_found_by_itself_and_by_its_folding(text):
    key = comparison_key(text)
    assert says(text, key) is True
    assert says(text, text) is (key != "" or not text.strip())
