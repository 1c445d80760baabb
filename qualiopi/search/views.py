"""The page of a search."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from qualiopi.organisations.context import SEARCHERS
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.search import sentences
from qualiopi.search.kinds import Reader, kinds, open_to, search
from qualiopi.search.pages import asked, groups_of


@requires(*SEARCHERS)
def find(request: TenantRequest) -> HttpResponse:
    """What answers to `?q=`, by kind, as far as the reader's pages show it."""
    reader, text = Reader(request.organisation, request.user, request.access), asked(request)
    found = search(reader, text, kinds())
    context = {
        "text": text,
        "answer": sentences.answer(text, found),
        "nothing": sentences.nothing(text, found, open_to(reader, kinds())),
        "groups": groups_of(found, text),
    }
    return render(request, "search/find.html", context)
