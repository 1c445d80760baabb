"""What the tags of a page say, and the structure test when something is wrong: it must find it."""

import base64
import io
import re

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualiopi.web.pdf import write_pdf
from tests.documents.test_look import picture
from tests.papers.structure import faults, tree_of

PAGE = "<!DOCTYPE html><html lang='fr'><head><meta charset='utf-8'><title>Essai</title>{head}</head><body>{body}</body></html>"
ICON = "<svg aria-hidden='true' viewBox='0 0 9 9' width='9' height='9'><path d='M0 0h9v9z'/></svg>"
DRAWN = ICON.replace(" aria-hidden='true'", "").replace("><path", "><title>Un carré</title><path")
PLAIN = "<table><thead><tr><th>Jour</th><th>Où</th></tr></thead><tbody><tr><th>Lundi</th><td>Redon</td></tr></tbody></table>"
SPANNED = """<table>
<thead><tr><th>Jour</th><th>Matin</th><th>Soir</th></tr></thead>
<tbody><tr><th colspan="3">Avant</th></tr><tr><th>Lundi</th><td>a</td><td>b</td></tr></tbody>
<tbody><tr><th colspan="3">Après</th></tr><tr><th rowspan="2">Mardi</th><td>c</td><td>d</td></tr><tr><td colspan="2">e</td></tr></tbody>
</table>"""
PIXEL = base64.b64encode(picture()).decode()
FOOT = "<style>@page { @bottom-left { content: 'Au pied' } }</style>"
WHOLE = f"<h1>Titre</h1><p>Texte {ICON} et {DRAWN}</p><h2>Partie</h2>{SPANNED}{PLAIN}<ul><li>un</li></ul>"


def written(body, head=""):
    return write_pdf(PAGE.format(head=head, body=body))


def told(element, depth=0):
    """The tags below an element, one line each, with what is said of them."""
    lines = []
    for child in element.children:
        said = [
            str(child.raw.get("/Alt", "")),
            *(str(child.attributes.get(name, "")) for name in ("Scope", "ColSpan", "RowSpan")),
        ]
        lines.append("  " * depth + " ".join([child.tag, *(word for word in said if word)]))
        lines += told(child, depth + 1)
    return lines


def tags(body, head=""):
    content = written(body, head)
    assert faults(content) == []
    with pikepdf.open(io.BytesIO(content)) as document:
        return told(tree_of(document).children[0])


def heads_named(body):
    """What each cell shows, with what the heads that it names show: each shows one drawing."""
    with pikepdf.open(io.BytesIO(written(body))) as document:
        root = tree_of(document)
        by_name = {str(cell.raw.ID): shown(cell) for cell in root.below() if "/ID" in cell.raw}
        cells = [cell for cell in root.below() if cell.tag == "TD"]
        return {shown(cell): [by_name[str(name)] for name in cell.attributes["Headers"]] for cell in cells}


def shown(cell):
    return next(str(element.raw.Alt) for element in cell.below() if element.tag == "Figure")


def test_decoration_leaves_the_tags_and_a_picture_says_what_it_shows():
    assert tags(f"<p>Texte {ICON}</p><p>{DRAWN}</p><img src='data:image/png;base64,{PIXEL}' alt=''>") == [
        "P",
        "  Span",
        "P",
        "  Figure Un carré",
    ]


def test_what_repeats_in_the_margins_is_read_by_nobody():
    assert tags("<p>Texte</p>", FOOT) == ["P", "  Span"]
    content = written("<p>Texte</p>", FOOT)
    with pikepdf.open(io.BytesIO(content)) as document:
        stream = document.pages[0].Contents.read_bytes()
    assert stream.count(b"/Pagination") == 1


def test_heads_of_a_plain_table_have_a_scope_and_nobody_names_them():
    assert tags(PLAIN) == [
        "Table",
        "  THead",
        "    TR",
        "      TH /Column",
        "        Span",
        "      TH /Column",
        "        Span",
        "  TBody",
        "    TR",
        "      TH /Row",
        "        Span",
        "      TD",
        "        Span",
    ]
    assert b"/Headers" not in written(PLAIN)


def test_where_cells_span_each_names_its_heads():
    drawn = re.sub(r"(<t[hd][^>]*>)([^<]+)", lambda cell: cell[1] + DRAWN.replace("Un carré", cell[2]), SPANNED)
    assert heads_named(drawn) == {
        "a": ["Avant", "Lundi", "Matin"],
        "b": ["Avant", "Lundi", "Soir"],
        "c": ["Après", "Mardi", "Matin"],
        "d": ["Après", "Mardi", "Soir"],
        "e": ["Après", "Matin", "Soir"],
    }


def test_terms_label_what_follows_them():
    listed = "<dl><div><dt>Lieu</dt><dd>Redon</dd></div><div><dt>Durée</dt><dd>7 h</dd></div></dl>"
    item = ["  LI", "    Lbl", "      Span", "    LBody", "      Span"]
    assert tags(listed) == ["L", *item, *item]


def test_a_table_over_pages_says_its_heads_on_each():
    rows = "".join(f"<tr><th>{number}</th><td>x</td></tr>" for number in range(120))
    page = f"<table><thead><tr><th>Rang</th><th>Vu</th></tr></thead><tbody>{rows}</tbody></table>"
    content = written(page)
    assert faults(content) == []
    with pikepdf.open(io.BytesIO(content)) as document:
        tables = [element for element in tree_of(document).below() if element.tag == "Table"]
        assert len(tables) == len(document.pages) > 1
        assert {table.children[0].tag for table in tables} == {"THead"}


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([1, 1, 2], [1, 2, 3]),
        ([1, 3, 2], [1, 2, 2]),
        ([2, 3, 2], [1, 2, 2]),
        ([3, 1, 2, 1], [1, 2, 3, 2]),
        ([1, 2, 5, 6, 2], [1, 2, 3, 4, 2]),
    ],
)
def test_headings_are_in_one_order_whatever_a_template_wrote(levels, expected):
    found = tags("".join(f"<h{level}>Titre</h{level}>" for level in levels))
    assert [line for line in found if line.startswith("H")] == [f"H{level}" for level in expected]


BLOCKS = st.recursive(
    st.sampled_from(
        [
            "<p>mot</p>",
            "<h1>t</h1>",
            "<h3>t</h3>",
            "<h6>t</h6>",
            f"<p>{ICON}</p>",
            f"<p>{DRAWN}</p>",
            PLAIN,
            SPANNED,
            "<h2></h2>",
            "<p></p>",
            "<ul></ul>",
            "<p><a href='https://exemple.fr/x'>lien</a></p>",
            "<dl><div><dt>a</dt><dd>b</dd></div></dl>",
        ]
    ),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3).map(lambda parts: f"<ul>{''.join(f'<li>{part}</li>' for part in parts)}</ul>"),
        st.lists(inside, max_size=3).map(lambda parts: f"<section>{''.join(parts)}</section>"),
        inside.map(lambda part: f"<blockquote>{part}</blockquote>"),
        inside.map(lambda part: f"<table><thead><tr><th>x</th></tr></thead><tbody><tr><td>{part}</td></tr></tbody></table>"),
    ),
    max_leaves=12,
)


def holds_a_table_in_a_table(body):
    """The one thing that a page of ours never does."""
    depth = 0
    for piece in body.replace("</table>", "\0-").replace("<table>", "\0+").split("\0"):
        depth += {"+": 1, "-": -1}.get(piece[:1], 0)
        if depth > 1:
            return True
    return False


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(BLOCKS, min_size=1, max_size=5).map("".join).filter(lambda body: not holds_a_table_in_a_table(body)))
def test_any_page_is_right(body):
    assert faults(written(f"<h2>Titre</h2>{body}", FOOT)) == []
