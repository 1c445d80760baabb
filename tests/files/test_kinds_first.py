"""What is not allowed is refused by its first bytes: no parser opens it."""

import pytest

from qualiopi.files import kinds
from qualiopi.files.errors import Reason
from qualiopi.files.inspection import look, mails, office, parsers, pictures
from tests.files import made
from tests.files import mails as written

OLD = "Ce document d’un ancien format n’est pas accepté : enregistrez-le en « .docx », « .pptx » ou PDF, puis déposez-le."
ARCHIVE = "Les archives ne sont pas acceptées : déposez les fichiers qu’elle contient."
PICTURES = "Types acceptés : GIF, HEIC, JPG, PNG, TIFF, WEBP."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


class ParserOpenedError(Exception):
    """A parser was given a file that was to be refused before."""


@pytest.fixture(autouse=True)
def _no_parser(monkeypatch):
    def opened(*_arguments):
        raise ParserOpenedError

    monkeypatch.setattr(parsers, "read_pdf", opened)
    monkeypatch.setattr(parsers, "read_old_workbook", opened)
    monkeypatch.setattr(pictures, "read_picture", opened)
    monkeypatch.setattr(office, "open_document", opened)
    monkeypatch.setattr(mails, "open_mail", opened)
    monkeypatch.setattr(look, "_refuse_hidden_archive", opened)


def answer(tmp_path, name: str, content: bytes, allowed: frozenset[kinds.Kind]) -> dict:
    path = tmp_path / "fichier"
    path.write_bytes(content)
    (message,) = look.look(path, name=name, allowed=[kind.media_type for kind in allowed])
    return message


@pytest.mark.parametrize(
    ("name", "content", "allowed", "sentence"),
    [
        ("a.pdf", made.pdf(), kinds.PICTURES, f"Ce fichier PDF n’est pas accepté ici. {PICTURES}"),
        ("a.docx", made.docx(), kinds.PICTURES, f"Ce fichier DOCX n’est pas accepté ici. {PICTURES}"),
        ("a.xlsx", made.xlsx(), kinds.PICTURES, f"Ce fichier XLSX n’est pas accepté ici. {PICTURES}"),
        ("a.zip", made.archive({"a": b"a"}), kinds.PICTURES, ARCHIVE),
        ("a.xls", OLE, kinds.PICTURES, f"Ce fichier XLS n’est pas accepté ici. {PICTURES}"),
        ("a.doc", OLE, kinds.PICTURES, OLD),
        ("a.png", made.picture("PNG"), frozenset({kinds.PDF}), "Ce fichier PNG n’est pas accepté ici. Types acceptés : PDF."),
        ("a.jpg", made.picture("JPEG"), frozenset({kinds.PDF}), "Ce fichier JPG n’est pas accepté ici. Types acceptés : PDF."),
        ("a.heic", written.heic(), frozenset({kinds.PDF}), "Ce fichier HEIC n’est pas accepté ici. Types acceptés : PDF."),
        ("a.eml", written.eml(), kinds.PICTURES, f"Ce fichier EML n’est pas accepté ici. {PICTURES}"),
        ("a.msg", written.msg(), kinds.PICTURES, f"Ce fichier MSG n’est pas accepté ici. {PICTURES}"),
        ("a.xls", written.msg(), frozenset({kinds.XLS}), "Ce fichier MSG n’est pas accepté ici. Types acceptés : XLS."),
    ],
)
def test_what_is_not_allowed_is_not_opened(tmp_path, name, content, allowed, sentence):
    reason = {ARCHIVE: Reason.ARCHIVE, OLD: Reason.OLD}.get(sentence, Reason.OTHER)
    assert answer(tmp_path, name, content, allowed) == {"refused": sentence, "reason": reason}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", made.pdf()),
        ("a.docx", made.docx()),
        ("a.xls", OLE),
        ("a.png", made.picture("PNG")),
        ("a.heic", written.heic()),
        ("a.eml", written.eml()),
        ("a.msg", written.msg()),
        ("message", written.eml()),
    ],
)
def test_what_is_allowed_is_opened(tmp_path, name, content):
    with pytest.raises(ParserOpenedError):
        answer(tmp_path, name, content, kinds.EVERY_KIND)
