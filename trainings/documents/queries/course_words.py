"""What documents say of an organisation, of a course and its programme, of a session: plain words, ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from qualiopi.organisations.enums import Category
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import long_date, period
from qualiopi.web.typography import NBSP, hours
from trainings.catalogue.models import Programme, PublicSheet, Recognition
from trainings.catalogue.queries import programme_in_force
from trainings.documents.models import Style
from trainings.documents.wording import first_payment
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay, Session

Words = dict[str, Any]
# Labour Code, L. 6313-1: the four actions that develop skills.
NATURES = {
    Category.AF: "action de formation",
    Category.BC: "bilan de compétences",
    Category.VAE: "action permettant de faire valider les acquis de l’expérience",
    Category.CFA: "action de formation par apprentissage",
}
# As they are said after « mène à »; empty when nothing was said.
OUTCOMES = {
    Recognition.CERTIFICATION: "une certification enregistrée",
    Recognition.BLOCK: "un ou plusieurs blocs d’une certification enregistrée",
    Recognition.ATTESTATION: "une attestation de fin de formation",
    Recognition.NONE: "aucune reconnaissance particulière",
}


def organisation_words(organisation: Organisation, style: Style | None) -> Words:
    """The group « organisme »."""
    town = " ".join(part for part in (organisation.postcode, organisation.city) if part)
    return {
        "nom": organisation.name,
        "adresse": ", ".join(part for part in (organisation.address, town) if part),
        "ville": organisation.city,
        "siret": spaced(organisation.siret, 3, 3, 3, 5),
        "numero_activite": spaced(organisation.activity_number, 2, 2, 5, 2),
        "contact": organisation.contact_email,
        "signataire": style.signatory if style else "",
        "qualite_signataire": style.signatory_title if style else "",
    }


def course_words(session: Session) -> Words:
    """The group « formation », from the version of the programme that the session follows. Four queries at most."""
    course = session.course
    programme = followed_programme(session)
    sheet: PublicSheet | None = PublicSheet.objects.filter(course=course).first()
    objectives = list(programme.objectives.all()) if programme else []
    sequences = list(programme.sequences.all()) if programme else []
    length = planned_hours(session, programme)
    evaluations = dict.fromkeys(objective.evaluation for objective in objectives if objective.evaluation)
    return {
        "intitule": course.title,
        "nature": NATURES.get(Category(course.category), "") if course.category else "",
        "duree": hours(length) if length else "",
        "modalite": session.get_modality_display() if session.modality else (programme.modality if programme else ""),
        "objectifs": [{"texte": each.text, "evaluation": each.evaluation} for each in objectives]
        or [{"texte": line, "evaluation": ""} for line in lines_of(sheet.objectives if sheet else "")],
        "sequences": [
            {"titre": each.title, "duree": hours(each.hours) if each.hours else "", "modalite": each.modality}
            for each in sequences
        ],
        "contenu": programme.contents if programme else "",
        "methodes": (programme.methods if programme else "") or (sheet.methods if sheet else ""),
        "travaux_a_distance": programme.remote_work if programme else "",
        "situation_de_travail": programme.work_based if programme else "",
        "public": sheet.audience if sheet else "",
        "prerequis": sheet.prerequisites if sheet else "",
        "evaluation": (sheet.assessment if sheet else "") or ", ".join(evaluations),
        "accessibilite": sheet.disability_access if sheet else "",
        "sanction": OUTCOMES.get(Recognition(sheet.recognition), "") if sheet and sheet.recognition else "",
        "certification": certification_words(session),
    }


def planned_hours(session: Session, programme: Programme | None) -> Decimal | None:
    """How long the session is to last, in hours: what it says, else its programme, else its course; None when nobody says it."""
    length: Decimal | None = session.duration_hours or (programme.duration_hours if programme else None)
    return length or session.course.duration_hours


def followed_programme(session: Session) -> Programme | None:
    """The version a session follows: its own, else the one in force on its first day (sessions imported without one)."""
    if session.programme is not None or session.starts_on is None:
        return session.programme
    return programme_in_force(session.course, on=session.starts_on)


def certification_words(session: Session) -> str:
    """« Titre professionnel X (RNCP12345, certificateur) », empty for a course that prepares for none."""
    course = session.course
    if not course.certifying or not course.certification_title:
        return ""
    told = ", ".join(part for part in (course.certification_code, course.certifier) if part)
    return f"{course.certification_title} ({told})" if told else course.certification_title


def session_words(session: Session, half_days: Sequence[HalfDay]) -> Words:
    """The group « session ». Two queries."""
    enrolled = session.enrolments.filter(state=EnrolmentState.ENROLLED).count() or session.expected_trainees or 0
    first, last = session.starts_on, session.ends_on or session.starts_on
    return {
        "reference": session.reference,
        "dates": whole_period(first, last) if first and last else "",
        "debut": long_date(first) if first else "",
        "fin": long_date(last) if last else "",
        "lieu": session.place,
        "acces_distance": session.platform,
        "effectif": str(enrolled) if enrolled else "",
        "horaires": [half_day_words(half_day) for half_day in half_days],
        "formateurs": [{"nom": str(trainer), "titres": trainer.titles} for trainer in session.trainers.all()],
    }


def whole_period(first: date, last: date) -> str:
    """« 30 octobre au 2 novembre 2026 »: what is signed spells its months out."""
    if (first.year, first.month) == (last.year, last.month):
        return period(first, last)
    start = long_date(first)
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
    return f"{start} au {long_date(last)}"


def half_day_words(half_day: HalfDay) -> dict[str, str]:
    """One line of « session.horaires »."""
    return {
        "jour": long_date(half_day.day, weekday=True),
        "moment": str(half_day.get_part_display()),
        "debut": clock(half_day.starts_at),
        "fin": clock(half_day.ends_at),
        "ou": "à distance" if half_day.remote else "sur place",
    }


def person_words(enrolment: Enrolment) -> Words:
    """The group « stagiaire »."""
    trainee = enrolment.trainee
    civility = str(trainee.get_civility_display()) if trainee.civility else ""
    return {
        "civilite": civility,
        "nom_complet": " ".join(part for part in (civility, trainee.first_name, trainee.last_name) if part),
        "prenom": trainee.first_name,
        "nom": trainee.last_name,
        "entreprise": enrolment.company.name if enrolment.company else "",
    }


def price_words(amount: Decimal | None) -> Words:
    """The group « tarif » without its funders: the price, 30 % of it, the rest. Exact to the cent, the first part rounded down."""
    if amount is None:
        return {"total": "", "premier_versement": "", "solde": "", "financements": []}
    first = first_payment(amount)
    return {"total": euros(amount), "premier_versement": euros(first), "solde": euros(amount - first), "financements": []}


def euros(amount: Decimal) -> str:
    """« 1 200,00 € »."""
    return f"{amount:,.2f}".replace(",", NBSP).replace(".", ",") + f"{NBSP}€"


def clock(moment: time) -> str:
    """« 9 h », « 12 h 30 »."""
    return hours(Decimal(moment.hour * 60 + moment.minute) / 60)


def lines_of(text: str) -> list[str]:
    """The lines of a text, without their bullets."""
    return [line.strip().lstrip("-–—•*· ") for line in text.splitlines() if line.strip()]


def spaced(number: str, *lengths: int) -> str:
    """A number by groups, as people read it; as it is when its length is another."""
    if len(number) != sum(lengths):
        return number
    groups, start = [], 0
    for length in lengths:
        groups.append(number[start : start + length])
        start += length
    return NBSP.join(groups)


def day(value: date | None) -> str:
    """« 19 novembre 2026 », empty when there is none."""
    return long_date(value) if value else ""
