"""The import contracts of pyproject.toml hold, and what they cannot say about Django is said here."""

import ast
import re
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


def test_every_message_leaves_by_the_post_room():
    """Through `django.core.mail`, smtplib or the functions of a model, by an import or by a dotted name in a string."""
    ways = re.compile(r"\b(django\.core\.mail|smtplib|email_user|mail_admins|mail_managers|send_mass_mail)\b")
    known = {
        name(path)
        for path in files(".py", under=FLOORS)
        if "settings" not in path.parts and ways.search(path.read_text(encoding="utf-8"))
    }
    assert known == {"qualiopi/post/outbox.py"}


def test_every_kind_of_message_is_known():
    """A class each, in the room that sends it; a new one is added here, and to the table of the post room in the documentation."""
    bases = {"Message", "Stamped", "Deferred", "Refusable", "WayIn"}
    kinds = {
        f"{name(path)}:{node.name}"
        for path in files(".py", under=FLOORS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and bases & {ast.unparse(base) for base in node.bases}
    }
    shared = {
        "qualiopi/optouts/emails.py:Refusable",
        "qualiopi/organisations/emails.py:WayIn",
        "qualiopi/post/messages.py:Deferred",
        "qualiopi/post/messages.py:Stamped",
    }
    assert kinds - shared == {
        "evidence/debts/emails.py:DebtReminder",
        "qualiopi/accounts/emails.py:PasswordReset",
        "qualiopi/accounts/emails.py:TriesNotice",
        "qualiopi/organisations/emails.py:HeadInvitation",
        "qualiopi/organisations/emails.py:Invitation",
        "trainings/attendance/emails.py:SigningLink",
        "trainings/documents/emails.py:DocumentLinks",
        "trainings/learning/emails.py:IntakeLink",
        "trainings/people/emails.py:FileLink",
        "trainings/people/emails.py:NewLinkAsked",
        "trainings/surveys/emails.py:SurveyLink",
    }


def test_a_token_that_comes_in_is_looked_for_in_one_way():
    """Whatever the case it was typed in: no other module compares a stored fingerprint with a token."""
    looked_for = re.compile(r"\b(filter|get|exclude)\([^)]*\b(token|link)_hash\b")
    sources = {name(path): path.read_text(encoding="utf-8") for path in files(".py", under=FLOORS)}
    assert [path for path, source in sources.items() if looked_for.search(source)] == []
    readers = {path for path, source in sources.items() if re.search(r"\b(as_given|fingerprint_of_typed)\b", source)}
    # A typed code is no link, and a whole room signs in one statement.
    assert readers == {"qualiopi/links.py", "trainings/attendance/queries/signers.py", "trainings/attendance/rotating.py"}


def test_no_signal_serves_our_own_flow():
    broken = sorted(
        f"{name(path)} imports {module}"
        for path in files(".py", under=FLOORS)
        for module in imported_modules(ast.parse(path.read_text(encoding="utf-8")))
        if module.startswith(("django.dispatch", "django.db.models.signals"))
    )
    # What a database must hold once `migrate` made its tables: no act of ours is told by it.
    assert broken == [
        "trainings/apps.py imports django.db.models.signals",
        "trainings/apps.py imports django.db.models.signals.post_migrate",
    ]


def test_rules_read_no_clock():
    clocks = {"now", "localdate", "today", "utcnow"}
    broken = [
        f"{name(path)}:{node.lineno} {ast.unparse(node)}"
        for path in files(".py", under=("qualiopi/standard", "evidence/engine"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clocks
    ]
    assert broken == []
