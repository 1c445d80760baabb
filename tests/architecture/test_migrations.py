"""Each floor has one migration, as `make migrations` writes it: tables created together, with their constraints (ADR 2 and 115)."""

import ast
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import ConnectionHandler, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, CreateModel
from django.db.migrations.state import ModelState, ProjectState

from qualiopi.create_models import CreateModels
from qualiopi.management.commands import make_migrations
from qualiopi.management.commands.make_migrations import first_migration, floors
from tests.architecture.house import FLOORS


def test_each_floor_has_one_migration():
    assert {config.label for config in floors()} == set(FLOORS)
    found = {config.label: [path.stem for path in Path(config.path, "migrations").glob("*.py")] for config in floors()}
    assert {label: sorted(names) for label, names in found.items()} == {label: ["0001_initial", "__init__"] for label in FLOORS}


@pytest.mark.parametrize("floor", floors(), ids=lambda floor: floor.label)
def test_it_is_what_the_models_say_and_not_written_by_hand(floor):
    kept = Path(floor.path, "migrations", "0001_initial.py").read_text(encoding="utf-8")
    assert ast.dump(ast.parse(kept)) == ast.dump(ast.parse(first_migration(floor))), "Run `make migrations`."


def test_no_constraint_nor_index_stands_alone():
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    steps = [step for (label, _), migration in loader.disk_migrations.items() if label in FLOORS for step in migration.operations]
    alone = [step for step in steps if not isinstance(step, CreateModels | AddField)]
    assert alone == []
    columns = [step for step in steps if isinstance(step, AddField) and not step.field.many_to_many]
    assert columns == []
    tables = [table for step in steps if isinstance(step, CreateModels) for table in step.models]
    assert sum(len(table.options.get("constraints", [])) for table in tables) > 100


def test_models_that_point_to_each_other_are_refused_in_a_sentence():
    chicken = ModelState("trainings", "Chicken", [("egg", models.ForeignKey("trainings.Egg", models.PROTECT))])
    egg = ModelState("trainings", "Egg", [("chicken", models.ForeignKey("trainings.Chicken", models.PROTECT))])
    with pytest.raises(CommandError, match="ils pointent l’un vers l’autre : Chicken, Egg"):
        make_migrations._in_order([chicken, egg])


@pytest.mark.django_db  # it opens a database, though not the one of the tests
def test_tables_are_created_together_and_dropped_together():
    connection = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})["default"]
    key = ("id", models.BigAutoField(primary_key=True))
    title = models.UniqueConstraint(fields=["title"], name="one_book_a_title")
    book = CreateModel("Book", [key, ("title", models.TextField())], options={"constraints": [title]})
    page = CreateModel("Page", [key, ("book", models.ForeignKey("trainings.Book", models.CASCADE))])
    together, before, after = CreateModels([book, page]), ProjectState(), ProjectState()
    _ = after.apps  # as `migrate` has it: the models are built already
    together.state_forwards("trainings", after)
    with connection.schema_editor() as editor:
        together.database_forwards("trainings", editor, before, after)
    with connection.cursor() as cursor:
        assert set(connection.introspection.table_names(cursor)) == {"trainings_book", "trainings_page"}
        assert "one_book_a_title" in connection.introspection.get_constraints(cursor, "trainings_book")
    with connection.schema_editor() as editor:
        together.database_backwards("trainings", editor, after, before)
    assert connection.introspection.table_names() == []
    connection.close()
