"""Writing PDF files: nothing is read but our own static files, and the same words give the same bytes."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from qualiopi.web.icons import icon_svg
from qualiopi.web.pdf import OutsideResource, write_pdf
from qualiopi.web.pdf_render import DRAWN

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


def test_an_icon_is_drawn_on_paper_as_on_a_page():
    said = "".join(f' {name}="{value}"' for name, value in DRAWN.items())
    icon = icon_svg("plus")
    by_hand = icon.replace('class="i"', f'class="autre"{said}')
    sheet = "<style>svg { width: 20px; height: 20px }</style>"
    assert write_pdf(PAGE.format(head=sheet, body=icon)) == write_pdf(PAGE.format(head=sheet, body=by_hand))


def test_pages_draw_their_icons_with_the_same_words():
    rule = re.search(
        r"^\.i \{([^}]*)\}", (Path(settings.BASE_DIR) / "static/css/base.css").read_text(encoding="utf-8"), re.MULTILINE
    )
    said = dict(declaration.strip().split(": ") for declaration in rule[1].strip().rstrip(";").split(";"))
    assert {name: said[name] for name in DRAWN} == DRAWN
