"""What people decide about the indicators: conclude, ask more of oneself, declare without object, set a figure of the rules.

Decisions are kept with their reason and their author. A change of mind lifts the one before, which stays readable.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.readiness.models import Conclusion, NotRelevant, RuleSetting, TightenedThreshold
from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Expectation
from qualiopi.standard.grids import grid as grid_of


def conclude(*, organisation: Organisation, indicator: int, grid: str, text: str, actor: User) -> Conclusion:
    """Write what a named person concludes on an indicator of a grid ("2019" or "2026"); it never changes the computed status.

    Raises ValidationError for an empty text and for an indicator the grid does not have. Writes the journal.
    """
    if not grid_of(grid).has(indicator):
        raise ValidationError({"indicator": _("Cette grille n’a pas d’indicateur %(number)s.") % {"number": indicator}})
    conclusion = Conclusion(organisation=organisation, indicator=indicator, grid=grid, text=text.strip(), concluded_by=actor)
    _save(conclusion, "indicator.conclude", actor, {"indicator": indicator, "grid": grid})
    return conclusion


def tighten_threshold(
    *, organisation: Organisation, expectation: str, demonstrable: Decimal, at_risk: Decimal, reason: str, actor: User
) -> TightenedThreshold:
    """Ask more of oneself than our practice: the two limits, as shares from 0 to 1 or as counts, like the expectation's measure.

    Replaces the limits chosen before. Raises ValidationError for limits looser than ours, equal to ours, or above 1 for a share,
    for an unknown expectation, and without a reason. Writes the journal.
    """
    measure = _expectation(expectation).measure
    ours = (Decimal(str(measure.demonstrable)), Decimal(str(measure.at_risk)))
    if demonstrable < ours[0] or at_risk < ours[1]:
        raise ValidationError(
            _("Un seuil se relève, jamais l’inverse : les nôtres sont %(demonstrable)s (démontrable) et %(at_risk)s (à risque).")
            % {"demonstrable": _shown(ours[0], share=measure.share), "at_risk": _shown(ours[1], share=measure.share)}
        )
    if (demonstrable, at_risk) == ours:
        raise ValidationError(_("Ces seuils sont déjà les nôtres : relevez-en au moins un."))
    if measure.share and demonstrable > 1:
        raise ValidationError({"demonstrable": _("Une part ne dépasse pas 100 %.")})
    row = TightenedThreshold(
        organisation=organisation,
        expectation=expectation,
        demonstrable=demonstrable,
        at_risk=at_risk,
        reason=reason.strip(),
        decided_by=actor,
    )
    with transaction.atomic():
        _lift_standing(TightenedThreshold.objects.for_organisation(organisation).filter(expectation=expectation))
        _save(row, "threshold.tighten", actor, {"demonstrable": str(demonstrable), "at_risk": str(at_risk)})
    return row


def declare_not_relevant(
    *, organisation: Organisation, reason: str, actor: User, expectation: str = "", indicator: int | None = None
) -> NotRelevant:
    """Declare one expectation, or a whole indicator, without object here. The reason and the name are printed wherever it shows.

    The declaration lapses when the profile changes. Raises ValidationError without a reason, for an unknown expectation, and
    unless exactly one of `expectation` and `indicator` is given. Writes the journal.
    """
    if expectation:
        _expectation(expectation)
    row = NotRelevant(
        organisation=organisation, expectation=expectation, indicator=indicator, reason=reason.strip(), decided_by=actor
    )
    with transaction.atomic():
        _lift_standing(NotRelevant.objects.for_organisation(organisation).filter(expectation=expectation, indicator=indicator))
        _save(row, "expectation.not_relevant", actor, {"expectation": expectation, "indicator": indicator})
    return row


def lift(*, decision: NotRelevant | TightenedThreshold, actor: User) -> None:
    """Take a decision back; it stays readable, with the day it was lifted. Raises ValidationError when already lifted."""
    rows = type(decision).objects.for_organisation(decision.organisation).filter(pk=decision.pk)
    with transaction.atomic():
        if not _lift_standing(rows):
            raise ValidationError(_("Cette décision est déjà levée."))
        verb = "threshold.lift" if isinstance(decision, TightenedThreshold) else "expectation.relevant_again"
        record(verb=verb, actor=actor, organisation_id=decision.organisation_id, target=decision)


def set_rule(*, key: str, value: Decimal | None, effective_from: date, source: str, actor: User) -> RuleSetting:
    """Date a figure of the rules for every organisation: what a new order fixes, or a change of our practice.

    `value` None means that the figure is not known from that day on. Raises ValidationError for an unknown figure, without a
    source, and for a second value on one day. Writes the journal, outside any organisation.
    """
    if key not in expectations().settings:
        raise ValidationError({"key": _("Aucune règle n’utilise ce chiffre.")})
    row = RuleSetting(key=key, value=value, effective_from=effective_from, source=source.strip())
    row.full_clean()
    with transaction.atomic():
        row.save()
        details = {"value": None if value is None else str(value), "from": effective_from.isoformat(), "source": row.source}
        record(verb="rule.set", actor=actor, organisation_id=None, target=row, details=details)
    return row


def _expectation(key: str) -> Expectation:
    try:
        return expectations().by_key[key]
    except KeyError:
        raise ValidationError({"expectation": _("Cet attendu n’existe pas.")}) from None


def _lift_standing(rows: Any) -> int:
    lifted: int = rows.filter(lifted_at__isnull=True).update(lifted_at=timezone.now())
    return lifted


def _save(row: Conclusion | NotRelevant | TightenedThreshold, verb: str, actor: User, details: dict[str, Any]) -> None:
    row.full_clean()
    with transaction.atomic():
        row.save()
        record(verb=verb, actor=actor, organisation_id=row.organisation_id, target=row, details=details)


def _shown(limit: Decimal, *, share: bool) -> str:
    return f"{limit * 100:.0f} %" if share else f"{limit:.0f}"
