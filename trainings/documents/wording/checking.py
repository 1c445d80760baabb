"""What a template may say: looked at before it is kept, with the line of each problem.

A template shows variables, goes through lists and tests what is empty. Everything else that Jinja can do is refused here by name,
before the sandbox would refuse it while a document is being made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _
from jinja2 import TemplateSyntaxError, nodes

from trainings.documents.models import DocumentKind
from trainings.documents.wording.contract import contradictions
from trainings.documents.wording.environment import ENVIRONMENT, FILTERS, LONGEST
from trainings.documents.wording.variables import ListVariable, Variable, schema_of

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Const,
)
# Tags, conditions and parentheses inside each other: no document needs more.
DEEPEST = 60
_LOOP = {"index", "first", "last", "length"}
_WORDS = {
    "Include": "include",
    "Import": "import",
    "FromImport": "from … import",
    "Extends": "extends",
    "Block": "block",
    "Macro": "macro",
    "CallBlock": "call",
    "FilterBlock": "filter",
    "Assign": "set",
    "AssignBlock": "set",
    "With": "with",
    "ScopedEvalContextModifier": "autoescape",
}
# What the templating language answers, and what we say of it.
_SYNTAX = (
    (r"unknown tag '(end\w+)'", lambda m: _("« {%% %s %%} » ferme ce qui n’est pas ouvert.") % m.group(1)),
    (r"unknown tag '(.+?)'", lambda m: _("« {%% %s %%} » n’existe pas : seuls « for » et « if » servent ici.") % m.group(1)),
    (r"Unexpected end of template", lambda m: _("une boucle ou une condition n’est pas fermée par {% endfor %} ou {% endif %}.")),
    (r"[Mm]issing end of comment", lambda m: _("un commentaire n’est pas fermé par #}.")),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a template is refused: a line counted from 1, a sentence."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return _("Ligne %(line)s : %(sentence)s") % {"line": self.line, "sentence": self.sentence}


Schema = Mapping[str, Mapping[str, Variable | ListVariable]]
# What a name stands for inside loops: the variable it goes through, or the loop itself.
Scope = dict[str, ListVariable | None]


def check(body: str, kind: str) -> list[Problem]:
    """Every problem of a template of this kind, in the order of its lines; empty when it can be kept."""
    if not body.strip():
        return [Problem(1, _("le modèle est vide."))]
    if len(body) > LONGEST:
        return [Problem(1, _("le modèle dépasse %(limit)s signes : raccourcissez-le.") % {"limit": LONGEST})]
    try:
        tree = ENVIRONMENT.parse(body)
        problems: list[Problem] = []
        _Walk(schema_of(kind), problems, set()).visit(tree, {})
    except TemplateSyntaxError as error:
        return [Problem(error.lineno, _syntax_sentence(error.message or ""))]
    except ValueError:
        # A number of thousands of digits, which Python does not read.
        digits = re.search(r"\d{4000}", body)
        return [Problem(body.count("\n", 0, digits.start() if digits else 0) + 1, _syntax_sentence(""))]
    except RecursionError:
        return [Problem(1, _("trop de conditions ou de parenthèses les unes dans les autres : simplifiez ce texte."))]
    if kind == DocumentKind.CONTRACT:
        problems += [Problem(line, sentence) for line, sentence in contradictions(body)]
    return sorted(problems, key=lambda problem: problem.line)


def variables_used(body: str, kind: str) -> set[str]:
    """The variables that a template shows or goes through, by full name; empty when it can't be read."""
    try:
        tree = ENVIRONMENT.parse(body)
    except (TemplateSyntaxError, RecursionError, ValueError):
        return set()
    used: set[str] = set()
    _Walk(schema_of(kind), [], used).visit(tree, {})
    return used


def _syntax_sentence(message: str) -> str:
    for pattern, said in _SYNTAX:
        if found := re.search(pattern, message):
            return said(found)
    return _("cette écriture n’est pas comprise : vérifiez les accolades et les mots qu’elles entourent.")


class _Walk:
    def __init__(self, schema: Schema, problems: list[Problem], used: set[str]) -> None:
        self.schema, self.problems, self.used = schema, problems, used
        self.depth = 0

    def visit(self, node: nodes.Node, scope: Scope) -> None:
        with self._deeper():
            self._visit(node, scope)

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > DEEPEST:
            raise RecursionError
        yield
        self.depth -= 1

    def _visit(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Name | nodes.Getattr):
            self._shown(node, scope, listed=False)
        elif isinstance(node, nodes.Filter):
            self._filter(node, scope)
        elif isinstance(node, nodes.If | nodes.CondExpr):
            # A list may be tested: « is there one? ».
            self._tested(node.test, scope)
            if isinstance(node, nodes.CondExpr) and node.expr2 is None:
                self.problems.append(Problem(node.lineno, _("« x if y » a besoin de « else » : dites quoi écrire sinon.")))
            for child in node.iter_child_nodes(exclude=("test",)):
                self.visit(child, scope)
        elif isinstance(node, nodes.And | nodes.Or | nodes.Not):
            self._tested(node, scope)
        elif isinstance(node, nodes.Compare) and all(operand.op in ("eq", "ne") for operand in node.ops):
            for part in (node.expr, *(operand.expr for operand in node.ops)):
                self.visit(part, scope)
        elif isinstance(node, _ALLOWED):
            for child in node.iter_child_nodes():
                self.visit(child, scope)
        else:
            self._refuse(node)

    def _refuse(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Scope):
            # What « autoescape » becomes: the line is that of the node inside.
            node = node.body[0]
        word = _WORDS.get(type(node).__name__)
        said = (
            _("« {%% %s %%} » n’est pas permis dans un modèle.") % word
            if word
            else _("ce calcul n’est pas permis : un modèle montre des variables, parcourt des listes et teste ce qui est vide.")
        )
        self.problems.append(Problem(node.lineno, said))

    def _tested(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.And | nodes.Or | nodes.Not):
            with self._deeper():
                for child in node.iter_child_nodes():
                    self._tested(child, scope)
        elif isinstance(node, nodes.Name | nodes.Getattr):
            self._shown(node, scope, listed=True)
        else:
            self.visit(node, scope)

    def _filter(self, node: nodes.Filter, scope: Scope) -> None:
        if node.name not in FILTERS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            names = ", ".join(sorted(FILTERS))
            self.problems.append(
                Problem(node.lineno, _("seuls ces filtres servent ici, sans réglage : %(names)s.") % {"names": names})
            )
        elif node.node is not None:
            self._shown(node.node, scope, listed=node.name == "length")

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        found = self._shown(node.iter, scope, listed=True, only_lists=True)
        if not isinstance(node.target, nodes.Name) or node.test is not None or node.recursive:
            self.problems.append(Problem(node.lineno, _("une boucle s’écrit « {% for x in liste %} », sans rien d’autre.")))
            return
        name = node.target.name
        if name in self.schema or name == "loop":
            self.problems.append(Problem(node.lineno, _("« %(name)s » est déjà pris : donnez un autre nom.") % {"name": name}))
            return
        if not isinstance(found, ListVariable):
            return
        if "loop" in scope:
            # Nothing that repeats holds something that repeats; one loop in another would only make a document without end.
            self.problems.append(
                Problem(node.lineno, _("une boucle dans une boucle n’est pas permise : fermez d’abord la première."))
            )
            return
        inner: Scope = {**scope, name: found, "loop": None}
        for child in node.body:
            self.visit(child, inner)
        for child in node.else_:
            self.visit(child, scope)

    def _shown(self, node: nodes.Node, scope: Scope, *, listed: bool, only_lists: bool = False) -> Variable | ListVariable | None:
        """What this expression names; a problem when it names nothing, or something that can't be used so."""
        path = _path(node)
        if path is None:
            if only_lists or isinstance(node, nodes.Getattr):
                self._refuse(node)
            else:
                self.visit(node, scope)
            return None
        found = self._find(node, path, scope)
        if found is None:
            return None
        if isinstance(found, ListVariable) and not listed:
            self.problems.append(
                Problem(
                    node.lineno,
                    _("« %(name)s » est une liste : parcourez-la avec {%% for x in %(name)s %%}.") % {"name": ".".join(path)},
                )
            )
        if only_lists and not isinstance(found, ListVariable):
            self.problems.append(Problem(node.lineno, _("« %(name)s » n’est pas une liste.") % {"name": ".".join(path)}))
        return found

    def _find(self, node: nodes.Node, path: list[str], scope: Scope) -> Variable | ListVariable | None:
        root, *rest = path
        if root in scope:
            through = scope[root]
            fields = _LOOP if through is None else {field.name for field in through.fields}
            if len(rest) == 1 and rest[0] in fields:
                return Variable(rest[0], "")
            self._unknown(node, path, [f"{root}.{field}" for field in sorted(fields)])
            return None
        if root in self.schema and len(rest) == 1 and rest[0] in self.schema[root]:
            self.used.add(".".join(path))
            return self.schema[root][rest[0]]
        known = [f"{group}.{name}" for group, names in self.schema.items() for name in names]
        if root in self.schema and not rest:
            known = [name for name in known if name.startswith(f"{root}.")]
        self._unknown(node, path, known)
        return None

    def _unknown(self, node: nodes.Node, path: list[str], known: list[str]) -> None:
        name = ".".join(path)
        near = next(iter(get_close_matches(name, known, n=1, cutoff=0.5)), None)
        said = _("la variable « %(name)s » n’existe pas.") % {"name": name}
        if near:
            said += " " + _("Vouliez-vous écrire « %(near)s » ?") % {"near": near}
        self.problems.append(Problem(node.lineno, said))


def _path(node: nodes.Node) -> list[str] | None:
    """The words of « a.b.c », None for any other expression."""
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        above = _path(node.node)
        return None if above is None else [*above, node.attr]
    return None
