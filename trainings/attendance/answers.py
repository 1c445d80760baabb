"""What a page of signatures answers: a page to a browser, a few words to the script that keeps signatures through a cut."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse


def asks_words(request: HttpRequest) -> bool:
    """Whether it is our script that sends, and not the form by itself."""
    return request.headers.get("Accept", "").startswith("application/json")


def gone_through(request: HttpRequest, address: str) -> HttpResponse:
    """It is signed: the page to go to."""
    return JsonResponse({"next": address}) if asks_words(request) else HttpResponseRedirect(address)


def refused(error: ValidationError, *, status: int) -> HttpResponse:
    """It is not signed, and sending the same again would change nothing: why, and which field is asked for."""
    fields = list(error.message_dict) if hasattr(error, "error_dict") else []
    return JsonResponse({"message": " ".join(error.messages), "field": fields[0] if fields else ""}, status=status)
