"""What the page of a course proposes first, and the words of its rights, its sheet and its versions."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import CourseFactory, ProgrammeFactory
from trainings.catalogue.completeness import Gap, asked_headings
from trainings.catalogue.looks import (
    OBJECTIVES,
    SEQUENCES,
    SKILLS,
    Right,
    alike_words,
    asked_by,
    certification_words,
    registration_look,
    right_of,
    version_words,
)
from trainings.catalogue.models import Accreditation
from trainings.catalogue.queries import CourseState
from trainings.catalogue.steps import NextStep, next_step, step_name

TODAY = date(2026, 11, 23)
HEADINGS = asked_headings(grid="2026", category="AF", certifying=True)
OF_THE_COURSE = tuple(heading for heading in HEADINGS if heading.column == "certification_title")
OF_THE_SHEET = tuple(heading for heading in HEADINGS if heading.column in ("price", "funding"))


def state(*, missing=(), programme=(), right=(), proofreading=()):
    gaps = [tuple(Gap(key, 1, "any") for key in keys) for keys in (programme, right, proofreading)]
    return CourseState(
        certifying=True,
        asked=HEADINGS,
        missing=tuple(missing),
        programme=gaps[0],
        right=gaps[1],
        proofreading=gaps[2],
    )


EVERYTHING = {"programme": ["objectives"], "right": ["right"], "proofreading": ["proofread"]}


@pytest.mark.parametrize(
    ("lacking", "drafted", "expected"),
    [
        ({}, False, ""),
        ({}, True, ""),
        ({"missing": OF_THE_COURSE, **EVERYTHING}, True, "edit"),
        ({"missing": OF_THE_COURSE + OF_THE_SHEET, **EVERYTHING}, True, "sheet"),
        ({"missing": OF_THE_SHEET, **EVERYTHING}, False, "sheet"),
        (EVERYTHING, True, "edit_programme"),
        ({**EVERYTHING, "programme": ["programme"]}, True, "edit_programme"),
        ({**EVERYTHING, "programme": ["programme"]}, False, "first_programme"),
        (EVERYTHING, False, "start_programme"),
        ({"right": ["registration_over"], "proofreading": ["proofread"]}, False, "edit"),
        ({"right": ["right", "registration_unknown"]}, True, "edit"),
        ({"right": ["right"], "proofreading": ["proofread"]}, True, "add_accreditation"),
        ({"proofreading": ["said_alike"]}, True, "proofread"),
    ],
)
def test_one_thing_comes_first(lacking, drafted, expected):
    assert step_name(state(**lacking), drafted=drafted) == expected


def test_each_step_has_its_words_and_its_page(db):
    course = CourseFactory()
    draft = ProgrammeFactory(course=course, organisation=course.organisation, number=3, in_force_from=None)
    slug = course.organisation.slug
    course_page, draft_page = f"/o/{slug}/formations/{course.pk}/", f"/o/{slug}/formations/programme/{draft.pk}/"
    found = {
        step.name: (step.title, step.label, step.url, step.posts)
        for step in (
            next_step(state(missing=OF_THE_SHEET), course=course, draft=None),
            next_step(state(missing=OF_THE_COURSE), course=course, draft=None),
            next_step(state(programme=["objectives"]), course=course, draft=draft),
            next_step(state(programme=["programme"]), course=course, draft=None),
            next_step(state(programme=["objectives"]), course=course, draft=None),
            next_step(state(right=["right"]), course=course, draft=None),
            next_step(state(proofreading=["proofread"]), course=course, draft=None),
        )
    }
    assert found == {
        "sheet": ("Complétez la fiche publique : 2 rubriques à écrire", "Ouvrir la fiche", f"{course_page}fiche/", False),
        "edit": ("Complétez ce qui décrit la certification", "Compléter", f"{course_page}modifier/", False),
        "edit_programme": (
            "Terminez la version 3 du programme, puis adoptez-la",
            "Continuer",
            f"{draft_page}modifier/",
            False,
        ),
        "first_programme": ("Écrivez le programme", "Commencer", f"{course_page}programme/", True),
        "start_programme": ("Préparez une nouvelle version du programme", "Préparer", f"{course_page}programme/", True),
        "add_accreditation": ("Ajoutez l’habilitation", "Ajouter", f"{course_page}habilitation/", False),
        "proofread": (
            "Relisez ce qui est publié, et datez la relecture",
            "Noter la relecture",
            f"{course_page}fiche/relecture/",
            False,
        ),
    }
    assert next_step(state(), course=course, draft=draft) is None


def test_the_sheet_is_asked_for_by_its_number_of_headings(db):
    course = CourseFactory()
    one = next_step(state(missing=OF_THE_SHEET[:1]), course=course, draft=None)
    assert one == NextStep(
        "sheet",
        "Complétez la fiche publique : une rubrique à écrire",
        "Ce que le programme dit déjà est proposé ; vous relisez et enregistrez.",
        "Ouvrir la fiche",
        f"/o/{course.organisation.slug}/formations/{course.pk}/fiche/",
        posts=False,
    )


@pytest.mark.parametrize(
    ("start", "end", "kind", "words", "look"),
    [
        (date(2020, 1, 1), None, "own", "depuis le 1er janvier 2020", "doux"),
        (date(2020, 1, 1), date(2026, 11, 22), "accredited", "du 1er janvier 2020 au 22 novembre 2026, échue", "c-insuf"),
        (date(2020, 1, 1), date(2026, 11, 23), "accredited", "du 1er janvier 2020 au 23 novembre 2026, aujourd’hui", "c-risque"),
        (date(2020, 1, 1), date(2027, 5, 24), "accredited", "du 1er janvier 2020 au 24 mai 2027, dans 182 jours", "c-risque"),
        (date(2020, 1, 1), date(2027, 5, 25), "accredited", "du 1er janvier 2020 au 25 mai 2027", "doux"),
        (date(2020, 1, 1), date(2026, 12, 1), "not_required", "du 1er janvier 2020 au 1er décembre 2026", "doux"),
        (date(2026, 11, 24), None, "accredited", "depuis le 24 novembre 2026, à venir", "doux"),
        (date(2026, 11, 24), date(2026, 12, 31), "accredited", "du 24 novembre 2026 au 31 décembre 2026, à venir", "doux"),
    ],
)
def test_a_right_says_its_days_and_whether_they_hold(start, end, kind, words, look):
    row = Accreditation(kind=kind, valid_from=start, valid_until=end)
    assert right_of(row, today=TODAY) == Right(row, words, look)


@pytest.mark.parametrize(
    ("until", "look"),
    [(None, "doux"), (date(2026, 11, 22), "c-insuf"), (date(2026, 11, 23), "doux"), (date(2026, 11, 24), "doux")],
)
def test_a_registration_that_is_over_stands_out(until, look):
    assert registration_look(until, today=TODAY) == look


def test_a_heading_names_the_texts_that_ask_for_it():
    assert {grids: asked_by(grids) for grids in (("2019",), ("2026",), ("2019", "2026"))} == {
        ("2019",): "audits d’avant le 1er novembre 2026",
        ("2026",): "texte de 2026",
        ("2019", "2026"): "textes de 2019 et de 2026",
    }


def test_a_reading_says_whether_every_place_agrees():
    assert {said: alike_words(said) for said in (None, True, False)} == {
        None: "les autres supports n’ont pas été comparés",
        True: "tous les supports disent la même chose",
        False: "les supports ne disent pas tous la même chose : à corriger",
    }


@pytest.mark.parametrize(
    ("code", "certifying", "expected"),
    [
        ("", None, "certifiante : à préciser"),
        ("", True, ""),
        ("", False, ""),
        ("RS5801", None, ""),
        ("RS5801", True, ""),
    ],
)
def test_a_course_asks_whether_it_certifies_until_one_knows(code, certifying, expected):
    assert certification_words(code, certifying) == expected


@pytest.mark.parametrize(
    ("in_force_from", "sessions", "expected"),
    [
        (None, 0, "Cette version est en préparation : aucune session ne la suit encore."),
        (date(2026, 11, 24), 0, "Adoptée pour le 24 novembre 2026 : elle ne change plus."),
        (
            date(2026, 11, 23),
            1,
            "En vigueur depuis le 23 novembre 2026, suivie par 1 session. Elle ne change plus.",
        ),
        (
            date(2026, 1, 1),
            2,
            "En vigueur depuis le 1er janvier 2026, suivie par 2 sessions. Elle ne change plus.",
        ),
    ],
)
def test_a_version_says_where_it_stands(in_force_from, sessions, expected):
    assert version_words(in_force_from, today=TODAY, sessions=sessions) == expected


def test_each_list_of_a_programme_has_its_own_words():
    assert [(words.kind, words.anchor, str(words.title), str(words.hint)) for words in (OBJECTIVES, SKILLS, SEQUENCES)] == [
        ("objectives", "t-objectifs", "Objectifs", "un verbe d’action, et comment on voit qu’il est atteint"),
        ("skills", "t-competences", "Compétences de la certification", "telles qu’écrites dans le référentiel, avec l’épreuve"),
        ("sequences", "t-sequences", "Séquences", "objectifs et compétences par leurs numéros sur cette page : 1, 3"),
    ]
    assert [str(words.pasting).split("\u00a0:")[0] for words in (OBJECTIVES, SKILLS, SEQUENCES)] == [
        "Un par ligne. Depuis un tableau, la deuxième colonne est l’évaluation ; à la main, séparez par une barre",
        "Une par ligne",
        "Une par ligne",
    ]
