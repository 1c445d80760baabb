"""What is said of a proposal: where it comes from, so that whoever files can trust it or not."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.library.naming import Numbers, TypeRead


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
