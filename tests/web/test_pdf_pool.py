"""Many PDF files at once: in order, the same bytes as one by one, nothing left behind."""

import tempfile
from itertools import islice

import pytest

from qualiopi.web.pdf import OutsideResource, write_pdf
from qualiopi.web.pdf_pool import write_pdfs

pytestmark = pytest.mark.usefixtures("fonts_of_the_product")
PAGE = '<html lang="fr"><head><title>{0}</title><link rel="stylesheet" href="css/fonts.css"></head><body><h1>Page {0}</h1></body></html>'


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("workers", [1, 2])
def test_documents_come_in_order_with_the_bytes_of_one_alone(workers, scratch):
    pages = [PAGE.format(number) for number in range(9)]
    assert list(write_pdfs(pages, workers=workers)) == [write_pdf(page) for page in pages]
    # Fonts are unpacked in a folder: it goes with the pool, whatever became of its processes.
    assert [path for path in scratch.iterdir() if path.name.startswith("temoin-pdf-")] == []


def test_few_documents_are_held_at_a_time(scratch):
    asked = []

    def pages():
        for number in range(60):
            asked.append(number)
            yield PAGE.format(number)

    assert len(list(islice(write_pdfs(pages(), workers=2), 1))) == 1
    assert len(asked) == 7


def test_a_document_that_asks_for_something_else_stops_the_others(scratch):
    page = PAGE.format(1).replace("<h1>", '<img src="https://ailleurs.example/a.png" alt=""><h1>')
    with pytest.raises(OutsideResource, match="Le document demande une ressource extérieure"):
        list(write_pdfs([PAGE.format(0), page, PAGE.format(2), PAGE.format(3)], workers=2))


def test_no_document_gives_none(scratch):
    assert list(write_pdfs([])) == []
