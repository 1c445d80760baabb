"""What is kept, under which fingerprint; what is refused, and that nothing of it stays."""

import hashlib
import resource
import zlib
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pikepdf import Dictionary, Name, String

from qualiopi.files import kinds
from qualiopi.files.errors import AlteredFile, RefusedFile
from qualiopi.files.models import StoredFile
from qualiopi.files.verbs import all_or_nothing, open_checked, store, verify
from tests.factories import OrganisationFactory, StoredFileFactory
from tests.files import made

pytestmark = pytest.mark.django_db

ARCHIVE = "Les archives ne sont pas acceptées : déposez les fichiers qu’elle contient."
MACROS = "Ce document contient des macros ou du contenu actif. Enregistrez-le sans macros, ou en PDF, puis déposez-le."
LOCKED = "Ce fichier est protégé par un mot de passe : l’auditeur ne pourrait pas l’ouvrir. Déposez une copie sans mot de passe."
DAMAGED = "Ce fichier est abîmé ou incomplet. Ouvrez-le, enregistrez-le de nouveau, puis déposez-le."
PAGE = "Les pages web et les dessins SVG ne sont pas acceptés : imprimez la page en PDF, puis déposez ce PDF."
PROGRAM = "Les programmes et les scripts ne sont pas acceptés. Pour un texte, enregistrez-le en « .txt », « .csv » ou PDF."
UNKNOWN = "Nous ne reconnaissons pas ce fichier. Déposez un PDF, une image, un document Word, Excel ou LibreOffice, un message ou un texte."
HEAVY = "Ce fichier devient énorme une fois ouvert. Allégez-le ou enregistrez-le en PDF, puis déposez-le."
EMPTY = "Ce fichier est vide : vérifiez-le, puis déposez-le de nouveau."
POLYGLOT = "Ce fichier cache une archive derrière son contenu. Enregistrez-le de nouveau depuis votre logiciel, puis déposez-le."
OLD = "Ce document d’un ancien format n’est pas accepté : enregistrez-le en « .docx », « .pptx » ou PDF, puis déposez-le."


BINARY = "Ce classeur est au format binaire (XLSB). Enregistrez-le au format XLSX ou en PDF, puis déposez-le."


def field(name: str) -> bytes:
    """A file as people really have it."""
    return (Path(__file__).parents[1] / "samples" / "field" / name).read_bytes()


def on_disk(settings) -> list[Path]:
    """Every file under MEDIA_ROOT."""
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", made.pdf(), kinds.PDF),
        ("a.PDF", made.pdf(), kinds.PDF),
        ("a.jpeg", made.picture("JPEG"), kinds.JPEG),
        ("a.png", made.picture("PNG"), kinds.PNG),
        ("a.gif", made.picture("GIF"), kinds.GIF),
        ("a.webp", made.picture("WEBP"), kinds.WEBP),
        ("a.tif", made.picture("TIFF"), kinds.TIFF),
        ("a.docx", made.docx(), kinds.DOCX),
        ("a.xlsx", made.xlsx(), kinds.XLSX),
        ("a.odt", made.odt(), kinds.ODT),
        ("a.csv", b"Session;Note\nS1;5\n", kinds.CSV),
        ("a.csv", "Prénom;Âge\n".encode("cp1252"), kinds.CSV),
        ("a.csv", "Prénom\tÂge\n".encode("utf-16"), kinds.CSV),
        ("a.csv", "Prénom\tÂge\n".encode("utf-16-le"), kinds.CSV),
        ("a.csv", "Hélène;Nîmes\n".encode("mac_roman"), kinds.CSV),  # bytes that Windows has no letter for
        ("a.csv", b"Session;Note\r\nS1;5\r\n\x1a", kinds.CSV),
        ("p20_photo_two_pictures.jpg", field("p20_photo_two_pictures.jpg"), kinds.JPEG),
        ("j01_sheetjs.xlsx", field("j01_sheetjs.xlsx"), kinds.XLSX),
        ("j01_sheetjs.ods", field("j01_sheetjs.ods"), kinds.ODS),
        ("a.txt", "Réunion du 3 juin : <script> à relire".encode(), kinds.TEXT),
    ],
)
def test_kept_by_content(settings, name, content, kind):
    organisation = OrganisationFactory()
    stored = store(organisation=organisation, upload=made.upload(name, content), actor=None)
    assert (stored.name, stored.media_type, stored.size, stored.active) == (name.lower(), kind.media_type, len(content), False)
    assert (stored.sha256, stored.crc32) == (hashlib.sha256(content).hexdigest(), zlib.crc32(content))
    assert on_disk(settings) == [Path(settings.MEDIA_ROOT) / stored.path]
    assert stored.path.split("/")[0] == str(organisation.pk)
    with open_checked(stored) as file:
        assert file.read() == content


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vide.pdf", b"", EMPTY),
        ("veille.zip", made.archive({"a.txt": b"a"}), ARCHIVE),
        ("archive.pdf", made.archive({"a.txt": b"a"}), ARCHIVE),
        ("rien.zip", made.archive({}), ARCHIVE),
        ("veille.rar", b"Rar!\x1a\x07\x01\x00" + b"\x00" * 50, ARCHIVE),
        ("veille.7z", b"7z\xbc\xaf\x27\x1c" + b"\x00" * 50, ARCHIVE),
        ("journal.gz", b"\x1f\x8b\x08" + b"\x00" * 50, ARCHIVE),
        ("photo.jpg", b"<!DOCTYPE html><script>alert(1)</script>", PAGE),
        ("photo.jpg", b"\xef\xbb\xbf \n<HTML><body>", PAGE),
        ("logo.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', PAGE),
        ("logo.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', PAGE),
        ("notes.txt", "<svg/>".encode("utf-16"), PAGE),
        ("facture.pdf.js", b"alert(1)", PROGRAM),
        ("lance.txt", b"#!/bin/sh\nrm -rf .\n", PROGRAM),
        ("lance.bat", b"del *.*\r\n", PROGRAM),
        ("cv.pdf", b"MZ\x90\x00" + b"\x00\x01" * 200, UNKNOWN),
        ("cv.pdf", b"\x7fELF" + b"\x00\x01" * 200, UNKNOWN),
        ("texte.txt", b"abc\x00def", UNKNOWN),
        ("macro.docm", made.docm(), MACROS),
        ("macro.docx", made.docm(), MACROS),
        ("macro.docx", made.docx(word__vbaProject_bin=b"x"), MACROS),
        ("objet.docx", made.docx(word__activeX__activeX1=b"x"), MACROS),
        (
            "modele.docx",
            made.archive(
                {
                    "[Content_Types].xml": made.CONTENT_TYPES.format(made.PLAIN_DOCX).encode(),
                    "word/document.xml": b"<w:document/>",
                    "word/_rels/settings.xml.rels": b'<R Type="x/attachedTemplate" Target="http://exemple.fr/" TargetMode="External"/>',
                }
            ),
            MACROS,
        ),
        ("protege.odt", made.odt(b"<manifest><encryption-data/></manifest>"), LOCKED),
        ("protege.pdf", made.locked_pdf(), LOCKED),
        ("coupe.pdf", b"%PDF-1.7\nrien d'autre", DAMAGED),
        ("coupe.png", made.picture("PNG", (200, 200))[:60], DAMAGED),
        ("coupe.docx", made.docx()[:-30], DAMAGED),
        ("chemin.docx", made.docx(**{"..__..__etc__passwd": b"x"}), DAMAGED),
        ("double.pdf", made.pdf() + made.archive({"a.exe": b"MZ"}), POLYGLOT),
        ("double.jpg", made.picture("JPEG") + made.archive({"a.exe": b"MZ"}), POLYGLOT),
        ("ancien.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, OLD),
        ("macro.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), MACROS),
        ("protege.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        ("j01_sheetjs.xlsb", field("j01_sheetjs.xlsb"), BINARY),
    ],
)
def test_refused_with_what_to_do_and_nothing_stays(settings, name, content, sentence):
    organisation = OrganisationFactory()
    with pytest.raises(RefusedFile) as refused:
        store(organisation=organisation, upload=made.upload(name, content), actor=None)
    assert str(refused.value) == sentence
    assert (StoredFile.objects.count(), on_disk(settings)) == (0, [])


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "photo.jpg",
            made.pdf(),
            "Ce fichier se termine par « .jpg » mais contient un fichier PDF : vérifiez que c’est le bon, "
            "donnez-lui la terminaison « .pdf », puis déposez-le.",
        ),
        (
            "facture.pdf.exe",
            made.pdf(),
            "Ce fichier se termine par « .exe » mais contient un fichier PDF : vérifiez que c’est le bon, "
            "donnez-lui la terminaison « .pdf », puis déposez-le.",
        ),
    ],
)
def test_a_name_that_lies_is_refused(name, content, sentence):
    with pytest.raises(RefusedFile) as refused:
        store(organisation=OrganisationFactory(), upload=made.upload(name, content), actor=None)
    assert str(refused.value) == sentence


def test_a_name_without_extension_gets_one():
    stored = store(organisation=OrganisationFactory(), upload=made.upload("Compte rendu du 3", made.pdf()), actor=None)
    assert stored.name == "Compte rendu du 3.pdf"


def test_the_caller_may_take_fewer_kinds(settings):
    with pytest.raises(RefusedFile) as refused:
        store(organisation=OrganisationFactory(), upload=made.upload("a.pdf", made.pdf()), actor=None, allowed=kinds.TABLES)
    assert str(refused.value) == "Ce fichier PDF n’est pas accepté ici. Types acceptés : CSV, ODS, TXT, XLS, XLSX."
    assert on_disk(settings) == []


def test_too_large_is_refused_while_it_is_written(settings):
    settings.UPLOAD_MAX_BYTES = 3 * 1024 * 1024
    with pytest.raises(RefusedFile) as refused:
        store(organisation=OrganisationFactory(), upload=made.upload("a.txt", b"a" * (3 * 1024 * 1024 + 1)), actor=None)
    assert str(refused.value) == (
        "Ce fichier dépasse 3 Mo. Allégez-le (photos réduites, PDF compressé) ou déposez-le en plusieurs parties."
    )
    assert on_disk(settings) == []


def test_a_bomb_is_refused_after_little_work(settings):
    bomb = made.docx(word__media__big=b"\x00" * (450 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    with pytest.raises(RefusedFile) as refused:
        store(organisation=OrganisationFactory(), upload=made.upload("bombe.docx", bomb), actor=None)
    assert (str(refused.value), on_disk(settings)) == (HEAVY, [])


def test_a_pdf_that_unpacks_to_gigabytes_costs_little():
    heavy = made.heavy_pdf(800 * 1024 * 1024)
    assert len(heavy) < 1024 * 1024
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    store(organisation=OrganisationFactory(), upload=made.upload("a.pdf", heavy), actor=None)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def test_a_picture_too_large_to_draw_is_refused():
    with pytest.raises(RefusedFile) as refused:
        store(organisation=OrganisationFactory(), upload=made.upload("a.png", made.huge_png()), actor=None)
    assert str(refused.value) == HEAVY


@pytest.mark.parametrize(
    "changes",
    [
        {"OpenAction": Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))},
        {"OpenAction": Dictionary(S=Name.Launch, F=String("cmd.exe"))},
        {"Names": Dictionary(EmbeddedFiles=Dictionary())},
        {"AcroForm": Dictionary(XFA=String("x"))},
    ],
)
def test_a_pdf_that_acts_is_kept_and_marked(changes):
    stored = store(organisation=OrganisationFactory(), upload=made.upload("a.pdf", made.pdf(**changes)), actor=None)
    assert stored.active is True


def test_nothing_stays_when_the_larger_work_fails(settings):
    organisation = OrganisationFactory()

    def work() -> None:
        with all_or_nothing(), transaction.atomic():
            store(organisation=organisation, upload=made.upload("a.pdf", made.pdf()), actor=None)
            store(organisation=organisation, upload=made.upload("b.pdf", made.pdf()), actor=None)
            raise LookupError

    with pytest.raises(LookupError):
        work()
    assert (StoredFile.objects.count(), on_disk(settings)) == (0, [])


def test_the_same_bytes_are_kept_twice_under_two_paths(settings):
    organisation = OrganisationFactory()
    paths = {store(organisation=organisation, upload=made.upload("a.pdf", made.pdf()), actor=None).path for _ in range(2)}
    assert (len(paths), len(on_disk(settings))) == (2, 2)


def test_altered_bytes_are_never_given(settings):
    stored = store(organisation=OrganisationFactory(), upload=made.upload("Bilan.pdf", made.pdf()), actor=None)
    path = Path(settings.MEDIA_ROOT) / stored.path
    path.write_bytes(path.read_bytes().replace(b"595", b"596"))
    assert verify(stored) is False
    with pytest.raises(AlteredFile) as altered:
        open_checked(stored)
    assert str(altered.value) == (
        "Le fichier « Bilan.pdf » a changé depuis son dépôt : son empreinte n’est plus la même. Nous ne le montrons pas. "
        "Demandez sa restauration à partir d’une sauvegarde, ou déposez une nouvelle version."
    )


def test_a_link_in_place_of_the_file_is_not_followed(settings, tmp_path):
    stored = store(organisation=OrganisationFactory(), upload=made.upload("a.pdf", made.pdf()), actor=None)
    path = Path(settings.MEDIA_ROOT) / stored.path
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert verify(stored) is False


def test_a_lost_file_is_named(settings):
    stored = store(organisation=OrganisationFactory(), upload=made.upload("Bilan.pdf", made.pdf()), actor=None)
    (Path(settings.MEDIA_ROOT) / stored.path).unlink()
    with pytest.raises(AlteredFile) as altered:
        open_checked(stored)
    assert (altered.value.missing, str(altered.value)) == (
        True,
        "Le fichier « Bilan.pdf » a disparu du stockage : demandez sa restauration à partir d’une sauvegarde.",
    )


def test_a_stored_file_never_changes():
    stored = StoredFileFactory()
    stored.name = "autre.pdf"
    with pytest.raises(TypeError):
        stored.save()
    assert StoredFile.objects.get().name != "autre.pdf"


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"sha256": "0" * 63}, "stored_file_sha256_shape"),
        ({"sha256": "G" * 64}, "stored_file_sha256_shape"),
        ({"size": 0}, "stored_file_not_empty"),
    ],
)
def test_constraints(values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StoredFileFactory(**values)
