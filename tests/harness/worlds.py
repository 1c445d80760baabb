"""A world that many tests begin with is built once per process, in a transaction around theirs; each test is rolled back to it.

    people = shared(cast.gather)
    world = shared(lambda people: make_world(people.organisation), on=people)

make fixtures: what was built, copied for each test, with its rows in the database and its files in the test's own folder. A world may
stand on another. What no longer serves goes as soon as a test comes that asks for another world, for none, or that commits: tests of
one file should therefore begin with the same.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

_MARK = "_builds_a_world"


@dataclass(frozen=True, eq=False)
class Plan:
    """How a world is built, and on which other."""

    build: Callable[..., Any]
    on: "Plan | None" = None

    @property
    def chain(self) -> "tuple[Plan, ...]":
        """This world under those that it stands on, the lowest first."""
        return (*(self.on.chain if self.on else ()), self)

    def carry_out(self, told: "Told") -> None:
        """Build it beside what `told` says of the one below."""
        told[self] = self.build(told[self.on]) if self.on else self.build()


Told = dict[Plan, Any]


def shared(build: Callable[..., Any], *, on: Any = None) -> Any:
    """A fixture that gives what `build` returns: it takes what the fixture `on` gives, or nothing, and reads no clock set by a test."""
    plan = Plan(build, plan_of(on) if on is not None else None)

    def world(_world_of_the_test: Told, db: None) -> Any:
        for each in plan.chain:  # a test that commits has no world around it, and builds its own
            if each not in _world_of_the_test:
                each.carry_out(_world_of_the_test)
        return _world_of_the_test[plan]

    world.__doc__ = build.__doc__
    setattr(world, _MARK, plan)
    made = pytest.fixture(world)
    setattr(made, _MARK, plan)
    return made


def plan_of(made: Any) -> Plan:
    """The plan behind a fixture made by `shared`."""
    plan: Plan = getattr(made, _MARK)
    return plan


@dataclass
class Floor:
    """A world that stands: what was told of it and of those below, where all their files lie, the day it was built, how it goes."""

    plan: Plan
    told: Told
    files: Path
    day: date
    ending: ExitStack


@dataclass
class Standing:
    """The worlds that stand in this process, one on the other."""

    folder: Path
    floors: list[Floor] = field(default_factory=list)
    built: int = 0

    def become(self, chain: tuple[Plan, ...]) -> None:
        """Let these worlds stand and no other; those that stand already are kept."""
        keep = self.kept(chain)
        while len(self.floors) > keep:
            self.floors.pop().ending.close()
        for plan in chain[keep:]:
            self.floors.append(self.raised(plan))
        mail.outbox.clear()

    def kept(self, chain: tuple[Plan, ...]) -> int:
        """How many of these worlds stand already, as they would be built today: what speaks of « today » ends with its day."""
        if not transaction.get_connection().in_atomic_block:
            return 0
        stand = [
            floor.plan is plan and floor.day == timezone.localdate() for floor, plan in zip(self.floors, chain, strict=False)
        ]
        return [*stand, False].index(False)

    def raised(self, plan: Plan) -> Floor:
        """Build this world on what stands."""
        self.built += 1
        files = self.folder / str(self.built)
        with ExitStack() as ending, override_settings(MEDIA_ROOT=files):
            ending.callback(shutil.rmtree, files, ignore_errors=True)
            around = transaction.atomic()
            around._from_testcase = True  # what may stand in no transaction looks past those of the tests
            ending.enter_context(around)
            ending.callback(transaction.set_rollback, True)
            told = self.copied(files)
            plan.carry_out(told)
            return Floor(plan, told, files, timezone.localdate(), ending.pop_all())

    def copied(self, target: Path) -> Told:
        """Words and files that one may spoil: nothing of it reaches the next test."""
        if not self.floors:
            return {}
        if self.floors[-1].files.exists():
            shutil.copytree(self.floors[-1].files, target, dirs_exist_ok=True)
        # The plans are keys that must stay themselves.
        plans, told = zip(*self.floors[-1].told.items(), strict=True)
        return dict(zip(plans, deepcopy(told), strict=True))


@pytest.fixture(scope="session")
def standing_world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    standing = Standing(tmp_path_factory.mktemp("worlds"))
    yield standing
    with django_db_blocker.unblock():
        standing.become(())


def wanted(node: Any) -> tuple[Plan, ...]:
    """Which worlds this test asks for, by itself or through its fixtures, the lowest first."""
    made = (definitions[-1].func for definitions in node._fixtureinfo.name2fixturedefs.values())
    plans = {plan for function in made if (plan := getattr(function, _MARK, None)) is not None}
    chain = max((plan.chain for plan in plans), key=len, default=())
    assert plans <= set(chain), f"{node.nodeid} demande des mondes dont aucun ne tient sur les autres."
    return chain


def commits(node: Any) -> bool:
    """Whether this test writes for good: others read it, in threads or in a browser."""
    marker = node.get_closest_marker("django_db")
    named = {"transactional_db", "live_server"} & set(node.fixturenames)
    return bool(named) or (marker is not None and bool(marker.kwargs.get("transaction")))


@pytest.fixture
def _world_stands(request: pytest.FixtureRequest, standing_world: Standing, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        standing_world.become(() if commits(request.node) else wanted(request.node))


@pytest.fixture
def _django_db_helper(_world_stands: None, _django_db_helper: None) -> None:
    """pytest-django's own transaction of the test, inside those of the worlds."""


@pytest.fixture(autouse=True)
def _world_of_the_test(request: pytest.FixtureRequest, _nothing_is_left_behind: None, tmp_path: Path) -> Told:
    """Before the fixtures of the test itself, which may stop the clock: the worlds that it begins with, and their files."""
    if not wanted(request.node):
        return {}
    request.getfixturevalue("_django_db_helper")
    told: Told = request.getfixturevalue("standing_world").copied(tmp_path / "files")
    return told
