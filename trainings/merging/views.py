"""Two pages that are one person's: finding the other one, reading both side by side, keeping one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from qualiopi.editing import done
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.merging.lines import GONE, KEPT, FieldLine
from trainings.merging.queries import plan_of
from trainings.merging.sentences import answer, counted
from trainings.merging.twins import likely_twins, others_named
from trainings.merging.verbs import merge_trainees, merge_trainers
from trainings.people.models import Trainee, Trainer


@dataclass(frozen=True, slots=True)
class Concept:
    """Trainees or trainers: their page, their list, what merges them. `kind`: also the name of the addresses, plural for two."""

    kind: str
    model: Any
    page: str
    merge: Callable[..., Any]


CONCEPTS = {
    "trainee": Concept("trainee", Trainee, "people:trainee", merge_trainees),
    "trainer": Concept("trainer", Trainer, "people:trainer", merge_trainers),
}


def _find(request: TenantRequest, concept: Concept, pk: UUID) -> Any:
    row = concept.model.objects.for_organisation(request.organisation).select_related("organisation").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@requires(C.EDIT_SESSIONS)
def choose(request: TenantRequest, pk: UUID, kind: str) -> HttpResponse:
    """Likely twins of a person, and a search for any other page."""
    concept = CONCEPTS[kind]
    person = _find(request, concept, pk)
    search = request.GET.get("q", "").strip()
    slug = request.organisation.slug

    def address(other: Any) -> str:
        return reverse(f"merging:{kind}s", args=[slug, person.pk, other.pk])

    twins = [(twin.person, twin.reasons, address(twin.person)) for twin in likely_twins(person)]
    found = [(other, address(other)) for other in others_named(person, search)]
    context = {"person": person, "twins": twins, "found": found, "search": search, "back": reverse(concept.page, args=[slug, pk])}
    return render(request, "merging/choose.html", context)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison; a side that stays without being asked is told as such."""

    line: FieldLine
    name: str
    kept_checked: bool
    gone_checked: bool


@requires(C.EDIT_SESSIONS, writes=True)
def compare(request: TenantRequest, pk: UUID, other: UUID, kind: str) -> HttpResponse:
    """GET shows both pages side by side, what moves and what prevents it; POST merges the second into the first."""
    concept = CONCEPTS[kind]
    if pk == other:
        raise Http404
    kept, gone = _find(request, concept, pk), _find(request, concept, other)
    slug, refused = request.organisation.slug, []
    plan = plan_of(kept, gone)
    choices = {line.key: request.POST.get(_name(line), "") for line in plan.to_choose}
    if request.method == "POST":
        try:
            merged = concept.merge(
                organisation=request.organisation,
                kept=kept,
                gone=gone,
                choices=choices,
                actor=request.user,
                seen=request.POST.get("seen", ""),
            )
        except ValidationError as error:
            refused = error.messages
            plan = plan_of(kept, gone)
        else:
            return done(
                request, _("Les deux fiches n’en font plus qu’une : celle de %(name)s.") % {"name": merged}, concept.page, pk=pk
            )
    context = {
        "kept": kept,
        "gone": gone,
        "rows": [_row(line, choices) for line in plan.every_line if line.kept or line.gone],
        "moves": counted(plan.moves),
        "obstacles": plan.obstacles,
        "answer": answer(obstacles=len(plan.obstacles), to_choose=len(plan.to_choose)),
        # Obstacles have their own place; what is refused on sending stands above the form.
        "refused": [] if plan.obstacles else refused,
        "seen": plan.seen,
        "page_of_kept": reverse(concept.page, args=[slug, kept.pk]),
        "page_of_gone": reverse(concept.page, args=[slug, gone.pk]),
        "choose": reverse(f"merging:{kind}", args=[slug, kept.pk]),
        "other_way": reverse(f"merging:{kind}s", args=[slug, gone.pk, kept.pk]),
    }
    return render(request, "merging/compare.html", context, status=422 if refused else 200)


def _name(line: FieldLine) -> str:
    return f"choice:{line.key}"


def _row(line: FieldLine, choices: dict[str, str]) -> Row:
    side = (choices.get(line.key) or KEPT) if line.differs else line.side
    return Row(line, _name(line), kept_checked=side == KEPT and bool(line.kept), gone_checked=side == GONE)
