"""Every test asserts something, and every constraint of the database has a test that names it."""

import ast

import pytest
from django.apps import apps

from tests.architecture.house import FLOORS, files, name


def asserts(function: ast.AST) -> bool:
    """Whether a test holds an assertion, an expected error, or calls a function that is named for asserting."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in ("pytest.raises", "pytest.warns", "pytest.fail") or "assert" in called or called.endswith("expect"):
                return True
    return False


def test_every_test_asserts_something():
    silent = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in files(".py", under=("tests",))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not asserts(node)
    ]
    assert silent == []


@pytest.mark.parametrize("floor", FLOORS)
def test_every_constraint_has_a_test_that_names_it(floor):
    said = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", under=("tests",)))
    constraints = {constraint.name for model in apps.get_app_config(floor).get_models() for constraint in model._meta.constraints}
    assert sorted(constraint for constraint in constraints if constraint not in said) == []
