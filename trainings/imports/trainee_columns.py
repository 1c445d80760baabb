"""The columns of a list of trainees: what they are called, and how their cells are read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.exchange import values
from qualiopi.exchange.columns import Column, text
from qualiopi.exchange.resources import TableResource
from qualiopi.exchange.values import CellError
from qualiopi.text import comparison_key
from trainings.imports.words import CIVILITIES, ENROLMENT_STATES
from trainings.sessions.models import EnrolmentState

SENSITIVE = gettext_lazy(
    "Cette colonne n’est jamais importée : une situation de handicap ne se recopie pas d’un tableau. "
    "Notez seulement un besoin d’adaptation, avec la personne concernée."
)


def _name(value: Any) -> str:
    name: str = values.name_case(text(100)(value))
    return name


def _civility(value: Any) -> str | None:
    return values.parse_choice(value, CIVILITIES, expected=_("Mme ou M."))


def read_birth_date(value: Any) -> Any:
    return values.parse_date(value, birth=True)


def _state(value: Any) -> EnrolmentState | None:
    return values.parse_choice(value, ENROLMENT_STATES, expected=_("inscrit, désisté, interrompu ou abandon"))


def _company(value: Any) -> str:
    name = text(200)(value)
    return "" if comparison_key(name) in {"", "particulier", "individuel"} else name


def _postcode(value: Any) -> str:
    code = values.parse_postcode(value)
    if len(code) > 5:
        raise CellError(_("Un code postal a cinq chiffres, comme 01000."))
    return code


class TraineeColumns(TableResource):
    """What a file may say of trainees and of their enrolment."""

    full_name = Column(
        gettext_lazy("Nom et prénom"),
        parse=text(200),
        transient=True,
        synonyms=(
            "nom prénom", "nom et prénom", "prénom nom", "prénom et nom", "nom complet", "stagiaire", "participant", "apprenant",
            "bénéficiaire", "nom du stagiaire",
        ),
        understood=gettext_lazy("nom et prénom séparés"),
    )  # fmt: skip
    civility = Column(
        gettext_lazy("Civilité"),
        parse=_civility,
        synonyms=("civilité", "titre", "genre", "sexe"),
        understood=gettext_lazy("Mme ou M."),
    )
    last_name = Column(
        gettext_lazy("Nom"),
        parse=_name,
        transient=True,
        synonyms=(
            "nom", "nom de famille", "nom d'usage", "participant nom", "nom participant", "individu nom", "c_nomcorrespondance",
            "last name",
        ),
        understood=gettext_lazy("nom"),
    )  # fmt: skip
    first_name = Column(
        gettext_lazy("Prénom"),
        parse=_name,
        transient=True,
        synonyms=(
            "prénom", "participant prénom", "prénom participant", "individu prénom", "c_prenomcorrespondance", "first name",
        ),
        understood=gettext_lazy("prénom"),
    )  # fmt: skip
    birth_date = Column(
        gettext_lazy("Date de naissance"),
        parse=read_birth_date,
        synonyms=("date de naissance", "né le", "née le", "naissance", "birth date", "date naissance"),
        understood=gettext_lazy("dates"),
    )
    email = Column(
        gettext_lazy("Adresse e-mail"),
        parse=values.parse_email,
        synonyms=(
            "email", "e-mail", "mail", "courriel", "mél", "adresse e-mail", "adresse mail", "adresse électronique",
            "participant e-mail", "c_adresseemail", "adresse de messagerie",
        ),
        understood=gettext_lazy("adresses"),
    )  # fmt: skip
    phone = Column(
        gettext_lazy("Téléphone"),
        parse=values.parse_phone,
        synonyms=(
            "téléphone", "tél", "portable", "mobile", "téléphone portable", "tel portable", "téléphone 1", "c_telephone1", "numéro",
        ),
        understood=gettext_lazy("numéros, zéro rendu"),
    )  # fmt: skip
    postcode = Column(
        gettext_lazy("Code postal"),
        parse=_postcode,
        synonyms=("code postal", "cp"),
        understood=gettext_lazy("cinq chiffres, zéro rendu"),
    )
    session = Column(
        gettext_lazy("Référence de la session"),
        parse=text(60),
        transient=True,
        synonyms=(
            "session", "réf", "réf session", "référence session", "référence de la session", "id session", "dn_session_id",
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
        ),
        understood=gettext_lazy("reconnue par son nom, créée sinon"),
    )  # fmt: skip
    siret = Column(
        gettext_lazy("SIRET de l’entreprise"),
        parse=values.parse_siret,
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
        parse=_state,
        transient=True,
        synonyms=("état", "statut", "statut stagiaire", "statut inscription", "état de l'inscription"),
        understood=gettext_lazy("inscrit, désisté, interrompu, abandon"),
    )
    ended_on = Column(
        gettext_lazy("Sorti le"),
        parse=values.parse_date,
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
