"""The trainee's pages: one link, no account, one question a page. GET shows, POST acts, and everything works without JavaScript."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qualiopi.links import LinkRefusedError, LinkState
from qualiopi.organisations.policy import public
from qualiopi.web.languages import in_chosen_language
from trainings.surveys import phone
from trainings.surveys.forms import SurveyPage
from trainings.surveys.models import Audience
from trainings.surveys.queries import Door, door
from trainings.surveys.questionnaire import Questionnaire, shipped
from trainings.surveys.refusals import refusal_of
from trainings.surveys.verbs import answer

REASON = "un lien d'enquête s'ouvre sans compte"
STATUS = {LinkState.CLOSED: 410, LinkState.EXPIRED: 410, LinkState.FULL: 429, LinkState.USED: 200}


@public(reason=REASON, writes=True)
@never_cache
@in_chosen_language
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Show one page of the questionnaire, or take its answer and go on."""
    found = door(token)
    if found is None or found.state is not LinkState.OPEN:
        return _refusal(request, found)
    if not found.personal and phone.has_answered(request, found.campaign):
        return _already_from_here(request, found, token)
    questionnaire = shipped()[found.campaign.questionnaire]
    progress = phone.read_progress(request, token)
    number = min(_asked_number(request), _reachable(questionnaire, progress))
    if request.method == "POST":
        return _act(request, found, token, questionnaire, progress, number)
    page = SurveyPage(questionnaire.pages[number - 1], progress.given)
    return _show(request, found, token, questionnaire, page, number, begun=progress.begun)


@public(reason=REASON)
@never_cache
@in_chosen_language
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the answer has arrived; back to the questionnaire when this phone sent none."""
    found = door(token)
    if found is None:
        return _refusal(request, None)
    if not (found.state is LinkState.USED if found.personal else phone.has_answered(request, found.campaign)):
        return _redirect(request, token)
    context = _frame(found, token) | {"others_may_answer": not found.personal and found.state is LinkState.OPEN}
    return render(request, "surveys/public/thanks.html", context)


def _act(
    request: HttpRequest, found: Door, token: str, questionnaire: Questionnaire, progress: phone.Progress, number: int
) -> HttpResponse:
    """Take what was typed, whatever button was used; only "continue" asks that it be complete."""
    go = request.POST.get("go", "next")
    if go == "restart":
        response = _redirect(request, token)
        phone.forget_progress(response, token)
        return response
    questions = questionnaire.pages[number - 1]
    page = SurveyPage(questions, {question.key: request.POST.get(question.key, "")[:20_000] for question in questions})
    if go == "pass" and not page.can_pass:
        go = "next"
    if go == "next" and not page.is_valid():
        return _show(request, found, token, questionnaire, page, number, begun=progress.begun)
    for key, value in page.values.items():
        progress.given.pop(key, None)
        progress.passed = [other for other in progress.passed if other != key]
        if value.strip() and go != "pass":
            progress.given[key] = value
        elif go in ("next", "pass"):
            progress.passed.append(key)
    last = number == len(questionnaire.pages)
    if not phone.fits(progress, token) and not (last and go == "next"):
        page.asked[-1].error = _(
            "Votre texte est trop long pour changer de page sans le perdre. Envoyez-le, ou raccourcissez-le."
        )
        return _show(request, found, token, questionnaire, page, number, begun=progress.begun)
    if last and go in ("next", "pass"):
        return _send(request, found, token, questionnaire, progress, page, number)
    target = {"back": max(1, number - 1), "next": number + 1, "pass": number + 1}.get(go, number)
    response = _redirect(request, token, number=target, language=go.removeprefix("lang-") if go.startswith("lang-") else "")
    phone.write_progress(response, request, token, progress)
    return response


def _send(
    request: HttpRequest,
    found: Door,
    token: str,
    questionnaire: Questionnaire,
    progress: phone.Progress,
    page: SurveyPage,
    number: int,
) -> HttpResponse:
    try:
        answer(token=token, values=progress.given, language=_language(), once=progress.once)
    except LinkRefusedError:
        return _refusal(request, door(token))
    except ValidationError as error:
        page.asked[0].error = error.messages[0]
        return _show(request, found, token, questionnaire, page, number, begun=True)
    response = _redirect(request, token, view="survey:thanks")
    phone.forget_progress(response, token)
    if not found.personal:
        phone.mark_answered(response, request, found.campaign)
    return response


def _already_from_here(request: HttpRequest, found: Door, token: str) -> HttpResponse:
    if request.method == "POST" and request.POST.get("go") == "someone-else":
        response = _redirect(request, token)
        phone.forget_answered(response, found.campaign)
        phone.forget_progress(response, token)
        return response
    return render(request, "surveys/public/already.html", _frame(found, token))


def _show(
    request: HttpRequest,
    found: Door,
    token: str,
    questionnaire: Questionnaire,
    page: SurveyPage,
    number: int,
    *,
    begun: bool,
) -> HttpResponse:
    total = len(questionnaire.pages)
    context = _frame(found, token) | {
        "title": str(questionnaire.title),
        "page": page,
        "number": number,
        "total": total,
        "forward": _("Envoyer ma réponse") if number == total else _("Continuer"),
        "left": _time_left(questionnaire.minutes, number, total),
        "can_restart": begun and number == 1,
        "minimum": settings.SURVEY_MINIMUM_ANSWERS,
        "action": f"{reverse('survey:start', args=[token])}?q={number}&lang={_language()}",
    }
    return render(request, "surveys/public/question.html", context, status=422 if page.errors else 200)


def _time_left(minutes: int, number: int, total: int) -> str:
    """What is still to come, the present page included, in words."""
    seconds = minutes * 60 * (total - number + 1) / total
    if seconds > 90:
        return _("encore %(minutes)s minutes") % {"minutes": round(seconds / 60)}
    return _("encore une minute") if seconds > 45 else _("presque fini")


def _refusal(request: HttpRequest, found: Door | None) -> HttpResponse:
    """Why this link takes no answer, and what one can do."""
    if found is None:
        return render(request, "surveys/public/unknown.html", status=404)
    context = _frame(found, "") | {"refusal": refusal_of(found.state, organisation=found.campaign.organisation.name)}
    return render(request, "surveys/public/refused.html", context, status=STATUS[found.state])


def _frame(found: Door, token: str) -> dict[str, Any]:
    session = found.campaign.session
    organisation = found.campaign.organisation
    return {
        "organisation_name": organisation.name,
        "contact_email": organisation.contact_email,
        "course": session.course.title,
        "anonymous": found.campaign.audience == Audience.TRAINEE,
        "token": token,
        "language": _language(),
    }


def _asked_number(request: HttpRequest) -> int:
    raw = request.GET.get("q", "1")
    return max(1, int(raw)) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 1


def _reachable(questionnaire: Questionnaire, progress: phone.Progress) -> int:
    """The furthest page one may open: the first that was neither answered nor passed."""
    for number, questions in enumerate(questionnaire.pages, start=1):
        if questions[0].key not in progress.given and questions[0].key not in progress.passed:
            return number
    return len(questionnaire.pages)


def _language() -> str:
    return (translation.get_language() or "fr").split("-")[0]


def _redirect(
    request: HttpRequest, token: str, *, view: str = "survey:start", number: int = 0, language: str = ""
) -> HttpResponseRedirect:
    wanted = language if language in dict(settings.LANGUAGES) else _language()
    page = f"q={number}&" if number else ""
    return HttpResponseRedirect(f"{reverse(view, args=[token])}?{page}lang={wanted}")
