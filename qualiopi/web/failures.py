"""What a page says when a process that worked for it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

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
