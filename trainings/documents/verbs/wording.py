"""What an organisation adapts: the wording of its documents, and how they look."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.inspection import redraw
from qualiopi.files.kinds import JPEG, PNG
from qualiopi.files.models import StoredFile
from qualiopi.files.verbs import all_or_nothing, forget_received, receive
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.web.colours import LEAST_CONTRAST, contrast_on_white, readable_on_white
from trainings.documents.models import DocumentKind, Style, Template
from trainings.documents.printing import blocks_of
from trainings.documents.queries.issued import current_wording
from trainings.documents.wording import FillingError, check, example_of, fill, shipped_body

# Three times what 60 mm hold on a screen: sharp in print, light in three hundred certificates.
LARGEST_LOGO = (720, 240)
LOGOS = frozenset({PNG, JPEG})
HEXADECIMAL = re.compile("#[0-9a-f]{6}")


def wording_problems(kind: str, body: str) -> list[str]:
    """Why a template cannot be kept, one sentence each with its line; empty when it can. It is tried with the example."""
    problems = [str(problem) for problem in check(body, kind)]
    if not problems:
        context = example_of(kind)
        try:
            fill(body, kind, context, blocks_of(kind, context, table=" "))
        except FillingError as error:
            problems.append(str(error))
    return problems


def save_template(*, organisation: Organisation, kind: str, body: str, actor: User | None) -> Template | None:
    """Keep a new version of a wording; it serves from the next document on. None when nothing changed. Writes the journal.

    Raises ValidationError with one sentence per problem, each with its line, for an unknown variable, a broken syntax or anything
    that a template may not do. What the law wants said and the template does not is told elsewhere, not refused: a document that
    lacks it is.
    """
    body = body.replace("\r\n", "\n").rstrip() + "\n"
    problems = wording_problems(kind, body)
    if problems:
        raise ValidationError({"body": problems})
    with transaction.atomic():
        # Two people who save at once: the second waits for the organisation's row and takes the number after.
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        number, former = current_wording(organisation, kind)
        if body == former:
            return None
        template = Template(organisation=organisation, kind=DocumentKind(kind), number=number + 1, body=body, created_by=actor)
        template.full_clean()
        template.save()
        record(
            verb="template.saved",
            actor=actor,
            organisation_id=organisation.pk,
            target=template,
            details={"kind": kind, "number": template.number},
        )
    return template


def restore_shipped(*, organisation: Organisation, kind: str, actor: User | None) -> Template | None:
    """Come back to the wording of the product, as one more version; the former ones stay. Writes the journal."""
    return save_template(organisation=organisation, kind=kind, body=shipped_body(kind), actor=actor)


def save_style(
    *,
    organisation: Organisation,
    colour: str,
    signatory: str,
    signatory_title: str,
    actor: User | None,
    logo: File[Any] | None = None,
    without_logo: bool = False,
) -> Style:
    """Say how the documents look and who signs them; writes the journal. What is issued already does not change.

    The logo is redrawn small, so that nothing but its picture is kept. Raises ValidationError on a colour that is none or that is
    not read on white, RefusedFile for a logo that is not a PNG or JPEG picture.
    """
    colour = colour.lower()
    if HEXADECIMAL.fullmatch(colour) and contrast_on_white(colour) < LEAST_CONTRAST:
        said = {"contrast": f"{contrast_on_white(colour):.1f}".replace(".", ","), "near": readable_on_white(colour)}
        raise ValidationError(
            {
                "colour": _(
                    "Cette couleur se lit mal sur du blanc (contraste de %(contrast)s pour 1, il en faut 4,5). La plus proche qui se "
                    "lit : %(near)s."
                )
                % said
            }
        )
    with all_or_nothing():
        kept = _logo(organisation, logo, actor) if logo is not None else None
        with transaction.atomic():
            Organisation.objects.select_for_update().get(pk=organisation.pk)
            style = Style.objects.for_organisation(organisation).first() or Style(organisation=organisation)
            style.colour, style.signatory, style.signatory_title = colour, signatory.strip(), signatory_title.strip()
            if kept is not None:
                kept.save()
                style.logo = kept
            elif without_logo:
                style.logo = None
            style.full_clean()
            style.save()
            record(
                verb="style.saved",
                actor=actor,
                organisation_id=organisation.pk,
                target=style,
                details={"colour": style.colour, "logo": style.logo.sha256 if style.logo else ""},
            )
    return style


def _logo(organisation: Organisation, upload: File[Any], actor: User | None) -> StoredFile:
    """The picture redrawn as a small PNG, its row not saved yet. Looked into first as any file that comes in."""
    forget_received(receive(organisation=organisation, upload=upload, actor=actor, allowed=LOGOS))
    small = redraw(upload, largest=LARGEST_LOGO)  # type: ignore[arg-type]
    return receive(organisation=organisation, upload=ContentFile(small, "logo.png"), actor=actor)
