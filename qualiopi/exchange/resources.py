"""The base of every import: one pass over a table, problems by cell, nothing written unless every line is right.

A resource of django-import-export, with its bulk writing: rows are read one after the other without a query, then
everything is created and updated together at the end, inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import tablib
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource

from qualiopi.accounts.models import User
from qualiopi.exchange.columns import Column
from qualiopi.exchange.judgements import Judgement, unknown_sentence
from qualiopi.exchange.judgements.model import Parse, Span
from qualiopi.exchange.judging import as_dict, judge_table, note_of
from qualiopi.exchange.models import ImportRun
from qualiopi.exchange.outcome import PREVIEW_ROWS, ImportOutcome, PreviewRow, Problem, as_json
from qualiopi.exchange.reading import Table
from qualiopi.exchange.values import CellError
from qualiopi.exchange.words import clean

LINE = "__line"
BATCH = 1_000


class NoLoader(BaseInstanceLoader):
    """Instances are found by the resources themselves, in what they fetched beforehand."""


class TableResource(Resource):
    """One kind of table. Subclasses declare ``Column`` fields and say how a row finds or becomes an instance."""

    # Columns of which a file needs at least one per group, and the sentence when it has none.
    needs: ClassVar[tuple[tuple[tuple[str, ...], Any], ...]] = ()
    # What an import of this kind creates, in the order in which it can be deleted; and what it creates on the way,
    # which stays after an undo when something else uses it.
    created_models: ClassVar[tuple[type[models.Model], ...]] = ()
    shared_models: ClassVar[tuple[type[models.Model], ...]] = ()

    # Whether a session may be chosen for the lines that name none.
    takes_session: ClassVar[bool] = False

    class Meta:
        use_bulk = True
        batch_size = None
        skip_diff = True
        report_skipped = False
        store_instance = False
        instance_loader_class = NoLoader

    def __init__(self, *, run: ImportRun, actor: User | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.run = run
        # Who confirms; None while the table is only read, and for commands.
        self.actor = actor
        self.organisation = run.organisation
        self.options: dict[str, Any] = run.options
        self.outcome = ImportOutcome()
        self.heading_of: dict[str, str] = {}
        self.mapped: list[Column] = []
        self.line = 0
        self.judgements: dict[str, Judgement] = {}
        self.parsers: dict[str, Parse] = {}
        # What the current line says in columns that are not those of the model, by column.
        self.values: dict[str, Any] = {}
        self.raw: dict[str, Any] = {}
        # Set by ``understand`` for a line that brings nothing, once it has told why.
        self.ignored = False
        self._queued: set[Any] = set()
        self._unchanged: set[Any] = set()
        self._line_blocked = False

    @classmethod
    def columns(cls) -> list[Column]:
        """The declared columns, in their order."""
        return list(cls.fields.values())

    @classmethod
    def recent_sessions(cls, organisation: Any) -> list[tuple[str, str]]:
        """References and titles to propose when ``takes_session``: this floor does not know sessions."""
        return []

    # -- the pass ---------------------------------------------------------------------------------------------

    def import_table(self, table: Table, *, mapping: Mapping[str, str], write: bool) -> ImportOutcome:
        """Check every row of ``table`` and, when ``write`` and nothing blocks, save everything.

        ``mapping``: heading -> column key. The caller holds the transaction. Returns the outcome; writes nothing when
        a problem is blocking.
        """
        table = self.prepare(table, mapping)
        self.outcome.rows = len(table.rows)
        self.outcome.notes[:0] = table.notes
        self._tell_about_table(table, mapping)
        self._tell_about_columns()
        if not self.outcome.blocking:
            places = [table.labels.index(self.heading_of[column.key]) for column in self.mapped]
            dataset = tablib.Dataset(headers=[LINE, *(column.key for column in self.mapped)])
            for row in table.rows:
                dataset.append((row.line, *(row.values[place] for place in places)))
            result = self.import_data(dataset, dry_run=not write, use_transactions=False)
            for _number, errors in result.row_errors():
                # An error that is not about a cell is ours: never swallowed, the caller's transaction falls with it.
                raise errors[0].error
        self.outcome.problems.sort(key=lambda problem: (problem.line, not problem.blocking))
        return self.outcome

    def prepare(self, table: Table, mapping: Mapping[str, str]) -> Table:
        """Judge the columns of ``table`` (``self.judgements``, by column key), and give back its records alone."""
        # In the order of the file: PostgreSQL gives a mapping back in an order of its own.
        self.heading_of = {mapping[heading]: heading for heading in table.labels if mapping.get(heading) in self.fields}
        self.mapped = [self.fields[key] for key in self.heading_of if not self.fields[key].never]
        table = self.records_of(table)
        self.judgements = judge_table(table, self.mapped, self.heading_of, options=self.options, days=lambda: self.days_of(table))
        table = self.completed(table)
        self.parsers = {key: judgement.parse for key, judgement in self.judgements.items()}
        return table

    def records_of(self, table: Table) -> Table:
        """The table without the lines that are no records; what is left out is told."""
        return table

    def completed(self, table: Table) -> Table:
        """The table with the cells that its other lines tell, once its columns are judged."""
        return table

    def days_of(self, table: Table) -> Sequence[Span | None]:
        """The days of the session of each row, where this kind of table has one."""
        return ()

    def _tell_about_columns(self) -> None:
        for key, judgement in self.judgements.items():
            heading = self.heading_of[key]
            note = note_of(heading, judgement)
            if note is not None:
                self.outcome.notes.append(note)
            if judgement.readings or judgement.words or judgement.sentence:
                self.outcome.readings.append(as_dict(heading, key, judgement))
            for word in judgement.unknown:
                self.tell(unknown_sentence(word), line=0, heading=heading, value=word.text, blocking=True)

    def _tell_about_table(self, table: Table, mapping: Mapping[str, str]) -> None:
        for keys, sentence in self.needs:
            if not any(key in self.heading_of for key in keys):
                self.tell(str(sentence), line=table.heading_line, blocking=True)
        for heading in table.labels:
            key = mapping.get(heading, "")
            if key in self.fields and self.fields[key].never:
                self.tell(str(self.fields[key].never), line=table.heading_line, heading=heading)
        if not table.rows:
            self.tell(_("Aucune ligne sous les titres : rien à importer."), line=table.heading_line, blocking=True)

    def tell(
        self, sentence: str, *, column: str = "", value: Any = "", blocking: bool = False, suggestion: str = "",
        line: int | None = None, heading: str = "",
    ) -> None:  # fmt: skip
        """Note a problem of the current line (or of ``line``), under the heading the person's file uses."""
        self.outcome.problems.append(
            Problem(
                line=self.line if line is None else line,
                heading=heading or self.heading_of.get(column, ""),
                value="" if value is None else str(value).strip()[:200],
                sentence=sentence,
                blocking=blocking,
                suggestion=suggestion,
            )
        )
        self._line_blocked = self._line_blocked or (blocking and line is None)

    # -- hooks of django-import-export ------------------------------------------------------------------------

    def get_import_fields(self) -> list[Column]:
        """Only the columns this file has."""
        return self.mapped

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        self.line = row[LINE]
        self.raw = row
        self.values = {}
        self.ignored = False
        self._line_blocked = False

    def after_init_instance(self, instance: Any, new: bool, row: dict[str, Any], **kwargs: Any) -> None:
        if not hasattr(instance, "_former"):
            instance._new = new
            instance._former = {} if new else self._picture(instance)

    def import_field(self, field: Column, instance: Any, row: dict[str, Any], is_m2m: bool = False, **kwargs: Any) -> None:
        try:
            value = self.parsers[field.key](row[field.key])
        except CellError as error:
            self.tell(error.sentence, column=field.key, value=row[field.key], blocking=True, suggestion=error.suggestion)
            return
        if isinstance(row[field.key], str) and row[field.key].startswith("="):
            self.tell(_("Gardé comme du texte : une formule ne s’exécute jamais ici."), column=field.key, value=row[field.key])
        if value is None or value == "":
            # An empty cell never erases what is known.
            if field.required:
                self.tell(_("Cette cellule ne peut pas rester vide."), column=field.key, value="", blocking=True)
            return
        if field.transient:
            self.values[field.key] = value
        else:
            self.assign(instance, field, value)

    def assign(self, instance: Any, column: Column, value: Any) -> None:
        """Put a value on the instance; subclasses refine it for lines that speak of the same thing twice."""
        setattr(instance, column.key, value)

    def import_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        self.understand(instance, row)
        if self._line_blocked:
            raise ValidationError("line refused")

    def understand(self, instance: Any, row: dict[str, Any]) -> None:
        """What a line says beyond its cells: checks between cells, things it names."""

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        if self._line_blocked:
            return False
        if self.ignored:
            return True
        self._preview(instance)
        if instance.pk in self._queued:
            return True
        if instance._new or self.changes_of(instance):
            return False
        self._unchanged.add(instance.pk)
        return True

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        self._queued.add(instance.pk)
        super().save_instance(instance, instance._new, row, **kwargs)

    def handle_import_error(self, result: Any, error: Exception, raise_errors: bool = False) -> None:
        raise error

    def bulk_create(self, using_transactions: bool, dry_run: bool, raise_errors: bool, **kwargs: Any) -> None:
        """Close the pass: count, then write everything, or nothing."""
        self.conclude()
        self.outcome.created = len(self.create_instances)
        self.outcome.updated = len(self.update_instances)
        self.outcome.unchanged = len(self._unchanged)
        if dry_run or self.outcome.blocking:
            self.create_instances.clear()
            self.update_instances.clear()
            return
        self.write_before()
        self._meta.model._default_manager.bulk_create(self.create_instances, batch_size=BATCH)

    def bulk_update(self, using_transactions: bool, dry_run: bool, raise_errors: bool, **kwargs: Any) -> None:
        if self.update_instances:
            self.write_updates(self._meta.model, self.update_instances)
        if not dry_run and not self.outcome.blocking:
            self.write_after()

    # -- what subclasses say ----------------------------------------------------------------------------------

    def conclude(self) -> None:
        """After the last line, before counting: what only the whole table can tell."""

    def write_before(self) -> None:
        """Save what the instances refer to."""

    def write_after(self) -> None:
        """Save what refers to the instances."""

    @classmethod
    def restored(cls, rows: Sequence[tuple[Any, Mapping[str, Any]]], *, run: ImportRun, actor: User | None) -> None:
        """Once rows of the model got their former values back: each with the values that the import had given, by attribute.

        Called in the transaction of the undoing, once they are saved. An ImportRefusedError refuses the whole undoing.
        """

    def preview_cells(self, instance: Any) -> list[str]:
        """The cells of a preview line, under ``outcome.preview_headings``."""
        return [str(instance)]

    # -- telling what changes ---------------------------------------------------------------------------------

    def tracked(self, instance: Any) -> list[str]:
        """Attributes of the model that a file may change."""
        return [column.key for column in self.mapped if not column.transient]

    def _picture(self, instance: Any) -> dict[str, Any]:
        return {name: getattr(instance, name) for name in self.tracked(instance)}

    def changes_of(self, instance: Any) -> dict[str, tuple[Any, Any]]:
        """Attribute -> (former, new) for what this file changes on an instance that was known."""
        return {
            name: (former, getattr(instance, name))
            for name, former in instance._former.items()
            if former != getattr(instance, name)
        }

    def write_updates(self, model: type[models.Model], instances: list[Any]) -> None:
        """Update instances together and keep their former values for the undoing."""
        log = self.outcome.undo_log.setdefault("updated", {}).setdefault(model._meta.label, {})
        names: set[str] = set()
        stamped = any(field.name == "updated_at" for field in model._meta.fields)
        for instance in instances:
            changes = self.changes_of(instance)
            names.update(changes)
            log[str(instance.pk)] = {name: [as_json(former), as_json(new)] for name, (former, new) in changes.items()}
            if stamped:
                instance.updated_at = timezone.now()
        if names:
            fields = sorted(names | ({"updated_at"} if stamped else set()))
            model._default_manager.bulk_update(instances, fields, batch_size=BATCH)

    def _preview(self, instance: Any) -> None:
        if instance.pk in self._queued:
            return
        changes = self.changes_of(instance)
        if instance._new:
            effect = _("à créer")
        elif changes:
            effect = ngettext("mise à jour : %(number)s champ", "mise à jour : %(number)s champs", len(changes)) % {
                "number": len(changes)
            }
        else:
            effect = _("inchangé")
        if len(self.outcome.preview) < PREVIEW_ROWS:
            self.show(self.preview_cells(instance), effect)

    def show(self, cells: list[str], effect: str) -> None:
        """Add a line to the preview, while there is room."""
        if len(self.outcome.preview) < PREVIEW_ROWS:
            self.outcome.preview.append(PreviewRow(self.line, [clean(cell) for cell in cells], effect))
