"""What a named person decides about an indicator: conclude, raise a threshold, set aside, take it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.engine.result import IndicatorStatus
from evidence.library.models import CoveredLine
from evidence.readiness.forms import AuditDateForm, ConclusionForm, CoverForm, SetAsideForm, ThresholdForm
from evidence.readiness.keeping import board_asked
from evidence.readiness.models import Conclusion, SetAside, TightenedThreshold
from evidence.readiness.queries import (
    Board,
    conclusions_on,
    open_hole,
    pieces_that_may_cover,
    set_aside_until,
    standing_thresholds,
)
from evidence.readiness.tables import indicator_url
from evidence.readiness.verbs import conclude as conclude_verb
from evidence.readiness.verbs import cover as cover_verb
from evidence.readiness.verbs import lift as lift_verb
from evidence.readiness.verbs import set_aside, tighten_threshold
from evidence.readiness.verbs import uncover as uncover_verb
from evidence.readiness.wording import covering_told, indicator_answer
from qualiopi.editing import carry_out, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import next_audit
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Expectation
from qualiopi.standard.grids import standard
from qualiopi.standard.model import Indicator


def _indicator(number: int) -> Indicator:
    """The indicator as it reads in the newest grid that has it; 404 for an unknown number."""
    for grid in reversed(standard().grids):
        if grid.has(number):
            return grid.indicator(number)
    raise Http404


def _expectation(number: int, key: str) -> Expectation:
    """The expectation, which belongs to this indicator; 404 otherwise."""
    expectation = expectations().by_key.get(key)
    if expectation is None or expectation.indicator != number:
        raise Http404
    return expectation


@requires(C.CONCLUDE, writes=True)
def conclude(request: TenantRequest, number: int) -> HttpResponse:
    """Read the status once more, and conclude under one's name."""
    asked = AuditDateForm(request.GET).chosen()
    found: Board = board_asked(request.organisation, asked)
    if not found.grid.has(number):
        raise Http404
    status: IndicatorStatus = found.status(number)
    back = indicator_url(request.organisation.slug, number, f"?date={asked:%Y-%m-%d}" if asked else "")
    form = ConclusionForm(request.POST or None)

    def write() -> Conclusion:
        said = {"indicator": number, "grid": found.grid.id, "text": form.cleaned_data["text"]}
        return conclude_verb(organisation=request.organisation, actor=request.user, **said)

    if carry_out(form, write):
        messages.success(request, _("Votre conclusion est gardée, avec votre nom et la date."))
        return redirect(back)
    context = {
        "text": found.indicator(number),
        "status": status,
        "answer": indicator_answer(status),
        "board": found,
        "date_shown": found.audit_date,
        "earlier": conclusions_on(request.organisation, number)[:5],
        "back": back,
    }
    return form_page(request, "readiness/conclude.html", form, **context)


@requires(C.CONCLUDE, writes=True)
def tighten(request: TenantRequest, number: int, key: str) -> HttpResponse:
    """Ask more of oneself than our practice, for one expectation."""
    expectation = _expectation(number, key)
    back = indicator_url(request.organisation.slug, number)
    with editing(request, request.organisation) as edit:
        standing = standing_thresholds(request.organisation, [key]).get(key)
        form = ThresholdForm(request.POST or None, expectation=expectation, standing=standing)

        def raise_limits() -> TightenedThreshold:
            limits = {name: form.limit(name) for name in ("demonstrable", "at_risk")}
            reason = form.cleaned_data["reason"]
            return tighten_threshold(
                organisation=request.organisation, expectation=key, reason=reason, actor=request.user, **limits
            )

        raised = edit.carry_out(form, raise_limits)
    if raised:
        messages.success(request, _("Le seuil est relevé pour votre organisme."))
        return redirect(f"{back}#{key}")
    context = {
        "text": _indicator(number),
        "heading": _("Relever un seuil"),
        "subject": expectation.expected,
        "explanation": _(
            "Aucun texte ne fixe ces chiffres : ce sont les nôtres. Vous pouvez en demander davantage à votre organisme, pas moins. "
            "Votre motif est affiché avec le seuil."
        ),
        "submit": _("Relever le seuil"),
        "back": back,
    }
    return form_page(request, "readiness/decide.html", form, **context)


@requires(C.SET_ASIDE, writes=True)
def put_aside(request: TenantRequest, number: int) -> HttpResponse:
    """Set an indicator aside, on one of the grounds that no recorded fact contradicts; 404 where there is none."""
    text, organisation = _indicator(number), request.organisation
    today, visit = timezone.localdate(), next_audit(organisation, today=timezone.localdate())
    with editing(request, organisation) as edit:
        found = board_asked(organisation, None)
        if not found.grid.has(number) or not found.status(number).may_set_aside:
            raise Http404
        grounds = [(key, expectations().grounds[key].says) for key in found.status(number).may_set_aside]
        last = set_aside_until(today)
        until = min(visit.held_on, last) if visit else last
        form = SetAsideForm(request.POST or None, grounds=grounds, initial={"until": until})

        def act() -> SetAside:
            return set_aside(organisation=organisation, indicator=number, actor=request.user, **form.cleaned_data)

        done_so = edit.carry_out(form, act)
    back = indicator_url(organisation.slug, number)
    if done_so:
        messages.success(request, _("C’est noté, avec votre nom, votre motif et la date de fin."))
        return redirect(back)
    context = {
        "text": text,
        "heading": _("Mettre l’indicateur de côté"),
        "subject": text.label,
        "explanation": _(
            "L’auditeur lit votre motif à votre nom, et le rapport aussi. Cela tombe à la date choisie, si le profil de l’organisme "
            "change, après l’audit suivant, et dès qu’un fait enregistré dit le contraire."
        ),
        "submit": _("Mettre de côté"),
        "back": back,
    }
    return form_page(request, "readiness/decide.html", form, **context)


@requires(C.CONCLUDE, writes=True)
def cover(request: TenantRequest, number: int, key: str, pk: UUID) -> HttpResponse:
    """Say which lines of a recorded hole a piece covers, one by one; 404 where nothing lacks that a piece could cover."""
    _expectation(number, key)
    organisation = request.organisation
    with editing(request, organisation) as edit:
        hole = open_hole(organisation=organisation, number=number, key=key, subject_id=pk)
        if hole is None:
            raise Http404
        pieces = {str(piece.pk): piece for piece in pieces_that_may_cover(organisation, hole)}
        choices = [(chosen, piece.title) for chosen, piece in pieces.items()]
        form = CoverForm(request.POST or None, pieces=choices, lines=list(hole.lines.items()))

        def act() -> list[CoveredLine]:
            document = pieces[form.cleaned_data["document"]]
            lines = form.cleaned_data["lines"]
            return cover_verb(document=document, number=number, key=key, subject_id=pk, lines=lines, actor=request.user)

        covered = edit.carry_out(form, act)
    back = indicator_url(organisation.slug, number)
    if covered:
        messages.success(request, _("C’est noté, à votre nom. Ce que la pièce ne couvre pas reste à compléter."))
        return redirect(f"{back}#{key}")
    context = {
        "text": _indicator(number),
        "heading": _("Dire ce qu’une pièce couvre"),
        "subject": hole.sentence,
        "explanation": covering_told(pieces=len(pieces)),
        "submit": _("Dire que la pièce couvre cela"),
        "back": back,
    }
    return form_page(request, "readiness/decide.html", form, **context)


@requires(C.CONCLUDE, writes=True)
def uncover(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """POST: say no longer that a piece covers a line."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    coverage = (
        CoveredLine.objects.for_organisation(request.organisation).filter(pk=pk).select_related("version__document").first()
    )
    if coverage is None:
        raise Http404
    document = coverage.version.document
    uncover_verb(coverage=coverage, actor=request.user)
    messages.success(request, _("Cette ligne n’est plus couverte par la pièce."))
    return redirect("library:detail", organisation=request.organisation.slug, pk=document.pk)


@requires(C.CONCLUDE, writes=True)
def lift(request: TenantRequest, number: int, decision: UUID) -> HttpResponse:
    """Take a decision back."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found: SetAside | TightenedThreshold | None = None
    for model in (SetAside, TightenedThreshold):
        found = found or model.objects.for_organisation(request.organisation).filter(pk=decision).first()
    if found is None or (isinstance(found, SetAside) and not request.access.allows(C.SET_ASIDE)):
        raise Http404
    try:
        lift_verb(decision=found, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("La décision est levée. Elle reste lisible dans le journal."))
    return redirect(indicator_url(request.organisation.slug, number))
