"""A template tried before it serves: an invented session, or a real one. Nothing is kept, no number is taken."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import long_date
from qualiopi.web.pdf import write_pdf
from trainings.documents.models import DocumentKind
from trainings.documents.printing import blocks_of, document_html, look_of
from trainings.documents.queries import drafts_of, style_of, targets_of
from trainings.documents.queries.course_words import organisation_words
from trainings.documents.sheet import sheet_table
from trainings.documents.wording import example_of, fill
from trainings.sessions.models import Session

EXAMPLE = "<p>(ici, une ligne par personne et une colonne par demi-journée)</p>"


def preview_pdf(*, organisation: Organisation, kind: DocumentKind, body: str, session: Session | None) -> bytes:
    """The document as it would be for the first person concerned of a session, or for invented people without one.

    Raises FillingError when the text cannot be filled. Reads only.
    """
    style = style_of(organisation)
    targets = targets_of(session, kind)[:1] if session is not None else []
    table = ""
    if targets and session is not None:
        draft = drafts_of(session, kind, targets, style=style)[0]
        context = draft.context
        context["document"]["date"] = long_date(timezone.localdate())
        table = sheet_table(draft.register) if draft.register else ""
    else:
        context = example_of(kind)
        own = organisation_words(organisation, style)
        context["organisme"] |= {name: value for name, value in own.items() if value}
    context["document"]["numero"] = _("aperçu")
    filled = fill(body, kind, context, blocks_of(kind, context, table=table or EXAMPLE))
    title = _("Aperçu : %(kind)s") % {"kind": kind.label}
    return write_pdf(document_html(kind=kind, number=_("aperçu"), title=title, filled=filled, look=look_of(organisation, style)))
