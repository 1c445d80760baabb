"""What the law or use wants each kind of document to say, which variables say it, and where each is filled in.

Sources: domain/regulation.md, §5 (subcontracts paid by the CPF) and §7 (documents of a training action).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trainings.documents.models import DocumentKind as K
from trainings.documents.wording.checking import variables_used
from trainings.documents.wording.filling import Filled


class Place(Enum):
    """Where a statement is filled in; its value goes after « dans »."""

    ORGANISATION = "organisation"
    STYLE = "style"
    COURSE = "course"
    PROGRAMME = "programme"
    SESSION = "session"
    TRAINERS = "trainers"
    PRICE = "price"
    TRAINEE = "trainee"
    COMPANY = "company"
    ATTENDANCE = "attendance"
    RESULTS = "results"
    SUBCONTRACTOR = "subcontractor"
    SUBCONTRACT = "subcontract"
    TEMPLATE = "template"


PLACES: dict[Place, Promise] = {
    Place.ORGANISATION: gettext_lazy("la fiche de l’organisme, dans les réglages"),
    Place.STYLE: gettext_lazy("l’apparence des documents"),
    Place.COURSE: gettext_lazy("la fiche publique de la formation"),
    Place.PROGRAMME: gettext_lazy("le programme de la formation"),
    Place.SESSION: gettext_lazy("la session"),
    Place.TRAINERS: gettext_lazy("la fiche de chaque intervenant de la session"),
    Place.PRICE: gettext_lazy("l’inscription, ou le prix de la session"),
    Place.TRAINEE: gettext_lazy("l’inscription"),
    Place.COMPANY: gettext_lazy("la fiche de l’entreprise"),
    Place.ATTENDANCE: gettext_lazy("l’émargement de la session"),
    Place.RESULTS: gettext_lazy("les résultats par objectif"),
    Place.SUBCONTRACTOR: gettext_lazy("la fiche du sous-traitant"),
    Place.SUBCONTRACT: gettext_lazy("le contrat de sous-traitance de la session"),
    Place.TEMPLATE: gettext_lazy("le modèle du document"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a document has to say. One of `variables` says it; `each`: the field that every line of a list must have.

    `if_any`: nothing to say when there is nothing (the employer of somebody who has none), but the template must be able to.
    """

    label: Promise
    variables: tuple[str, ...]
    place: Place
    each: str = ""
    if_any: bool = False


@dataclass(frozen=True, slots=True)
class MissingStatement:
    """A statement that a document would not make, and where to mend it."""

    statement: Statement
    place: Place

    def __str__(self) -> str:
        if self.place is Place.TEMPLATE:
            return _("%(what)s : le modèle ne le dit pas, ajoutez-y {{ %(variable)s }}.") % {
                "what": self.statement.label,
                "variable": self.statement.variables[0],
            }
        return _("%(what)s : à compléter dans %(where)s.") % {"what": self.statement.label, "where": PLACES[self.place]}


_t = gettext_lazy
_PROVIDER = Statement(_t("nom de l’organisme"), ("organisme.nom",), Place.ORGANISATION)
_NUMBER = Statement(_t("numéro de déclaration d’activité"), ("organisme.numero_activite",), Place.ORGANISATION)
_SIGNATORY = Statement(_t("signataire de l’organisme"), ("organisme.signataire",), Place.STYLE)
_CONTACT = Statement(_t("contact de l’organisme"), ("organisme.contact",), Place.ORGANISATION)
_TITLE = Statement(_t("intitulé de la formation"), ("formation.intitule",), Place.COURSE)
_NATURE = Statement(_t("nature de l’action"), ("formation.nature",), Place.COURSE)
_OBJECTIVES = Statement(_t("objectifs"), ("formation.objectifs",), Place.PROGRAMME, each="texte")
_CONTENT = Statement(_t("contenu"), ("formation.contenu", "formation.sequences"), Place.PROGRAMME)
_MEANS = Statement(_t("moyens et méthodes"), ("formation.methodes",), Place.PROGRAMME)
_LENGTH = Statement(_t("durée"), ("formation.duree",), Place.SESSION)
_PERIOD = Statement(_t("dates"), ("session.dates", "session.horaires"), Place.SESSION)
_MODE = Statement(_t("présentiel ou à distance"), ("formation.modalite",), Place.SESSION)
_PLACE = Statement(_t("lieu ou accès à distance"), ("session.lieu", "session.acces_distance"), Place.SESSION)
_CHECKS = Statement(_t("suivi et évaluation des acquis"), ("formation.evaluation",), Place.COURSE)
_OUTCOME = Statement(_t("sanction de la formation"), ("formation.sanction", "formation.certification"), Place.COURSE)
_PRICE = Statement(_t("prix"), ("tarif.total",), Place.PRICE)
_TRAINEE = Statement(_t("nom du stagiaire"), ("stagiaire.nom_complet", "stagiaire.nom"), Place.TRAINEE)
_DATE = Statement(_t("date du document"), ("document.date",), Place.TEMPLATE)
_SIGNING = Statement(_t("cadres de signature"), ("convention.signatures",), Place.TEMPLATE)
_SCHEDULE = Statement(_t("horaires"), ("session.horaires",), Place.SESSION, each="jour")

_STATEMENTS: dict[K, tuple[Statement, ...]] = {
    # Labour Code, D. 6353-1.
    K.AGREEMENT: (
        _PROVIDER,
        _NUMBER,
        Statement(_t("nom de l’entreprise"), ("entreprise.nom",), Place.COMPANY),
        _TITLE,
        _OBJECTIVES,
        _CONTENT,
        _MEANS,
        _LENGTH,
        _PERIOD,
        _MODE,
        _CHECKS,
        _OUTCOME,
        _PRICE,
        _SIGNATORY,
        _SIGNING,
    ),
    # Labour Code, L. 6353-3 to L. 6353-7: the contract is void without these.
    K.CONTRACT: (
        _PROVIDER,
        _NUMBER,
        _TRAINEE,
        _TITLE,
        _NATURE,
        _LENGTH,
        _CONTENT,
        _OBJECTIVES,
        Statement(_t("effectif concerné"), ("session.effectif",), Place.SESSION),
        Statement(_t("niveau préalable"), ("formation.prerequis",), Place.COURSE),
        _PERIOD,
        _MODE,
        _PLACE,
        _MEANS,
        _CHECKS,
        _OUTCOME,
        Statement(_t("titres et qualités des formateurs"), ("session.formateurs",), Place.TRAINERS, each="titres"),
        _PRICE,
        Statement(_t("premier versement de 30 % au plus"), ("tarif.premier_versement",), Place.PRICE),
        Statement(_t("délai de rétractation de dix jours"), ("mentions.retractation",), Place.TEMPLATE),
        Statement(_t("règles de paiement"), ("mentions.paiement",), Place.TEMPLATE),
        Statement(_t("arrêt par force majeure"), ("mentions.force_majeure",), Place.TEMPLATE),
        _SIGNATORY,
        _SIGNING,
    ),
    K.PROGRAMME: (_TITLE, _OBJECTIVES, _CONTENT, _LENGTH),
    # Indicator 9: what people are told before the first day.
    K.CONVOCATION: (_TRAINEE, _TITLE, _PERIOD, _SCHEDULE, _PLACE, _CONTACT),
    K.WELCOME: (_PROVIDER, _CONTACT),
    K.RULES: (_PROVIDER,),
    K.ATTENDANCE_SHEET: (
        _PROVIDER,
        _TITLE,
        _PERIOD,
        Statement(_t("formateurs"), ("session.formateurs",), Place.SESSION, each="nom"),
        Statement(_t("tableau des présences"), ("emargement.tableau",), Place.TEMPLATE),
        Statement(_t("empreinte du registre"), ("emargement.empreinte",), Place.ATTENDANCE),
    ),
    # Fields of the ministry's template.
    K.COMPLETION: (
        _PROVIDER,
        _NUMBER,
        _TRAINEE,
        Statement(_t("employeur"), ("stagiaire.entreprise",), Place.TRAINEE, if_any=True),
        _TITLE,
        _NATURE,
        Statement(_t("dates"), ("realisation.dates", "realisation.debut", "session.dates"), Place.SESSION),
        Statement(_t("durée réellement suivie"), ("realisation.duree",), Place.ATTENDANCE),
        _DATE,
        _SIGNATORY,
    ),
    # Labour Code, L. 6353-1 in its former wording; still what people ask for.
    K.ATTESTATION: (
        _PROVIDER,
        _TRAINEE,
        _TITLE,
        Statement(_t("objectifs"), ("formation.objectifs", "acquis.resultats"), Place.PROGRAMME),
        _NATURE,
        Statement(_t("durée"), ("realisation.duree", "formation.duree"), Place.ATTENDANCE),
        Statement(_t("résultats de l’évaluation"), ("acquis.resultats",), Place.RESULTS, each="resultat"),
        _SIGNATORY,
    ),
    # Labour Code, R. 6333-6-2 (CPF); indicator 27 for the clause and the right to check.
    K.SUBCONTRACT: (
        _PROVIDER,
        _NUMBER,
        Statement(_t("nom du sous-traitant"), ("sous_traitant.nom",), Place.SUBCONTRACTOR),
        Statement(
            _t("numéro de déclaration d’activité du sous-traitant"), ("sous_traitant.numero_activite",), Place.SUBCONTRACTOR
        ),
        _TITLE,
        Statement(_t("missions confiées"), ("contrat.missions",), Place.SUBCONTRACT, each="texte"),
        Statement(_t("contenu et résultat attendu"), ("contrat.contenu",), Place.SUBCONTRACT),
        Statement(_t("moyens"), ("contrat.moyens",), Place.SUBCONTRACT),
        Statement(_t("déroulement et suivi"), ("contrat.suivi",), Place.SUBCONTRACT),
        _LENGTH,
        Statement(_t("période"), ("session.dates", "contrat.debut"), Place.SESSION),
        Statement(_t("prix"), ("contrat.prix",), Place.SUBCONTRACT),
        Statement(_t("engagement de respecter le référentiel"), ("contrat.clause_referentiel",), Place.SUBCONTRACT),
        Statement(_t("droit de vérifier"), ("contrat.droit_de_controle",), Place.SUBCONTRACT),
        Statement(_t("interdiction de sous-traiter à son tour"), ("contrat.sans_cascade",), Place.SUBCONTRACT, if_any=True),
        _SIGNATORY,
        _SIGNING,
    ),
}


def statements_of(kind: str) -> tuple[Statement, ...]:
    """What a document of this kind has to say."""
    return _STATEMENTS[K(kind)]


def missing_from_template(body: str, kind: str) -> list[Statement]:
    """The statements for which a template shows no variable."""
    used = variables_used(body, kind)
    return [statement for statement in statements_of(kind) if used.isdisjoint(statement.variables)]


def missing_statements(kind: str, context: Mapping[str, Any], body: str, filled: Filled) -> list[MissingStatement]:
    """The statements that this document does not make: nothing to say, or a template that does not say it."""
    unsaid = missing_from_template(body, kind)
    missing = []
    for statement in statements_of(kind):
        values = [_value(context, variable) for variable in statement.variables]
        known = [value for value in values if _is_said(value, statement.each)]
        if not known and not statement.if_any and statement.place is not Place.TEMPLATE:
            missing.append(MissingStatement(statement, statement.place))
        elif statement in unsaid or (known and not any(_reads(filled, value, statement.each) for value in known)):
            missing.append(MissingStatement(statement, Place.TEMPLATE))
    return missing


def _value(context: Mapping[str, Any], variable: str) -> Any:
    group, name = variable.split(".")
    return context.get(group, {}).get(name, "")


def _is_said(value: Any, each: str) -> bool:
    if isinstance(value, list):
        return bool(value) and all(row.get(each) for row in value if each)
    return bool(value)


def _reads(filled: Filled, value: Any, each: str) -> bool:
    if isinstance(value, list):
        return all(filled.says(row[each]) for row in value if each)
    return filled.says(value)
