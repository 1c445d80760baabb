"""A table that is asked with a value of an enumeration knows every value: a new one fails here rather than on somebody's page."""

import ast
import importlib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from evidence.engine.result import Mark, Outcome, Status, SubjectKind
from evidence.engine.timing import Verdict
from qualiopi.standard import applicability
from qualiopi.standard.model import CATEGORIES
from qualiopi.web.status import LOOKS
from tests.architecture.house import FLOORS, ROOT, files, name
from trainings.facts.lacking import OF_HALF_DAYS, Lack
from trainings.learning.models import IntakeDecision
from trainings.states import OVER, SessionState
from trainings.surveys.models import Audience
from trainings.surveys.queries.links import LinkState
from trainings.surveys.queries.overview import ORDER
from trainings.surveys.questionnaire import Kind, shipped
from trainings.surveys.verbs.sending import NOBODY

# What whoever asks has set apart before: whatever else is added to the enumeration has to be looked at there, then told here.
SET_APART: dict[str, set[Enum]] = {
    "evidence.engine.combination._RANK": {
        Outcome.WITHOUT_OBJECT,
        Outcome.PUT_OFF,
        Outcome.NOT_TRACKED,
        Outcome.TO_COME,
    },
    "evidence.engine.tally.MARKS": {Verdict.NONE, Verdict.NOT_ADOPTED, Verdict.UNDATED},
    "evidence.readiness.links._PAGES": {
        SubjectKind.ORGANISATION,
        SubjectKind.CATEGORY,
        SubjectKind.SUBCONTRACTOR,
        SubjectKind.COMPANY,
        SubjectKind.FUNDER,
    },
    # What is said of these is changed on the profile of the organisation, or in the session itself.
    "evidence.readiness.links._SAID_AT": {
        SubjectKind.ORGANISATION,
        SubjectKind.CATEGORY,
        SubjectKind.SESSION,
        SubjectKind.COMPANY,
        SubjectKind.FUNDER,
    },
    "evidence.readiness.expected.STATUS_OF": {Mark.MISSING, Mark.TO_COME},
    # What lacks of half-days, and of candidates on a day, is read apart.
    "trainings.facts.lacking._PEOPLE": {*OF_HALF_DAYS, Lack.PRESENTED},
    "trainings.attendance.verbs.refusals._WHY_OVER": set(SessionState) - OVER,
    # The survey that is imported asks for no choice among words of its own.
    "trainings.imports.answers._JUDGES": {Kind.CHOICE},
    "trainings.learning.verbs.intake._UNSAID": {IntakeDecision.ACCEPT},
    # Closing has a page and a verb of its own: no button of a change leads there.
    "trainings.sessions.sentences._TO": {SessionState.CLOSED},
    # Trainees are not asked one by one on this page: their card has no parties.
    "trainings.surveys.views.session.EDITED_AT": {Audience.TRAINEE},
    # A survey stays open when its session is called off or its people leave: these states are those of other links.
    "trainings.surveys.views.public.STATUS": {LinkState.OPEN, LinkState.CANCELLED, LinkState.LEFT, LinkState.POSTPONED},
}


def asked(tree: ast.Module) -> set[str]:
    """Names of the tables that a module asks with something else than a value written there."""
    return {
        node.value.id if isinstance(node.value, ast.Name) else node.value.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and not isinstance(node.slice, ast.Constant)
    }


def made(tree: ast.Module) -> Iterator[str]:
    """Names given at the top of a module."""
    for node in tree.body:
        for target in node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []:
            if isinstance(target, ast.Name):
                yield target.id


def dotted(path: Path) -> str:
    return name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def tables() -> dict[str, dict[Enum, Any]]:
    """Every table of the house whose keys are values of one enumeration, and which is asked with square brackets."""
    trees = {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in files(".py", under=FLOORS)
        if "settings" not in path.parts and path.parent != ROOT / "qualiopi"
    }
    wanted = set().union(*map(asked, trees.values()))
    found = {}
    for path, tree in trees.items():
        for word in set(made(tree)) & wanted:
            table = getattr(importlib.import_module(dotted(path)), word)
            if (
                isinstance(table, dict)
                and table
                and len({type(key) for key in table}) == 1
                and isinstance(next(iter(table)), Enum)
            ):
                found[f"{dotted(path)}.{word}"] = table
    return found


def test_a_table_that_is_asked_with_a_choice_knows_them_all():
    left_out = {where: set(type(next(iter(table)))) - set(table) for where, table in tables().items()}
    assert {where: members for where, members in left_out.items() if members} == SET_APART


def test_tables_by_word_know_them_all():
    words = (set(LOOKS), set(NOBODY), set(applicability._HELD), set(applicability._NAMES))
    assert words == (set(map(str, Status)), set(map(str, Audience)), set(CATEGORIES), set(CATEGORIES))


def test_every_questionnaire_shipped_has_its_line_and_its_message():
    messages = {path.stem for path in (ROOT / "templates" / "surveys" / "email").glob("*.html")}
    assert set(shipped()) == set(ORDER)
    assert set(shipped()) <= messages
    assert {questionnaire.audience for questionnaire in shipped().values()} == set(map(str, Audience))
