"""Writing PDF files: nothing is read but our own static files, and the same words give the same bytes."""

import pytest

from qualiopi.web.pdf import OutsideResource, write_pdf

PAGE = '<html lang="fr"><head><title>Essai</title>{head}</head><body><h1>Essai</h1>{body}</body></html>'


def test_the_same_document_gives_the_same_bytes():
    html = PAGE.format(head='<link rel="stylesheet" href="css/pdf.css">', body="<p>Bonjour</p>")
    first = write_pdf(html)
    assert (first[:5], write_pdf(html)) == (b"%PDF-", first)


@pytest.mark.parametrize(
    "address",
    [
        "https://ailleurs.example/image.png",
        "http://127.0.0.1:9/image.png",
        "//ailleurs.example/image.png",
        "file:///etc/hostname",
        "/etc/hostname",
        "../manage.py",
        "css/../../manage.py",
        "css/%2e%2e/%2e%2e/manage.py",
        "ftp://ailleurs.example/image.png",
        "css/absent.png",
    ],
)
def test_nothing_else_is_read(address):
    with pytest.raises(OutsideResource):
        write_pdf(PAGE.format(head="", body=f'<img src="{address}" alt="">'))


def test_a_style_sheet_reaches_nothing_either():
    with pytest.raises(OutsideResource):
        write_pdf(PAGE.format(head="<style>p { background: url(file:///etc/hostname) }</style>", body="<p>Bonjour</p>"))
