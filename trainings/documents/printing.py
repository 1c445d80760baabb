"""From the words of a document to its page: head, foot, logo, places to sign. What is printed is decided here, not in templates."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from qualiopi.files.verbs import open_checked
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.telling import local_time
from trainings.documents.models import DocumentKind, Style
from trainings.documents.queries.course_words import organisation_words
from trainings.documents.wording import Filled

DEFAULT_COLOUR = "#6a2c5e"
# A certificate: one page, a name that one sees from afar. A sheet: as wide as its half-days. What is handed out: one page if it can.
_LAYOUTS = {
    DocumentKind.PROGRAMME: "dense",
    DocumentKind.RULES: "dense",
    DocumentKind.COMPLETION: "certificat",
    DocumentKind.ATTESTATION: "certificat",
    DocumentKind.ATTENDANCE_SHEET: "paysage",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What every document of an organisation carries."""

    name: str
    line: str
    colour: str
    logo: str


def look_of(organisation: Organisation, style: Style | None) -> Look:
    """Read the logo once for a whole series. Raises AlteredFile when it is no longer the one that was given."""
    words = organisation_words(organisation, style)
    told = [words["nom"], words["adresse"]]
    if words["siret"]:
        told.append(f"SIRET {words['siret']}")
    line = " · ".join(part for part in told if part)
    if words["numero_activite"]:
        # Labour Code, L. 6352-12: the number is never given without these words.
        line += (
            f". Déclaration d’activité enregistrée sous le numéro {words['numero_activite']} ; cet enregistrement ne vaut pas "
            "agrément de l’État."
        )
    with translation.override("fr"):
        # Half-days and signatures are printed at the hours of the organisation, which are not those of whoever reads them elsewhere.
        if zone := local_time(organisation):
            line = f"{line.removesuffix('.')}. {capfirst(zone)}."
    logo = ""
    if style is not None and style.logo is not None:
        with open_checked(style.logo) as file:
            logo = f"data:{style.logo.media_type};base64,{base64.b64encode(file.read()).decode()}"
    return Look(organisation.name, line, style.colour if style else DEFAULT_COLOUR, logo)


def blocks_of(kind: str, context: Mapping[str, Any], *, table: str = "") -> dict[str, str]:
    """What we draw ourselves, by variable: places to sign, and the table of an attendance sheet when there is one."""
    provider = context["organisme"]
    ours = _party("Pour l’organisme", provider["nom"], provider["signataire"], provider["qualite_signataire"])
    blocks: dict[str, str] = {"document.signature": format_html('<div class="signer signer--une">{}</div>', ours)}
    if kind == DocumentKind.AGREEMENT:
        company = context["entreprise"]
        other = _party("Pour l’entreprise", company["nom"], company["representant"])
    elif kind == DocumentKind.SUBCONTRACT:
        subcontractor = context["sous_traitant"]
        other = _party("Le sous-traitant", subcontractor["nom"], subcontractor["representant"])
    elif kind == DocumentKind.CONTRACT:
        other = _party("La personne", context["stagiaire"]["nom_complet"])
    else:
        return blocks | ({"emargement.tableau": table} if table else {})
    return blocks | {"convention.signatures": format_html('<div class="signer">{}{}</div>', ours, other)}


def _party(role: str, *lines: str) -> SafeString:
    name, *others = (line for line in lines if line)
    told = format_html("<b>{}</b>{}", role, name)
    if others:
        told = format_html("{}<br>{}", told, ", ".join(others))
    return format_html(
        "<div><p>{}</p><p><span>Date et signature{}</span></p></div>", told, ", cachet" if role.startswith("Pour") else ""
    )


def document_html(*, kind: str, number: str, title: str, filled: Filled, look: Look) -> str:
    """The whole document, ready for `write_pdf`. `title` is what a reader of PDF shows above it."""
    label = str(DocumentKind(kind).label)
    with translation.override("fr"):
        return render_to_string(
            "documents/pdf/document.html",
            {
                "title": title,
                "kind_label": label[:1].upper() + label[1:],
                "number": number,
                "organisation_name": look.name,
                "organisation_line": look.line,
                "colour": look.colour,
                "logo": look.logo,
                "css_class": _LAYOUTS.get(DocumentKind(kind), ""),
                # Written by markdown-it from a template whose every value was escaped, and by this module.
                "body": mark_safe(filled.html),  # noqa: S308
                "product_name": settings.PRODUCT_NAME,
            },
        )
