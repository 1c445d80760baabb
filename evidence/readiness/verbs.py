"""What people decide about the indicators: conclude, ask more of oneself, set an indicator aside, set a figure of the rules.

Decisions are kept with their reason and their author. A change of mind lifts the one before, which stays readable.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.engine.result import SubjectKind
from evidence.library.models import CoveredLine, Document
from evidence.readiness.models import Conclusion, RuleSetting, SetAside, TightenedThreshold
from evidence.readiness.queries import indicator as status_on
from evidence.readiness.queries import open_hole, pieces_that_may_cover, set_aside_until
from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Expectation
from qualiopi.standard.grids import grid as grid_of
from qualiopi.web.dates import long_date


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


def set_aside(*, organisation: Organisation, indicator: int, ground: str, reason: str, until: date, actor: User) -> SetAside:
    """Set an indicator aside, on a ground of the standard, until a day. Name, reason and day are printed wherever it shows.

    It lapses when the profile changes, and after the next audit. Replaces the declaration made before. Raises ValidationError for an
    indicator that nothing allows to set aside, a ground that is not one of its own or that recorded facts contradict, a day that is
    past or too far (`set_aside_months`), and without a reason. Writes the journal.
    """
    try:
        allowed = status_on(organisation=organisation, number=indicator).may_set_aside
    except KeyError:
        raise ValidationError({"indicator": _("La grille de votre prochain audit n’a pas cet indicateur.")}) from None
    if not allowed:
        raise ValidationError(
            _("Cet indicateur ne se met pas de côté : il concerne tous les organismes, ou un fait enregistré le concerne.")
        )
    if ground not in allowed:
        raise ValidationError({"ground": _("Ce qui est enregistré dit le contraire, ou cela ne vaut pas pour cet indicateur.")})
    today, last = timezone.localdate(), set_aside_until(timezone.localdate())
    if not today <= until <= last:
        raise ValidationError(
            {"until": _("Choisissez un jour d’aujourd’hui au %(last)s au plus tard.") % {"last": long_date(last)}}
        )
    row = SetAside(
        organisation=organisation, indicator=indicator, ground=ground, reason=reason.strip(), until=until, decided_by=actor
    )
    with transaction.atomic():
        _lift_standing(SetAside.objects.for_organisation(organisation).filter(indicator=indicator))
        _save(row, "indicator.set_aside", actor, {"indicator": indicator, "ground": ground, "until": until.isoformat()})
    return row


def lift(*, decision: SetAside | TightenedThreshold, actor: User) -> None:
    """Take a decision back; it stays readable, with the day it was lifted. Raises ValidationError when already lifted."""
    rows = type(decision).objects.for_organisation(decision.organisation).filter(pk=decision.pk)
    with transaction.atomic():
        if not _lift_standing(rows):
            raise ValidationError(_("Cette décision est déjà levée."))
        verb = "threshold.lift" if isinstance(decision, TightenedThreshold) else "indicator.taken_back"
        record(verb=verb, actor=actor, organisation_id=decision.organisation_id, target=decision)


def cover(
    *, document: Document, number: int, key: str, subject_id: UUID, lines: Collection[str], actor: User
) -> list[CoveredLine]:
    """Say under one's name that the last version of a piece covers these lines of a recorded hole, one by one.

    `number` and `key`: the indicator and its expectation; `subject_id`: a course or a session; `lines`: among those that lack. Raises
    ValidationError for none or for another line, when nothing lacks any more, and for a piece that is not of the kind expected, not
    linked to it, withdrawn or refused. Writes the journal of the piece.
    """
    organisation = document.organisation
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        hole = open_hole(organisation=organisation, number=number, key=key, subject_id=subject_id)
        if hole is None:
            raise ValidationError(_("Rien ne manque plus ici qu’une pièce puisse couvrir."))
        if document not in pieces_that_may_cover(organisation, hole):
            raise ValidationError(
                {"document": _("Choisissez une pièce du type attendu, reliée à ce dont il s’agit, ni retirée ni refusée.")}
            )
        if not lines or not set(lines) <= hole.lines.keys():
            raise ValidationError({"lines": _("Cochez ce que la pièce couvre, parmi ce qui manque encore.")})
        version = document.versions.order_by("-number").first()
        of = {"course_id" if hole.subject.kind is SubjectKind.COURSE else "session_id": subject_id}
        rows = [
            CoveredLine(
                organisation=organisation,
                version=version,
                expectation=key,
                line=line,
                label=hole.lines[line][:200],
                said_by=actor,
                **of,
            )
            for line in hole.lines
            if line in lines
        ]
        for row in rows:
            row.full_clean()
            row.save()
        details = {"indicators": [number], "subjects": [hole.subject.label, *(row.label for row in rows)], "expectation": key}
        record(verb="document.covers", actor=actor, organisation_id=organisation.pk, target=document, details=details)
    return rows


def uncover(*, coverage: CoveredLine, actor: User) -> None:
    """Say no longer that a piece covers this line. Writes the journal of the piece."""
    document = coverage.version.document
    with transaction.atomic():
        details = {"subjects": [coverage.label], "expectation": coverage.expectation}
        record(
            verb="document.covers_no_more",
            actor=actor,
            organisation_id=coverage.organisation_id,
            target=document,
            details=details,
        )
        coverage.delete()


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


def _save(row: Conclusion | SetAside | TightenedThreshold, verb: str, actor: User, details: dict[str, Any]) -> None:
    row.full_clean()
    with transaction.atomic():
        row.save()
        record(verb=verb, actor=actor, organisation_id=row.organisation_id, target=row, details=details)


def _shown(limit: Decimal, *, share: bool) -> str:
    return f"{limit * 100:.0f} %" if share else f"{limit:.0f}"
