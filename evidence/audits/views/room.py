"""The auditor's room: the text first, what the organisation says of it, its pieces. Nothing can be changed from here."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from evidence.audits.cards import cards, chosen, marked
from evidence.audits.found import ROOM_KINDS
from evidence.audits.frame import frame_of
from evidence.audits.queries import (
    PlanSection,
    documents_listed,
    kept_facts,
    left_pieces,
    pieces_of_trainers,
    place_of,
    ready_packs,
    shown_trainers,
)
from evidence.audits.reading import in_readers_language, note_reading
from evidence.readiness.asides import declarations_told
from evidence.readiness.queries import conclusions_on, indicator_read, standing_declarations
from evidence.readiness.wording import SHELVES, pieces_told
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.enums import Category
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.search import sentences
from qualiopi.search.kinds import Reader, search
from qualiopi.search.pages import asked, groups_of

PER_PAGE = 50
PIECES = 25


@requires(C.AUDIT_ROOM)
@in_readers_language
def room(request: TenantRequest) -> HttpResponse:
    """The organisation, its scope, the packs to download and the way into the criteria."""
    note_reading(request, "room.opened")
    context = {
        **frame_of(request),
        "packs": list(ready_packs(request.organisation)[:PER_PAGE]),
        "may_download": request.access.allows(C.DOWNLOAD_PACK),
        "categories": [Category(code).label for code in request.organisation.profile.categories],
    }
    return render(request, "audits/room.html", context)


@requires(C.AUDIT_ROOM)
@in_readers_language
def criterion(request: TenantRequest, criterion: int) -> HttpResponse:
    """The indicators of one criterion."""
    frame = frame_of(request, criterion=criterion)
    section: PlanSection | None = next((one for one in frame["plan"] if one.criterion.number == criterion), None)
    if section is None:
        raise Http404
    note_reading(request, "room.criterion_read", criterion=criterion)
    return render(request, "audits/criterion.html", {**frame, "section": section})


@requires(C.AUDIT_ROOM)
@in_readers_language
def indicator(request: TenantRequest, number: int) -> HttpResponse:
    """One indicator: its text, what the organisation says, pieces and kept facts. `?piece=` shows one beside."""
    organisation, today = request.organisation, timezone.localdate()
    try:
        read = indicator_read(organisation=organisation, number=number, observed_on=today)
    except KeyError:
        raise Http404 from None
    frame, grid = frame_of(request, number=number, concern=read.concern), read.concern.grid
    listed, wanted = read.status.piece_ids, request.GET.get("piece", "")
    pages = Paginator(listed, PIECES)
    page = pages.get_page(request.GET.get("pieces") or 1 + (place_of(organisation, listed, wanted) if wanted else 0) // PIECES)
    documents = documents_listed(organisation, page)
    shelves = {piece: shelf for shelf, pieces in read.status.pieces for piece in pieces}
    found = [(shelves[piece], documents[piece]) for piece in page if piece in documents]
    pieces = cards((document for _shelf, document in found), about_in=organisation.slug)
    left = left_pieces(organisation, number, grid=grid, until=min(read.concern.audit_date, today))
    note_reading(request, "room.indicator_read", indicator=number)
    preview = chosen(pieces, wanted)
    told = marked(pieces, preview)
    conclusion = next(iter(conclusions_on(organisation, number)), None)
    context = {
        **frame,
        "shown": grid.indicator(number),
        "line": next(line for section in frame["plan"] for line in section.lines if line.indicator.number == number),
        "conclusion": conclusion,
        "older_grid": conclusion.grid if conclusion and conclusion.grid != grid.id else "",
        "declarations": declarations_told(standing_declarations(organisation, number)),
        "pieces": told,
        "shelves": [
            (SHELVES[shelf], [card for _shelf, card in group])
            for shelf, group in groupby(zip((shelf for shelf, _document in found), told, strict=True), key=itemgetter(0))
        ],
        "pieces_page": page,
        "pieces_told": pieces_told(read.status.pieces),
        "facts": kept_facts(read.status, read.facts),
        "left": sorted(Counter(piece.type for piece in left).items()),
        "left_page": Paginator(left, PER_PAGE).get_page(request.GET.get("page")),
        "preview": preview,
    }
    return render(request, "audits/indicator.html", context)


@requires(C.AUDIT_ROOM)
@in_readers_language
def find(request: TenantRequest) -> HttpResponse:
    """What answers to `?q=` in the room: sessions, pieces, indicators."""
    reader, text = Reader(request.organisation, request.user, request.access), asked(request)
    if text:
        note_reading(request, "room.searched", text=text)
    found = search(reader, text, ROOM_KINDS)
    frame = frame_of(request)
    kept = {"lang": request.GET["lang"]} if frame["language_query"] else {}
    context = {
        **frame,
        "text": text,
        "answer": sentences.answer(text, found),
        "nothing": sentences.nothing(text, found, ROOM_KINDS),
        "groups": groups_of(found, text, **kept),
    }
    return render(request, "audits/find.html", context)


@requires(C.AUDIT_ROOM)
@in_readers_language
def trainers(request: TenantRequest) -> HttpResponse:
    """Who leads the sessions, each with what proves their skills."""
    note_reading(request, "room.trainers_read")
    page = Paginator(shown_trainers(request.organisation), PER_PAGE).get_page(request.GET.get("page"))
    pieces = pieces_of_trainers(request.organisation, page)
    rows = [(trainer, cards(pieces[trainer.pk])) for trainer in page]
    preview = chosen([piece for _trainer, found in rows for piece in found], request.GET.get("piece", ""))
    rows = [(trainer, marked(found, preview)) for trainer, found in rows]
    return render(request, "audits/trainers.html", {**frame_of(request), "page": page, "rows": rows, "preview": preview})
