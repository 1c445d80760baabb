"""`manage.py make_migrations`: the one migration of each floor, made again from its models (ADR 2 and 115)."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, CreateModel
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation
from django.db.migrations.writer import MigrationWriter
from django.db.models import Field
from django.utils import translation

from qualiopi.create_models import CreateModels

NAME = "0001_initial"


class Command(BaseCommand):
    """Write 0001_initial of each floor; take away any other migration there."""

    help = "Écrit de nouveau la migration de chaque étage, d’après ses modèles."

    def handle(self, *args: Any, **options: Any) -> None:
        texts = {Path(config.path) / "migrations": first_migration(config) for config in floors()}
        for folder, text in texts.items():
            for old in folder.glob("[0-9]*.py"):
                old.unlink()
            path = folder / f"{NAME}.py"
            path.write_text(text, encoding="utf-8")
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))


def floors() -> list[AppConfig]:
    """The apps of this project, not those of its libraries."""
    return [config for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR]


def first_migration(floor: AppConfig) -> str:
    """The text of the one migration of this floor. The same models give the same text, whatever was there before.

    Raise CommandError when models point to each other, so that none can be created first.
    """
    models = [model for (label, _), model in sorted(ProjectState.from_apps(apps).models.items()) if label == floor.label]
    migration = type("Migration", (Migration,), {"initial": True})(NAME, floor.label)
    migration.dependencies = _dependencies(models)
    migration.operations = [
        CreateModels([_create(model) for model in _in_order(models)]),
        *(AddField(model.name_lower, name, field) for model in models for name, field in _late(model).items()),
    ]
    with translation.override(None):  # as Django writes its own: the names of a library's columns are not translated
        return MigrationWriter(migration, include_header=False).as_string()


def _create(model: ModelState) -> CreateModel:
    """A table with its indexes and constraints: for each one added afterwards, Django would build all its models again."""
    early = _early(model)
    columns = [(name, field) for name, field in early.items() if not field.remote_field]
    keys = [(name, field) for name, field in sorted(early.items()) if field.remote_field]
    options = {key: value for key, value in model.options.items() if value or key not in ("indexes", "constraints")}
    return CreateModel(model.name, [*columns, *keys], options=options, bases=model.bases, managers=model.managers)


def _late(model: ModelState) -> dict[str, Field]:
    """Relations through a model of our own, which points here itself: they have no column, and wait for that model."""
    return {name: field for name, field in model.fields.items() if getattr(field.remote_field, "through", None)}


def _early(model: ModelState) -> dict[str, Field]:
    """Every other field."""
    late = _late(model)
    return {name: field for name, field in model.fields.items() if name not in late}


def _targets(model: ModelState, fields: Iterable[Field]) -> set[tuple[str, str]]:
    """(app, model) of what these fields point to."""
    pairs = [resolve_relation(field.remote_field.model, model.app_label, model.name) for field in fields if field.remote_field]
    return {(label, name.lower()) for label, name in pairs}


def _in_order(models: list[ModelState]) -> list[ModelState]:
    """By name, but each after what it points to."""
    waiting = {(model.app_label, model.name_lower): model for model in models}
    before = {key: _targets(model, _early(model).values()) - {key} for key, model in waiting.items()}
    placed = []
    while waiting:
        key = next((key for key in waiting if not before[key] & waiting.keys()), None)
        if key is None:
            names = ", ".join(model.name for model in waiting.values())
            raise CommandError(f"Aucun de ces modèles ne peut être créé en premier, ils pointent l’un vers l’autre : {names}.")
        placed.append(waiting.pop(key))
    return placed


def _dependencies(models: list[ModelState]) -> list[tuple[str, str]]:
    """What must come before: the migration of each lower floor that models point to, the last one of each library."""
    ours = {config.label for config in floors()}
    found = MigrationLoader(None, load=False)
    found.load_disk()
    labels = {label for model in models for label, _ in _targets(model, model.fields.values())} - {models[0].app_label}
    last = {
        label: NAME if label in ours else max(name for app, name in found.disk_migrations if app == label) for label in labels
    }
    return sorted(last.items())
