"""Columns of folded text: what rows are found by, on every database, kept with the row by each way of writing it (ADR 138)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, TypeVar

from django.core import checks
from django.db import models, transaction
from django.db.models import Q

from qualiopi.text import comparison_key, search_words, sorted_words

BATCH = 500

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


class Folded(models.Field):
    """What the columns named by `sources` say, without case, accents nor punctuation. Nobody writes it: it follows them.

    `by_word` puts the words in alphabetical order: « DUPONT Léa » and « Léa Dupont » give the same.
    """

    def __init__(self, *sources: str, by_word: bool = False, **options: Any) -> None:
        self.sources, self.by_word = sources, by_word
        super().__init__(**{**options, "editable": False, "blank": True, "default": ""})

    def deconstruct(self) -> Any:
        """How a migration writes it."""
        name, path, _args, options = super().deconstruct()
        for said in ("editable", "blank", "default"):
            options.pop(said, None)
        if self.by_word:
            options["by_word"] = True
        return name, path, list(self.sources), options

    def fold(self, row: models.Model) -> str:
        """What the column must hold for this row; TypeError for a source that the database alone would work out."""
        values = [getattr(row, source) for source in self.sources]
        if any(hasattr(value, "resolve_expression") for value in values):
            raise TypeError(f"{self} suit {', '.join(self.sources)} : donnez des valeurs, non des expressions.")
        key = comparison_key(" ".join(str(value) for value in values if value))
        return (sorted_words(key) if self.by_word else key)[: self.max_length]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Fold again, whatever the attribute holds."""
        value = self.fold(model_instance)
        setattr(model_instance, self.attname, value)
        return value

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Its sources are columns of the model, whose rows are written through `FoldedRows`."""
        found: list[checks.CheckMessage] = super().check(**kwargs)
        columns = {field.attname for field in self.model._meta.concrete_fields}
        if missing := sorted(set(self.sources) - columns):
            found.append(checks.Error(f"Pas de colonne {', '.join(missing)} à suivre.", obj=self, id="folding.E001"))
        if not isinstance(self.model._default_manager.all(), FoldedRows):
            found.append(checks.Error("Le gestionnaire du modèle ne tient pas les textes repliés.", obj=self, id="folding.E002"))
        return found


class FoldedText(Folded, models.TextField):
    """Everything that a row is found by."""


class FoldedKey(Folded, models.CharField):
    """What an import compares, and what a constraint holds once."""


def folded_columns(model: type[models.Model], *, following: Iterable[str] | None = None) -> list[Folded]:
    """The folded columns of a model, or those that follow at least one of these."""
    wanted = None if following is None else set(following)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, Folded) and (wanted is None or wanted.intersection(field.sources))
    ]


class FoldedRows:
    """For a queryset: rows whose folded columns follow also when many are written at once."""

    model: Any
    db: Any

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """New rows fold themselves; those that stand in their place are folded too."""
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = [*kwargs["update_fields"], *_more(self.model, kwargs["update_fields"])]
        return super().bulk_create(objs, *args, **kwargs)  # type: ignore[misc, no-any-return]

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """What the rows hold in these columns, with what follows them."""
        rows, names = tuple(objs), list(fields)
        for column in folded_columns(self.model, following=names):
            for row in rows:
                column.pre_save(row, add=False)
        return super().bulk_update(rows, [*names, *_more(self.model, names)], batch_size)  # type: ignore[misc, no-any-return]

    def update(self, **kwargs: Any) -> int:
        """The same value for every row; what follows it is worked out row by row."""
        late = _more(self.model, kwargs)
        if not late:
            return super().update(**kwargs)  # type: ignore[misc, no-any-return]
        with transaction.atomic(using=self.db):
            keys = list(self.values_list("pk", flat=True))  # type: ignore[attr-defined]
            changed: int = super().update(**kwargs)  # type: ignore[misc]
            fold_again(self.model, keys, using=self.db)
        return changed


def _more(model: type[models.Model], names: Collection[str]) -> list[str]:
    """Folded columns to write with these, not named among them."""
    return [column.name for column in folded_columns(model, following=names) if column.name not in names]


def follow(row: models.Model, options: dict[str, Any]) -> None:
    """Before a row is saved with these options: the folded columns go with what they follow, also when it is saved in part."""
    columns = folded_columns(type(row))
    if not columns:
        return
    if (names := options.get("update_fields")) is not None:
        options["update_fields"] = [*names, *_more(type(row), names)]
    elif row.get_deferred_fields():
        # Django saves the columns that were read alone: those that follow them count as read.
        for column in columns:
            if not set(column.sources) <= row.get_deferred_fields():
                column.pre_save(row, add=False)


def fold_again(model: type[models.Model], keys: Sequence[Any], *, using: str | None = None) -> int:
    """Fold these rows again; how many did not say what they should."""
    columns, wrong = folded_columns(model), 0
    rows = model._default_manager.using(using)
    for start in range(0, len(keys), BATCH):
        stale = []
        for row in rows.filter(pk__in=keys[start : start + BATCH]).only(*_needed(columns)):
            if any(getattr(row, column.attname) != column.fold(row) for column in columns):
                stale.append(row)
                for column in columns:
                    column.pre_save(row, add=False)
        if stale:
            wrong += rows.bulk_update(stale, [column.name for column in columns])
    return wrong


def stale_keys(model: type[models.Model]) -> list[Any]:
    """The rows whose folded columns say something else than what they follow, in constant memory but for these."""
    columns = folded_columns(model)
    rows = model._default_manager.only(*_needed(columns)).order_by("pk").iterator(chunk_size=BATCH)
    return [row.pk for row in rows if any(getattr(row, column.attname) != column.fold(row) for column in columns)]


def _needed(columns: list[Folded]) -> list[str]:
    return sorted({name for column in columns for name in (column.attname, *column.sources)})


def holding(*paths: str) -> Callable[[str], Q]:
    """How one word is looked for: in any of these columns, which are folded."""

    def held(word: str) -> Q:
        found = Q()
        for path in paths:
            found |= Q(**{f"{path}__contains": word})
        return found

    return held


def saying(text: str, held: Callable[[str], Q]) -> Q:
    """Condition on rows: they say each word of this text. `held` tells how one is looked for.

    A text without a letter nor a figure is said by nothing.
    """
    found = Q(pk__in=[])
    for words in search_words(text):
        every = Q()
        # The longest word leaves the fewest rows: databases ask the others of these alone.
        for word in sorted(words, key=len, reverse=True):
            every &= held(word)
        found |= every
    return found


def sought(rows: Rows, text: str, *paths: str) -> Rows:
    """The rows that say each word of this text in these folded columns; all of them when there is no text."""
    return rows.filter(saying(text, holding(*paths))) if text.strip() else rows
