"""Every kind of PDF that the product writes: two checkers find nothing, one opinion of each not being enough."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from pdfua import validate

from qualiopi.web import pdf
from tests.papers.structure import faults, sizes
from tests.papers.world import DOSSIER, KINDS, REPORT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_pdf_once")]
# Below, nobody reads at arm's length.
SMALLEST = 8.0
# Who writes a PDF, and of which kinds: whoever joins them has a kind to add to the world.
WRITERS = {
    "evidence/dossiers/archive.py": {DOSSIER},
    "evidence/packs/report.py": {REPORT},
    "trainings/documents/preview.py": set(KINDS) - {REPORT, DOSSIER},
    "trainings/documents/verbs/issuing.py": set(KINDS) - {REPORT, DOSSIER},
}
PICTURES = re.compile(r"<svg\b.*?</svg>|<img\b[^>]*>", re.DOTALL)
SAID = re.compile(r'aria-hidden="true"|<title\b[^>]*>[^<]+</title>|\balt="')


def imports_a_writer(path):
    """The names that write one for who asks, or their module, whose `writer` keeps a process."""
    return bool(
        names_taken(path, "qualiopi.web.pdf") & {"write_pdf", "write_pdfs", "writer"}
        or "pdf" in names_taken(path, "qualiopi.web")
    )


def names_taken(path, module):
    """What a file imports by name from this module."""
    tree = ast.parse(path.read_text())
    taken = (node.names for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == module)
    return {alias.name for names in taken for alias in names}


def test_whoever_keeps_a_writer_asks_its_module_for_it():
    """Taken by name when the file loads, it could be replaced nowhere: tests would start a process for each report."""
    assert [path for path in WRITERS if "writer" in names_taken(Path(settings.BASE_DIR, path), "qualiopi.web.pdf")] == []


def test_every_kind_is_looked_at():
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for room in ("qualiopi", "trainings", "evidence")
        for path in Path(settings.BASE_DIR, room).rglob("*.py")
        if imports_a_writer(path)
    }
    assert found == set(WRITERS)
    assert set().union(*WRITERS.values()) == set(KINDS)
    assert len(KINDS) == 12


@pytest.mark.parametrize("kind", KINDS)
def test_the_checker_finds_nothing(papers, kind, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(papers.write(kind))
    checked = validate(str(path))
    assert [f"{finding.rule_id} {finding.message}" for finding in checked.findings] == []
    # It cannot read what a heading holds with this pikepdf (findings/pdfua-heading-rule-skipped.sh): our own test does.
    assert [outcome.rule_id for outcome in checked.skipped] == ["UA-14-001"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_structure_is_right(papers, kind):
    assert faults(papers.write(kind)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_too_small_to_read(papers, kind):
    found = sizes(papers.write(kind))
    assert {size: words for size, words in found.items() if size < SMALLEST} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_says_what_it_shows_or_that_it_decorates(papers, kind, monkeypatch):
    """What has no text leaves the tags: nothing may lose its text by forgetting."""
    pages = []
    write = pdf.Writer.write

    def noted(self, html):
        pages.append(html)
        return write(self, html)

    monkeypatch.setattr(pdf.Writer, "write", noted)
    papers.write(kind)
    pictures = [picture for page in pages for picture in PICTURES.findall(page)]
    assert pictures
    assert [picture[:80] for picture in pictures if not SAID.search(picture)] == []
