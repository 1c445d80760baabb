"""The variables of every document of one kind for one session: read in a number of queries that does not depend on the people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from qualiopi.web.typography import hours
from trainings.attendance.queries import Sheet, followed_minutes, sheet
from trainings.documents.models import DocumentKind as K
from trainings.documents.models import Style
from trainings.documents.queries.course_words import (
    Words,
    course_words,
    day,
    euros,
    followed_programme,
    organisation_words,
    person_words,
    planned_hours,
    price_words,
    session_words,
    spaced,
    whole_period,
)
from trainings.documents.queries.targets import Target
from trainings.documents.wording.variables import blank_of
from trainings.learning.models import Moment, ObjectiveResult
from trainings.people.missions import Mission
from trainings.people.models import Exemption, Subcontract, Subcontractor
from trainings.sessions.models import Enrolment, EnrolmentState, Funding, HalfDay, Session
from trainings.sessions.queries import said_by

# Labour Code, L. 6353-5 to L. 6353-7.
LEGAL = {
    "retractation": (
        "À compter de la signature du présent contrat, la personne dispose de dix jours pour se rétracter, par lettre recommandée "
        "avec avis de réception."
    ),
    "paiement": (
        "Aucune somme ne peut être exigée avant la fin de ce délai. Ensuite, le premier versement ne dépasse pas 30 % du prix ; le "
        "solde est échelonné au fur et à mesure du déroulement de l’action de formation."
    ),
    "force_majeure": (
        "Si la personne est empêchée de suivre la formation par un cas de force majeure dûment reconnu, le contrat est résilié : "
        "seules les prestations effectivement dispensées sont payées, en proportion de leur valeur prévue au contrat."
    ),
}
COMPLIANCE = (
    "Le sous-traitant respecte le référentiel national qualité mentionné à l’article L. 6316-3 du Code du travail pour les missions "
    "qui lui sont confiées."
)
CHECKING = (
    "Le sous-traitant accepte que l’organisme vérifie ce respect, sur pièces ou en assistant à une séance, et lui communique les "
    "pièces demandées."
)
# Labour Code, R. 6333-6-2: an action paid by the CPF is not given on a second time.
NO_CASCADE = (
    "Le sous-traitant ne confie à personne d’autre les missions du présent contrat (article R. 6333-6-2 du Code du travail)."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document to issue and its variables, but for its number and its day. `register`: what an attendance sheet shows."""

    target: Target
    context: dict[str, Any]
    register: Sheet | None = None


@dataclass(slots=True)
class _Facts:
    """What is read once for all."""

    session: Session
    half_days: list[HalfDay]
    shared: dict[str, Words]
    followed: dict[UUID, int] = field(default_factory=dict)
    # What the half-days leave out of the session, as a certificate tells it; empty when they cover it.
    reserve: str = ""
    results: dict[UUID, list[dict[str, str]]] = field(default_factory=dict)
    fundings: dict[UUID, list[Funding]] = field(default_factory=dict)
    by_company: dict[UUID, list[Enrolment]] = field(default_factory=dict)
    register: Sheet | None = None


def drafts_of(session: Session, kind: str, targets: Sequence[Target], *, style: Style | None) -> list[Draft]:
    """The variables of each target, in the order of the targets."""
    half_days = list(session.half_days.all())
    facts = _Facts(
        session,
        half_days,
        {
            "organisme": organisation_words(session.organisation, style),
            "formation": course_words(session),
            "session": session_words(session, half_days),
        },
    )
    _read(facts, kind)
    blanks = blank_of(kind)
    drafts = []
    for target in targets:
        said = {**facts.shared, **_own(facts, kind, target)}
        context = {group: {**blank, **said.get(group, {})} for group, blank in blanks.items()}
        drafts.append(Draft(target, context, facts.register))
    return drafts


def _read(facts: _Facts, kind: str) -> None:
    session = facts.session
    if kind in (K.COMPLETION, K.ATTESTATION):
        facts.followed = followed_minutes(session)
        facts.reserve = _reserve_words(session, facts.half_days)
    if kind == K.ATTENDANCE_SHEET:
        facts.register = sheet(session)
    if kind == K.ATTESTATION:
        facts.results = _results(session)
    if kind in (K.AGREEMENT, K.CONTRACT):
        grouped: dict[UUID, list[Funding]] = defaultdict(list)
        for funding in Funding.objects.filter(enrolment__session=session).select_related("funder"):
            grouped[funding.enrolment_id].append(funding)
        facts.fundings = grouped
    if kind == K.AGREEMENT:
        people: dict[UUID, list[Enrolment]] = defaultdict(list)
        enrolled = session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).filter(company__isnull=False)
        for enrolment in enrolled.select_related("trainee", "company"):
            if enrolment.company_id is not None:
                people[enrolment.company_id].append(enrolment)
        facts.by_company = people


def _own(facts: _Facts, kind: str, target: Target) -> dict[str, Words]:
    own: dict[str, Words] = {}
    if facts.register is not None:
        seal = facts.register.last_fingerprint
        own["emargement"] = {
            "lignes": str(facts.register.lines),
            "empreinte": " ".join(seal[start : start + 8] for start in range(0, len(seal), 8)),
        }
    if target.enrolment is not None:
        own["stagiaire"] = person_words(target.enrolment)
        if kind in (K.COMPLETION, K.ATTESTATION):
            own["realisation"] = _followed_words(facts, target.enrolment)
        if kind == K.ATTESTATION:
            own["acquis"] = {"resultats": facts.results.get(target.enrolment.pk, [])}
        if kind == K.CONTRACT:
            own["tarif"] = _price_of(facts, [target.enrolment], alone=True)
            own["mentions"] = dict(LEGAL)
    if target.company is not None:
        people = facts.by_company.get(target.company.pk, [])
        own["entreprise"] = {
            "nom": target.company.name,
            "adresse": target.company.address,
            "siret": spaced(target.company.siret, 3, 3, 3, 5),
            "representant": target.company.representative,
            "effectif": str(len(people)),
            "stagiaires": [{"nom": str(person_words(each)["nom_complet"])} for each in people],
        }
        own["tarif"] = _price_of(facts, people, alone=len(facts.by_company) == 1)
    if target.subcontractor is not None:
        own["sous_traitant"] = _subcontractor_words(target.subcontractor)
        own["contrat"] = _contract_words(facts.session.subcontract)
    return own


def _followed_words(facts: _Facts, enrolment: Enrolment) -> Words:
    session = facts.session
    minutes = facts.followed.get(enrolment.pk, 0)
    first, last = session.starts_on, enrolment.ended_on or session.ends_on or session.starts_on
    return {
        "dates": whole_period(first, max(first, last)) if first and last else "",
        "duree": hours(Decimal(minutes) / 60) + facts.reserve if minutes else "",
        "duree_prevue": facts.shared["formation"]["duree"],
        "debut": day(first),
        "fin": day(last),
    }


def _reserve_words(session: Session, half_days: Sequence[HalfDay]) -> str:
    """What follows the hours really followed when half-days, from which they are counted, do not cover the session; else empty.

    A session of 14 hours with half-days of 3 h 30 is not known to have been followed for 3 h 30 alone.
    """
    said = said_by(session, half_days)
    planned = said.hours or planned_hours(session, followed_programme(session))
    if planned:
        if said.laid.hours >= planned:
            return ""
        part = {"held": hours(said.laid.hours), "planned": hours(planned)}
        return _(" (émargement tenu pour %(held)s seulement, sur les %(planned)s de la session)") % part
    first, last = said.starts_on, said.ends_on or said.starts_on
    start, end = said.laid.first, said.laid.last
    if not first or not last or not start or not end or (start <= first and end >= last):
        return ""
    dates = {"held": whole_period(start, end), "planned": whole_period(first, last)}
    return _(" (émargement tenu pour %(held)s seulement ; session : %(planned)s)") % dates


def _results(session: Session) -> dict[UUID, list[dict[str, str]]]:
    """What each person knew of each objective when leaving, in the order of the programme."""
    found: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    rows = ObjectiveResult.objects.filter(enrolment__session=session, moment=Moment.EXIT)
    for row in rows.select_related("objective", "evaluation").order_by("enrolment", "objective__position"):
        found[row.enrolment_id].append(
            {
                "objectif": row.objective.text,
                "resultat": str(row.get_level_display()),
                "evaluation": row.evaluation.title if row.evaluation else row.objective.evaluation,
                "date": day(row.dated_on),
            }
        )
    return found


def _price_of(facts: _Facts, people: Sequence[Enrolment], *, alone: bool) -> Words:
    """The price of these people: the sum of their own prices when each has one, else the session's when nobody else shares it."""
    own = [each.price for each in people if each.price is not None]
    amount = sum(own, Decimal(0)) if own and len(own) == len(people) else None
    if amount is None and alone and not own:
        amount = facts.session.price
    words = price_words(amount)
    paid: dict[str, list[Funding]] = defaultdict(list)
    for each in people:
        for funding in facts.fundings.get(each.pk, []):
            paid[funding.funder.name].append(funding)
    words["financements"] = [_funding_words(name, fundings) for name, fundings in sorted(paid.items())]
    return words


def _funding_words(name: str, fundings: Sequence[Funding]) -> dict[str, str]:
    """What one funder pays for these people; the amount is told only when each is known."""
    amounts = [funding.amount for funding in fundings if funding.amount is not None]
    return {
        "financeur": name,
        "dossier": ", ".join(dict.fromkeys(funding.file_number for funding in fundings if funding.file_number)),
        "montant": euros(sum(amounts, Decimal(0))) if len(amounts) == len(fundings) else "",
    }


def _subcontractor_words(subcontractor: Subcontractor) -> Words:
    certificate = ""
    if subcontractor.certificate_number:
        certificate = f"certificat n° {subcontractor.certificate_number}"
        if subcontractor.certified_until:
            certificate += f", valable jusqu’au {day(subcontractor.certified_until)}"
    elif subcontractor.exemption:
        certificate = f"dispense de certificat : {Exemption(subcontractor.exemption).label}"
    return {
        "nom": subcontractor.name,
        "adresse": subcontractor.address,
        "siren": spaced(subcontractor.siren, 3, 3, 3),
        "numero_activite": spaced(subcontractor.activity_number, 2, 2, 5, 2),
        "representant": subcontractor.representative,
        "certificat": certificate,
    }


def _contract_words(contract: Subcontract | None) -> Words:
    if contract is None:
        return {"missions": []}
    return {
        "reference": contract.reference,
        "debut": day(contract.valid_from),
        "fin": day(contract.valid_until),
        "missions": [{"texte": str(Mission(key).label)} for key in contract.missions if key in Mission.values],
        "contenu": contract.content,
        "moyens": contract.means,
        "suivi": contract.follow_up,
        "prix": contract.price,
        "clause_referentiel": COMPLIANCE if contract.compliance_clause else "",
        "droit_de_controle": CHECKING if contract.right_to_check else "",
        "sans_cascade": NO_CASCADE if contract.cpf else "",
    }
