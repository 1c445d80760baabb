"""What a person would read of a template, whatever its data: conditions fall by lot, what is printed is a word."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.template.backends.django import get_installed_libraries
from django.template.base import TokenType
from django.utils.translation import trim_whitespace

FOLDER = settings.BASE_DIR / "templates"
WORD = "mot"
# White space beside these is never seen. `ss` is a second line under a name, a button lays its content out itself.
BLOCKS = """
    address article aside blockquote body br button caption col colgroup dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 head header hr html iframe input legend li link main meta nav ol optgroup option p progress script section
    select summary svg table tbody td template textarea tfoot th thead title tr ul video
""".split()  # noqa: SIM905 - read, rather than counted
SILENT = {"CsrfTokenNode", "LoadNode", "CommentNode", "RegroupNode"}
NAMED_FOR_LATER = ("target_var", "asvar", "var_name", "varname", "variable")


@cache
def engine() -> Engine:
    """Our templates with the tags of the product, and no data."""
    return Engine(
        dirs=[FOLDER], app_dirs=True, builtins=settings.TEMPLATES[0]["OPTIONS"]["builtins"], libraries=get_installed_libraries()
    )


def templates() -> list[str]:
    """Names of every HTML template of ours."""
    return sorted(str(path.relative_to(FOLDER)) for path in Path(FOLDER).rglob("*.html"))


class Lot:
    """Walks the nodes of a template and takes one branch of each condition by lot."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)
        self.depth = 0
        self.loop = {"first": True, "last": True}

    def nodes(self, nodes: Any) -> str:
        return "".join(self.node(node) for node in nodes)

    def node(self, node: Any) -> str:
        kind = type(node).__name__
        if kind == "TextNode":
            return str(node.s)
        if hasattr(self, kind):
            return str(getattr(self, kind)(node))
        if kind in SILENT or (kind == "DefinePartialNode" and not node.inline):
            return ""
        if kind == "SimpleBlockNode":
            return f"<div>{self.nodes(node.nodelist)}</div>"
        if hasattr(node, "nodelist"):
            return self.nodes(node.nodelist)
        return "" if any(isinstance(getattr(node, name, None), str) for name in NAMED_FOR_LATER) else WORD

    def IfNode(self, node: Any) -> str:  # noqa: N802 - called by the name of the node
        first = node.conditions_nodelists[0][0]
        if re.search(r"forloop\.(first|last)'", repr(first)):
            return self.nodes(node.conditions_nodelists[0][1]) if first.eval(Context({"forloop": self.loop})) else self.rest(node)
        branches = [nodes for _condition, nodes in node.conditions_nodelists]
        if node.conditions_nodelists[-1][0] is not None:
            branches.append([])
        return self.nodes(self.random.choice(branches))

    def rest(self, node: Any) -> str:
        """The last branch of a condition on the turn of a loop, nothing when it has but one."""
        condition, nodes = node.conditions_nodelists[-1]
        return self.nodes(nodes) if condition is None else ""

    def ForNode(self, node: Any) -> str:  # noqa: N802
        turns = self.random.choice((0, 1, 2) if node.nodelist_empty else (1, 2))
        outer, text = self.loop, ""
        for turn in range(turns):
            self.loop = {"first": turn == 0, "last": turn == turns - 1}
            text += self.nodes(node.nodelist_loop)
        self.loop = outer
        return text if turns else self.nodes(node.nodelist_empty)

    def BlockTranslateNode(self, node: Any) -> str:  # noqa: N802
        if node.asvar:
            return ""
        tokens = self.random.choice([node.singular, node.plural or node.singular])
        text = "".join(token.contents if token.token_type == TokenType.TEXT else WORD for token in tokens)
        return trim_whitespace(text) if node.trimmed else text

    def TranslateNode(self, node: Any) -> str:  # noqa: N802
        return "" if node.asvar else str(node.filter_expression.var.literal)

    def IncludeNode(self, node: Any) -> str:  # noqa: N802
        name = getattr(node.template, "var", None)
        if not isinstance(name, str) or self.depth > 3:
            return WORD
        self.depth += 1
        text = self.nodes(engine().get_template(name).nodelist)
        self.depth -= 1
        return text


class Reader(HTMLParser):
    """Text as a browser lays it out: one line a block, ‹ › where a link begins and ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.spans: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        block = tag in BLOCKS or "ss" in classes or "btn" in classes
        if tag in ("span", "a", "b"):
            self.spans.append(block)
        self.parts.append("\n" if block else "‹" if tag == "a" else "")

    def handle_endtag(self, tag: str) -> None:
        block = self.spans.pop() if tag in ("span", "a", "b") and self.spans else tag in BLOCKS
        self.parts.append("\n" if block else "›" if tag == "a" else "")

    def handle_data(self, data: str) -> None:
        # The rules of a style sheet are read by nobody.
        if self.cdata_elem != "style":
            self.parts.append(re.sub(r"[ \t\r\f\n]+", " ", data))

    def text(self) -> str:
        text = re.sub(r" *\n[ \n]*", "\n", "".join(self.parts))
        text = re.sub(r"(?m)^‹ +", "‹", re.sub(r"(?m) +›$", "›", text))
        return re.sub(r" {2,}", " ", text).strip()


def reading(name: str, seed: int) -> str:
    """What one reads of this template when its conditions fall in the way of `seed`, an integer."""
    reader = Reader()
    reader.feed(Lot(f"{name} {seed}").nodes(engine().get_template(name).nodelist))
    reader.close()
    return reader.text()
