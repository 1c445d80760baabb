"""Which rows name a row: every foreign key that points to a model, hidden ones too, so that none is forgotten; a row that is gone."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

# A foreign key seen from the row that it names: the model that holds it, and its field.
Relation = Any


def relations_to(model: type[Model]) -> dict[str, Relation]:
    """The foreign keys of other rows that name this model, as « trainings.Enrolment.session ».

    Django's own `related_objects` leaves out those without a name from here (`related_name="+"`). Lists of many to many are told by
    the rows between the two, and tables that Django makes by itself between two models follow the rows they join.
    """
    fields: list[Any] = model._meta.get_fields(include_hidden=True)
    return {
        f"{relation.related_model._meta.label}.{relation.field.name}": relation
        for relation in fields
        if relation.auto_created
        and not relation.concrete
        and not relation.many_to_many
        and not relation.related_model._meta.auto_created
    }


def names_nothing(error: BaseException | None) -> bool:
    """Whether the database refused a row that names another one which is gone (SQLite, PostgreSQL 23503)."""
    while error is not None:
        if getattr(error, "sqlstate", "") == "23503" or "FOREIGN KEY constraint failed" in str(error):
            return True
        error = error.__cause__
    return False
