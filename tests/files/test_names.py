"""Names that lie, hide or would break a disk."""

import pytest

from qualiopi.files.names import clean_name, disposition, extension_of


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("Compte rendu d’équipe.pdf", "Compte rendu d’équipe.pdf"),
        ("E\u0301tude.pdf", "Étude.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\cv.pdf", "cv.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("a\u200bb\x00c\n.pdf", "abc.pdf"),
        ("  deux   espaces .pdf", "deux espaces.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("com1.txt", "_com1.txt"),
        ("nul", "_nul"),
        ("aux.tar.pdf", "_aux.tar.pdf"),
        ('qui ? "quoi" <où> | *.pdf', "qui - -quoi- -où- - -.pdf"),
        (".htaccess", "htaccess"),
        ("point final. ", "point final"),
        ("", "fichier"),
        ("\u202e\u200b", "fichier"),
        (".pdf", "pdf"),
        ("é" * 400 + ".pdf", "é" * 146 + ".pdf"),
        ("espace\u00a0fine\u202f!.pdf", "espace fine !.pdf"),
    ],
)
def test_cleaned(given, cleaned):
    assert clean_name(given) == cleaned


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.PDF", ".pdf"), ("a.tar.gz", ".gz"), ("a", ""), ("Réunion du 3. Suite", ""), ("a.trèslong", ""), ("cv.2026", ".2026")],
)
def test_extension(name, extension):
    assert extension_of(name) == extension


@pytest.mark.parametrize(
    ("name", "inline", "header"),
    [
        ("cv.pdf", False, 'attachment; filename="cv.pdf"'),
        ("cv.pdf", True, 'inline; filename="cv.pdf"'),
        ("été.pdf", False, "attachment; filename*=utf-8''%C3%A9t%C3%A9.pdf"),
        ('a"\r\nSet-Cookie: x=1;.pdf', False, 'attachment; filename="a- Set-Cookie- x=1;.pdf"'),
    ],
)
def test_disposition(name, inline, header):
    assert disposition(name, inline=inline) == header
