"""What can be done with a file that brings a table: send it, say its columns, correct cells, check, confirm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.exchange.kinds import resource_class
from qualiopi.exchange.mapping import mapping_of
from qualiopi.exchange.models import ImportKind, ImportRun, ImportState, RememberedMapping
from qualiopi.exchange.outcome import ImportOutcome
from qualiopi.exchange.reading import Table
from qualiopi.files.errors import RefusedFile
from qualiopi.files.kinds import TABLES
from qualiopi.files.verbs import all_or_nothing, store
from qualiopi.imports.errors import ImportRefusedError
from qualiopi.imports.kept import named_by_content, refusal_of
from qualiopi.imports.queries import guesses_for, read_for_kind, table_of
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.relations import names_nothing
from qualiopi.text import comparison_key


def send_file(
    *, organisation: Organisation, kind: ImportKind, upload: File[Any], actor: User | None, sheet: str = ""
) -> ImportRun:
    """Keep a file that holds a table and guess its columns; nothing of its content is imported yet.

    ``sheet`` names one sheet of a workbook, else the one that fits best is taken. Returns the run, to be mapped.
    Raises ``UnreadableFile`` with a French sentence, and then keeps nothing. Writes the journal.
    """
    with all_or_nothing():
        try:
            upload.seek(0)
            table = read_for_kind(upload, kind, sheet=sheet)
            upload.seek(0)
            # Many programs name « .xls » what is another kind of table: what it holds decides.
            upload.name = named_by_content(upload.name or "", table)
            stored = store(organisation=organisation, upload=upload, actor=actor, allowed=TABLES)
        except RefusedFile as error:
            raise refusal_of(error) from error
        run = ImportRun(organisation=organisation, kind=kind, file=stored, sheet=table.sheet[:100], created_by=actor)
        run.mapping = mapping_of(guesses_for(run, table))
        with transaction.atomic():
            run.save()
            record(
                verb="import.send", actor=actor, organisation_id=organisation.pk, target=run, details={"lines": len(table.rows)}
            )
    return run


def choose_sheet(*, run: ImportRun, sheet: str, actor: User | None) -> None:
    """Read another sheet of the workbook, and guess its columns anew.

    Raises ``UnreadableFile`` for a sheet that has no table, ``ImportRefusedError`` for an import already confirmed.
    """
    _must_be_open(run)
    run.sheet, run.corrections, run.state, run.summary = sheet[:100], {}, ImportState.UPLOADED, {}
    run.mapping = mapping_of(guesses_for(run, table_of(run)))
    run.save(update_fields=["sheet", "corrections", "state", "summary", "mapping"])


def map_columns(
    *, run: ImportRun, mapping: Mapping[str, str], options: Mapping[str, Any], remember: bool, actor: User | None
) -> None:
    """Say what each heading is (``mapping``: heading -> column key, empty to leave it out) and the options: the
    session of the lines that name none, the reading chosen for a column, what its words become.

    ``remember`` keeps the choices for the organisation's next files of this kind. Raises ``ImportRefusedError`` for an
    import already confirmed, and for a column chosen twice.
    """
    _must_be_open(run)
    known = {column.key: column for column in resource_class(run.kind).columns()}
    chosen: dict[str, str] = {}
    for heading, key in mapping.items():
        if key not in known:
            continue
        if key in chosen.values() and not known[key].never:
            raise ImportRefusedError(
                _("Deux colonnes deviennent « %(label)s » : gardez-en une, laissez l’autre de côté.")
                % {"label": known[key].label}
            )
        chosen[heading] = key
    with transaction.atomic():
        run.mapping, run.options = chosen, dict(options)
        run.save(update_fields=["mapping", "options"])
        if remember:
            _remember(run, mapping, actor)


def _remember(run: ImportRun, mapping: Mapping[str, str], actor: User | None) -> None:
    kept, _created = RememberedMapping.objects.get_or_create(organisation=run.organisation, kind=run.kind)
    headings = {**kept.headings, **{comparison_key(heading): key for heading, key in mapping.items()}}
    if headings != kept.headings:
        kept.headings = headings
        kept.save(update_fields=["headings"])
        record(verb="import.remember_columns", actor=actor, organisation_id=run.organisation_id, target=kept)


def correct_cells(*, run: ImportRun, corrections: Mapping[str, str], actor: User | None) -> None:
    """Replace cells of the table (« line:heading » -> text); the file itself stays as it was sent.

    Raises ``ImportRefusedError`` for an import already confirmed.
    """
    _must_be_open(run)
    run.corrections = {**run.corrections, **corrections}
    run.save(update_fields=["corrections"])


def check(*, run: ImportRun, actor: User | None) -> ImportOutcome:
    """Read every line, write nothing but the run's summary. Returns the outcome, with every problem.

    Raises ``UnreadableFile`` or ``AlteredFile``, and ``ImportRefusedError`` for an import already confirmed.
    """
    _must_be_open(run)
    outcome = preview(run=run)
    run.state, run.summary = ImportState.CHECKED, outcome.summary()
    run.save(update_fields=["state", "summary"])
    return outcome


def preview(*, run: ImportRun) -> ImportOutcome:
    """What importing would do, with every problem; nothing is kept. Raises ``UnreadableFile`` or ``AlteredFile``."""
    return _pass(run, table_of(run), write=False)


def confirm(*, run: ImportRun, actor: User | None) -> ImportOutcome:
    """Import every line in one transaction, or none when something blocks (the outcome says what).

    Keeps on the run what is needed to undo it. Raises like ``check``, and ``ImportRefusedError`` when somebody deleted or merged a row
    that the file names in the meantime. Writes the journal.
    """
    # The file is read before anything is locked.
    table = table_of(run)
    try:
        outcome = _confirm(run, table, actor)
    except IntegrityError as error:
        if not names_nothing(error):
            raise
        raise ImportRefusedError(
            _("Quelqu’un a supprimé ou fusionné une fiche pendant l’import : rien n’est importé. Recommencez.")
        ) from error
    run.refresh_from_db()
    return outcome


@transaction.atomic
def _confirm(run: ImportRun, table: Table, actor: User | None) -> ImportOutcome:
    locked = ImportRun.objects.select_for_update(of=("self",)).select_related("organisation", "file").get(pk=run.pk)
    _must_be_open(locked)
    outcome = _pass(locked, table, write=True, actor=actor)
    locked.summary = outcome.summary()
    if outcome.blocking:
        locked.state = ImportState.CHECKED
    else:
        locked.state, locked.confirmed_at, locked.undo_log = ImportState.CONFIRMED, timezone.now(), outcome.undo_log
        record(
            verb="import.confirm",
            actor=actor,
            organisation_id=locked.organisation_id,
            target=locked,
            details={"created": outcome.created, "updated": outcome.updated, **outcome.counts},
        )
    locked.save(update_fields=["state", "summary", "confirmed_at", "undo_log"])
    return outcome


def _pass(run: ImportRun, table: Table, *, write: bool, actor: User | None = None) -> ImportOutcome:
    resource = resource_class(run.kind)(run=run, actor=actor)
    outcome: ImportOutcome = resource.import_table(table, mapping=run.mapping, write=write)
    return outcome


def _must_be_open(run: ImportRun) -> None:
    if run.state not in (ImportState.UPLOADED, ImportState.CHECKED):
        raise ImportRefusedError(_("Cet import est déjà fait. Déposez le fichier de nouveau pour le mettre à jour."))
