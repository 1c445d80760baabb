"""Whoever deploys finds every command, every target and every setting in the README or in docs/."""

import ast
import re

from tests.architecture.house import FLOORS, ROOT, files

SETTING = re.compile(r"[A-Z][A-Z0-9_]{2,}")


def documentation() -> str:
    """The README and every page of docs/, as one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *files(".md", under=("docs",))])


def undocumented(words: set[str]) -> list[str]:
    """Those of these words that the documentation does not say."""
    text = documentation()
    return sorted(word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))


def reads(called: ast.expr, *, in_settings: bool) -> bool:
    """Whether this is called to read the environment: something of `environ`, and in the settings `env` or a reader of ours."""
    words = ast.unparse(called)
    return "environ" in words or (in_settings and (isinstance(called, ast.Name) or words.startswith("env.")))


def environment_settings() -> set[str]:
    """Names read from the environment: `env.str("NAME")`, `os.environ["NAME"]`, or a reader of ours called with "NAME"."""
    names: set[str] = set()
    for path in files(".py", under=FLOORS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            value: ast.expr | None = None
            if isinstance(node, ast.Call) and node.args and reads(node.func, in_settings="settings" in path.parts):
                value = node.args[0]
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                value = node.slice
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and SETTING.fullmatch(value.value):
                names.add(value.value)
    return names


def test_every_command_is_documented():
    commands = {path.stem for path in files(".py", under=FLOORS) if path.parent.name == "commands" and path.stem != "__init__"}
    assert undocumented(commands) == []


def test_every_target_of_make_is_documented():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):.*##", makefile, flags=re.MULTILINE))
    assert {"run", "test", "test-postgres", "check", "bench"} <= targets
    assert undocumented({f"make {target}" for target in targets}) == []


def test_every_setting_is_documented():
    settings = environment_settings()
    assert {"SECRET_KEY", "DATABASE_URL", "MEDIA_ROOT", "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE"} <= settings
    assert undocumented(settings) == []
