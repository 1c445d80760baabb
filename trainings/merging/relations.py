"""What becomes of the rows that name the one of two that goes: one table per model, that names every foreign key to it (ADR 136)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.people.models import Trainee, Trainer
from trainings.sessions.models import Enrolment


@dataclass(frozen=True, slots=True)
class Settled:
    """Which of two rows that say the same thing stays, and what it takes from the other; or why that is nobody's to decide here."""

    kept: Any = None
    takes: dict[str, Any] = field(default_factory=dict)
    refused: bool = False


# Given the row of who stays and that of who goes.
Settle = Callable[[Any, Any], Settled]


@dataclass(frozen=True, slots=True)
class Moves:
    """Its rows name who stays from now on."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Its rows are sealed and say whom they name: they never change."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Settled one by one, by the verb that merges."""


@dataclass(frozen=True, slots=True)
class One:
    """Its rows move, but there is one for each `key` (and `when`): of two, `settle` says which stays, or `instead` says what to do."""

    key: tuple[str, ...]
    settle: Settle
    instead: Promise | str = ""
    when: Q = field(default_factory=Q)


Rule = Moves | Sealed | Apart | One


def blank(value: object) -> bool:
    """Whether nothing was said: no is an answer, zero too."""
    return value is None or value in ("", {}, [])


def stays(kept: Any, _gone: Any) -> Settled:
    """Both say that it is so: one is enough."""
    return Settled(kept)


def never(_kept: Any, _gone: Any) -> Settled:
    """Nobody but a person can choose."""
    return Settled(refused=True)


def alike(*names: str, takes: tuple[str, ...] = ()) -> Settle:
    """One is enough when they don't contradict each other in these fields; what is blank is taken from the other, `takes` too."""

    def settle(kept: Any, gone: Any) -> Settled:
        for name in names:
            here, there = getattr(kept, name), getattr(gone, name)
            if not blank(here) and not blank(there) and here != there:
                return Settled(refused=True)
        taken = {
            name: getattr(gone, name)
            for name in (*names, *takes)
            if blank(getattr(kept, name)) and not blank(getattr(gone, name))
        }
        return Settled(kept, taken)

    return settle


def sent_first(kept: Any, gone: Any) -> Settled:
    """A link that somebody holds works on; of two that left, that of who stays."""
    return Settled(gone if gone.sent_at is not None and kept.sent_at is None else kept)


def answered_first(kept: Any, gone: Any) -> Settled:
    """An invitation that served stays; of two that served, nobody can tell whose answer is whose."""
    if kept.answered and gone.answered:
        return Settled(refused=True)
    if kept.answered or gone.answered:
        return Settled(kept if kept.answered else gone)
    return sent_first(kept, gone)


def newest(kept: Any, gone: Any) -> Settled:
    """What was typed last."""
    return Settled(max(kept, gone, key=lambda row: row.updated_at))


def unless_followed(kept: Any, gone: Any) -> Settled:
    """The same answer twice is one, as long as nothing was decided or done about the second."""
    return Settled(refused=True) if gone.measures.exists() else alike("wish", "need", "decision")(kept, gone)


KEEP_BOTH = _("Rien de prouvé ne s’efface : gardez les deux fiches, et mettez fin à l’inscription en trop, en disant pourquoi.")
MOVES, SEALED, APART = Moves(), Sealed(), Apart()

RULES: dict[type[Model], dict[str, Rule]] = {
    Trainee: {
        "trainings.Enrolment.trainee": APART,
        "trainings.Sending.trainee": MOVES,
        "trainings.FormerIdentity.trainee": MOVES,
    },
    # Two enrolments of one session become one.
    Enrolment: {
        "trainings.Mark.enrolment": SEALED,
        "trainings.PastDeparture.enrolment": MOVES,
        "trainings.Connection.enrolment": MOVES,
        "trainings.FollowUp.enrolment": MOVES,
        "trainings.Funding.enrolment": One(
            ("funder_id",),
            alike("amount", "file_number"),
            _("Les deux inscriptions ne disent pas le même montant ou dossier pour un financeur : corrigez l’une des deux."),
        ),
        "trainings.EnrolmentLink.enrolment": One(("purpose",), alike(takes=("sent_at", "reminded_at"))),
        "trainings.FailedConfirmations.enrolment": One(("half_day_id",), stays),
        "trainings.IntakeDraft.enrolment": One((), newest),
        "trainings.AdaptationRequest.enrolment": One((), unless_followed, KEEP_BOTH),
        "trainings.Intake.enrolment": One(("kind",), alike("answers", "decision", "conclusion"), KEEP_BOTH),
        "trainings.Issued.enrolment": One(
            ("kind",), never, _("Deux documents de même nature sont en vigueur : annulez l’un des deux, avec un motif."),
            when=Q(cancelled_at__isnull=True),
        ),
        "trainings.ObjectiveResult.enrolment": One(
            ("objective_id", "moment"),
            alike("level", takes=("evaluation",)),
            _("Les deux inscriptions n’ont pas le même résultat pour un objectif : corrigez l’un des deux, sur la page des acquis."),
        ),
        "trainings.ExamResult.enrolment": One(
            (),
            alike("informed_on", "registered_on", "exam_on", "sat", "passed", "not_sat_reason"),
            _("Les deux inscriptions ne disent pas la même chose de l’examen : corrigez l’une des deux, sur la page des examens."),
        ),
        "trainings.Invitation.enrolment": One(("campaign_id",), answered_first, KEEP_BOTH),
    },
    Trainer: {
        "trainings.Mark.trainer": SEALED,
        "trainings.TrainerRecord.trainer": MOVES,
        "trainings.HalfDay.trainer": MOVES,
        "trainings.Step.trainer": MOVES,
        "trainings.FormerIdentity.trainer": MOVES,
        "trainings.TrainerLink.trainer": One((), sent_first),
        "trainings.SessionTrainer.trainer": One(("session_id",), stays),
        "trainings.Invitation.trainer": One(
            ("campaign_id",), answered_first, _("Les deux fiches ont répondu à la même enquête : gardez les deux fiches.")
        ),
        "evidence.Reminder.trainer": One(("sent_on",), stays),
        "evidence.SubjectLink.trainer": One(("document_id",), stays),
    },
}  # fmt: skip
