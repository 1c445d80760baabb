"""Results: the session at a glance, then one person, or one objective for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.editing import Editing, editing
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of
from qualiopi.web.parts import Option
from trainings.catalogue.models import Objective
from trainings.learning.forms import LevelsForm, SourceForm
from trainings.learning.models import Acquired, Moment
from trainings.learning.queries import (
    Sheet,
    entry_levels,
    evaluations_of,
    first_missing,
    neighbours,
    people_of,
    progress_of,
    sheet_of,
    usual_moment,
)
from trainings.learning.sentences import ended_words, level_words, save_words, why_nothing_to_note
from trainings.learning.verbs import record_results
from trainings.sessions.access import find_session
from trainings.sessions.models import Enrolment, Session
from trainings.states import NOT_HELD


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One choice to make: for a person or an objective, with what is noted."""

    name: str
    label: str
    hint: str
    entry: str
    field: BoundField

    @property
    def level(self) -> str:
        """What is noted, or was just chosen."""
        return self.field.value() or ""


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def results(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Who has which results, objective by objective."""
    session = find_session(request, pk)
    moment = _moment(request, session)
    sheet = sheet_of(session, moment)
    page = page_of(request, people_of(session))
    held = session.state not in NOT_HELD
    context = {
        "session": session,
        "here": "results",
        "why_nothing": why_nothing_to_note(
            held=held,
            state=session.get_state_display(),
            programme=session.programme_id is not None,
            objectives=len(sheet.objectives),
            people=sheet.people,
        ),
        "moment": moment,
        "moments": _moments(session, moment),
        "sheet": sheet,
        "page": page,
        "rows": [_row(sheet, enrolment) for enrolment in page.object_list],
        "objectives": [_column(sheet, objective) for objective in sheet.objectives],
        "evaluations": evaluations_of(session),
        "missing": sheet.expected - sheet.done,
        "first_missing": first_missing(session, sheet) if held else None,
        "can_teach": held and request.access.allows(C.TEACH),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
    }
    return render(request, "learning/results.html", context)


def _row(sheet: Sheet, enrolment: Enrolment) -> dict[str, Any]:
    levels = [sheet.level(enrolment.pk, objective.pk) for objective in sheet.objectives]
    return {
        "enrolment": enrolment,
        "ended": ended_words(enrolment),
        "levels": [(level, level_words(level)) for level in levels],
        "missing": levels.count(""),
    }


def _column(sheet: Sheet, objective: Objective) -> dict[str, Any]:
    counts = sheet.by_objective[objective.pk]
    return {
        "objective": objective,
        "told": ", ".join(f"{counts[level]} {Acquired(level).label}" for level in Acquired.values if counts[level]),
    }


def _moments(session: Session, current: str) -> list[Option]:
    counts = progress_of(session)
    return [
        Option(str(label).capitalize(), f"?moment={value}", current=value == current, count=counts.get(value, 0))
        for value, label in Moment.choices
    ]


def _moment(request: TenantRequest, session: Session) -> str:
    asked = request.POST.get("moment") or request.GET.get("moment", "")
    return asked if asked in Moment.values else usual_moment(session, today=timezone.localdate())


@requires(C.TEACH, writes=True)
def one_person(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One person: every objective, with large buttons."""
    enrolment = Enrolment.objects.for_organisation(request.organisation).filter(pk=pk).first()
    if enrolment is None:
        raise Http404
    session = find_session(request, enrolment.session_id)
    people = list(people_of(session))
    current = next((one for one in people if one.pk == pk), None)
    if current is None:
        raise Http404
    moment = _moment(request, session)
    before, after = neighbours([one.pk for one in people], pk)
    with editing(request, session) as edit:
        sheet = sheet_of(session, moment)
        keys = {(pk, objective.pk) for objective in sheet.objectives}
        source, levels = _forms(request, session, moment, sheet, keys)
        saved = _save(edit, session, moment, levels, source, keys, of=str(current.trainee))
    if saved:
        if request.POST.get("go") == "evaluation":
            return redirect(f"{_address('learning:add_evaluation', request, session.pk, moment)}&personne={pk}")
        if _goes_on(request) and after is not None:
            return redirect(_address("learning:results_of", request, after, moment))
        return redirect(_address("learning:results", request, session.pk, moment))
    names = {one.pk: one for one in people}
    context = _form_context(request, session, moment, source, levels) | {
        "enrolment": current,
        "lines": _lines(
            levels,
            _entry(session, moment),
            [
                (pk, objective.pk, f"{objective.position}. {objective.text}", objective.evaluation)
                for objective in sheet.objectives
            ],
        ),
        "place": [one.pk for one in people].index(pk) + 1,
        "total": len(people),
        "before": names.get(before) if before else None,
        "after": names.get(after) if after else None,
    }
    return render(request, "learning/person.html", context, status=422 if request.method == "POST" else 200)


@requires(C.TEACH, writes=True)
def one_objective(request: TenantRequest, pk: UUID, objective: int) -> HttpResponse:
    """One objective: everybody, with large buttons."""
    session = find_session(request, pk)
    moment = _moment(request, session)
    page = page_of(request, people_of(session))
    with editing(request, session) as edit:
        sheet = sheet_of(session, moment)
        chosen = next((one for one in sheet.objectives if one.pk == objective), None)
        if chosen is None:
            raise Http404
        shown = {(enrolment.pk, chosen.pk) for enrolment in page.object_list}
        everybody = {(person, chosen.pk) for person in sheet.by_person}
        source, levels = _forms(request, session, moment, sheet, shown)
        of = _("Objectif %(n)s") % {"n": chosen.position}
        saved = _save(edit, session, moment, levels, source, everybody, of=of)
    before, after = _around(sheet.objectives, chosen)
    if saved:
        if request.POST.get("go") == "evaluation":
            return redirect(f"{_address('learning:add_evaluation', request, session.pk, moment)}&objectif={chosen.pk}")
        if _goes_on(request) and page.has_next():
            return redirect(f"{request.path}?moment={moment}&page={page.next_page_number()}")
        if _goes_on(request) and after is not None:
            address = reverse("learning:objective", args=[request.organisation.slug, session.pk, after.pk])
            return redirect(f"{address}?moment={moment}")
        return redirect(_address("learning:results", request, session.pk, moment))
    context = _form_context(request, session, moment, source, levels) | {
        "objective": chosen,
        "page": page,
        "lines": _lines(
            levels,
            _entry(session, moment),
            [(one.pk, chosen.pk, str(one.trainee), "") for one in page.object_list],
        ),
        "without": sheet.people - sheet.by_objective[chosen.pk].total(),
        "before": before,
        "after": after,
        "save": save_words(more_people=page.has_next(), more_objectives=after is not None),
        "goes_on": page.has_next() or after is not None,
    }
    return render(request, "learning/objective.html", context, status=422 if request.method == "POST" else 200)


def _goes_on(request: TenantRequest) -> bool:
    """Whether to open the next person or objective once this one is saved."""
    return request.POST.get("go") == "next" or "rest" in request.POST


def _around(objectives: list[Objective], chosen: Objective) -> tuple[Objective | None, Objective | None]:
    place = objectives.index(chosen)
    return (
        objectives[place - 1] if place else None,
        objectives[place + 1] if place + 1 < len(objectives) else None,
    )


def _forms(
    request: TenantRequest, session: Session, moment: str, sheet: Sheet, shown: set[tuple[UUID, int]]
) -> tuple[SourceForm, LevelsForm]:
    source = SourceForm(request.POST or None, session=session, moment=moment, today=timezone.localdate())
    return source, LevelsForm(request.POST or None, noted={key: sheet.level(*key) for key in shown})


def _entry(session: Session, moment: str) -> Mapping[tuple[UUID, int], str]:
    """What each knew at entry, to be shown beside what they know now."""
    return {} if moment == Moment.ENTRY else entry_levels(session)


def _lines(
    levels: LevelsForm, entry: Mapping[tuple[UUID, int], str], asked: Iterable[tuple[UUID, int, str, str]]
) -> list[LevelLine]:
    """What to choose, with what was just typed when a form comes back, else what is noted."""
    lines = []
    for person, objective, label, hint in asked:
        field = levels.of(person, objective)
        known = entry.get((person, objective), "")
        lines.append(LevelLine(field.html_name, label, hint, str(Acquired(known).label) if known else "", field))
    return lines


def _form_context(
    request: TenantRequest, session: Session, moment: str, source: SourceForm, levels: LevelsForm
) -> dict[str, Any]:
    return {
        "session": session,
        "here": "results",
        "moment": moment,
        "moment_label": Moment(moment).label,
        "source": source,
        "form": levels,
        "levels": Acquired.choices,
        "back": _address("learning:results", request, session.pk, moment),
    }


def _save(
    edit: Editing,
    session: Session,
    moment: str,
    levels: LevelsForm,
    source: SourceForm,
    everything: set[tuple[UUID, int]],
    *,
    of: str,
) -> bool:
    """Record what the page says, and « acquis » for what is left when asked; tell a refusal beside the form. `of`: whose results."""
    request = edit.request

    def record() -> int:
        chosen = levels.levels()
        if request.POST.get("rest") == Acquired.YES:
            noted = sheet_of(session, moment).noted
            chosen |= {key: Acquired.YES.value for key in everything if key not in noted and not chosen.get(key)}
        return record_results(session=session, moment=moment, levels=chosen, actor=request.user, **source.cleaned_data)

    changed = edit.carry_out(source, record, levels)
    if changed:
        sentence = ngettext("Un résultat est enregistré.", "%(n)s résultats sont enregistrés.", changed) % {"n": changed}
        messages.success(request, f"{of} : {sentence[0].lower()}{sentence[1:]}")
    elif changed is not None and request.POST.get("go") != "evaluation":
        messages.info(request, _("Rien n’a changé."))
    return changed is not None


def _address(name: str, request: TenantRequest, pk: UUID, moment: str) -> str:
    return f"{reverse(name, args=[request.organisation.slug, pk])}?moment={moment}"
