"""Asking for answers: messages, reminders, papers, closing. Each of these acts on POST."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.post.reports import MailReport, tell
from trainings.sessions.models import Session
from trainings.surveys.cards import range_words
from trainings.surveys.emails import WORDS
from trainings.surveys.forms import ROWS_AT_ONCE, PaperDayForm, PaperForm
from trainings.surveys.models import Campaign
from trainings.surveys.queries import campaign_of
from trainings.surveys.questionnaire import SATISFACTION, Questionnaire
from trainings.surveys.verbs import close_campaign, invite, open_campaign, remind, type_paper_answers
from trainings.surveys.views.finding import find_campaign, find_questionnaire, find_session, site_of, tell_refusal


@requires(C.EDIT_SURVEYS, writes=True)
@require_POST
def send_invitations(request: TenantRequest, pk: UUID, questionnaire: str = SATISFACTION) -> HttpResponse:
    """Send their personal link to those who have not had it; the survey opens if need be."""
    session, shape = find_session(request, pk), find_questionnaire(questionnaire)

    def send() -> MailReport:
        return invite(campaign=_campaign_for(request, session, shape), site=site_of(request), actor=request.user)

    return _mail(request, pk, shape, send)


@requires(C.EDIT_SURVEYS, writes=True)
@require_POST
def send_reminders(request: TenantRequest, pk: UUID, questionnaire: str = SATISFACTION) -> HttpResponse:
    """Remind those whose link has not served."""
    shape = find_questionnaire(questionnaire)
    campaign = find_campaign(request, pk, shape.key)
    return _mail(request, pk, shape, lambda: remind(campaign=campaign, site=site_of(request), actor=request.user))


@requires(C.EDIT_SURVEYS, writes=True)
@require_POST
def close(request: TenantRequest, pk: UUID, questionnaire: str = SATISFACTION) -> HttpResponse:
    """Take no more answers."""
    shape = find_questionnaire(questionnaire)
    campaign = find_campaign(request, pk, shape.key)
    try:
        close_campaign(campaign=campaign, actor=request.user)
        messages.success(request, _("L’enquête est close. Les réponses reçues restent."))
    except ValidationError as error:
        tell_refusal(request, error)
    return _back(request, pk, shape)


def _mail(request: TenantRequest, pk: UUID, questionnaire: Questionnaire, send: Callable[[], MailReport]) -> HttpResponse:
    try:
        tell(request, send(), WORDS)
    except ValidationError as error:
        tell_refusal(request, error)
    return _back(request, pk, questionnaire)


def _campaign_for(request: TenantRequest, session: Session, questionnaire: Questionnaire) -> Campaign:
    """The survey of this session, closed or not; opened when there is none."""
    known = campaign_of(request.organisation, session, questionnaire=questionnaire.key)
    return known or open_campaign(session=session, actor=request.user, questionnaire=questionnaire.key)


def _back(request: TenantRequest, pk: UUID, questionnaire: Questionnaire) -> HttpResponse:
    """To the page one came from: all the surveys of the session, or the results of one."""
    organisation = request.organisation.slug
    if request.POST.get("from") == "session":
        return redirect("surveys:session", organisation=organisation, pk=pk)
    if questionnaire.key == SATISFACTION:
        return redirect("surveys:results", organisation=organisation, pk=pk)
    return redirect("surveys:results", organisation=organisation, pk=pk, questionnaire=questionnaire.key)


@requires(C.EDIT_SURVEYS, writes=True)
def type_papers(request: TenantRequest, pk: UUID, questionnaire: str = SATISFACTION) -> HttpResponse:
    """Type the answers of a pile of papers, a line each."""
    session, asked = find_session(request, pk), find_questionnaire(questionnaire)
    shape = formset_factory(PaperForm, extra=ROWS_AT_ONCE, max_num=ROWS_AT_ONCE, absolute_max=ROWS_AT_ONCE)
    papers = shape(request.POST or None, prefix="p", form_kwargs={"questionnaire": asked})
    day = PaperDayForm(request.POST or None)
    if request.method == "POST" and papers.is_valid() and day.is_valid():
        typed = [form.given() for form in papers if form.given()]
        try:
            with transaction.atomic():
                campaign = _campaign_for(request, session, asked)
                answered_on = day.cleaned_data["answered_on"]
                kept = type_paper_answers(campaign=campaign, papers=typed, answered_on=answered_on, actor=request.user)
        except ValidationError as error:
            day.add_error(None, error)
        else:
            sentence = ngettext("Une réponse est enregistrée.", "%(n)s réponses sont enregistrées.", len(kept))
            messages.success(request, sentence % {"n": len(kept)})
            return _back(request, pk, asked)
    questions = [(question, range_words(question.kind)) for question in asked.questions]
    context = {"session": session, "questionnaire": asked, "papers": papers, "day": day, "questions": questions}
    return render(request, "surveys/papers.html", context, status=422 if request.method == "POST" else 200)
