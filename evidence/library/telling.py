"""What is said of a proposal: where it comes from, so that whoever files can trust it or not."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.library.models import CoveredLine, Version
from evidence.library.naming import Numbers, TypeRead
from qualiopi.standard.book import expectations
from qualiopi.web.dates import long_date
from trainings.pieces import Kept


def type_told(read: TypeRead, *, chosen: str) -> str:
    """Why this type is proposed; "" when the name says none, or when another one is chosen."""
    if not read.type or read.type != chosen:
        return ""
    return _("Type proposé d’après le nom du fichier : « %(said)s ».") % {"said": read.said}


def numbers_told(numbers: Numbers) -> str:
    """Why these indicators are ticked, or why none is although the name has numbers; "" when the name has none."""
    if numbers.doubtful:
        return _("Le nom du fichier donne un numéro d’indicateur que nous ne lisons pas à coup sûr : à vous de choisir.")
    if not numbers.indicators:
        return ""
    said = ngettext(
        "Indicateur coché d’après le nom du fichier : « %(said)s ».",
        "Indicateurs cochés d’après le nom du fichier : « %(said)s ».",
        len(numbers.indicators),
    )
    return said % {"said": numbers.said}


@dataclass(frozen=True, slots=True)
class Twin:
    """Where the same bytes are already: a sentence, and the page that shows them."""

    sentence: str
    url: str
    link: str


def filed_twin(version: Version, *, organisation_slug: str) -> Twin:
    """The same bytes as a version of a piece."""
    said = {"title": version.document.title, "number": version.number, "day": long_date(version.created_at)}
    sentence = (
        _(
            "Le même fichier est déjà déposé : « %(title)s », version %(number)s du %(day)s. Reliez-la plutôt que de le garder deux fois."
        )
        if version.document.withdrawn_at is None
        else _("Le même fichier a été déposé, puis retiré : « %(title)s », version %(number)s du %(day)s.")
    )
    return Twin(sentence % said, reverse("library:detail", args=[organisation_slug, version.document_id]), _("Voir cette pièce"))


def kept_twin(piece: Kept, *, organisation_slug: str) -> Twin:
    """The same bytes as a file that the work left: it stands already under the indicators that it proves."""
    title = ", ".join(filter(None, (piece.title, piece.whom, piece.session[0] if piece.session else "")))
    sentence = _("Le même fichier est déjà gardé au fil du travail : « %(title)s ». Il n’y a rien à déposer : retirez-le.")
    return Twin(
        sentence % {"title": title}, reverse("library:kept", args=[organisation_slug, piece.file.pk]), _("Ouvrir ce fichier")
    )


def covered_line_words(row: CoveredLine) -> str:
    """What a piece covers, of what, and who says so."""
    said = {
        "line": row.label,
        "subject": row.course or row.session,
        "expected": expectations().by_key[row.expectation].expected if row.expectation in expectations().by_key else "",
        "person": row.said_by,
        "day": long_date(row.created_at),
    }
    return _("%(line)s, %(subject)s : dit par %(person)s le %(day)s. %(expected)s") % said


def shared_words(version: Version) -> str:
    """On the page of a piece: another one has the same bytes."""
    said = {"title": version.document.title, "number": version.number, "day": long_date(version.created_at)}
    return _("Le même fichier est aussi dans « %(title)s », version %(number)s du %(day)s.") % said
