"""What the pages of a session and of an enrolment say, in each state of what they show."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from qualiopi.accounts.models import User
from trainings.people.models import Trainer
from trainings.sessions.models import Enrolment, SessionChange, Step
from trainings.sessions.page_words import (
    Balance,
    Told,
    balance_of,
    company_in_list,
    company_told,
    confirm_words,
    consequence,
    dates_moved,
    funder_told,
    settled_words,
    step_line,
    what_changed,
)
from trainings.sessions.queries import Paid
from trainings.states import SessionState as S

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)
ANA = User(full_name="Ana Morel", email="ana@exemple.fr")


def plain(text):
    """The words, whatever their blanks."""
    return " ".join(text.split())


KEPT = "Ses demi-journées restent en mémoire : donnez-lui de nouvelles dates quand vous les connaissez."
NOTHING_LEAVES = "Plus rien ne part tout seul. Ce qui est déjà signé ou émis reste dans le dossier."


@pytest.mark.parametrize("state", S)
def test_a_change_of_state_says_what_follows(state):
    assert plain(consequence(state)) == {S.POSTPONED: KEPT, S.CANCELLED: NOTHING_LEAVES}.get(state, "")
    assert confirm_words(state) == {S.POSTPONED: "Reporter la session", S.CANCELLED: "Annuler la session"}.get(
        state, "Changer l’état"
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"skipped_reason": "Le client a le sien."}, "sans objet : Le client a le sien."),
        ({"skipped_reason": "Le client a le sien.", "done_at": NOON, "done_by": ANA}, "sans objet : Le client a le sien."),
        ({"done_at": NOON, "done_by": ANA}, "le 18 novembre 2026, par Ana Morel"),
        ({"done_at": NOON, "done_by": ANA, "automatic": True}, "le 18 novembre 2026, par Ana Morel"),
        ({"done_at": NOON, "automatic": True}, "partie toute seule le 18 novembre 2026"),
        ({"done_at": NOON}, "18 novembre 2026"),
    ],
)
def test_what_became_of_a_step(changes, told):
    assert plain(settled_words(Step(due_on=TODAY, **changes))) == told


@pytest.mark.parametrize(
    ("due_on", "soon", "told"),
    [
        (date(2026, 11, 19), True, ("19 nov. 2026", True, True)),
        (date(2026, 11, 19), False, ("19 nov. 2026", True, True)),
        (TODAY, True, ("20 nov. 2026", True, False)),
        (date(2026, 12, 1), True, ("1er déc. 2026", True, False)),
        (date(2027, 1, 9), False, ("9 janv. 2027", False, False)),
    ],
)
def test_a_step_is_late_once_its_day_is_over_and_tells_how_far_when_soon_or_late(due_on, soon, told):
    line = step_line(Step(due_on=due_on), today=TODAY, soon=soon)
    assert (line.when, bool(line.far), line.late) == told


@pytest.mark.parametrize(
    ("changes", "owner"),
    [
        ({"owner": ANA}, "Ana Morel"),
        ({"trainer": Trainer(first_name="Léo", last_name="Brun")}, str(Trainer(first_name="Léo", last_name="Brun"))),
        ({}, "confiée à personne"),
    ],
)
def test_in_whose_hands_a_step_is(changes, owner):
    assert step_line(Step(due_on=TODAY, **changes), today=TODAY, soon=True).owner == owner


@pytest.mark.parametrize(
    ("from_state", "to_state", "title"),
    [(S.PLANNED, S.CONFIRMED, "prévue → confirmée"), (S.PLANNED, S.PLANNED, "dates changées")],
)
def test_a_change_is_named_by_its_states(from_state, to_state, title):
    assert what_changed(SessionChange(from_state=from_state, to_state=to_state)) == title


@pytest.mark.parametrize(
    ("to_starts_on", "to_ends_on", "moved"),
    [
        (TODAY, TODAY, False),
        (date(2026, 11, 21), TODAY, True),
        (TODAY, date(2026, 11, 21), True),
        (None, TODAY, True),
        (None, None, True),
    ],
)
def test_either_day_may_have_moved(to_starts_on, to_ends_on, moved):
    change = SessionChange(from_starts_on=TODAY, from_ends_on=TODAY, to_starts_on=to_starts_on, to_ends_on=to_ends_on)
    assert dates_moved(change) is moved


@pytest.mark.parametrize(
    ("said", "company", "in_list", "funder"),
    [
        (
            None,
            Told("à préciser", grey=True),
            Told("entreprise à préciser", grey=True),
            "Personne n’a dit si un financeur paie.",
        ),
        (True, Told("à nommer"), Told("entreprise à nommer"), "Un financeur paie : son nom est à ajouter."),
        (False, Told("à titre personnel"), Told("à titre personnel"), "Sans financeur."),
    ],
)
def test_for_whom_and_who_pays_when_nobody_is_named(said, company, in_list, funder):
    assert (company_told(said), company_in_list(Enrolment(has_company=said))) == (company, in_list)
    assert plain(funder_told(said)) == funder


@pytest.mark.parametrize(
    ("unknown", "left", "told"),
    [
        (1, None, Balance("Un montant est à préciser.")),
        (2, None, Balance("2 montants sont à préciser.")),
        (0, None, Balance("Le prix est à préciser.")),
        (0, "0", Balance("Le prix est payé en entier.")),
        (0, "1250.5", Balance("Il reste 1 250,50 € à payer par l’entreprise ou la personne.")),
        (0, "-40", Balance("C’est 40,00 € de plus que le prix : vérifiez les montants.", alarm=True)),
    ],
)
def test_what_remains_of_a_price(unknown, left, told):
    balance = balance_of(Paid(Decimal(100), unknown, None if left is None else Decimal(left)))
    assert Balance(plain(balance.words), balance.alarm) == told
