"""Public pages about the standard: both grids, one indicator, and "which indicators apply to us?"."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.grids.forms import ApplicabilityForm
from qualiopi.grids.queries import Pair, both_grids, change_counts, side_by_side
from qualiopi.organisations.policy import public
from qualiopi.standard.applicability import Answer, Applicability, applicability
from qualiopi.standard.grids import grid_for, standard
from qualiopi.standard.model import CATEGORIES, ChangeType, Grid, Indicator
from qualiopi.web.partials import render_page
from qualiopi.web.parts import Option

CHANGE_WORDS = {
    ChangeType.NONE: "",
    ChangeType.WORDING: gettext_lazy("reformulé"),
    ChangeType.SUBSTANCE: gettext_lazy("changé sur le fond"),
    ChangeType.NEW: gettext_lazy("nouveau"),
}

ANSWERS = {
    Answer.YES: gettext_lazy("oui"),
    Answer.NO: gettext_lazy("non"),
    Answer.UNKNOWN: gettext_lazy("à préciser"),
}


@public(reason="le référentiel national qualité est un texte public")
def compare(request: HttpRequest) -> HttpResponse:
    """Both grids side by side, with what changed; `?voir=changes` keeps what changed."""
    changed_only = request.GET.get("voir") == "changes"
    former, current = both_grids()
    counts = change_counts()
    context = {
        "former": former,
        "current": current,
        "counts": counts,
        "changed": sum(count for kind, count in counts.items() if kind is not ChangeType.NONE),
        "criteria": [
            (section.criterion, [(pair, CHANGE_WORDS[pair.change]) for pair in section.pairs])
            for section in side_by_side(changed_only=changed_only)
        ],
        "views": [
            Option(_("Tous les indicateurs"), "?", current=not changed_only),
            Option(_("Ce qui change"), "?voir=changes", current=changed_only),
        ],
        "questions": standard().open_questions,
    }
    return render(request, "grids/compare.html", context)


@public(reason="le référentiel national qualité est un texte public")
def indicator(request: HttpRequest, number: int) -> HttpResponse:
    """One indicator as it reads in one grid: what is expected, what proves it, how a hole is graded."""
    former, current = both_grids()
    grid = former if request.GET.get("grille") == former.id else current
    if not current.has(number):
        raise Http404
    shown = grid.indicator(number) if grid.has(number) else None
    pair = Pair(former.indicator(number) if former.has(number) else None, current.indicator(number))
    context = {
        "grid": grid,
        "shown": shown,
        "current": current.indicator(number),
        "criterion": current.criteria[current.indicator(number).criterion - 1],
        "categories": [standard().categories[code].name for code in CATEGORIES if code in current.indicator(number).categories],
        "change_word": CHANGE_WORDS[pair.change],
        # What changes is told beside the text that changed.
        "tells_change": pair.change is not ChangeType.NONE and grid is current,
        "grading": standard().grading,
        "minor": standard().minor,
        "major": standard().major,
        "surveillance": standard().surveillance,
        "grids": [
            Option(
                _("%(label)s · %(count)s indicateurs") % {"label": one.label.capitalize(), "count": len(one.indicators)},
                f"?grille={one.id}",
                one is grid,
            )
            for one in (current, former)
        ],
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if current.has(number + 1) else None,
    }
    return render(request, "grids/indicator.html", context)


@public(reason="savoir quels indicateurs vous concernent ne demande pas de compte")
def which_apply(request: HttpRequest) -> HttpResponse:
    """Which indicators apply to us? Answers live in the address, so that they can be kept or sent."""
    form = ApplicabilityForm(request.GET if request.GET else None, initial={"audit_date": timezone.localdate()})
    answered = form.is_bound and form.is_valid()
    day = form.cleaned_data["audit_date"] or timezone.localdate() if answered else timezone.localdate()
    context: dict[str, Any] = {"form": form, "answered": answered, "grid": grid_for(day), "audit_date": day}
    if answered:
        context |= _answers(grid_for(day), form, request.GET)
    return render_page(request, "grids/which_apply.html", context, parts=("answers",))


def _answers(grid: Grid, form: ApplicabilityForm, query: QueryDict) -> dict[str, Any]:
    rows = list(zip(grid.indicators, applicability(grid, form.profile()), strict=True))
    wanted = query.get("reponse", "")
    shown = [row for row in rows if wanted not in set(Answer) or row[1].answer == wanted]
    return {
        "criteria": [
            (criterion, [(*row, ANSWERS[row[1].answer]) for row in kept])
            for criterion in grid.criteria
            if (kept := _of(criterion.number, shown))
        ],
        "totals": {answer.value: sum(1 for _indicator, found in rows if found.answer is answer) for answer in Answer},
        "filters": [
            Option(label, _with(query, value), current=wanted == value, count=count)
            for value, label, count in (
                ("", _("Tous"), len(rows)),
                ("yes", _("Vous concernent"), _count(rows, Answer.YES)),
                ("no", _("Ne vous concernent pas"), _count(rows, Answer.NO)),
                ("unknown", _("À préciser"), _count(rows, Answer.UNKNOWN)),
            )
        ],
    }


def _of(criterion: int, rows: list[tuple[Indicator, Applicability]]) -> list[tuple[Indicator, Applicability]]:
    return [row for row in rows if row[0].criterion == criterion]


def _count(rows: list[tuple[Indicator, Applicability]], answer: Answer) -> int:
    return sum(1 for _indicator, found in rows if found.answer is answer)


def _with(query: QueryDict, answer: str) -> str:
    changed = query.copy()
    changed.pop("reponse", None)
    if answer:
        changed["reponse"] = answer
    return f"?{changed.urlencode()}"
