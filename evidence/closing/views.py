"""The page that closes a session: what is done from it, what will not have happened, what goes on by itself."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evidence.closing import sentences, settling
from evidence.closing.forms import ClosingForm
from evidence.closing.models import ClosingRequest
from evidence.closing.plan import Doing, plan_of
from evidence.closing.queries import closing_of
from evidence.closing.rows import act_lines, given_up_lines, later_lines
from evidence.closing.settling import Settled, settle
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.sessions.access import find_session
from trainings.sessions.models import Session, SessionState
from trainings.sessions.rules import may_become

# Who may do what from the page.
MAY: Final = {
    Doing.SIGNATURES: C.TEACH,
    Doing.RESULTS: C.TEACH,
    Doing.ADAPTATIONS: C.SENSITIVE,
    Doing.OPINIONS: C.EDIT_SURVEYS,
    Doing.DOCUMENTS: C.EDIT_SESSIONS,
}

OVERTAKEN = gettext_lazy("Quelqu’un a noté entre-temps une partie de ce que vous notiez : c’est ce qui était noté qui reste.")


@requires(C.EDIT_SESSIONS, writes=True)
def close(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What holds it open, done from here where it can be; the one button does it all and closes."""
    session = find_session(request, pk)
    now = timezone.now()
    found = closing_of(session, now=now)
    plan = plan_of(session, found, now=now, may=[doing for doing, needed in MAY.items() if request.access.allows(needed)])
    form = ClosingForm(plan, request.POST if request.method == "POST" else None)
    may_close = may_become(session.state, SessionState.CLOSED)
    refused: list[str] = []
    if request.method == "POST" and may_close and form.is_valid():
        site = request.build_absolute_uri("/").rstrip("/")
        settled = settle(session=session, choices=form.choices(), actor=request.user, site=site, now=now)
        if settled.done or settled.closed or settled.awaiting:
            return _told(request, session, settled, overtaken=form.overtaken)
        refused = [str(OVERTAKEN)] * form.overtaken + settled.refused or [_("La session n’est pas close : voici ce qui manque.")]
    acts = act_lines(plan, form)
    awaiting = ClosingRequest.objects.filter(session=session, ended_at__isnull=True).first()
    context = {
        "session": session,
        "here": "session",
        "heading": sentences.heading(len(acts), len(plan.later)),
        "standing": sentences.standing_words(session.state, missing=len(found.holding), awaited=len(found.awaited)),
        "answer": sentences.answer_words(
            sum(line.minutes for line in acts), elsewhere=len(plan.elsewhere), later=len(plan.later)
        ),
        "acts": acts,
        "elsewhere": plan.elsewhere,
        "lost": found.lost,
        "given_up": given_up_lines(plan, form),
        "later": later_lines(plan),
        "may_close": may_close and not plan.elsewhere,
        "may_do": may_close and bool(acts),
        "button": sentences.button_words(len(acts), closes=not plan.elsewhere),
        "what_happens": sentences.happens_words(plan, closes=not plan.elsewhere),
        "awaiting": sentences.awaiting_words(awaiting.until) if awaiting else "",
        "refused": refused,
    }
    return render(request, "closing/close.html", context, status=422 if request.method == "POST" else 200)


def _told(request: TenantRequest, session: Session, settled: Settled, *, overtaken: bool) -> HttpResponse:
    if overtaken:
        messages.warning(request, str(OVERTAKEN))
    for words in filter(None, settled.done):
        messages.success(request, words)
    for words in settled.refused:
        messages.error(request, words)
    if settled.closed:
        awaited = closing_of(session, now=timezone.now()).awaited
        messages.success(request, sentences.closed_words(str(session), awaited=len(awaited)))
    elif settled.awaiting:
        messages.info(request, sentences.awaiting_words(settled.awaiting.until))
    else:
        messages.warning(request, _("La session n’est pas close : voici ce qui manque encore."))
    to = "dossiers:session" if settled.closed or settled.awaiting else "closing:close"
    return redirect(to, organisation=request.organisation.slug, pk=session.pk)


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def call_off(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The session closes no more by itself."""
    session = find_session(request, pk)
    settling.call_off(session=session, actor=request.user, now=timezone.now())
    return redirect("closing:close", organisation=request.organisation.slug, pk=pk)
