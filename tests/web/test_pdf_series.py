"""Many PDF files at once: in order, the same bytes as one by one, nothing left behind, whatever became of the processes."""

import os
import signal
import subprocess
import sys
import tempfile
from itertools import islice

import pytest
from django.conf import settings

from qualiopi.web import pdf, pdf_pipe
from qualiopi.web.pdf import OutsideResource, PdfStopped, write_pdf, write_pdfs
from tests.harness.waiting import until
from tests.standing.processes import descendants, runs

PAGE = '<html lang="fr"><head><title>{0}</title><link rel="stylesheet" href="css/fonts.css"></head><body><h1>Page {0}</h1></body></html>'
ENDLESS = '<html lang="fr"><head><title>Longue</title></head><body>' + "<p>Une ligne.</p>" * 100_000 + "</body></html>"


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def alone():
    """Nine pages, and each one written alone."""
    pages = [PAGE.format(number) for number in range(9)]
    return pages, [write_pdf(page) for page in pages]


@pytest.mark.parametrize("workers", [1, 2])
def test_documents_come_in_order_with_the_bytes_of_one_alone(workers, scratch, alone, writers_of_the_product):
    pages, expected = alone
    before = descendants(os.getpid())
    assert list(write_pdfs(pages, workers=workers)) == expected
    # Fonts are unpacked in a folder: it goes with the processes, and they with the series.
    assert list(scratch.iterdir()) == []
    assert descendants(os.getpid()) == before


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


def test_no_document_gives_none(scratch, writers_of_the_product):
    before = descendants(os.getpid())
    assert list(write_pdfs([])) == []
    assert descendants(os.getpid()) == before


def test_a_process_that_is_killed_is_told_and_leaves_nothing(scratch, writers_of_the_product):
    with pdf.writer() as one:
        os.kill(one._process.pid, signal.SIGKILL)
        with pytest.raises(PdfStopped, match="status -9"):
            one.write(PAGE.format(0))
    assert list(scratch.iterdir()) == []


def test_a_document_that_takes_too_long_is_stopped(scratch, writers_of_the_product, monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST", 0.2)
    with pytest.raises(PdfStopped, match="status -9"):
        write_pdf(ENDLESS)
    assert list(scratch.iterdir()) == []


def test_a_failure_of_the_library_is_for_the_log(scratch, monkeypatch):
    with pdf.writer() as one:
        letter, told = one._ask(pdf_pipe.WRITE, b"\xff")
        assert (letter, told.splitlines()[0]) == (pdf_pipe.FAILED, b"Traceback (most recent call last):")
        monkeypatch.setattr(one, "_ask", lambda what, document: (letter, told))
        with pytest.raises(PdfStopped, match="UnicodeDecodeError"):
            one.write("")


def test_it_does_not_outlive_who_asked(tmp_path):
    """A process asks for a document that never ends, and is killed meanwhile."""
    parent = subprocess.Popen(
        [sys.executable, "-c", "import sys; from qualiopi.web.pdf import write_pdf; write_pdf(sys.stdin.read())"],
        stdin=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    with parent:
        parent.stdin.write(ENDLESS.encode())
        parent.stdin.close()
        (child,) = until(lambda: descendants(parent.pid), "the process that writes starts")
        until(lambda: list(tmp_path.iterdir()), "it has its folder")
        parent.kill()
    until(lambda: not runs(child), "it ends with who asked")
    until(lambda: not [path for path in tmp_path.rglob("*") if path.is_file()], "what it unpacked goes")
    assert not runs(child)


def test_it_takes_away_nothing_but_the_folder_it_made(tmp_path):
    """Started by hand, in a folder for temporary files that holds what is somebody else's."""
    (tmp_path / "somebody-else.txt").write_text("kept", encoding="utf-8")
    command = [sys.executable, "-m", "qualiopi.web.pdf_writer", str(tmp_path)]
    subprocess.run(
        command, stdin=subprocess.DEVNULL, cwd=settings.BASE_DIR, env=os.environ | {"TMPDIR": str(tmp_path)}, check=True
    )
    assert [path.name for path in tmp_path.iterdir()] == ["somebody-else.txt"]
