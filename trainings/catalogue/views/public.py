"""The public page of a course: no account, two languages around it, nothing when it is closed."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from qualiopi.organisations.policy import public
from qualiopi.web.languages import in_chosen_language
from trainings.catalogue.page import public_sections
from trainings.catalogue.queries import public_page


@public(reason="la fiche publique d'une formation se lit sans compte")
@in_chosen_language
def page(request: HttpRequest, course: UUID) -> HttpResponse:
    """Everything the public sheet says, to be read or printed."""
    found = public_page(course, now=timezone.now())
    if found is None:
        raise Http404
    context = {
        "course": found.course,
        "sheet": found.sheet,
        "organisation_shown": found.sheet.organisation,
        # What the organisation wrote is in French, whatever the language of the page around it.
        "translated": get_language() != "fr",
        "rates": found.rates,
        "sections": public_sections(found.course, found.sheet),
    }
    return render(request, "catalogue/public/course.html", context)
