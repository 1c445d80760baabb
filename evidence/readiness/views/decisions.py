"""What a named person decides about an indicator: conclude, raise a threshold, declare without object, take it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from evidence.engine.result import IndicatorStatus
from evidence.readiness.forms import AuditDateForm, ConclusionForm, ReasonForm, ThresholdForm
from evidence.readiness.models import Conclusion, NotRelevant, TightenedThreshold
from evidence.readiness.queries import Board, board, conclusions_on, standing_thresholds
from evidence.readiness.tables import indicator_url
from evidence.readiness.verbs import conclude as conclude_verb
from evidence.readiness.verbs import declare_not_relevant, tighten_threshold
from evidence.readiness.verbs import lift as lift_verb
from evidence.readiness.wording import indicator_answer
from qualiopi.editing import carry_out, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
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
    found: Board = board(organisation=request.organisation, audit_date=asked)
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


@requires(C.CONCLUDE, writes=True)
def declare(request: TenantRequest, number: int, key: str = "") -> HttpResponse:
    """Declare an expectation, or the whole indicator, without object here."""
    text = _indicator(number)
    expectation = _expectation(number, key) if key else None
    form = ReasonForm(request.POST or None)
    back = indicator_url(request.organisation.slug, number)

    def put_aside() -> NotRelevant:
        reason, indicator = form.cleaned_data["reason"], None if key else number
        return declare_not_relevant(
            organisation=request.organisation, expectation=key, indicator=indicator, reason=reason, actor=request.user
        )

    if carry_out(form, put_aside):
        messages.success(request, _("C’est noté, avec votre nom et votre motif. La déclaration tombe si le profil change."))
        return redirect(back)
    context = {
        "text": text,
        "heading": _("Déclarer un attendu sans objet") if key else _("Déclarer l’indicateur sans objet"),
        "subject": expectation.expected if expectation else text.label,
        "explanation": _(
            "Un attendu ne s’éteint pas : vous dites pourquoi il ne vous concerne pas, et l’auditeur lit votre motif à votre nom. "
            "La déclaration tombe quand le profil de l’organisme change."
        ),
        "submit": _("Déclarer sans objet"),
        "back": back,
    }
    return form_page(request, "readiness/decide.html", form, **context)


@requires(C.CONCLUDE, writes=True)
def lift(request: TenantRequest, number: int, decision: UUID) -> HttpResponse:
    """Take a decision back."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found: NotRelevant | TightenedThreshold | None = None
    for model in (NotRelevant, TightenedThreshold):
        found = found or model.objects.for_organisation(request.organisation).filter(pk=decision).first()
    if found is None:
        raise Http404
    try:
        lift_verb(decision=found, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("La décision est levée. Elle reste lisible dans le journal."))
    return redirect(indicator_url(request.organisation.slug, number))
