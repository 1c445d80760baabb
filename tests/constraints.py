"""One way to show that the database itself refuses a row, by the name of the constraint, on SQLite as on PostgreSQL."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction


def assert_refuses(model: type[models.Model], constraint: str, write: Callable[[], Any]) -> None:
    """`write` breaks this constraint of this model, and no other one.

    SQLite names the columns of a plain unique constraint instead of the constraint: these are compared then.
    """
    named = {each.name: each for each in model._meta.constraints}
    assert constraint in named, f"{model.__name__} n'a pas de contrainte {constraint}."
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    said = str(caught.value)
    if said.startswith("UNIQUE constraint failed: ") and " index " not in said:
        columns = {column.rpartition(".")[2] for column in said.removeprefix("UNIQUE constraint failed: ").split(", ")}
        assert {model._meta.get_field(field).column for field in named[constraint].fields} == columns
    else:
        assert constraint in said
