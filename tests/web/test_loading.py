"""Templates without the blanks of their layout: what a person reads stays, to the letter where blanks are letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.template import Context, Engine, engines
from django.template.backends.django import get_installed_libraries
from django.template.loader import get_template

from qualiopi.web.loading import lean

FOLDER = Path(settings.BASE_DIR, "templates")
PAGES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
FINE, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>\n  un <b>deux</b>\n    trois\n</p>", "<p>\nun <b>deux</b>\ntrois\n</p>"),
        ("<a\n  href='/'\n  class='btn'\n>lien</a>", "<a\nhref='/'\nclass='btn'\n>lien</a>"),
        ("<b>un</b>\n\n\n  <i>deux</i>", "<b>un</b>\n\n\n<i>deux</i>"),
        ("un  deux", "un  deux"),
        (f"un\n  {FINE}deux\n  {NARROW}!", f"un\n{FINE}deux\n{NARROW}!"),
        ("<pre>\n  a\n    b\n</pre>\n  c", "<pre>\n  a\n    b\n</pre>\nc"),
        ("<textarea\n  rows='4'\n>\n  a\n\n  b</textarea>\n  c", "<textarea\n  rows='4'\n>\n  a\n\n  b</textarea>\nc"),
        (
            "<p>\n  {% blocktranslate %}a\n  b{% endblocktranslate %}\n</p>",
            "<p>\n{% blocktranslate %}a\n  b{% endblocktranslate %}\n</p>",
        ),
        ("{% verbatim %}\n  a{% endverbatim %}\n  b", "{% verbatim %}\n  a{% endverbatim %}\nb"),
        ("un\n  {% if a %}\n    deux\n  {% endif %}\n  trois", "un\n{% if a %}deux\n{% endif %}\ntrois"),
        ("un{% if a %}\n  deux{% endif %}", "un{% if a %}\ndeux{% endif %}"),
        ("un\n{% if a %}\n{% if b %}\ndeux", "un\n{% if a %}{% if b %}deux"),
        ("un\n{% if a %}\n deux\n{% else %}\n trois\n{% endif %}", "un\n{% if a %}deux\n{% else %}\ntrois\n{% endif %}"),
        ("{% for a in b %}\n  {{ a }},{% endfor %}", "{% for a in b %}\n{{ a }},{% endfor %}"),
        ("<td>\n  un\n</td>\n<td>\n  deux\n</td>", "<td>un</td>\n<td>deux</td>"),
        ('<td data-l="{% translate "Écrit" %}">\n  un</td>', '<td data-l="{% translate "Écrit" %}">un</td>'),
        ("<td {% if a > b %}class='x'{% endif %}>\n  un</td>", "<td {% if a > b %}class='x'{% endif %}>un</td>"),
        (
            "{% for a in b %}\n  <tr>\n    <td>{{ a }}</td>\n  </tr>\n{% endfor %}",
            "{% for a in b %}<tr><td>{{ a }}</td></tr>\n{% endfor %}",
        ),
        ("<track>\n  un", "<track>\nun"),
    ],
)
def test_only_the_blanks_of_the_layout_go(source, expected):
    assert lean(source) == expected


@pytest.mark.parametrize("name", PAGES)
def test_whatever_the_branch_a_page_keeps_its_words_and_the_blanks_between_them(name):
    source = Path(FOLDER, name).read_text(encoding="utf-8")
    for seed in range(8):
        assert _shown(lean(source), Random(seed)) == _shown(source, Random(seed))


def _shown(source: str, chooser: Random) -> str:
    """What a browser shows when the chooser decides of every condition and loop; names stand for what they print."""
    pieces = iter(re.split(r"({%.*?%}|{#.*?#})", source))
    text, _end = _walk(pieces, chooser)
    text = re.sub(r"[ \t\n]+", " ", text)
    part = r"(?:table|caption|thead|tbody|tfoot|tr|th|td)"
    return re.sub(rf"(<{part}\b[^<>]*>) | (</{part}>)| (?=<tr\b)", r"\1\2", text)


def _walk(pieces: Iterator[str], chooser: Random) -> tuple[str, str]:
    """The text up to the tag that ends or divides this part, and the name of this tag."""
    text = ""
    for piece in pieces:
        if not piece.startswith(("{%", "{#")):
            text += piece
            continue
        tag = piece[2:-2].split()[0] if piece.startswith("{%") else ""
        if tag in ("endif", "else", "elif", "endfor", "empty"):
            return text, tag
        if tag in ("if", "for"):
            branches, end = [], ""
            while end not in ("endif", "endfor"):
                branch, end = _walk(pieces, chooser)
                branches.append((branch, end))
            texts = [branch for branch, _end in branches]
            otherwise = texts[-1] if len(texts) > 1 and branches[-2][1] in ("else", "empty") else ""
            chosen = chooser.choice([*texts, otherwise])
            text += chosen * (2 if tag == "for" and chosen is texts[0] else 1)
    return text, ""


@pytest.mark.parametrize("words", ["  en retrait\n\n    encore\n", "{% if x %}\n  y\n</pre>", "<td>\n  z"])
def test_what_somebody_wrote_is_never_touched(words):
    template = engines["django"].from_string("<textarea>\n{{ words }}</textarea>\n<p>{{ words }}</p>")
    plain = Engine(debug=False).from_string("<textarea>\n{{ words }}</textarea>\n<p>{{ words }}</p>")
    assert template.render({"words": words}) == plain.render(Context({"words": words}))


def test_pages_and_messages_are_lean_and_plain_text_stays_as_it_is_written():
    names = ("dossiers/_body.html", "debts/email/reminder.html", "account/messages/password_changed.txt")
    page, message, plain = (Path(FOLDER, name).read_text(encoding="utf-8") for name in names)
    assert [get_template(name).template.source for name in names] == [lean(page), lean(message), plain]


def test_where_errors_are_shown_the_source_is_the_one_on_the_disk():
    told = settings.TEMPLATES[0]["OPTIONS"]
    engine = Engine(
        dirs=[FOLDER], debug=True, loaders=told["loaders"], libraries=get_installed_libraries(), builtins=told["builtins"]
    )
    written = Path(FOLDER, "dossiers/_body.html").read_text(encoding="utf-8")
    assert engine.get_template("dossiers/_body.html").source == written
