"""Lists of people cut in blocks, each under the title of its session; and what stands under a list."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qualiopi.exchange.judgements import Block, block_title, stands_under
from qualiopi.exchange.judgements.lines import fills_few, without
from qualiopi.exchange.reading import Note, NoteKind, Table
from qualiopi.exchange.reading.tables import MOST_LINES
from qualiopi.exchange.words import clean
from trainings.sessions.models import Session

if TYPE_CHECKING:
    from trainings.imports.enrolments import EnrolmentResource


class SessionBlocks:
    """The people of a table (``table``), and the session of those under a title that names one (``session_of``, by line)."""

    def __init__(self, resource: EnrolmentResource, table: Table) -> None:
        self.resource = resource
        self.session_of: dict[int, Session] = {}
        self.table = table
        alone = [row for row in table.rows if fills_few(row.values)]
        under = {row.line: row for row in alone if stands_under(row.values)}
        titles = self._titles([row for row in alone if row.line not in under])
        kept = without(table.rows, {*under, *(title.line for title in titles)})
        self.table = replace(table, rows=kept)
        # A title with nobody under it opens nothing; and a column that says the session of each line says it better.
        last = kept[-1].line if kept and "session" not in resource.heading_of else 0
        aside = {title.line: title.text for title in titles if table.heading_line < title.line and title.line > last}
        self._tell_under({**{row.line: _text(row.values) for row in under.values()}, **aside})
        self._assign([title for title in titles if title.line < last])

    def _titles(self, rows: list[Any]) -> list[Block]:
        """The lines that open a block; the one above the headings opens the first, when there are others or when it names a session."""
        if not rows and not self.table.titles:
            return []
        references = {key: session.reference for key, session in self.resource.sessions.items()}
        found = [block for row in rows if (block := block_title(row.line, row.values, references))]
        above = [block for line, text in self.table.titles if (block := block_title(line, (text, None), references))]
        above = [block for block in above if block.reference] or (above if found else [])
        return [*above[-1:], *found]

    def _tell_under(self, texts: dict[int, str]) -> None:
        if texts:
            sentence = _("Lignes laissées de côté : elles ne nomment personne.")
            lines = tuple(sorted(texts))
            note = Note(NoteKind.LEFT_OUT, sentence, lines[:MOST_LINES], tuple(texts[line] for line in lines))
            self.resource.outcome.notes.append(note)

    def _assign(self, titles: list[Block]) -> None:
        """Say which lines are under which title; a title that names no session we know stops the import."""
        by_reference = {session.reference: session for session in self.resource.sessions.values()}
        for title, following in zip_longest(titles, titles[1:]):
            if not title.reference:
                if self.resource.chosen_session is None:
                    self._refuse(title)
                continue
            until = following.line if following else None
            for row in self.table.rows:
                if row.line > title.line and (until is None or row.line < until):
                    self.session_of[row.line] = by_reference[title.reference]
        named = [title for title in titles if title.reference]
        if named:
            sentence = _("Ces titres donnent la session des personnes qui les suivent.")
            note = Note(NoteKind.DOUBT, sentence, tuple(t.line for t in named), tuple(title.text for title in named))
            self.resource.outcome.notes.append(note)

    def _refuse(self, title: Block) -> None:
        self.resource.tell(
            _(
                "« %(title)s » ouvre un groupe de personnes, mais ne nomme aucune session connue ici. Écrivez la référence de la "
                "session dans une colonne, ou importez chaque groupe à part."
            )
            % {"title": title.text},
            line=title.line,
            value=title.text,
            blocking=True,
        )


def _text(values: tuple[Any, ...]) -> str:
    return " ".join(text for value in values if (text := clean(value)))
