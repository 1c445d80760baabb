"""Settings: what the organisation is and does."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qualiopi.editing import done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.forms import CardForm, ProfileForm
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import AnswerChange, answer_changes, audit_date_for, members_of, next_audit, profile_of
from qualiopi.organisations.telling import setting_lines
from qualiopi.organisations.verbs import update_card, update_profile
from qualiopi.standard.applicability import Answer, applicability
from qualiopi.standard.grids import grid_for
from qualiopi.standard.model import Grid
from qualiopi.standard.profile import Profile
from qualiopi.web.partials import render_page
from qualiopi.web.reach import reachable


@requires(C.VIEW_SETTINGS)
def settings(request: TenantRequest) -> HttpResponse:
    """Everything that is set, each with the way to change it."""
    organisation = request.organisation
    today = timezone.localdate()
    profile = profile_of(organisation.profile)
    grid = grid_for(audit_date_for(organisation, today=today))
    people = [member for member in members_of(organisation) if member.is_open()]
    counts = _counts(grid, profile)
    lines = setting_lines(
        organisation,
        unsure=counts["unknown"],
        people=len(people),
        audit=next_audit(organisation, today=today),
        address=lambda name: reachable(request, name, organisation.slug),
    )
    context = {"concerned": _concerned(grid, counts), "lines": lines}
    return render(request, "organisations/settings.html", context)


@requires(C.EDIT_SETTINGS, writes=True)
def card(request: TenantRequest) -> HttpResponse:
    """The organisation's card."""
    organisation = request.organisation
    with editing(request, organisation) as edit:
        form = CardForm(request.POST if request.method == "POST" else None, instance=organisation)
        saved = edit.carry_out(form, lambda: update_card(organisation=organisation, card=form.cleaned_data, actor=request.user))
    if saved is not None:
        return done(request, _("La fiche de l’organisme est enregistrée."), "organisations:settings")
    return form_page(request, "organisations/card.html", form)


@requires(C.EDIT_SETTINGS, writes=True)
def profile(request: TenantRequest) -> HttpResponse:
    """The activity profile. A POST with `preview` tells which indicators would change, and stores nothing."""
    organisation = request.organisation
    with editing(request, organisation.profile) as edit:
        current = profile_of(organisation.profile)
        grid = grid_for(audit_date_for(organisation, today=timezone.localdate()))
        form = ProfileForm(request.POST if request.method == "POST" else None, initial=ProfileForm.initial_of(current))

        def save() -> list[AnswerChange]:
            found = answer_changes(grid, before=current, after=form.profile())
            if "preview" not in request.POST:
                update_profile(organisation=organisation, profile=form.profile(), actor=request.user)
            return found

        changes = edit.carry_out(form, save)
    if changes is not None and "preview" not in request.POST:
        # Who says for the first time what they do goes on to what awaits them.
        onwards = "organisations:profile" if current.categories else "organisations:enter"
        return done(request, _changes_sentence(len(changes)), onwards)
    told = None if changes is None else [(change, CHANGED[change.after]) for change in changes]
    context = {"form": form, "grid": grid, "changes": told, "concerned": _concerned(grid, _counts(grid, current))}
    status = 422 if form.errors and "preview" not in request.POST else 200
    return render_page(request, "organisations/profile.html", context, parts=("changes",), status=status)


CHANGED: Final = {
    Answer.YES: gettext_lazy("vous concerne désormais."),
    Answer.NO: gettext_lazy("ne vous concerne plus."),
    Answer.UNKNOWN: gettext_lazy("attend une réponse."),
}


def _concerned(grid: Grid, counts: dict[str, int]) -> str:
    """How many indicators concern the organisation, as the board counts them, and how many of these depend on an answer."""
    asked, unsure = counts["yes"] + counts["unknown"], counts["unknown"]
    sentence = ngettext(
        "D’après votre profil, %(asked)s indicateur sur %(total)s vous concerne (%(grid)s).",
        "D’après votre profil, %(asked)s indicateurs sur %(total)s vous concernent (%(grid)s).",
        asked,
    )
    told: str = sentence % {"asked": asked, "total": len(grid.indicators), "grid": grid.label}
    if not unsure:
        return told
    depends = ngettext(
        "%(unsure)s d’entre eux dépend encore d’une de vos réponses.",
        "%(unsure)s d’entre eux dépendent encore d’une de vos réponses.",
        unsure,
    )
    return f"{told} {depends % {'unsure': unsure}}"


def _counts(grid: Grid, profile: Profile) -> dict[str, int]:
    answers = [row.answer for row in applicability(grid, profile)]
    return {answer.value: answers.count(answer) for answer in Answer}


def _changes_sentence(count: int) -> str:
    if not count:
        return _("Le profil est enregistré. Les indicateurs qui vous concernent restent les mêmes.")
    return ngettext(
        "Le profil est enregistré. %(count)s indicateur change.",
        "Le profil est enregistré. %(count)s indicateurs changent.",
        count,
    ) % {"count": count}
