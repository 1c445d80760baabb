"""The trainee's pages before the start: a personal link, no account, one question a page. GET shows, POST acts, without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from qualiopi.links import Behind
from qualiopi.organisations.policy import public
from qualiopi.web.languages import in_chosen_language
from trainings.adaptations.models import AdaptationRequest
from trainings.learning.asking import ADAPTATION, APART, questionnaire_for
from trainings.learning.models import Intake, IntakeDraft
from trainings.learning.queries import kinds_left
from trainings.learning.refusals import refusal_of
from trainings.learning.sentences import go_on_words
from trainings.learning.verbs import MissingAnswer, keep_draft, send_intake
from trainings.sessions.models import Enrolment, EnrolmentLink, LinkPurpose
from trainings.sessions.queries import enrolment_behind
from trainings.surveys.forms import SurveyPage
from trainings.surveys.questionnaire import Question, Questionnaire

REASON = "un stagiaire dit ses besoins sans compte, par son lien personnel"
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is left to ask one person, page by page."""

    questionnaires: list[Questionnaire]
    pages: list[list[Question]]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(questionnaire.minutes for questionnaire in self.questionnaires)

    def page_of(self, key: str) -> int:
        """The number of the page that asks this question."""
        return next(number for number, page in enumerate(self.pages, start=1) if any(q.key == key for q in page))


def _asked(enrolment: Enrolment) -> Asked:
    questionnaires = [questionnaire_for(kind, enrolment.session) for kind in kinds_left(enrolment)]
    return Asked(questionnaires, [page for questionnaire in questionnaires for page in questionnaire.pages])


@public(reason=REASON)
@never_cache
@in_chosen_language
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks what, for which course, how long it takes; and where one left off."""
    behind = _behind(token)
    if behind is None or not behind.is_open:
        return _refusal(request, behind)
    asked = _asked(behind.row.enrolment)
    if not asked.pages:
        return _done(request, behind)
    begun = IntakeDraft.objects.filter(enrolment=behind.row.enrolment).first()
    context = _frame(behind, token) | {
        "questionnaires": asked.questionnaires,
        "total": len(asked.pages),
        "minutes": asked.minutes,
        "person": behind.row.enrolment.trainee.first_name or behind.row.enrolment.trainee,
        "first": _address(token, "intake:page", _first_empty(asked, begun)),
        "begun": begun,
    }
    return render(request, "learning/public/start.html", context)


@public(reason=REASON, writes=True)
@never_cache
@in_chosen_language
def page(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Show one page of what is asked, or keep what was typed and go on."""
    behind = _behind(token)
    if behind is None or not behind.is_open:
        return _refusal(request, behind)
    enrolment = behind.row.enrolment
    asked = _asked(enrolment)
    if not asked.pages:
        return _done(request, behind)
    number = min(max(1, number), len(asked.pages))
    questions = asked.pages[number - 1]
    if request.method == "POST":
        return _act(request, behind, token, asked, number)
    draft = IntakeDraft.objects.filter(enrolment=enrolment).first()
    given = dict(draft.answers) if draft else {}
    if any(question.key == ADAPTATION for question in questions):
        # The choice is shown again, the words are not: whoever holds the phone may not be the person.
        known = AdaptationRequest.objects.filter(enrolment=enrolment).first()
        given[ADAPTATION] = known.wish if known else ""
    return _show(request, behind, token, asked, number, SurveyPage(questions, given))


@public(reason=REASON)
@never_cache
@in_chosen_language
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the answers have arrived; back to the questions when something is left."""
    behind = _behind(token)
    if behind is None:
        return _refusal(request, None)
    if behind.is_open and kinds_left(behind.row.enrolment):
        return HttpResponseRedirect(_address(token, "intake:start"))
    return _done(request, behind)


def _act(request: HttpRequest, behind: Behind[EnrolmentLink], token: str, asked: Asked, number: int) -> HttpResponse:
    """Keep what was typed, whatever button was used; only "continue" asks that it be complete."""
    questions = asked.pages[number - 1]
    typed = SurveyPage(questions, {question.key: request.POST.get(question.key, "")[:LONGEST] for question in questions})
    go = request.POST.get("go", "next")
    if go == "pass" and not typed.can_pass:
        go = "next"
    if go == "next" and not typed.is_valid():
        return _show(request, behind, token, asked, number, typed)
    try:
        values = typed.values if go != "pass" else dict.fromkeys(typed.values, "")
        keep_draft(enrolment=behind.row.enrolment, values=values, today=timezone.localdate())
    except ValidationError as error:
        typed.asked[0].error = error.messages[0]
        return _show(request, behind, token, asked, number, typed)
    if number == len(asked.pages) and go in ("next", "pass"):
        return _send(request, behind, token, asked)
    target = {"back": max(1, number - 1), "next": number + 1, "pass": number + 1}.get(go, number)
    language = go.removeprefix("lang-") if go.startswith("lang-") else ""
    return HttpResponseRedirect(_address(token, "intake:page", target, language=language))


def _send(request: HttpRequest, behind: Behind[EnrolmentLink], token: str, asked: Asked) -> HttpResponse:
    """Send everything, or lead to the first question that still needs an answer."""
    try:
        send_intake(enrolment=behind.row.enrolment, today=timezone.localdate())
    except MissingAnswer as missing:
        number = asked.page_of(missing.question)
        draft = IntakeDraft.objects.filter(enrolment=behind.row.enrolment).first()
        shown = SurveyPage(asked.pages[number - 1], draft.answers if draft else {})
        next(one for one in shown.asked if one.question.key == missing.question).error = missing.messages[0]
        return _show(request, behind, token, asked, number, shown)
    return HttpResponseRedirect(_address(token, "intake:thanks"))


def _show(
    request: HttpRequest, behind: Behind[EnrolmentLink], token: str, asked: Asked, number: int, shown: SurveyPage
) -> HttpResponse:
    total = len(asked.pages)
    context = _frame(behind, token) | {
        "page": shown,
        "number": number,
        "can_go_back": number > 1,
        "go_on": go_on_words(number, total),
        "total": total,
        "apart": any(one.question.key in APART for one in shown.asked),
        "action": _address(token, "intake:page", number),
    }
    return render(request, "learning/public/page.html", context, status=422 if shown.errors else 200)


def _first_empty(asked: Asked, draft: IntakeDraft | None) -> int:
    """Where to start again: after the last page that has an answer in the draft."""
    given = draft.answers if draft else {}
    seen = [number for number, page in enumerate(asked.pages, start=1) if any(q.key in given for q in page)]
    return min(max(seen) + 1, len(asked.pages)) if seen else 1


def _behind(token: str) -> Behind[EnrolmentLink] | None:
    return enrolment_behind(token, LinkPurpose.INTAKE)


def _done(request: HttpRequest, behind: Behind[EnrolmentLink]) -> HttpResponse:
    """Everything was answered, by the link or otherwise."""
    last = Intake.objects.filter(enrolment=behind.row.enrolment).order_by("-answered_on").first()
    context = _frame(behind, "") | {"answered_on": last.answered_on if last else None}
    return render(request, "learning/public/thanks.html", context)


def _refusal(request: HttpRequest, behind: Behind[EnrolmentLink] | None) -> HttpResponse:
    """Why this link takes no answer, and what one can do."""
    if behind is None:
        return render(request, "learning/public/unknown.html", status=404)
    if not kinds_left(behind.row.enrolment):
        return _done(request, behind)
    return render(request, "learning/public/refused.html", _frame(behind, "") | {"refusal": refusal_of(behind.state)}, status=410)


def _frame(behind: Behind[EnrolmentLink], token: str) -> dict[str, Any]:
    session = behind.row.enrolment.session
    return {
        "organisation_name": session.organisation.name,
        "contact_email": session.organisation.contact_email,
        "course": session.course.title,
        "session": session,
        "token": token,
        "language": _language(),
    }


def _language() -> str:
    return (translation.get_language() or "fr").split("-")[0]


def _address(token: str, view: str, number: int = 0, *, language: str = "") -> str:
    wanted = language if language in dict(settings.LANGUAGES) else _language()
    arguments: list[Any] = [token, number] if number else [token]
    return f"{reverse(view, args=arguments)}?lang={wanted}"
