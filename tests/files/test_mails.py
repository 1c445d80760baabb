"""Messages that are filed: what is told of them is text, and what could run is refused."""

import io
from datetime import UTC, datetime

import pytest

from qualiopi.files import kinds
from qualiopi.files.errors import RefusedFile
from qualiopi.files.inspection import Attached, Mail, look_into, read_mail
from qualiopi.files.inspection import mails as reader
from tests.files import mails

SPOILT = "Ce fichier est abîmé ou incomplet. Ouvrez-le, enregistrez-le de nouveau, puis déposez-le."
NO_MAIL = (
    "Ce fichier porte le nom d’un message mais n’en contient pas. Enregistrez le message de nouveau depuis votre messagerie, "
    "ou imprimez-le en PDF, puis déposez-le."
)
NOT_WRITTEN = "Ce fichier d’Outlook n’est pas un message (contact, tâche…) : imprimez-le en PDF, puis déposez ce PDF."
LOCKED = "Ce fichier est protégé par un mot de passe : l’auditeur ne pourrait pas l’ouvrir. Déposez une copie sans mot de passe."
PROGRAM = (
    "Ce message porte un programme en pièce jointe (« facture.pdf.exe ») : déposez-le sans cette pièce, ou imprimez-le en PDF."
)
WRITTEN = "Bonjour Zoé,\n\nLa séance commence à 9 h."
SEALED = (
    b"From: a@exemple.fr\r\nDate: Tue, 03 Feb 2026 09:30:00 +0100\r\nMessage-ID: <1@exemple.fr>\r\n"
    b'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\r\n\r\nMIIB\r\n'
)
ACCOUNT = (
    b"Received: from a by b; Tue, 3 Feb 2026 09:30:00 +0100\r\n" + b"X-Filler: " + b"x" * 9_000 + b"\r\n"
    b"FROM: =?iso-8859-1?Q?Zo=E9?= <zoe@exemple.fr>\r\nTo: a@exemple.fr\r\nSubject: Re: =?utf-8?B?w6l0w6k=?=\r\n"
    b"Content-Type: text/plain; charset=inconnu\r\nContent-Transfer-Encoding: 8bit\r\n\r\nD\xe9j\xe0 vu\r\n"
)


def seen(tmp_path, name: str, content: bytes, allowed=kinds.EVERY_KIND) -> kinds.Kind:
    path = tmp_path / "fichier"
    path.write_bytes(content)
    return look_into(path, name=name, allowed=allowed).kind


def told(content: bytes, kind: kinds.Kind) -> Mail:
    return read_mail(io.BytesIO(content), media_type=kind.media_type)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("convocation.eml", mails.eml(), kinds.EML),
        ("convocation", mails.eml(), kinds.EML),
        ("longues-entetes.eml", ACCOUNT, kinds.EML),
        ("convocation.msg", mails.msg(), kinds.MSG),
        # What is written as a message and called a text is a text.
        ("convocation.txt", mails.eml(), kinds.TEXT),
    ],
)
def test_a_message_is_known_by_what_it_holds(tmp_path, name, content, kind):
    assert seen(tmp_path, name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("note.eml", b"Bonjour,\n\nA demain.\n", NO_MAIL),
        ("note.eml", b"From: moi\n\nBonjour\n", NO_MAIL),
        ("note.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NO_MAIL),
        ("contact.msg", mails.msg(kind="IPM.Contact"), NOT_WRITTEN),
        ("rendez-vous.msg", mails.msg(kind="IPM.Appointment"), NOT_WRITTEN),
        ("autre.msg", mails.msg(kind="IPM.Inconnu"), NOT_WRITTEN),
        ("coupe.msg", mails.msg()[:3000], SPOILT),
        ("chiffre.eml", SEALED, LOCKED),
        ("facture.eml", mails.eml(files={"facture.pdf.exe": b"MZ"}), PROGRAM),
        ("facture.msg", mails.msg(files={"facture.pdf.exe": b"MZ"}), PROGRAM),
        (
            "facture.pdf",
            mails.msg(),
            "Ce fichier se termine par « .pdf » mais contient un fichier MSG : vérifiez que c’est le bon, "
            "donnez-lui la terminaison « .msg », puis déposez-le.",
        ),
    ],
)
def test_a_message_that_is_not_kept_is_told_why(tmp_path, name, content, sentence):
    with pytest.raises(RefusedFile) as refused:
        seen(tmp_path, name, content)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("kind", "write"), [(kinds.EML, mails.eml), (kinds.MSG, mails.msg)])
def test_what_a_message_says(kind, write):
    assert told(write(files={"plan d’accès.pdf": b"x" * 1000}), kind) == Mail(
        subject="Convocation séance 1",
        sender="Maëlle Kerdraon <maelle.kerdraon@exemple.fr>",
        to="Zoé Brémaud <zoe.bremaud@exemple.fr>",
        copied="",
        date=datetime(2026, 2, 3, 8, 30, tzinfo=UTC),
        text=WRITTEN,
        cut=False,
        attached=(Attached("plan d’accès.pdf", 1000),),
        more=0,
    )


@pytest.mark.parametrize(("kind", "write"), [(kinds.EML, mails.eml), (kinds.MSG, mails.msg)])
def test_of_a_page_the_text_alone_is_left(kind, write):
    assert told(write(text=None, page=mails.PAGE), kind).text == "Bonjour Zoé,\n\nLa séance\ncommence à 9 h.\nLe plan"


@pytest.mark.parametrize(("kind", "write"), [(kinds.EML, mails.eml), (kinds.MSG, mails.msg)])
def test_what_is_written_plainly_is_told_rather_than_the_page(kind, write):
    assert told(write(page=mails.PAGE), kind).text == WRITTEN


def test_words_in_an_unknown_set_of_characters_are_read_all_the_same():
    mail = told(ACCOUNT, kinds.EML)
    assert (mail.sender, mail.subject, mail.text, mail.date) == ("Zoé <zoe@exemple.fr>", "Re: été", "Déjà vu", None)


def test_letters_that_hide_or_turn_others_are_left_out():
    mail = told(
        mails.eml(text="lu\u202eetexe\u202c et \u200bapprouvé\x07\n\n\n\nvite", files={"a\u202efdp.txt": b"x"}), kinds.EML
    )
    assert (mail.text, mail.attached) == ("luetexe et approuvé\n\nvite", (Attached("afdp.txt", 1),))


def test_a_long_message_is_cut_and_says_so(monkeypatch):
    mail = told(mails.eml(text="mot " * 30_000, files={f"{number}.txt": b"x" for number in range(120)}), kinds.EML)
    assert (len(mail.text), mail.cut, len(mail.attached), mail.more) == (reader.LONGEST_TEXT, True, 100, 20)


def test_what_was_signed_with_a_message_of_outlook_is_told():
    signed = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s\r\n\r\n--s\r\n'
        b"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        b"Bon pour accord.\r\n--m\r\nContent-Type: application/pdf\r\n"
        b'Content-Disposition: attachment; filename="devis.pdf"\r\n\r\n%PDF\r\n--m--\r\n--s\r\n'
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx\r\n--s--\r\n"
    )
    mail = told(mails.msg(kind="IPM.Note.SMIME.MultipartSigned", text=None, files={"smime.p7m": signed}), kinds.MSG)
    assert (mail.text, [file.name for file in mail.attached]) == ("Bon pour accord.", ["smime.p7s", "devis.pdf"])


def test_a_message_within_a_message_is_a_file_of_it():
    forwarded = (
        b"From: a@exemple.fr\r\nDate: Tue, 03 Feb 2026 09:30:00 +0100\r\nSubject: Tr\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=f\r\n\r\n--f\r\nContent-Type: text/plain\r\n\r\nVoir dessous.\r\n"
        b"--f\r\nContent-Type: message/rfc822\r\n\r\nSubject: Accord\r\nFrom: b@exemple.fr\r\n\r\nOui.\r\n--f--\r\n"
    )
    mail = told(forwarded, kinds.EML)
    assert (mail.text, mail.attached) == ("Voir dessous.", (Attached("Accord.eml", 4),))
