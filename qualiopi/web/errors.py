"""Refusals that speak: what happened, what is kept, what to do. They show nothing of any organisation."""

import errno
import sys
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a refusal that may be told (a link of ours that has expired, for instance)."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form sent without its proof of origin (page left open too long, cookies refused)."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that doesn't exist, or that this person may not know: the same page for both."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours; reads neither the database nor the session, which may be what failed.

    A disk without room is told apart: what was sent is not kept, and somebody has to make room. So is a database that others held
    longer than anybody waits: trying again helps.
    """
    error = sys.exception()
    if is_disk_full(error):
        return render(None, "507.html", status=HTTPStatus.INSUFFICIENT_STORAGE)  # type: ignore[arg-type]
    if is_busy(error):
        answer = render(None, "503_busy.html", status=HTTPStatus.SERVICE_UNAVAILABLE)  # type: ignore[arg-type]
        answer["Retry-After"] = "60"
        return answer
    return render(None, "500.html", status=500)  # type: ignore[arg-type]


def is_disk_full(error: BaseException | None) -> bool:
    """Whether this failure, or what caused it, is a disk without room: of the files, of SQLite (SQLITE_FULL) or of PostgreSQL (53100)."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(error, "sqlstate", "") == "53100":
            return True
        error = error.__cause__
    return False


# Of PostgreSQL: too many connections, a lock that was not given, a deadlock, a server that starts.
_BUSY = frozenset({"53300", "55P03", "40P01", "57P03"})


def is_busy(error: BaseException | None) -> bool:
    """Whether this failure, or what caused it, is a database that others hold: SQLite (SQLITE_BUSY, SQLITE_LOCKED) or PostgreSQL."""
    while error is not None:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return True
        if getattr(error, "sqlstate", "") in _BUSY:
            return True
        error = error.__cause__
    return False
