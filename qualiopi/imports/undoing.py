"""Undoing an import: what it created goes, what it changed comes back, as long as nothing else depends on it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.exchange.kinds import resource_class
from qualiopi.exchange.models import ImportRun, ImportState
from qualiopi.exchange.outcome import as_json
from qualiopi.imports.errors import ImportRefusedError
from qualiopi.journal.verbs import record
from qualiopi.relations import relations_to

BATCH = 1_000


def undo(*, run: ImportRun, actor: User | None) -> None:
    """Take back everything a confirmed import did, in one transaction.

    Rows it created are deleted; rows it changed get their former values back, except where somebody has changed them
    since; courses, trainers, companies and funders it created stay when something else uses them. Raises
    ``ImportRefusedError`` (a French sentence) when what it created serves elsewhere by now. Writes the journal.
    """
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if locked.state != ImportState.CONFIRMED:
            raise ImportRefusedError(_("Seul un import confirmé s’annule."))
        _refuse_if_later_import(locked)
        resource = resource_class(locked.kind)
        _delete_links(locked)
        deleted = sum(_delete_created(model, locked) for model in resource.created_models)
        for model in resource.shared_models:
            _unused(_created(model, locked)).delete()
        for label, keys in locked.undo_log.get("leftovers", {}).items():
            _unused(apps.get_model(label)._default_manager.filter(pk__in=keys)).delete()
        restored = _restore(locked, actor)
        locked.state, locked.undone_at = ImportState.UNDONE, timezone.now()
        locked.save(update_fields=["state", "undone_at"])
        record(
            verb="import.undo",
            actor=actor,
            organisation_id=locked.organisation_id,
            target=locked,
            details={"deleted": deleted, "restored": restored},
        )
    run.refresh_from_db()


def _created(model: type[models.Model], run: ImportRun) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.filter(organisation_id=run.organisation_id, import_run=run)
    return rows


def _refuse_if_later_import(run: ImportRun) -> None:
    """A later import that changed the same rows has to be undone first."""
    later = ImportRun.objects.filter(
        organisation_id=run.organisation_id, state=ImportState.CONFIRMED, confirmed_at__gt=run.confirmed_at
    ).select_related("file")
    touched = {label: set(rows) for label, rows in run.undo_log.get("updated", {}).items()}
    for model in resource_class(run.kind).created_models:
        touched.setdefault(model._meta.label, set()).update(str(pk) for pk in _created(model, run).values_list("pk", flat=True))
    for other in later:
        for label, rows in other.undo_log.get("updated", {}).items():
            if touched.get(label, set()) & set(rows):
                raise ImportRefusedError(
                    _("L’import « %(name)s », plus récent, a modifié les mêmes lignes : annulez-le d’abord.")
                    % {"name": other.file.name}
                )


def _delete_links(run: ImportRun) -> None:
    for label, links in run.undo_log.get("links", {}).items():
        model = apps.get_model(label)
        for link in links:
            model._default_manager.filter(**link).delete()


def _delete_created(model: type[models.Model], run: ImportRun) -> int:
    rows = _created(model, run)
    number = rows.count()
    for relation in relations_to(model).values():
        # What would silently fall with a row must be what the import itself put there.
        if relation.on_delete is models.CASCADE:
            child = relation.related_model
            present = child._default_manager.filter(**{f"{relation.field.name}__in": rows}).count()
            if present > run.undo_log.get("children", {}).get(child._meta.label, 0):
                raise _used(child)
    try:
        rows.delete()
    except ProtectedError as error:
        raise _used(type(next(iter(error.protected_objects)))) from error
    return number


def _used(model: type[models.Model]) -> ImportRefusedError:
    return ImportRefusedError(
        _("Cet import ne peut plus être annulé : ce qu’il a créé sert ailleurs (%(what)s). Retirez d’abord ce qui en dépend.")
        % {"what": model._meta.verbose_name_plural}
    )


def _unused(rows: QuerySet[Any]) -> QuerySet[Any]:
    for relation in relations_to(rows.model).values():
        rows = rows.exclude(Exists(relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})))
    return rows


def _restore(run: ImportRun, actor: User | None) -> int:
    """Put former values back where the import's value still stands. Returns how many rows changed."""
    restored = 0
    for label, logged in run.undo_log.get("updated", {}).items():
        model = apps.get_model(label)
        rows = model._default_manager.filter(organisation_id=run.organisation_id).in_bulk(list(logged))
        changed: list[Any] = []
        given: list[tuple[Any, dict[str, Any]]] = []
        names: set[str] = set()
        for row in rows.values():
            back = {
                name: former
                for name, (former, imported) in logged[str(row.pk)].items()
                if as_json(getattr(row, name)) == imported
            }
            imported_values = {name: getattr(row, name) for name in back}
            for name, former in back.items():
                setattr(row, name, model._meta.get_field(name).to_python(former))
            names.update(back)
            if back:
                changed.append(row)
                given.append((row, imported_values))
        if changed:
            model._default_manager.bulk_update(changed, sorted(names), batch_size=BATCH)
            resource = resource_class(run.kind)
            if model is resource._meta.model:
                resource.restored(given, run=run, actor=actor)
        restored += len(changed)
    return restored
