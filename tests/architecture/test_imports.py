"""The import contracts of pyproject.toml hold, and what they cannot say about Django is said here."""

import ast
import subprocess
import sys

from tests.architecture.house import FLOORS, ROOT, files, name

PAGES = (
    "django.http",
    "django.forms",
    "django.views",
    "django.shortcuts",
    "django.template.response",
    "crispy_forms",
    "django_htmx",
)
BELOW_PAGES = {"enums", "models", "queries", "verbs", "rules"}


def imported_modules(tree: ast.AST) -> set[str]:
    """Every module that a file imports, `from a import b` counting as a and a.b."""
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module)
            modules.update(f"{node.module}.{alias.name}" for alias in node.names)
    return modules


def test_import_contracts_hold():
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "broken" in done.stdout) == (0, True), done.stdout + done.stderr


def test_what_is_stored_asked_and_done_knows_nothing_of_pages():
    broken = [
        f"{name(path)} imports {module}"
        for path in files(".py", under=FLOORS)
        if BELOW_PAGES.intersection([*path.relative_to(ROOT).parts[:-1], path.stem]) and "views" not in path.parts
        for module in imported_modules(ast.parse(path.read_text(encoding="utf-8")))
        if any(module == page or module.startswith(f"{page}.") for page in PAGES)
    ]
    assert broken == []


def test_no_signal_serves_our_own_flow():
    broken = [
        f"{name(path)} imports {module}"
        for path in files(".py", under=FLOORS)
        for module in imported_modules(ast.parse(path.read_text(encoding="utf-8")))
        if module.startswith(("django.dispatch", "django.db.models.signals"))
    ]
    assert broken == []


def test_rules_read_no_clock():
    clocks = {"now", "localdate", "today", "utcnow"}
    broken = [
        f"{name(path)}:{node.lineno} {ast.unparse(node)}"
        for path in files(".py", under=("qualiopi/standard", "evidence/readiness/engine"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clocks
    ]
    assert broken == []
