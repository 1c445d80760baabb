"""Running a resource on a sample, as the verbs do, without pages."""

from pathlib import Path
from typing import Any

from qualiopi.exchange.kinds import resource_class
from qualiopi.exchange.mapping import Sought, guess_columns, mapping_of
from qualiopi.exchange.models import ImportRun
from qualiopi.exchange.outcome import ImportOutcome
from qualiopi.exchange.reading import Table, best_sheet
from qualiopi.organisations.models import Organisation
from tests.factories import StoredFileFactory

SAMPLES = Path(__file__).parents[1] / "samples"


def read(name: str, kind: str) -> Table:
    columns = [Sought.of(column) for column in resource_class(kind).columns()]
    with (SAMPLES / name).open("rb") as file:
        return best_sheet(file, columns=columns)


def run(organisation: Organisation, kind: str, table: Table | str, *, write: bool = True, **options: Any) -> ImportOutcome:
    """Import a sample (by name) or a table with the guessed mapping; ``content`` are the bytes of its file, other options go to the run."""
    if isinstance(table, str):
        table = read(table, kind)
    resource = resource_class(kind)
    mapping = options.pop("mapping", None) or mapping_of(guess_columns(table.labels, resource.columns()))
    file = StoredFileFactory(organisation=organisation, content=options.pop("content", b"le tableau"))
    row = ImportRun.objects.create(organisation=organisation, kind=kind, file=file, options=options)
    return resource(run=row).import_table(table, mapping=mapping, write=write)
