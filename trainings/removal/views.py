"""The page that deletes what was made by mistake, or says what depends on it and what to do instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from qualiopi.editing import done
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.catalogue.models import Course
from trainings.people.models import Company, Funder, Subcontractor, Trainee, Trainer
from trainings.removal.queries import told, what_depends, what_goes
from trainings.removal.sentences import WORDS, answer
from trainings.removal.verbs import remove
from trainings.sessions.models import Enrolment, Session


@dataclass(frozen=True, slots=True)
class Concept:
    """One kind of thing: its page, the list it stands in, the line of the journal."""

    kind: str
    model: type[Model]
    page: str
    after: str
    verb: str
    # The object of the page one comes back to, when it is no list.
    of: Callable[[Any], UUID] | None = None


CONCEPTS = {
    concept.kind: concept
    for concept in (
        Concept("session", Session, "dossiers:session", "agenda:index", "session.deleted"),
        Concept(
            "enrolment", Enrolment, "sessions:enrolment", "dossiers:session", "enrolment.deleted", of=lambda row: row.session_id
        ),
        Concept("trainee", Trainee, "people:trainee", "people:trainees", "trainee.deleted"),
        Concept("trainer", Trainer, "people:trainer", "people:trainers", "trainer.deleted"),
        Concept("company", Company, "people:edit_company", "people:companies", "company.deleted"),
        Concept("funder", Funder, "people:edit_funder", "people:funders", "funder.deleted"),
        Concept("course", Course, "catalogue:detail", "catalogue:list", "course.deleted"),
        Concept("subcontractor", Subcontractor, "people:subcontractor", "people:subcontractors", "subcontractor.deleted"),
    )
}


@requires(C.EDIT_SESSIONS, writes=True)
def delete(request: TenantRequest, pk: UUID, kind: str) -> HttpResponse:
    """GET asks, with what goes with it or what keeps it; POST deletes."""
    concept = CONCEPTS[kind]
    row: Any = concept.model._default_manager.filter(organisation=request.organisation, pk=pk).first()
    if row is None:
        raise Http404
    name, words = str(row), WORDS[kind]
    refused = False
    if request.method == "POST":
        try:
            remove(row=row, verb=concept.verb, actor=request.user)
        except ValidationError:
            # What depends on it is shown below, read anew.
            refused = True
        else:
            parameters = {"pk": concept.of(row)} if concept.of else {}
            return done(request, str(words.done) % {"name": name}, concept.after, **parameters)
    depends = what_depends(row)
    going = [] if depends else told(what_goes(row))
    context = {
        "title": str(words.question) % {"name": name},
        "name": name,
        "answer": answer(kind, depends=len(depends), going=going),
        "depends": depends,
        "back": reverse(concept.page, args=[request.organisation.slug, pk]),
    }
    return render(request, "removal/delete.html", context, status=422 if refused else 200)
