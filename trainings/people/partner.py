"""What a subcontractor's page says: what is in order, what is missing, the figures of the law on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.standard.subcontracting import CpfRules
from qualiopi.web.dates import delay, long_date
from trainings.people.missions import Mission
from trainings.people.models import Subcontract, Subcontractor, SubcontractorReview
from trainings.people.queries import CpfShare, GivenSession, blanks_of
from trainings.people.rules import NOTICE, months_before


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract, what it does not say, and whether it is in force today."""

    row: Subcontract
    missions: list[str]
    blanks: tuple[str, ...]
    in_force: bool


@dataclass(frozen=True, slots=True)
class Partner:
    """The sentence under the name, and what is missing, in words."""

    answer: str
    missing: list[str]


def contracts_of(subcontractor: Subcontractor, *, today: date) -> list[Contract]:
    """The contracts, the last first; one query."""
    rows = subcontractor.contracts.select_related("file").order_by("-valid_from", "id")
    return [
        Contract(
            row=row,
            missions=[str(Mission(key).label) for key in row.missions if key in Mission.values],
            blanks=blanks_of(row),
            in_force=_in_force(row, today),
        )
        for row in rows
    ]


def _in_force(row: Subcontract, day: date) -> bool:
    return row.signed_on is not None and row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)


def partner_of(
    row: Subcontractor,
    contracts: Sequence[Contract],
    reviews: Sequence[SubcontractorReview],
    sessions: Sequence[GivenSession],
    *,
    today: date,
) -> Partner:
    """Read what was gathered. A certificate is missed only where the CPF pays: elsewhere none is asked for."""
    missing = []
    if not row.activity_number:
        missing.append(_("Son numéro de déclaration d’activité : un sous-traitant a toujours le sien."))
    if not row.siren:
        missing.append(_("Son SIREN."))
    in_force = [contract for contract in contracts if contract.in_force]
    if not in_force:
        missing.append(_("Un contrat signé et en cours."))
    elif not any(contract.row.compliance_clause and contract.row.right_to_check for contract in in_force):
        missing.append(_("La clause de respect du référentiel et le droit de contrôle, dans le contrat en cours."))
    last = reviews[0].held_on if reviews else None
    if last is None:
        missing.append(_("Une première revue, datée, avec sa conclusion."))
    elif last < months_before(today, 12):
        missing.append(_("La revue de l’année : la dernière date du %(day)s.") % {"day": long_date(last)})
    paid_by_cpf = [session for session in sessions if session.paid_by_cpf]
    unmet = sum(1 for session in paid_by_cpf if session.unmet)
    if unmet:
        missing.append(
            ngettext(
                "Pour %(n)s session payée par le CPF, ce que la loi demande : voir plus bas.",
                "Pour %(n)s sessions payées par le CPF, ce que la loi demande : voir plus bas.",
                unmet,
            )
            % {"n": unmet}
        )
    said = [ngettext("Il manque une chose.", "Il manque %(n)s choses.", len(missing)) % {"n": len(missing)}]
    if not missing:
        said = [_("Tout est en place.")]
    if row.certified_until and row.certified_until < today:
        said.append(_("Son certificat a expiré le %(day)s.") % {"day": long_date(row.certified_until)})
    elif row.certified_until and row.certified_until - today <= NOTICE:
        said.append(_("Son certificat expire %(delay)s.") % {"delay": delay(row.certified_until)})
    return Partner(" ".join(said), missing)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A figure of the law on a day: in words, with its source, and what the organisation's own amounts say when all are known."""

    label: str
    value: str
    source: str
    ours: str


def rule_lines(rules: CpfRules, share: CpfShare | None, *, today: date) -> list[RuleLine]:
    """The dated figures in force; one that is not known says so."""
    found = []
    for figure in rules.figures.values():
        dated = figure.on(today)
        if dated is None:
            continue
        if dated.value is None:
            value = _("pas encore connu")
        else:
            value = f"{dated.value}\u00a0%" if figure.unit == "percent" else f"{dated.value:,}\u00a0€".replace(",", "\u202f")
        source = dated.source
        if figure.inferred:
            source = _("%(source)s. Qu’il serve à cette dispense est notre lecture.") % {"source": source}
        ours = ""
        if figure.key == "cap_percent" and share is not None:
            ours = _("Cette année, %(percent)s %% de ce que paie le CPF va à des sessions confiées.") % {"percent": share.percent}
        found.append(RuleLine(figure.label, value, source, ours))
    return found
