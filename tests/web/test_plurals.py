"""Nought is singular in French, plural in English."""

import pytest
from django.template import engines
from django.utils import translation
from django.utils.translation import ngettext, npgettext

SOURCE = "{% blocktranslate count n=n %}{{ n }} formation inventée{% plural %}{{ n }} formations inventées{% endblocktranslate %}"


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, "0 formation inventée"), (1, "1 formation inventée"), (2, "2 formations inventées"), (21, "21 formations inventées")],
)
def test_french_counts_from_two(n, expected):
    with translation.override("fr"):
        assert engines["django"].from_string(SOURCE).render({"n": n}) == expected
        assert ngettext("%(n)s formation inventée", "%(n)s formations inventées", n) % {"n": n} == expected
        assert npgettext("essai", "%(n)s formation inventée", "%(n)s formations inventées", n) % {"n": n} == expected


def test_english_keeps_its_own():
    with translation.override("en"):
        assert [ngettext("%(n)s réponse.", "%(n)s réponses.", n) % {"n": n} for n in (0, 1)] == ["0 answers.", "1 answer."]
