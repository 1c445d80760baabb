"""Every verb that a room writes in the journal is told in French."""

import ast
import re

import pytest

from qualiopi.journal.models import Entry
from qualiopi.journal.words import READINGS, VERBS, sentence
from tests.architecture.house import FLOORS, ROOT, files

SUBJECTS = {verb.split(".")[0] for verb in (*VERBS, *READINGS)}
NAME = re.compile(r"([a-z]+)\.(?!html|css|js|py|xlsx|csv|pdf|zip|yaml)[a-z_]+")


def written_verbs() -> set[str]:
    """Strings of our code that read like a verb of the journal: a known subject, a dot, a word."""
    found = set()
    for path in files(".py", under=FLOORS):
        # The variables of the documents' templates are written alike (« session.dates »).
        names_variables = path.is_relative_to(ROOT / "trainings/documents")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "verb" and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
            if names_variables:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and (match := NAME.fullmatch(node.value)):
                found |= {node.value} if match[1] in SUBJECTS else set()
    return found


def test_no_verb_is_told_as_code():
    assert sorted(written_verbs() - set(VERBS) - set(READINGS)) == []


@pytest.mark.parametrize(
    ("verb", "details", "said"),
    [
        ("member.added", {}, "donne accès à Anne"),
        ("room.indicator_read", {"indicator": 30}, "lit l’indicateur 30 dans la salle"),
        ("autre.chose", {}, "autre.chose : Anne"),
    ],
)
def test_a_line_reads_as_a_sentence(verb, details, said):
    assert sentence(Entry(verb=verb, object_label="Anne", details=details)) == said
