"""The documents of one session: every kind, then everybody for one kind; issuing and sending, one by one or in one go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.post.reports import tell
from qualiopi.web.lists import page_of
from qualiopi.web.partials import render_page
from trainings.documents.asking import asked_first
from trainings.documents.emails import WORDS
from trainings.documents.kinds_in_address import kind_of
from trainings.documents.models import Batch, DocumentKind
from trainings.documents.queries import (
    BatchState,
    KindLine,
    State,
    batch_of,
    batch_states,
    in_force,
    lines_of,
    nobody_signs,
    overview,
    recent_batches,
    sent_of,
    style_of,
    targets_of,
    uncertain_people,
)
from trainings.documents.sentences import issue_words, mailed_words, send_words, series_note, series_words, standing_of
from trainings.documents.tasks import issue_in_background
from trainings.documents.verbs import ask_for_batch, issue, send, to_issue
from trainings.documents.wording import Recipients, facts_of, withdrawal_ends
from trainings.sessions.access import find_session
from trainings.sessions.models import Session
from trainings.sessions.queries import said_by
from trainings.sessions.telling import gap_words

# One document is made while the person waits; more are made beside, with a page that follows.
AT_ONCE = 1
_BEFORE = ("agreement", "individual_contract", "subcontract", "programme", "convocation", "welcome_booklet", "internal_rules")
# Word of the address, title, kinds.
_MOMENTS = (
    ("avant", gettext_lazy("Avant"), _BEFORE),
    ("pendant", gettext_lazy("Pendant"), ("attendance_sheet",)),
    ("apres", gettext_lazy("Après"), ("completion_certificate", "end_attestation")),
)
# What is attested there rests on the half-days.
_ATTESTING = (DocumentKind.COMPLETION, DocumentKind.ATTESTATION)
# Series that ended are still shown for that long, with what they refused.
_RECENT = timedelta(minutes=30)


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def session(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Every kind of document of a session, in counts, with what is still to be issued."""
    found = find_session(request, pk)
    lines = {line.kind.value: line for line in overview(found)}
    shown = [(word, title, [lines[kind] for kind in kinds if lines[kind].called]) for word, title, kinds in _MOMENTS]
    now = timezone.now()
    batches = recent_batches(found, since=now - _RECENT) if request.access.allows(C.EDIT_SESSIONS) else []
    series = batch_states(batches)
    context = {
        "session": found,
        "here": "documents",
        "moments": [_moment(word, title, rows) for word, title, rows in shown if rows],
        "series": [(batch, series_words(state)) for batch, state in series],
        "waiting": any(state is not BatchState.FINISHED for _batch, state in series),
        "issued": sum(line.issued for line in lines.values()),
        "to_issue": sum(line.to_issue for line in lines.values()),
        "uncertain": len(uncertain_people(found)),
        "unsigned_style": nobody_signs(style_of(request.organisation)),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
        "can_adapt": request.access.allows(C.EDIT_SETTINGS),
    }
    return render_page(request, "documents/session.html", context, parts=("series",))


def _moment(word: str, title: Promise, rows: list[KindLine]) -> tuple[str, Promise, list[tuple[KindLine, str]], int]:
    """Word of the address, title, each kind with the words of its button, how many are to be issued in all."""
    return word, title, [(row, issue_words(row.to_issue)) for row in rows], sum(row.to_issue for row in rows)


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def kind(request: TenantRequest, pk: UUID, kind: str) -> HttpResponse:
    """Everybody one kind is for: where their document stands, and what can be done."""
    found, named = find_session(request, pk), kind_of(kind)
    lines = lines_of(found, named)
    there = [line for line in lines if line.issued is not None]
    page = page_of(request, lines)
    sendable = named != DocumentKind.ATTENDANCE_SHEET
    left = len(lines) - len(there)
    unsent = sum(line.state is State.ISSUED for line in there) if sendable else 0
    context: dict[str, Any] = {
        "session": found,
        "here": "documents",
        "kind": named,
        "page": page,
        "lines": [(line, standing_of(line.issued)) for line in page.object_list],
        "total": len(lines),
        "issued": len(there),
        "to_issue": left,
        "issue_words": issue_words(left),
        "unsent": unsent,
        "send_words": send_words(unsent),
        "for_session": facts_of(named).recipients is Recipients.SESSION,
        "to_sign": facts_of(named).signed,
        "sendable": sendable,
        "hurried": named == DocumentKind.CONTRACT and _begins_within_withdrawal(found),
        "gap": gap_words(said_by(found)) if named in _ATTESTING else "",
        "last_batch": Batch.objects.filter(session=found, kind=named).first(),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
        "can_adapt": request.access.allows(C.EDIT_SETTINGS),
    }
    return render(request, "documents/kind.html", context)


def _begins_within_withdrawal(session: Session) -> bool:
    """Whether a contract signed today could still be withdrawn from on the first day."""
    today = timezone.localdate()
    return session.starts_on is not None and today <= session.starts_on <= withdrawal_ends(today)


@requires(C.EDIT_SESSIONS, writes=True)
def issue_kind(request: TenantRequest, pk: UUID, kind: str) -> HttpResponse:
    """POST: issue to one target at once, or to everybody who has none through a series that a page follows."""
    found, named = find_session(request, pk), kind_of(kind)
    back = redirect("documents:kind", organisation=request.organisation.slug, pk=found.pk, kind=named.value)
    if request.method != "POST":
        return back
    if "send" in request.POST and (question := asked_first(request, found, named, back=back.url)):
        return question
    wanted = to_issue(found, named)
    if "for" in request.POST:
        wanted = [target for target in targets_of(found, named) if target.key == request.POST["for"]]
    if not wanted:
        messages.info(request, _("Tout est déjà émis."))
        return back
    if len(wanted) > AT_ONCE:
        batch = ask_for_batch(session=found, kind=named, send_too="send" in request.POST, actor=request.user)
        issue_in_background.enqueue(str(batch.pk))
        return redirect("documents:batch", organisation=request.organisation.slug, pk=batch.pk)
    report = issue(session=found, kind=named, targets=wanted, actor=request.user)
    for refusal in report.refused:
        messages.error(request, _("Rien n’est émis pour %(refusal)s") % {"refusal": refusal})
    for issued in report.issued:
        messages.success(request, _("%(number)s est émis.") % {"number": issued.number})
    if report.issued and "send" in request.POST:
        tell(request, send(documents=report.issued, actor=request.user), WORDS)
    return back


@requires(C.EDIT_SESSIONS, writes=True)
def issue_moment(request: TenantRequest, pk: UUID, moment: str) -> HttpResponse:
    """POST: issue everything that a moment of the session calls for, one series per kind; the page of the session follows them."""
    found = find_session(request, pk)
    kinds = {word: kinds for word, _title, kinds in _MOMENTS}.get(moment)
    if kinds is None:
        raise Http404
    if request.method == "POST":
        wanted = [kind for kind in kinds if to_issue(found, kind)]
        back = reverse("documents:session", args=[request.organisation.slug, found.pk])
        for kind in wanted if "send" in request.POST else ():
            if question := asked_first(request, found, kind, back=back):
                return question
        for kind in wanted:
            batch = ask_for_batch(session=found, kind=kind, send_too="send" in request.POST, actor=request.user)
            issue_in_background.enqueue(str(batch.pk))
        if not wanted:
            messages.info(request, _("Tout est déjà émis."))
    return redirect("documents:session", organisation=request.organisation.slug, pk=found.pk)


@requires(C.EDIT_SESSIONS, writes=True)
def send_kind(request: TenantRequest, pk: UUID, kind: str) -> HttpResponse:
    """POST: send everything of a kind that was issued and did not leave yet."""
    found, named = find_session(request, pk), kind_of(kind)
    back = redirect("documents:kind", organisation=request.organisation.slug, pk=found.pk, kind=named.value)
    if request.method == "POST":
        if question := asked_first(request, found, named, back=back.url):
            return question
        report = send(documents=list(in_force(found, named).select_related("organisation")), actor=request.user)
        tell(request, report, WORDS)
    return back


def _mailed(batch: Batch) -> str:
    return mailed_words(asked=batch.send, waits=batch.leaving_at is None, sent=sent_of(batch), issued=batch.done)


@requires(C.EDIT_SESSIONS)
def batch(request: TenantRequest, pk: UUID) -> HttpResponse:
    """A series: progress, then who was refused and why."""
    try:
        found = batch_of(request.organisation, pk)
    except Batch.DoesNotExist:
        raise Http404 from None
    ((_found, state),) = batch_states([found])
    context = {
        "batch": found,
        "session": find_session(request, found.session_id),
        "here": "documents",
        "waiting": state is not BatchState.FINISHED,
        "held_up": series_note(state),
        "mailed": _mailed(found) if state is BatchState.FINISHED else "",
    }
    return render_page(request, "documents/batch.html", context, parts=("avancement",))
