"""What becomes of the rows that name who goes: each foreign key has its line; two rows that meet are settled."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from qualiopi.relations import relations_to
from trainings.merging.lines import GROUPS
from trainings.merging.relations import RULES, alike, answered_first, newest, sent_first, stays, unless_followed
from trainings.people.models import Trainee, Trainer
from trainings.sessions.models import Enrolment

SENT, LATER = datetime(2026, 9, 1), datetime(2026, 9, 2)  # noqa: DTZ001 - compared with one another alone


@pytest.mark.parametrize("model", [Trainee, Trainer, Enrolment])
def test_every_foreign_key_has_its_line(model):
    assert sorted(RULES[model]) == sorted(relations_to(model))


@pytest.mark.parametrize(
    ("model", "left_out"),
    [
        (Trainee, {"name_key", "found_by"}),
        (Trainer, {"name_key", "found_by"}),
        # An enrolment stays the one of its session and person.
        (Enrolment, {"session", "trainee"}),
    ],
)
def test_every_field_is_read_side_by_side(model, left_out):
    told = [name for names in GROUPS[model] for name in names]
    of_the_product = {"id", "organisation", "created_at", "import_run"}
    assert sorted(told) == sorted({field.name for field in model._meta.concrete_fields} - of_the_product - left_out)


def row(**said):
    return SimpleNamespace(**said)


@pytest.mark.parametrize(
    ("here", "there", "takes", "refused"),
    [
        (None, None, {}, False),
        (None, 3, {"amount": 3}, False),
        (3, None, {}, False),
        (3, 3, {}, False),
        (3, 4, {}, True),
        (0, 4, {}, True),  # zero is an answer
        (False, True, {}, True),  # and so is no
        ("", "a", {"amount": "a"}, False),
    ],
)
def test_what_contradicts_itself_is_refused_and_blanks_are_filled(here, there, takes, refused):
    kept = row(amount=here)
    found = alike("amount")(kept, row(amount=there))
    assert (found.takes, found.refused) == (takes, refused)
    assert found.kept is (None if refused else kept)


@pytest.mark.parametrize(
    ("settle", "here", "there", "kept"),
    [
        (stays, {}, {}, "here"),
        (sent_first, {"sent_at": None}, {"sent_at": None}, "here"),
        (sent_first, {"sent_at": SENT}, {"sent_at": None}, "here"),
        (sent_first, {"sent_at": None}, {"sent_at": SENT}, "there"),
        (sent_first, {"sent_at": SENT}, {"sent_at": LATER}, "here"),
        (answered_first, {"answered": True, "sent_at": None}, {"answered": False, "sent_at": SENT}, "here"),
        (answered_first, {"answered": False, "sent_at": SENT}, {"answered": True, "sent_at": None}, "there"),
        (answered_first, {"answered": False, "sent_at": None}, {"answered": False, "sent_at": SENT}, "there"),
        (answered_first, {"answered": True, "sent_at": SENT}, {"answered": True, "sent_at": SENT}, "refused"),
        (newest, {"updated_at": SENT}, {"updated_at": LATER}, "there"),
        (newest, {"updated_at": LATER}, {"updated_at": SENT}, "here"),
    ],
)
def test_which_of_two_stays(settle, here, there, kept):
    one, two = row(**here), row(**there)
    found = settle(one, two)
    assert found.refused == (kept == "refused")
    assert found.kept is {"here": one, "there": two, "refused": None}[kept]


@pytest.mark.parametrize(
    ("need", "followed", "refused"),
    [("", False, False), ("Gros caractères", False, False), ("Un fauteuil", False, True), ("Gros caractères", True, True)],
)
def test_a_need_of_adaptation_is_one_unless_something_was_done_about_it(need, followed, refused):
    said = {"wish": "yes", "decision": "", "answered_on": date(2026, 9, 1)}
    kept = row(need="Gros caractères", **said)
    gone = row(need=need, measures=row(exists=lambda: followed), **said)
    assert unless_followed(kept, gone).refused == refused
