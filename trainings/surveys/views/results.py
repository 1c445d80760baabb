"""What came of the surveys: the list of the sessions, then one session at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.exchange.export import export_response
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import active_filters, chips_of, page_of
from qualiopi.web.partials import render_page
from qualiopi.web.parts import Figure
from trainings.surveys.cards import collected, is_masked, next_gesture
from trainings.surveys.filters import SurveyFilter
from trainings.surveys.queries import (
    Results,
    campaign_of,
    figures_of,
    invitations_count,
    results_of,
    sessions_with_answers,
    typed_rows,
)
from trainings.surveys.questionnaire import SATISFACTION, Questionnaire
from trainings.surveys.sentences import list_title, mark, recommendation_told, results_answer, results_title, signed
from trainings.surveys.views.finding import find_questionnaire, find_session

COMMENTS_SHOWN = 6


@requires(C.VIEW_SURVEYS)
def survey_list(request: TenantRequest) -> HttpResponseBase:
    """Sessions that are over, with what came back; filters in the URL, the same list as CSV or XLSX with `?format=`."""
    everything = sessions_with_answers(request.organisation, today=timezone.localdate())
    filterset = SurveyFilter(request.GET, queryset=everything, organisation=request.organisation)
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        return export_response(request.GET["format"], "enquetes", _list_headings(), _list_rows(filterset.qs))
    figures = figures_of(filterset.qs)
    said = filterset.form.cleaned_data if filterset.form.is_valid() else {}
    # Somebody looks for a company or a funder: what is done with them is on the page of all surveys of a session.
    by_party, can_edit = bool(said.get("company") or said.get("funder")), request.access.allows(C.EDIT_SURVEYS)
    page, minimum = page_of(request, filterset.qs), settings.SURVEY_MINIMUM_ANSWERS
    context = {
        "filterset": filterset,
        "page": page,
        "lines": [
            (
                session,
                is_masked(answers=session.answers, minimum=minimum),
                next_gesture(answers=session.answers, opened=bool(session.opened_on), by_party=by_party, can_edit=can_edit),
            )
            for session in page.object_list
        ],
        "chips": chips_of(request, active_filters(filterset)),
        "title": list_title(figures),
        "figures": _list_figures(figures) if figures.sessions else [],
        "minimum": minimum,
        "can_edit": can_edit,
        "can_export": request.access.allows(C.EXPORT),
        "can_import": request.access.allows(C.IMPORT),
    }
    return render_page(request, "surveys/list.html", context, parts=("enquetes",))


def _list_figures(figures: Any) -> list[Figure]:
    hidden = _("masqué jusqu’à %(minimum)s réponses") % {"minimum": settings.SURVEY_MINIMUM_ANSWERS}
    rate = _("%(rate)s %% des personnes inscrites") % {"rate": figures.rate} if figures.rate is not None else ""
    score = figures.recommendation
    return [
        Figure(_("Sessions avec des avis"), str(figures.sessions_with_answers), _("sur %(n)s") % {"n": figures.sessions}),
        Figure(_("Réponses"), str(figures.answers), _("sur %(n)s") % {"n": figures.enrolled}, rate),
        Figure(
            _("Satisfaction"),
            mark(figures.overall) if figures.overall is not None else "–",
            _("sur 5") if figures.overall is not None else "",
            _("moyenne des notes générales") if figures.overall is not None else hidden,
        ),
        Figure(
            _("Recommandation"),
            signed(score) if score is not None else "–",
            "",
            _("promoteurs moins détracteurs") if score is not None else hidden,
        ),
    ]


def _list_headings() -> list[str]:
    return [
        _("Référence"),
        _("Formation"),
        _("Formateurs"),
        _("Début"),
        _("Fin"),
        _("Inscrits"),
        _("Réponses"),
        _("Note générale sur 5 (à partir de %(minimum)s réponses)") % {"minimum": settings.SURVEY_MINIMUM_ANSWERS},
    ]


def _list_rows(sessions: Any) -> Iterator[list[Any]]:
    for session in sessions.iterator(chunk_size=500):
        yield [
            session.reference,
            session.course.title,
            ", ".join(str(trainer) for trainer in session.trainers.all()),
            session.starts_on,
            session.ends_on,
            session.enrolled,
            session.answers,
            session.mean,
        ]


@requires(C.VIEW_SURVEYS)
def results(request: TenantRequest, pk: UUID, questionnaire: str = SATISFACTION) -> HttpResponseBase:
    """What one audience said of a session, or how many answers are still needed."""
    session, shape = find_session(request, pk), find_questionnaire(questionnaire)
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        headings = [_("Mois"), *(str(question.label) for question in shape.questions)]
        return export_response(request.GET["format"], "reponses", headings, typed_rows(session, shape))
    found = results_of(session, shape)
    campaign = campaign_of(request.organisation, session, questionnaire=shape.key)
    invitations = invitations_count(campaign) if campaign else None
    every_comment = request.GET.get("commentaires") == "tous"
    context = {
        "session": session,
        "questionnaire": shape,
        "results": found,
        "campaign": campaign,
        "invitations": invitations,
        "collected": collected(campaign, invitations),
        "shown_by_code": shape.key == SATISFACTION,
        "title": results_title(found),
        "sentence": results_answer(found),
        "figures": _figures(found, shape),
        **recommendation_told(found),
        "comments": found.comments if every_comment else found.comments[:COMMENTS_SHOWN],
        "can_edit": request.access.allows(C.EDIT_SURVEYS),
        "can_export": request.access.allows(C.EXPORT) and not found.hidden,
    }
    return render(request, "surveys/results.html", context)


def _figures(found: Results, questionnaire: Questionnaire) -> list[Figure]:
    rate = ""
    if found.rate is not None:
        people = (
            _("%(rate)s %% des personnes inscrites") if questionnaire.anonymous else _("%(rate)s %% de ceux qui sont interrogés")
        )
        rate = people % {"rate": found.rate}
    figures = [Figure(_("Réponses"), str(found.answers), _("sur %(n)s") % {"n": found.enrolled} if found.enrolled else "", rate)]
    if found.overall is not None:
        figures.append(Figure(_("Satisfaction"), mark(found.overall), _("sur 5"), _("moyenne des notes générales")))
    if found.recommendation is not None:
        figures.append(Figure(_("Recommandation"), signed(found.recommendation), "", _("promoteurs moins détracteurs")))
    if not found.hidden:
        low = found.low_comments
        detail = _("dont %(n)s avec une note de 1 ou 2") % {"n": low} if low else ""
        figures.append(Figure(_("Commentaires"), str(len(found.comments)), "", detail))
    return figures
