"""What a page says when a process that worked for it ended, and when an address is asked for in a way that it does not serve."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve

from qualiopi.relations import names_nothing
from qualiopi.web.pdf import PdfStopped

logger = logging.getLogger("temoin.pdf")


class StoppedProcesses:
    """Middleware: a PDF that could not be written is told in a sentence, wherever it was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of 503 for a PDF that stopped; anything else goes on."""
        if not isinstance(exception, PdfStopped):
            return None
        logger.error("Le PDF demandé par %s n'a pas été écrit.", request.path, exc_info=exception)
        return render(request, "503.html", status=503)


class Vanished:
    """Middleware: what was sent names a row that somebody has deleted in the meantime; nothing was kept, and the page says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of 409 for a foreign key that names nothing any more; anything else goes on."""
        if not names_nothing(exception):
            return None
        return render(request, "409.html", {"back": page_above(request.path)}, status=409)


class WrongMethods:
    """Middleware: an address that only a button serves, opened as a page, says so and leads to the page where the button is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        page = render(request, "405.html", {"back": page_above(request.path)}, status=405)
        page["Allow"] = response["Allow"]
        # The log has it already.
        page._has_been_logged = True  # type: ignore[attr-defined]
        return page


def page_above(path: str) -> str:
    """The nearest address above this one that exists: "/o/x/sessions/S-1/fin/" gives that of the session."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return path
