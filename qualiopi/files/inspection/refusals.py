"""The sentences of a refusal that several parsers share. Each says what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qualiopi.files.errors import Reason, RefusedFile


def archive() -> RefusedFile:
    """An archive."""
    return RefusedFile(_("Les archives ne sont pas acceptées : déposez les fichiers qu’elle contient."), Reason.ARCHIVE)


def macros() -> RefusedFile:
    """What could run."""
    return RefusedFile(
        _("Ce document contient des macros ou du contenu actif. Enregistrez-le sans macros, ou en PDF, puis déposez-le."),
        Reason.MACROS,
    )


def locked() -> RefusedFile:
    """What only a password opens."""
    return RefusedFile(
        _(
            "Ce fichier est protégé par un mot de passe : l’auditeur ne pourrait pas l’ouvrir. Déposez une copie sans mot de passe."
        ),
        Reason.LOCKED,
    )


def damaged() -> RefusedFile:
    """What cannot be read to its end."""
    return RefusedFile(
        _("Ce fichier est abîmé ou incomplet. Ouvrez-le, enregistrez-le de nouveau, puis déposez-le."), Reason.DAMAGED
    )


def too_heavy() -> RefusedFile:
    """What grows beyond reason when it is opened."""
    return RefusedFile(
        _("Ce fichier devient énorme une fois ouvert. Allégez-le ou enregistrez-le en PDF, puis déposez-le."), Reason.HEAVY
    )


def old() -> RefusedFile:
    """A document of Word or PowerPoint as they wrote them before 2007."""
    return RefusedFile(
        _("Ce document d’un ancien format n’est pas accepté : enregistrez-le en « .docx », « .pptx » ou PDF, puis déposez-le."),
        Reason.OLD,
    )


def too_long() -> RefusedFile:
    """What takes more time to open than it is given."""
    return RefusedFile(
        _("Ce fichier est trop long à ouvrir. Allégez-le ou enregistrez-le de nouveau, en PDF par exemple, puis déposez-le."),
        Reason.SLOW,
    )


def busy() -> RefusedFile:
    """Nothing against the file: others are being looked into."""
    return RefusedFile(
        _("Trop de fichiers arrivent en même temps. Attendez une minute, puis déposez celui-ci de nouveau."), Reason.BUSY
    )


def binary_workbook() -> RefusedFile:
    """XLSB."""
    return RefusedFile(
        _("Ce classeur est au format binaire (XLSB). Enregistrez-le au format XLSX ou en PDF, puis déposez-le."), Reason.OLD
    )


def no_mail() -> RefusedFile:
    """What is called a message and holds none."""
    return RefusedFile(
        _(
            "Ce fichier porte le nom d’un message mais n’en contient pas. Enregistrez le message de nouveau depuis votre messagerie, "
            "ou imprimez-le en PDF, puis déposez-le."
        ),
        Reason.DAMAGED,
    )


def no_written_mail() -> RefusedFile:
    """A contact, a task or an appointment of Outlook."""
    return RefusedFile(
        _("Ce fichier d’Outlook n’est pas un message (contact, tâche…) : imprimez-le en PDF, puis déposez ce PDF."),
        Reason.UNKNOWN,
    )


def mail_with_program(name: str) -> RefusedFile:
    """A message that brings what could run."""
    return RefusedFile(
        _("Ce message porte un programme en pièce jointe (« %(name)s ») : déposez-le sans cette pièce, ou imprimez-le en PDF.")
        % {"name": name},
        Reason.PROGRAM,
    )
