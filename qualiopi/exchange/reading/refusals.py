"""The sentences of a refusal that several readers share. Each says what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .limits import ReadLimits
from .tables import UnreadableFile


def empty() -> UnreadableFile:
    """Nothing inside."""
    return UnreadableFile(_("Ce fichier est vide. Déposez un tableau avec une ligne de titres et au moins une ligne."))


def damaged() -> UnreadableFile:
    """A workbook that cannot be read to its end."""
    return UnreadableFile(
        _("Ce classeur est abîmé ou incomplet. Ouvrez-le dans votre tableur, enregistrez-le, puis déposez-le de nouveau.")
    )


def not_a_table() -> UnreadableFile:
    """Neither a text nor a workbook."""
    return UnreadableFile(_("Ce fichier n’est ni un texte ni un classeur. Déposez un fichier CSV, XLSX, XLS ou ODS."))


def encrypted() -> UnreadableFile:
    """What only a password opens."""
    return UnreadableFile(
        _("Ce classeur est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe, puis déposez-la.")
    )


def entities() -> UnreadableFile:
    """Declarations of XML that no spreadsheet writes."""
    return UnreadableFile(
        _(
            "Ce classeur contient des déclarations que nous n’ouvrons pas (entités XML). "
            "Enregistrez-le de nouveau depuis votre tableur, ou au format CSV."
        )
    )


def web_page() -> UnreadableFile:
    """A page of HTML or XML, whatever it is called: many programs name one « .xls »."""
    return UnreadableFile(
        _(
            "Ce fichier est une page web, pas un classeur, quel que soit son nom. "
            "Ouvrez-le dans votre tableur, enregistrez-le au format XLSX, puis déposez-le de nouveau."
        )
    )


def binary_workbook() -> UnreadableFile:
    """XLSB."""
    return UnreadableFile(
        _(
            "Ce classeur est au format binaire (XLSB). Ouvrez-le dans votre tableur, enregistrez-le au format XLSX, puis déposez-le."
        )
    )


def open_quote(line: int) -> UnreadableFile:
    """A quote that nothing closes; rows from 1."""
    return UnreadableFile(
        _(
            'Un guillemet (") s’ouvre à la ligne %(line)s et ne se referme pas : les lignes suivantes seraient avalées. '
            "Corrigez cette ligne puis déposez le fichier de nouveau."
        )
        % {"line": line}
    )


def too_wide(line: int, cells: int, headings: int) -> UnreadableFile:
    """A record with more cells than there are headings; rows from 1."""
    return UnreadableFile(
        _(
            "La ligne %(line)s a %(cells)s cellules pour %(headings)s titres : une virgule ou un point-virgule du texte y sépare "
            "sans doute deux cellules. Mettez ce texte entre guillemets, ou enregistrez le fichier au format XLSX, puis déposez-le."
        )
        % {"line": line, "cells": cells, "headings": headings}
    )


def lost_letters(word: str, line: int) -> UnreadableFile:
    """Letters spoilt beyond repair; lines from 1."""
    return UnreadableFile(
        _(
            "Des lettres de la ligne %(line)s sont abîmées (« %(word)s ») et ne se rétablissent pas sans risque. "
            "Exportez de nouveau le fichier au format « CSV UTF-8 » ou XLSX."
        )
        % {"line": line, "word": word[:40]}
    )


def unreadable_letters(line: int) -> UnreadableFile:
    """Bytes that no encoding of ours reads; lines from 1."""
    return UnreadableFile(
        _(
            "Des lettres de la ligne %(line)s sont illisibles : elle n’est pas écrite comme les autres. "
            "Enregistrez le fichier depuis votre tableur au format « CSV UTF-8 » ou XLSX, puis déposez-le de nouveau."
        )
        % {"line": line}
    )


def null_character(line: int) -> UnreadableFile:
    """A character that no text holds and no database keeps; rows from 1."""
    return UnreadableFile(
        _(
            "La ligne %(line)s contient un caractère qui n’est pas du texte (caractère nul). "
            "Ouvrez le fichier dans votre tableur, enregistrez-le au format « CSV UTF-8 », puis déposez-le de nouveau."
        )
        % {"line": line}
    )


def too_large(limits: ReadLimits) -> UnreadableFile:
    """More bytes than a table of ours has."""
    return UnreadableFile(
        _("Ce fichier dépasse %(size)s Mo. Partagez-le en plusieurs fichiers, une année par fichier par exemple.")
        % {"size": limits.file_size // (1024 * 1024)}
    )


def too_heavy() -> UnreadableFile:
    """What grows beyond reason when it is opened."""
    return UnreadableFile(
        _(
            "Ce classeur devient énorme une fois ouvert. Copiez le tableau utile dans un nouveau classeur, "
            "sans image ni mise en forme, puis déposez-le."
        )
    )


def too_long() -> UnreadableFile:
    """What takes more time to read than it is given."""
    return UnreadableFile(
        _(
            "Ce tableau est trop long à lire. Copiez les colonnes utiles dans un nouveau classeur, ou partagez-le, puis déposez-le."
        )
    )


def unreadable() -> UnreadableFile:
    """What our readers stop at, whatever it is."""
    return UnreadableFile(
        _(
            "Nous n’arrivons pas à lire ce fichier. Ouvrez-le dans votre tableur, enregistrez-le au format « CSV UTF-8 » "
            "ou XLSX, puis déposez-le de nouveau."
        )
    )


def busy() -> UnreadableFile:
    """Nothing against the file: others are being read."""
    return UnreadableFile(_("Trop de fichiers arrivent en même temps. Attendez une minute, puis déposez celui-ci de nouveau."))


def too_many_columns(limits: ReadLimits) -> UnreadableFile:
    """More columns than a table of ours has."""
    return UnreadableFile(
        _(
            "Ce tableau a plus de %(number)s colonnes. Gardez les colonnes utiles, "
            "supprimez les autres puis déposez le fichier de nouveau."
        )
        % {"number": limits.columns}
    )


def too_many_rows(limits: ReadLimits) -> UnreadableFile:
    """More rows or cells than a table of ours has."""
    return UnreadableFile(
        _(
            "Ce tableau est trop grand : au plus %(rows)s lignes et %(cells)s cellules par fichier. "
            "Partagez-le en plusieurs fichiers, une année par fichier par exemple."
        )
        % {"rows": f"{limits.rows:,}".replace(",", "\u202f"), "cells": f"{limits.cells:,}".replace(",", "\u202f")}
    )
