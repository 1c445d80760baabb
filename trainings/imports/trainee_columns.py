"""The columns of a list of trainees: what they are called, and how their cells are read."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.exchange import values
from qualiopi.exchange.columns import Column, check_length, text
from qualiopi.exchange.judgements import (
    LEFT_OUT,
    Cells,
    Context,
    FullName,
    Judge,
    Judgement,
    Reading,
    in_force,
    judge_dates,
    judge_filled_down,
    judge_last_names,
    judge_names,
    judge_words,
    lines_named,
)
from qualiopi.exchange.resources import TableResource
from qualiopi.exchange.values import CellError
from qualiopi.exchange.words import clean
from qualiopi.identity import WrongKey
from qualiopi.phones import holds_several
from qualiopi.text import comparison_key
from trainings.imports.words import CIVILITIES, ENROLMENT_STATES, WEAK_ENROLMENT_STATES, NotEnrolled
from trainings.sessions.models import EnrolmentState

# What stands between two addresses of one cell; and what makes a cell worth a second look.
ADDRESSES = re.compile(r"[;,/\n]|\s(?=\S+@)")
SEVERAL_PHONES = re.compile(r"[/;,\n]|\bou\b|\bet\b")
LONGEST_NAME = 100
SENSITIVE = gettext_lazy(
    "Cette colonne n’est jamais importée : une situation de handicap ne se recopie pas d’un tableau. "
    "Notez seulement un besoin d’adaptation, avec la personne concernée."
)


def _within(judge: Judge, longest: int) -> Judge:
    """The same judge, for texts no longer than the product keeps."""

    def judged(cells: Cells, context: Context) -> Judgement:
        judgement = judge(cells, context)
        read, check = judgement.parse, text(longest)

        def parse(value: Any) -> Any:
            check(value)
            return read(value)

        return replace(judgement, parse=parse)

    return judged


def _named(judge: Judge) -> Judge:
    """The same judge, for names whose parts are no longer than the product keeps."""

    def judged(cells: Cells, context: Context) -> Judgement:
        judgement = judge(cells, context)
        read = judgement.parse

        def parse(value: Any) -> FullName | None:
            name: FullName | None = read(value)
            for part in name or ():
                check_length(part, LONGEST_NAME)
            return name

        return replace(judgement, parse=parse)

    return judged


def _name(value: Any) -> str:
    name: str = values.name_case(text(LONGEST_NAME)(value))
    return name


def _read_birth_date(value: Any, *, month_first: bool = False) -> Any:
    return values.parse_date(value, birth=True, month_first=month_first)


def _email(value: Any) -> str:
    """The first address of the cell, which is told when there are several."""
    return values.parse_email(_addresses(value)[0])


def _addresses(value: Any) -> list[str]:
    """The addresses of a cell, with the names they stand beside; the whole cell when it holds none."""
    text = clean(value)
    if text.count("@") < 2:
        return [text]
    return [part for part in ADDRESSES.split(text) if "@" in part]


def judge_emails(cells: Cells, context: Context) -> Judgement:
    """A cell that holds two addresses gives the first, and is told."""
    several = [
        line
        for line, value in zip(cells.lines, cells.values, strict=True)
        if isinstance(value, str) and value.count("@") > 1 and len(_addresses(value)) > 1
    ]
    sentence = _("plusieurs adresses dans une cellule, %(lines)s : la première est gardée.") if several else ""
    return Judgement(
        parse=_email,
        sentence=sentence % {"lines": lines_named(several)} if several else "",
        doubtful=bool(several),
        lines=tuple(several),
    )


def judge_phones(cells: Cells, context: Context) -> Judgement:
    """A cell that holds two numbers gives the first, and is told."""
    several = [
        line
        for line, value in zip(cells.lines, cells.values, strict=True)
        if isinstance(value, str) and SEVERAL_PHONES.search(value) and holds_several(clean(value))
    ]
    sentence = _("plusieurs numéros dans une cellule, %(lines)s : le premier est gardé.") if several else ""
    return Judgement(
        parse=values.parse_phone,
        sentence=sentence % {"lines": lines_named(several)} if several else "",
        doubtful=bool(several),
        lines=tuple(several),
    )


def _siret(value: Any) -> str:
    """The SIRET of a cell; nothing when its digits don't agree, which the column tells."""
    try:
        return values.parse_siret(value)
    except CellError as error:
        if isinstance(error.__cause__, WrongKey):
            return ""
        raise


def _disagrees(value: Any) -> bool:
    try:
        values.parse_siret(value)
    except CellError as error:
        return isinstance(error.__cause__, WrongKey)
    return False


def judge_sirets(cells: Cells, context: Context) -> Judgement:
    """A SIRET with a wrong digit is not kept, and is told: people are enrolled all the same."""
    wrong = [line for line, value in zip(cells.lines, cells.values, strict=True) if value not in {None, ""} and _disagrees(value)]
    if not wrong:
        return Judgement(parse=values.parse_siret)
    sentence = _("un chiffre est faux, %(lines)s : ces SIRET ne sont pas repris. Vérifiez-les sur un devis ou une facture.")
    return Judgement(parse=_siret, sentence=sentence % {"lines": lines_named(wrong)}, doubtful=True, lines=tuple(wrong))


# What may stand before the four digits of a postcode: the zero that a spreadsheet took away, or a neighbour.
BEFORE_FOUR = {"fr": "0", "be": "B-", "ch": "CH-", "lu": "L-"}


def judge_postcodes(cells: Cells, context: Context) -> Judgement:
    """Four digits are a French code that lost its zero, unless somebody says that the column is a neighbour's; told in both cases."""
    short = [
        (line, text)
        for line, value in zip(cells.lines, cells.values, strict=True)
        if values.FOUR_DIGITS.fullmatch(text := clean(value))
    ]
    if not short:
        return Judgement(parse=values.parse_postcode)
    text = short[0][1]
    labels = {
        "fr": _("0%(code)s, en France"),
        "be": _("B-%(code)s, en Belgique"),
        "ch": _("CH-%(code)s, en Suisse"),
        "lu": _("L-%(code)s, au Luxembourg"),
    }
    readings = tuple(Reading(key, label % {"code": text}) for key, label in labels.items())
    chosen = in_force(context, readings, "fr")
    lines = tuple(line for line, _text in short)
    sentence = _("codes à quatre chiffres, %(lines)s : %(code)s est lu %(reading)s.")
    return Judgement(
        parse=partial(values.parse_postcode, before_four=BEFORE_FOUR[chosen]),
        chosen=chosen,
        readings=readings,
        sentence=sentence % {"lines": lines_named(lines), "code": text, "reading": labels[chosen] % {"code": text}},
        doubtful=context.chosen != chosen,
        lines=lines,
    )


def _states() -> list[tuple[str, str]]:
    return [
        (EnrolmentState.ENROLLED, _("inscrit")),
        (EnrolmentState.WITHDRAWN, _("désisté avant le premier jour")),
        (EnrolmentState.INTERRUPTED, _("parcours interrompu")),
        (EnrolmentState.ABANDONED, _("abandon")),
        (NotEnrolled.WAITING, _("pas inscrit (liste d’attente, refus)")),
        (LEFT_OUT, _("ne rien reprendre")),
    ]


def _civilities() -> list[tuple[str, str]]:
    return [("mme", _("Mme")), ("m", _("M.")), (LEFT_OUT, _("ne rien reprendre"))]


def _of_person(*words: str) -> tuple[str, ...]:
    """The same headings when they say whose they are: « email », « email stagiaire », « participant email »…"""
    whose = ("stagiaire", "participant", "apprenant", "bénéficiaire", "salarié", "candidat", "élève")
    said = [f"{word} {of}{who}" for word in words for who in whose for of in ("", "du ", "de l'")]
    return (*words, *said, *(f"{who} {word}" for word in words for who in whose), *(f"{word} personnel" for word in words))


def _company(value: Any) -> str:
    name = text(200)(value)
    return "" if comparison_key(name) in {"", "particulier", "individuel"} else name


class TraineeColumns(TableResource):
    """What a file may say of trainees and of their enrolment."""

    full_name = Column(
        gettext_lazy("Nom et prénom"),
        judge=_named(judge_names),
        transient=True,
        synonyms=(
            "nom prénom", "nom et prénom", "prénom nom", "prénom et nom", "nom complet", "stagiaire", "participant", "apprenant",
            "bénéficiaire", "nom du stagiaire", "nom complet du stagiaire", "fullname", "full name", "nom et prénoms",
        ),
        understood=gettext_lazy("nom et prénom séparés"),
    )  # fmt: skip
    civility = Column(
        gettext_lazy("Civilité"),
        judge=judge_words(CIVILITIES, _civilities),
        synonyms=("civilité", "titre", "genre", "sexe"),
        understood=gettext_lazy("Mme ou M."),
    )
    last_name = Column(
        gettext_lazy("Nom"),
        judge=_named(judge_last_names),
        transient=True,
        synonyms=(
            "nom", "nom de famille", "nom d'usage", "nom usuel", "participant nom", "nom participant", "individu nom",
            "c_nomcorrespondance", "last name", "lastname", "surname", "family name", "nom apprenant", "nom stagiaire",
            "nom de famille du stagiaire",
        ),
        understood=gettext_lazy("nom"),
    )  # fmt: skip
    first_name = Column(
        gettext_lazy("Prénom"),
        parse=_name,
        transient=True,
        synonyms=(
            "prénom", "prénoms", "participant prénom", "prénom participant", "individu prénom", "c_prenomcorrespondance", "first name",
            "firstname", "given name", "prénom stagiaire", "prénom du stagiaire", "prénom apprenant", "prénom de l'apprenant",
        ),
        understood=gettext_lazy("prénom"),
    )  # fmt: skip
    birth_name = Column(
        gettext_lazy("Nom de naissance"),
        parse=_name,
        synonyms=("nom de naissance", "nom de jeune fille", "nom patronymique", "birth name", "née"),
        understood=gettext_lazy("nom, gardé à part du nom d’usage"),
    )
    birth_date = Column(
        gettext_lazy("Date de naissance"),
        judge=judge_dates(_read_birth_date),
        family="dates",
        synonyms=("date de naissance", "né le", "née le", "naissance", "birth date", "date naissance"),
        understood=gettext_lazy("dates"),
    )
    email = Column(
        gettext_lazy("Adresse e-mail"),
        judge=judge_emails,
        synonyms=(
            *_of_person("email", "e-mail", "mail", "courriel", "adresse e-mail", "adresse mail", "adresse email"),
            "mél", "adresse électronique", "c_adresseemail", "adresse de messagerie", "adresse de courriel", "adresse courriel",
            "email address",
        ),
        understood=gettext_lazy("adresses"),
    )  # fmt: skip
    phone = Column(
        gettext_lazy("Téléphone"),
        judge=judge_phones,
        synonyms=(
            *_of_person("téléphone", "tél", "portable", "mobile"),
            "téléphone portable", "tel portable", "téléphone mobile", "tel mobile", "téléphone 1", "phone", "phone1", "phone2",
            "mobile phone", "c_telephone1", "numéro",
        ),
        understood=gettext_lazy("numéros, zéro rendu"),
    )  # fmt: skip
    postcode = Column(
        gettext_lazy("Code postal"),
        judge=judge_postcodes,
        synonyms=("code postal", "cp"),
        understood=gettext_lazy("cinq chiffres, zéro rendu ; à l’étranger, pays devant"),
    )
    session = Column(
        gettext_lazy("Référence de la session"),
        parse=text(60),
        judge=_within(judge_filled_down, 60),
        transient=True,
        unusual=("groupes", "groupe", "cours", "course", "group", "groups", "cohort1", "cohorte"),
        synonyms=(
            "session", "course1", "réf", "réf session", "référence session", "référence de la session", "id session", "dn_session_id",
            "code session", "n° session", "id session dokelio", "votre session",
        ),
        understood=gettext_lazy("sessions déjà connues"),
    )  # fmt: skip
    company = Column(
        gettext_lazy("Entreprise"),
        parse=_company,
        transient=True,
        synonyms=(
            "entreprise", "société", "employeur", "raison sociale", "dc_raisonsociale", "company", "structure", "client",
            "profile_field_entreprise", "profile_field_societe", "profile_field_company", "institution", "nom de l'entreprise",
            "nom entreprise", "organisation",
        ),
        understood=gettext_lazy("reconnue par son nom, créée sinon"),
    )  # fmt: skip
    siret = Column(
        gettext_lazy("SIRET de l’entreprise"),
        judge=judge_sirets,
        transient=True,
        synonyms=("siret", "siret entreprise", "n° siret", "dc_siret", "siret employeur"),
        understood=gettext_lazy("quatorze chiffres"),
    )
    funder = Column(
        gettext_lazy("Financeur"),
        parse=text(200),
        transient=True,
        synonyms=(
            "financeur", "financement", "opco", "nom d'opco", "liste_financeur", "mode de financement",
            "prise en charge",
        ),
        understood=gettext_lazy("reconnu par son nom, créé sinon"),
    )  # fmt: skip
    file_number = Column(
        gettext_lazy("Numéro de dossier"),
        parse=text(60),
        transient=True,
        synonyms=(
            "n° dossier",
            "numéro de dossier",
            "dossier",
            "n° de dossier",
            "numéro dossier",
            "référence dossier",
            "c_individulocal",
        ),
        understood=gettext_lazy("texte"),
    )
    state = Column(
        gettext_lazy("État de l’inscription"),
        judge=judge_words(ENROLMENT_STATES, _states, weak=WEAK_ENROLMENT_STATES),
        transient=True,
        synonyms=(
            "état",
            "statut",
            "statut stagiaire",
            "statut inscription",
            "état de l'inscription",
            "statut du dossier",
            "statut dossier",
            "état du dossier",
        ),
        understood=gettext_lazy("inscrit, désisté, interrompu, abandon"),
    )
    ended_on = Column(
        gettext_lazy("Sorti le"),
        judge=judge_dates(values.parse_date),
        family="dates",
        transient=True,
        synonyms=("date sortie", "date de sortie", "sorti le", "date d'abandon"),
        understood=gettext_lazy("dates"),
    )
    disability = Column(
        gettext_lazy("Jamais importé (donnée sensible)"),
        never=SENSITIVE,
        synonyms=("situation de handicap", "handicap", "rqth", "handicaped", "th", "travailleur handicapé"),
        pattern=r"\b(handicap\w*|rqth)\b",
        understood=gettext_lazy("laissé de côté"),
    )

    needs = (
        (
            ("last_name", "full_name"),
            gettext_lazy("Aucune colonne ne donne le nom des stagiaires : choisissez-la dans les colonnes."),
        ),
    )
