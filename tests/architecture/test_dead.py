"""What nobody calls is taken away: every function and class of the house is named outside the tests, where it is not defined."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

from tests.architecture.house import FLOORS, ROOT, files, name

WORD = re.compile(r"[A-Za-z_]\w*")
# Django finds them by itself.
FOUND_BY_DJANGO = {"EvidenceConfig", "QualiopiConfig", "TrainingsConfig", "Command"}
# Components are shown there before a page takes them.
GALLERY = ROOT / "tests" / "web" / "gallery.py"


def named(tree: ast.Module) -> Counter[str]:
    """Names that a module uses: called, read, passed by their name, written in a text (an address, a lookup). Imports alone use nothing."""
    exported = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for part in ast.walk(node)
    }
    used: Counter[str] = Counter()
    for node in ast.walk(tree):
        if id(node) in exported:
            continue
        match node:
            case ast.Name(id=word, ctx=ast.Load()) | ast.Attribute(attr=word) | ast.keyword(arg=str(word)):
                used[word] += 1
            case ast.Constant(value=str(text)):
                used.update(WORD.findall(text))
    return used


@cache
def modules() -> dict[Path, ast.Module]:
    """The modules of the house, read once."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in files(".py", under=FLOORS)}


@cache
def used() -> Counter[str]:
    """How often each name is used in the house, its templates and its configuration."""
    words: Counter[str] = Counter()
    for path in [*files(".html", ".txt", under=("templates",)), ROOT / "pyproject.toml"]:
        words.update(WORD.findall(path.read_text(encoding="utf-8")))
    for tree in modules().values():
        words.update(named(tree))
    return words


def test_every_function_and_class_is_used():
    shown = named(ast.parse(GALLERY.read_text(encoding="utf-8")))
    unused = [
        f"{name(path)}: {node.name}"
        for path, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not (used()[node.name] or shown[node.name] or node.name in FOUND_BY_DJANGO)
    ]
    assert unused == []


def test_every_property_is_read():
    unread = [
        f"{name(path)}: {node.name}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and {"property", "cached_property"} & {ast.unparse(each) for each in node.decorator_list}
        and not used()[node.name]
    ]
    assert unread == []


CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
# The last part of these is put together from what is known: a status, a level, a size, a kind of note, the place of somebody in a list.
PUT_TOGETHER = (
    "afaire__ic--",
    "c-",
    "case--",
    "i-",
    "initiales--",
    "lignes-",
    "niveau__un--",
    "note--",
    "statut--",
    "stp--",
    "tuile--",
)


def test_every_class_of_the_style_sheets_is_worn():
    worn: set[str] = set()
    for path in files(".html", ".py", ".js", ".txt", under=(*FLOORS, "templates", "static")):
        worn.update(re.findall(r"-?[A-Za-z_][\w-]*", path.read_text(encoding="utf-8")))
    unworn = {
        f"{name(path)}: {word}"
        for path in files(".css", under=("static",))
        for word in CLASS.findall(re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
        if word not in worn and not word.startswith(PUT_TOGETHER)
    }
    assert unworn == set()


def test_every_template_is_named():
    words = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", ".html", ".txt", under=(*FLOORS, "templates")))
    # A survey's message is named by its questionnaire; the sign-in library and the form library ask for theirs by name.
    asked_elsewhere = ("account/", "bootstrap5/", "surveys/email/", "400", "403", "404", "500")
    folder = ROOT / "templates"
    unnamed = [
        path.relative_to(folder).as_posix()
        for path in files(".html", ".txt", under=("templates",))
        if not path.relative_to(folder).as_posix().startswith(asked_elsewhere)
        and path.relative_to(folder).as_posix() not in words
    ]
    assert unnamed == []
