"""Settings: who changed what, who opened what. The journal's room stands below and knows no organisation: its page is here."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from qualiopi.exchange.export import export_response
from qualiopi.journal.forms import JournalFilterForm
from qualiopi.journal.queries import actors_of, entries_of
from qualiopi.journal.words import kind_told, sentence
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.partials import render_page

PER_PAGE = 50


@requires(C.VIEW_JOURNAL)
def journal(request: TenantRequest) -> HttpResponseBase:
    """The organisation's lines, last first, with filters in the address; the same lines as CSV or XLSX with `?format=`."""
    organisation_id = request.organisation.pk
    form = JournalFilterForm(request.GET, actors=actors_of(organisation_id))
    wanted = form.cleaned_data if form.is_valid() else {}
    actor = wanted.get("actor")
    found = entries_of(
        organisation_id,
        kind=wanted.get("kind", ""),
        actor_id=actor.pk if actor else None,
        since=wanted.get("since"),
        until=wanted.get("until"),
    )
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        headings = [_("Date"), _("Auteur"), _("Nature"), _("Ce qui s’est passé"), _("Objet")]
        rows = (
            [localtime(entry.at), entry.actor_name, entry.get_kind_display(), str(sentence(entry)), entry.object_label]
            for entry in found.iterator(chunk_size=500)
        )
        return export_response(request.GET["format"], "journal", headings, rows)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [(entry, sentence(entry), kind_told(entry)) for entry in page],
        "filtered": any(wanted.values()),
        "can_export": request.access.allows(C.EXPORT),
    }
    return render_page(request, "organisations/journal.html", context, parts=("journal-lines",))
