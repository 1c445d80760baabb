"""Every test asserts something, and every constraint of the database has a test that names it."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.house import FLOORS, files, lines_matching, name


def asserts(function: ast.AST, helpers: dict[str, ast.AST]) -> bool:
    """Whether a test holds an assertion, an expected error, or calls a function named for asserting or that asserts in its file."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            last = called.rpartition(".")[2]
            if called in ("pytest.raises", "pytest.warns", "pytest.fail") or "assert" in called or last == "expect":
                return True
            others = {name: helper for name, helper in helpers.items() if name != last}
            if last in helpers and asserts(helpers[last], others):
                return True
    return False


def functions(path: Path) -> list[ast.FunctionDef]:
    """Every function of a file, methods included."""
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)]


def test_every_test_asserts_something():
    silent = []
    for path in files(".py", under=("tests",)):
        found = functions(path)
        helpers: dict[str, ast.AST] = {function.name: function for function in found if not function.name.startswith("test_")}
        silent += [f"{name(path)}:{f.lineno} {f.name}" for f in found if f.name.startswith("test_") and not asserts(f, helpers)]
    assert silent == []


@pytest.mark.parametrize("floor", FLOORS)
def test_every_constraint_has_a_test_that_names_it(floor):
    said = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", under=("tests",)))
    constraints = {constraint.name for model in apps.get_app_config(floor).get_models() for constraint in model._meta.constraints}
    assert sorted(constraint for constraint in constraints if constraint not in said) == []


def test_no_test_waits_for_a_time():
    """A machine may be as slow as it likes: what is waited for is a condition, in one place that bounds it."""
    # Written in two pieces so that these very lines are not found.
    waits = r"\bslee" r"p\(|wait_for_timeou" r"t|networkidl" r"e|setTimeout\([^,]*, [1-9]"
    bounds = r"[(,\s]timeout(=|\()\s*[0-9]|\.wait\([0-9]|settimeout\([0-9]"
    assert lines_matching(waits, ".py", under=("tests",)) == []
    found = lines_matching(bounds, ".py", under=("tests",))
    # A connection that the harness refuses waits for nothing.
    assert [line for line in found if "tests/architecture/test_" not in line] == []
