"""Figures for the report, the pack and the sentences of the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from tests.factories import CampaignFactory, EnrolmentFactory, ResponseFactory, SessionFactory
from trainings.sessions.models import SessionState
from trainings.surveys.queries import Distribution, Results, SatisfactionFigures, answers_by_session, satisfaction_figures
from trainings.surveys.queries.counts import rounded, score
from trainings.surveys.sentences import list_title, results_answer, results_title, signed

YEAR = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}


def surveyed(organisation, overalls, *, day=date(2026, 9, 8), enrolled=0, **session):
    """A session that ended that day, with these answers."""
    found = SessionFactory(organisation=organisation, starts_on=day, ends_on=day, **session)
    EnrolmentFactory.create_batch(enrolled, session=found)
    campaign = CampaignFactory(session=found, opened_on=day)
    for place, mark in enumerate(overalls):
        ResponseFactory(
            campaign=campaign, overall=mark and Decimal(str(mark)), recommendation=10, answered_on=day.replace(day=8 + place)
        )
    return found


@pytest.mark.django_db
def test_figures_of_a_period_count_the_right_sessions(people):
    mine = people.organisation
    surveyed(mine, [5, 4, None], enrolled=4)
    surveyed(mine, [3, 4.5, 2], enrolled=3, day=date(2026, 12, 3))
    surveyed(mine, [], enrolled=2)
    surveyed(mine, [1, 1], day=date(2025, 12, 3))
    surveyed(mine, [1, 1], state=SessionState.CANCELLED)
    surveyed(people.elsewhere, [1, 1, 1, 1, 1, 1])
    assert satisfaction_figures(mine, **YEAR) == SatisfactionFigures(
        sessions=3,
        sessions_with_answers=2,
        enrolled=9,
        answers=6,
        rated=5,
        overall=Decimal("3.7"),
        marks=(0, 1, 1, 1, 2),
        columns=(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6),
        recommendation=100,
        comments=0,
        first_on=date(2026, 9, 8),
        last_on=date(2026, 12, 10),
    )
    assert satisfaction_figures(mine, **YEAR).rate == 67


@pytest.mark.django_db
def test_figures_are_hidden_under_the_minimum(people):
    surveyed(people.organisation, [5, 5, 5, 5])
    found = satisfaction_figures(people.organisation, **YEAR)
    assert (found.answers, found.overall, found.marks, found.recommendation, found.rate) == (4, None, (0,) * 5, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("sessions", [1, 3])
def test_figures_ask_three_queries(people, django_assert_num_queries, sessions):
    for _ in range(sessions):
        surveyed(people.organisation, [5, 4])
    with django_assert_num_queries(3):
        satisfaction_figures(people.organisation, **YEAR)


@pytest.mark.django_db
@pytest.mark.parametrize("sessions", [1, 3])
def test_answers_of_many_sessions_in_one_query(people, django_assert_num_queries, sessions):
    found = [surveyed(people.organisation, [5, 4]) for _ in range(sessions)]
    silent = SessionFactory(organisation=people.organisation)
    with django_assert_num_queries(1):
        counted = answers_by_session([session.pk for session in [*found, silent]])
    assert {pk: (row.answers, row.opened_on, row.first_on, row.last_on) for pk, row in counted.items()} == {
        session.pk: (2, date(2026, 9, 8), date(2026, 9, 8), date(2026, 9, 9)) for session in found
    }


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ((0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4), None),
        ((0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5), 100),
        ((5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), -100),
        ((0, 0, 0, 0, 0, 0, 1, 2, 0, 1, 1), 20),
        ((0, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0), 0),
    ],
)
def test_score_of_the_recommendation(columns, expected):
    assert settings.SURVEY_MINIMUM_ANSWERS == 5
    assert score(columns) == expected


@pytest.mark.parametrize(("mean", "expected"), [(None, None), (4.25, "4.3"), (Decimal("4.04"), "4.0"), (3.9499999999, "4.0")])
def test_means_are_rounded_half_up(mean, expected):
    assert rounded(mean) == (expected and Decimal(expected))


@pytest.mark.parametrize(("value", "told"), [(58, "+58"), (0, "0"), (-12, "−12")])
def test_a_score_has_its_sign(value, told):
    assert signed(value) == told


def shown(*means: str, overall: str | None = "4.4", columns=(0,) * 10 + (6,), answers=6) -> Results:
    scales = tuple(
        Distribution(f"q{n}", f"Question {n}", f"le sujet {n}", 6, (0, 0, 0, 0, 6), Decimal(mean)) for n, mean in enumerate(means)
    )
    return Results(
        answers=answers,
        enrolled=8,
        minimum=5,
        hidden=answers < 5,
        opened_on=None,
        first_on=None,
        last_on=None,
        overall=overall and Decimal(overall),
        scales=scales,
        columns=columns,
    )


@pytest.mark.parametrize(
    ("results", "title", "sentence"),
    [
        (shown(answers=0), "Aucune réponse n’est encore arrivée.", None),
        (shown(answers=1), "Une réponse est arrivée, masquée jusqu’à 5.", None),
        (shown(answers=4), "4 réponses sont arrivées, masquées jusqu’à 5.", None),
        (shown(overall=None, columns=()), "6 réponses, sans note générale.", ""),
        (shown("4.4", columns=()), "Satisfaction 4,4 sur 5.", ""),
        (
            shown("4.4", "3.9"),
            "Satisfaction 4,4 sur 5 ; le sujet 1 est à revoir.",
            "100 % recommandent vivement la formation. « Question 1 » est la seule question sous 4.",
        ),
        (
            shown("3.5", "3.9", "4.0"),
            "Satisfaction 4,4 sur 5 ; le sujet 0 est à revoir.",
            "100 % recommandent vivement la formation. 2 questions sont sous 4, la plus basse est « Question 0 » (3,5).",
        ),
        (
            shown("4.4", "4.0", columns=()),
            "Satisfaction 4,4 sur 5, aucune question sous 4.",
            "La plus basse est « Question 1 » (4,0).",
        ),
    ],
)
def test_the_page_says_first_what_matters(results, title, sentence):
    hidden = "À moins de 5 réponses, une personne pourrait se reconnaître : rien n’est montré."
    assert (results_title(results), results_answer(results)) == (title, hidden if sentence is None else sentence)


@pytest.mark.parametrize(
    ("sessions", "answered", "title"),
    [
        (0, 0, "Aucune session terminée à montrer."),
        (1, 0, "La session terminée n’a encore aucun avis."),
        (3, 0, "Aucune des 3 sessions terminées n’a encore d’avis."),
        (1, 1, "Les avis des stagiaires existent pour la session terminée."),
        (3, 3, "Les avis des stagiaires existent pour les 3 sessions terminées."),
        (3, 1, "Les avis des stagiaires existent pour une session terminée sur 3."),
        (25, 23, "Les avis des stagiaires existent pour 23 sessions terminées sur 25."),
    ],
)
def test_the_list_says_for_how_many_sessions_there_are_answers(sessions, answered, title):
    figures = SatisfactionFigures(sessions, answered, 0, 0, 0, None, (0,) * 5, (0,) * 11, None, 0, None, None)
    assert list_title(figures) == title
