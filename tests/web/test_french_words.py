"""French is what the code says: no library's own catalogue answers for one of our sentences with other words."""

import ast
import re
from pathlib import Path

from django.utils import translation

CATALOGUE = Path(__file__).parents[2] / "locale" / "en" / "LC_MESSAGES" / "django.po"


def sentences():
    """Every French sentence of ours, as the catalogue lists them."""
    entries = re.findall(r'^msgid ((?:".*"\n?)+)', CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    return ["".join(ast.literal_eval(line) for line in entry.strip().splitlines()) for entry in entries]


def test_no_sentence_is_said_otherwise_in_french():
    with translation.override("fr"):
        said = {sentence: translation.gettext(sentence) for sentence in sentences() if sentence}
    assert len(said) > 4_000
    assert {sentence: words for sentence, words in said.items() if words != sentence} == {}
