"""What the demonstration sells: programmes in versions, public sheets, some of them not finished."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from evidence.demo.moments import at
from qualiopi.accounts.models import User
from trainings.catalogue.models import Course, Programme, Recognition
from trainings.catalogue.verbs import adopt, proofread, publish, save_draft, save_sheet, start_draft
from trainings.catalogue.verbs.programmes import ObjectiveLine, SequenceLine

OBJECTIVES = (
    ObjectiveLine("Préparer une réunion à partir de ce qui doit être décidé", "mise en situation, grille à trois critères"),
    ObjectiveLine("Donner la parole et tenir le temps", "réunion filmée, relue en groupe"),
    ObjectiveLine("Écrire un relevé de décisions que chacun comprend", "relevé rédigé en fin de session"),
)
SEQUENCES = (
    SequenceLine("Ce qui se décide, ce qui s’informe", Decimal("3.5"), "présentiel", objectives=(0,)),
    SequenceLine("Tenir le cadre : rôles, temps, tours de parole", Decimal("3.5"), "présentiel", objectives=(1,)),
    SequenceLine("Réunions jouées et filmées", Decimal("3.5"), "présentiel", objectives=(0, 1)),
    SequenceLine("Du relevé de décisions au suivi", Decimal("3.5"), "présentiel", objectives=(2,)),
)
SHEET = {
    "audience": "Toute personne qui anime des réunions d’équipe ou de projet.",
    "prerequisites": "Aucun.",
    "objectives": "\n".join(line.text for line in OBJECTIVES),
    "duration": "14 heures, sur deux jours",
    "access_time": "Deux semaines entre la demande et le premier jour",
    "access_terms": "Un entretien de quinze minutes au téléphone, puis un court positionnement en ligne.",
    "price": "980 € hors taxes par personne",
    "funding": "Plan de développement des compétences, opérateurs de compétences, fonds d’indépendants.",
    "contact": "contact@fil-ouest.example",
    "methods": "Situations apportées par le groupe, réunions jouées, retours croisés.",
    "teaching_arrangements": "En présence, douze personnes au plus, un formateur.",
    "assessment": "Positionnement à l’entrée, mises en situation évaluées à la sortie.",
    "disability_access": "Salles accessibles ; dites-nous ce qui vous aiderait, la référente handicap vous rappelle.",
    "recognition": Recognition.ATTESTATION,
}
NEW_OBJECTIVE = ObjectiveLine("Faire vivre les décisions entre deux réunions", "plan d’action rédigé, relu par un pair")


def describe_offer(courses: list[Course], *, manager: User, today: date, first_day: date) -> None:
    """Two courses are complete, one in two versions; the third has a draft and an unfinished sheet; the others say nothing yet."""
    complete, second, unfinished = courses[0], courses[1], courses[2]
    with at(first_day):
        _adopt(complete, OBJECTIVES, on=first_day, note="", manager=manager)
        _adopt(second, OBJECTIVES[:2], on=first_day, note="", manager=manager)
        for course in (complete, second):
            save_sheet(course=course, fields=SHEET, actor=manager)
            publish(course=course, actor=manager)
    renewed = date.fromordinal(today.toordinal() - 60)
    with at(renewed):
        note = "Un objectif de plus : les décisions entre deux réunions"
        _adopt(complete, (*OBJECTIVES, NEW_OBJECTIVE), on=renewed, note=note, manager=manager)
        for course in (complete, second):
            proofread(course=course, on=renewed, found_at="Page publique de la formation", said_alike=True, actor=manager)
    draft = start_draft(course=unfinished, on=today, actor=manager)
    _write(draft, OBJECTIVES[:1], manager)
    save_sheet(course=unfinished, fields={name: SHEET[name] for name in ("audience", "duration", "price")}, actor=manager)


def _adopt(course: Course, objectives: tuple[ObjectiveLine, ...], *, on: date, note: str, manager: User) -> None:
    draft = start_draft(course=course, on=on, actor=manager)
    _write(draft, objectives, manager)
    adopt(programme=draft, on=on, change_note=note, actor=manager)


def _write(draft: Programme, objectives: tuple[ObjectiveLine, ...], manager: User) -> None:
    save_draft(
        programme=draft,
        fields={
            "duration_hours": Decimal(14),
            "modality": "présentiel",
            "contents": "Préparer, animer, décider, suivre : chaque étape est jouée sur une réunion réelle du groupe.",
            "methods": SHEET["methods"],
        },
        objectives=objectives,
        skills=(),
        sequences=[
            SequenceLine(
                line.title, line.hours, line.modality, tuple(place for place in line.objectives if place < len(objectives))
            )
            for line in SEQUENCES
        ],
        actor=manager,
    )
