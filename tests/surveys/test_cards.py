"""What the card of a survey says of where it stands, and of each person asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from trainings.sessions.models import Step
from trainings.surveys.cards import nobody_asked, party_words, standing
from trainings.surveys.models import Campaign
from trainings.surveys.queries import SurveyLine
from trainings.surveys.queries.overview import AskedParty
from trainings.surveys.queries.recipients import Recipient
from trainings.surveys.questionnaire import shipped

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)
OPENED = date(2026, 11, 16)


def plain(text):
    """The words, whatever their blanks."""
    return " ".join(text.split())


def line(**changes):
    nothing = {
        "campaign": None,
        "step": None,
        "size": 3,
        "sent": 0,
        "served": 0,
        "answers": 0,
        "remindable": 0,
        "reminded_at": None,
    }
    return SurveyLine(questionnaire=shipped()["cold"], **{**nothing, "parties": (), **changes})


def step(day=TODAY, **changes):
    return Step(due_on=day, **{"automatic": True, **changes})


NOT_SENT = "Pas encore envoyée."


@pytest.mark.parametrize(
    ("changes", "takes_place", "told"),
    [
        ({}, True, NOT_SENT),
        ({"step": step(date(2026, 12, 4))}, True, "Part toute seule le 4 décembre 2026."),
        ({"step": step()}, True, "Prévue le 20 novembre 2026 : elle part au prochain passage des envois automatiques."),
        ({"step": step(OPENED)}, True, "Prévue le 16 novembre 2026 : elle part au prochain passage des envois automatiques."),
        ({"step": step(date(2026, 12, 4))}, False, NOT_SENT),
        ({"step": step()}, False, NOT_SENT),
        ({"step": step(automatic=False)}, True, NOT_SENT),
        ({"step": step(done_at=NOON)}, True, NOT_SENT),
        ({"step": step(skipped_reason="Le client a le sien.")}, True, "Étape déclarée sans objet : Le client a le sien."),
        ({"step": step(skipped_reason="Le client a le sien.")}, False, "Étape déclarée sans objet : Le client a le sien."),
        ({"campaign": Campaign(opened_on=OPENED)}, True, "Ouverte le 16 novembre 2026. Aucun lien personnel envoyé."),
        ({"campaign": Campaign(opened_on=OPENED), "sent": 1}, True, "Ouverte le 16 novembre 2026. 1 lien personnel envoyé."),
        (
            {"campaign": Campaign(opened_on=OPENED), "sent": 2, "reminded_at": NOON},
            True,
            "Ouverte le 16 novembre 2026. 2 liens personnels envoyés. Dernière relance le 18 novembre 2026.",
        ),
        (
            {"campaign": Campaign(opened_on=OPENED, closed_on=TODAY), "sent": 2},
            True,
            "Close le 20 novembre 2026 : elle ne prend plus de réponses.",
        ),
    ],
)
def test_where_a_survey_stands(changes, takes_place, told):
    assert plain(standing(line(**changes), takes_place=takes_place, today=TODAY)) == told


@pytest.mark.parametrize(
    ("email", "sent_at", "reminded_at", "answered", "told"),
    [
        ("", None, None, True, "a répondu"),
        ("rh@moulin.example", NOON, NOON, True, "a répondu"),
        ("", NOON, NOON, False, "sans adresse e-mail"),
        ("rh@moulin.example", NOON, NOON, False, "relance du 18 nov. 2026"),
        ("rh@moulin.example", NOON, None, False, "interrogé le 18 nov. 2026"),
        ("rh@moulin.example", None, None, False, "pas encore interrogé"),
    ],
)
def test_where_the_link_of_somebody_stands(email, sent_at, reminded_at, answered, told):
    party = AskedParty(Recipient(uuid4(), "Moulin Fictif", "", email), sent_at, reminded_at, answered=answered)
    assert plain(party_words(party)) == told
    # Who wants no reminders any more: what they did comes first, then that, then the last message.
    said = told if answered or not email else "ne souhaite plus recevoir de relances par e-mail"
    assert plain(party_words(replace(party, declined=True))) == said


@pytest.mark.parametrize(
    ("audience", "client", "told"),
    [
        ("company", "", "Aucune entreprise n’est notée sur les inscriptions."),
        ("company", "Atelier Inventé", "Session réalisée pour Atelier Inventé : ouvrez l’enquête et transmettez-lui le lien."),
        ("funder", "", "Aucun financeur n’est noté sur les inscriptions."),
        ("funder", "Atelier Inventé", "Aucun financeur n’est noté sur les inscriptions."),
        ("trainer", "", "Personne n’est encore désigné pour animer la session."),
    ],
)
def test_why_nobody_is_asked(audience, client, told):
    assert plain(nobody_asked(audience, client=client)) == told
