"""Small facts, in few words. Everything not said is as an ordinary, well-kept organisation would have it."""

from datetime import date, timedelta
from decimal import Decimal

from evidence.engine import status
from evidence.engine.facts import (
    AuditKind,
    DocumentFacts,
    Facts,
    Modality,
    OrganisationFacts,
    PastAudit,
)
from evidence.engine.result import ExpectationResult, IndicatorStatus
from qualiopi.standard.book import expectations
from qualiopi.standard.grids import grid_for
from qualiopi.standard.profile import Profile
from trainings.facts.rows import NOBODY_ASKED, Asked, CourseRow, Party, People, SessionRow, SubcontractorRow, TrainerRow, Work

AUDIT = date(2026, 12, 15)
TODAY = date(2026, 11, 23)
PREVIOUS = date(2025, 6, 1)
FORMER_AUDIT = date(2026, 10, 20)  # an audit under the 2019 grid

QUIET = {
    "certifying": False,
    "work_study": False,
    "work_based": False,
    "remote": False,
    "subcontracts_out": False,
    "salary_portage": False,
    "works_as_subcontractor": False,
}


def profile(*categories: str, new: tuple[str, ...] = (), **flags: bool | None) -> Profile:
    return Profile(categories=frozenset(categories or ("AF",)), new_entrant_categories=frozenset(new), **{**QUIET, **flags})


def course(identifier: str = "c1", **fields: object) -> CourseRow:
    return CourseRow(**{"id": identifier, "title": f"Cours {identifier}", "category": "AF", "certifying": False, **fields})


def session(identifier: str = "s1", ended: date | None = date(2026, 10, 2), **fields: object) -> SessionRow:
    """A session of two days that ended on this day, on site, led by t1, with answers given on the last day.

    Each of its eight people was asked for a need of adaptation, has a result for each objective and a certificate: nothing else is
    recorded of the work around it.
    """
    first = fields.pop("first_day", None) or ended - timedelta(days=1)
    return SessionRow(
        **{
            "id": identifier,
            "reference": identifier.upper(),
            "course_id": "c1",
            "first_day": first,
            "last_day": ended,
            "modality": Modality.ON_SITE,
            "hours": Decimal(14),
            "has_place": True,
            "work_study": False,
            "workplace_periods": False,
            "trainer_ids": ("t1",),
            "enrolled": 8,
            "company_known": 8,
            "funder_known": 8,
            "asked": answered(ended),
            "work": work(first, ended),
            **fields,
        }
    )


def answered(on: date | None = date(2026, 10, 2), **fields: object) -> Asked:
    """A survey opened that day, with six answers of that day."""
    return Asked(**{"opened_on": on, "answers": 6, "first_on": on, "last_on": on, **fields})


def work(first: date = date(2026, 10, 1), last: date | None = date(2026, 10, 2), people: int = 8, **fields: object) -> Work:
    """What is recorded of each of so many people, and nothing else."""
    everybody = People(people, last or first)
    kept = {
        "completed": people,
        "asked": People(people, first),
        "objectives": 3,
        "by_objective": everybody,
        "certified": everybody,
    }
    return Work(**{**kept, **fields})


def sessions(number: int, **fields: object) -> tuple[SessionRow, ...]:
    """So many sessions, one a day, the first one being the oldest."""
    last = date(2026, 10, 2)
    return tuple(session(f"s{place}", last - timedelta(days=number - place), **fields) for place in range(number))


def unanswered(facts: SessionRow) -> SessionRow:
    return facts._replace(asked=NOBODY_ASKED)


def trainer(identifier: str = "t1", **fields: object) -> TrainerRow:
    return TrainerRow(**{"id": identifier, "name": f"Nom {identifier}", "subcontractor": False, "carried": False, **fields})


def document(kind: str, on: date | None = date(2026, 9, 1), **fields: object) -> DocumentFacts:
    """A document that somebody accepted, linked to the indicators and subjects named by the fields."""
    return DocumentFacts(**{"id": f"{kind}-{on}", "title": kind, "type": kind, "effective_on": on, "accepted": True, **fields})


def piece(kind: str, indicator: int, on: date | None = date(2026, 9, 1), **fields: object) -> DocumentFacts:
    """A document linked to an indicator itself."""
    return document(kind, on, indicators=frozenset({indicator}), **fields)


def audit(held_on: date = PREVIOUS, kind: AuditKind = AuditKind.INITIAL, *categories: str) -> PastAudit:
    return PastAudit(kind=kind, held_on=held_on, categories=frozenset(categories))


def facts(**fields: object) -> Facts:
    """One course, one trainer, one previous audit; the rest as given."""
    organisation = OrganisationFacts(
        id="o1",
        name="Ateliers",
        past_audits=fields.pop("audits", (audit(),)),
        never_audited=fields.pop("never_audited", None),
        activity_started_on=fields.pop("activity_started_on", None),
        has_other_staff=fields.pop("has_other_staff", False),
    )
    return Facts(
        **{
            "organisation": organisation,
            "courses": (course(),),
            "trainers": (trainer(),),
            "sessions": (session(),),
            **fields,
        }
    )


def parties(*names: str) -> tuple[Party, ...]:
    return tuple(Party(id=name.lower(), name=name) for name in names)


def subcontractors(*names: str) -> tuple[SubcontractorRow, ...]:
    return tuple(SubcontractorRow(id=name.lower(), name=name) for name in names)


def indicator(
    number: int, known: Facts, who: Profile | None = None, *, as_of: date = AUDIT, today: date = TODAY
) -> IndicatorStatus:
    return status(grid_for(as_of), who or profile(), known, number, as_of=as_of, observed_on=today)


def results(known: Facts, number: int, who: Profile | None = None, **dates: date) -> dict[str, ExpectationResult]:
    """The results of an indicator, by key."""
    return {result.expectation.key: result for result in indicator(number, known, who, **dates).expectations}


def judged(key: str, known: Facts, who: Profile | None = None, **dates: date) -> ExpectationResult:
    """The result of one expectation."""
    return results(known, expectations().by_key[key].indicator, who, **dates)[key]


def references(found: ExpectationResult) -> list[str]:
    return [subject.reference for subject in found.missing]


def plain(text: str) -> str:
    """Without the spaces of French typography."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
