"""What the law or use wants each kind of document to say, which variables say it, and where each is filled in.

Sources: domain/regulation.md, §5 (subcontracts paid by the CPF) and §7 (documents of a training action).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    SHEET = "sheet"
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
    Place.COURSE: gettext_lazy("la formation elle-même : ouvrez-la, puis « Modifier »"),
    Place.SHEET: gettext_lazy("la fiche publique de la formation"),
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
    `stems`: beginnings of words, one of which is read in a document that says it in its own words. `source`: who wants it said.
    """

    label: Promise
    variables: tuple[str, ...]
    place: Place
    each: str = ""
    if_any: bool = False
    stems: tuple[str, ...] = ()
    source: str | Promise = ""


@dataclass(frozen=True, slots=True)
class MissingStatement:
    """A statement that a document would not make, and where to mend it."""

    statement: Statement
    place: Place

    def __str__(self) -> str:
        said = {"what": self.statement.label, "source": self.statement.source, "where": PLACES[self.place]}
        if self.place is not Place.TEMPLATE:
            return _("%(what)s (%(source)s) : à compléter dans %(where)s.") % said
        if not self.statement.variables:
            return _("%(what)s (%(source)s) : le modèle ne le dit pas, écrivez-le.") % said
        said["variable"] = self.statement.variables[0]
        return _("%(what)s (%(source)s) : le modèle ne le dit pas, ajoutez-y {{ %(variable)s }}.") % said


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
_CHECKS = Statement(_t("suivi et évaluation des acquis"), ("formation.evaluation",), Place.SHEET)
_OUTCOME = Statement(_t("sanction de la formation"), ("formation.sanction", "formation.certification"), Place.SHEET)
_PRICE = Statement(_t("prix"), ("tarif.total",), Place.PRICE)
_PAYMENT = Statement(_t("modalités de règlement"), (), Place.TEMPLATE, stems=("règl", "régl", "paiement", "payé", "payable"))
_TRAINEE = Statement(_t("nom du stagiaire"), ("stagiaire.nom_complet", "stagiaire.nom"), Place.TRAINEE)
_DATE = Statement(_t("date du document"), ("document.date",), Place.TEMPLATE)
_SIGNING = Statement(_t("cadres de signature"), ("convention.signatures",), Place.TEMPLATE)
_SCHEDULE = Statement(_t("horaires"), ("session.horaires",), Place.SESSION, each="jour")

_DECLARED = "Code du travail, L. 6351-1"
_AGREED = "Code du travail, D. 6353-1"
_CONTRACTED = "Code du travail, L. 6353-4"
_RULED = "Code du travail, L. 6352-4"
_INFORMED = _t("référentiel, indicateur 9")
_FUNDERS = _t("usage des financeurs")
_MINISTRY = _t("modèle du ministère du Travail")
_ATTESTED = _t("usage, d’après l’ancien article L. 6353-1")
_GIVEN_ON = "Code du travail, R. 6333-6-2"
_WATCHED = _t("référentiel, indicateur 27")


def _by(source: str | Promise, *statements: Statement) -> tuple[Statement, ...]:
    return tuple(replace(statement, source=source) for statement in statements)


_STATEMENTS: dict[K, tuple[Statement, ...]] = {
    K.AGREEMENT: (
        *_by(_DECLARED, _PROVIDER, _NUMBER),
        *_by(
            _AGREED,
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
            _PAYMENT,
            _SIGNATORY,
            _SIGNING,
        ),
    ),
    # The contract is void without these.
    K.CONTRACT: (
        *_by(_DECLARED, _PROVIDER, _NUMBER),
        *_by(
            _CONTRACTED,
            _TRAINEE,
            _TITLE,
            _NATURE,
            _LENGTH,
            _CONTENT,
            _OBJECTIVES,
            Statement(_t("effectif concerné"), ("session.effectif",), Place.SESSION),
            Statement(_t("niveau préalable"), ("formation.prerequis",), Place.SHEET),
            _PERIOD,
            _MODE,
            _PLACE,
            _MEANS,
            _CHECKS,
            _OUTCOME,
            Statement(_t("titres et qualités des formateurs"), ("session.formateurs",), Place.TRAINERS, each="titres"),
            _PRICE,
            _SIGNATORY,
            _SIGNING,
        ),
        *_by(
            "Code du travail, L. 6353-5",
            Statement(_t("délai de rétractation de dix jours"), ("mentions.retractation",), Place.TEMPLATE),
        ),
        *_by(
            "Code du travail, L. 6353-6",
            Statement(_t("premier versement de 30 % au plus"), ("tarif.premier_versement",), Place.PRICE),
            Statement(_t("règles de paiement"), ("mentions.paiement",), Place.TEMPLATE),
        ),
        *_by(
            "Code du travail, L. 6353-7",
            Statement(_t("arrêt par force majeure"), ("mentions.force_majeure",), Place.TEMPLATE),
        ),
    ),
    K.PROGRAMME: _by("Code du travail, L. 6353-8", _TITLE, _OBJECTIVES, _CONTENT, _LENGTH),
    K.CONVOCATION: _by(_INFORMED, _TRAINEE, _TITLE, _PERIOD, _SCHEDULE, _PLACE, _CONTACT),
    K.WELCOME: _by(_INFORMED, _PROVIDER, _CONTACT),
    K.RULES: _by(
        _RULED,
        _PROVIDER,
        Statement(_t("santé et sécurité"), (), Place.TEMPLATE, stems=("sécurité",)),
        Statement(_t("sanctions et leur échelle"), (), Place.TEMPLATE, stems=("sanction", "avertissement", "exclusion")),
        Statement(
            _t("droits de la personne avant une sanction"), (), Place.TEMPLATE, stems=("défense", "entretien", "par écrit")
        ),
        Statement(_t("représentation des stagiaires"), (), Place.TEMPLATE, stems=("représent", "délégué")),
    ),
    K.ATTENDANCE_SHEET: _by(
        _FUNDERS,
        _PROVIDER,
        _TITLE,
        _PERIOD,
        Statement(_t("formateurs"), ("session.formateurs",), Place.SESSION, each="nom"),
        Statement(_t("tableau des présences"), ("emargement.tableau",), Place.TEMPLATE),
        Statement(_t("empreinte du registre"), ("emargement.empreinte",), Place.ATTENDANCE),
    ),
    K.COMPLETION: _by(
        _MINISTRY,
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
    K.ATTESTATION: _by(
        _ATTESTED,
        _PROVIDER,
        _TRAINEE,
        _TITLE,
        Statement(_t("objectifs"), ("formation.objectifs", "acquis.resultats"), Place.PROGRAMME),
        _NATURE,
        Statement(_t("durée"), ("realisation.duree", "formation.duree"), Place.ATTENDANCE),
        Statement(_t("résultats de l’évaluation"), ("acquis.resultats",), Place.RESULTS, each="resultat"),
        _SIGNATORY,
    ),
    # The articles on the CPF list what such a contract says: one list serves for every subcontract.
    K.SUBCONTRACT: (
        *_by(_DECLARED, _PROVIDER, _NUMBER),
        *_by(
            _GIVEN_ON,
            Statement(_t("nom du sous-traitant"), ("sous_traitant.nom",), Place.SUBCONTRACTOR),
            Statement(
                _t("numéro de déclaration d’activité du sous-traitant"),
                ("sous_traitant.numero_activite",),
                Place.SUBCONTRACTOR,
            ),
            _TITLE,
            Statement(_t("missions confiées"), ("contrat.missions",), Place.SUBCONTRACT, each="texte"),
            Statement(_t("contenu et résultat attendu"), ("contrat.contenu",), Place.SUBCONTRACT),
            Statement(_t("moyens"), ("contrat.moyens",), Place.SUBCONTRACT),
            Statement(_t("déroulement et suivi"), ("contrat.suivi",), Place.SUBCONTRACT),
            _LENGTH,
            Statement(_t("période"), ("session.dates", "contrat.debut"), Place.SESSION),
            Statement(_t("prix"), ("contrat.prix",), Place.SUBCONTRACT),
            Statement(_t("interdiction de sous-traiter à son tour"), ("contrat.sans_cascade",), Place.SUBCONTRACT, if_any=True),
            _SIGNATORY,
            _SIGNING,
        ),
        *_by(
            _WATCHED,
            Statement(_t("engagement de respecter le référentiel"), ("contrat.clause_referentiel",), Place.SUBCONTRACT),
            Statement(_t("droit de vérifier"), ("contrat.droit_de_controle",), Place.SUBCONTRACT),
        ),
    ),
}


def statements_of(kind: str) -> tuple[Statement, ...]:
    """What a document of this kind has to say."""
    return _STATEMENTS[K(kind)]


def missing_from_template(body: str, kind: str) -> list[Statement]:
    """The statements for which a template shows no variable, and writes no word of its own."""
    used = variables_used(body, kind)
    return [
        statement
        for statement in statements_of(kind)
        if (not _worded(body, statement) if statement.stems else used.isdisjoint(statement.variables))
    ]


def missing_statements(kind: str, context: Mapping[str, Any], body: str, filled: Filled) -> list[MissingStatement]:
    """The statements that this document does not make: nothing to say, or a template that does not say it."""
    unsaid = missing_from_template(body, kind)
    missing = []
    for statement in statements_of(kind):
        if statement.stems:
            if not _worded(filled.text, statement):
                missing.append(MissingStatement(statement, Place.TEMPLATE))
            continue
        values = [_value(context, variable) for variable in statement.variables]
        known = [value for value in values if _is_said(value, statement.each)]
        if not known and not statement.if_any and statement.place is not Place.TEMPLATE:
            missing.append(MissingStatement(statement, statement.place))
        elif statement in unsaid or (known and not any(_reads(filled, value, statement.each) for value in known)):
            missing.append(MissingStatement(statement, Place.TEMPLATE))
    return missing


def _worded(text: str, statement: Statement) -> bool:
    read = text.lower()
    return any(stem in read for stem in statement.stems)


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
