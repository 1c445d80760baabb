"""Deleting what was made by mistake and on which nothing depends."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.changes import picture
from qualiopi.journal.verbs import record
from trainings.removal.queries import what_depends, what_goes


def remove(*, row: Any, verb: str, actor: User | None) -> None:
    """Delete a row and what is nothing without it; writes the journal, which keeps every value of all that goes.

    The row is locked first: what arrives meanwhile waits, and finds it gone. Raises ValidationError with a sentence for each thing that
    depends on it, and when somebody has already deleted it.
    """
    model: type[Model] = type(row)
    with transaction.atomic():
        locked = model._default_manager.select_for_update().filter(pk=row.pk).first()
        if locked is None:
            raise ValidationError(_("Quelqu’un vient de supprimer cette fiche."))
        depends = what_depends(locked)
        if depends:
            raise ValidationError(
                [_("%(what)s : %(instead)s") % {"what": each.words, "instead": each.instead} for each in depends]
            )
        with_it: dict[str, list[dict[str, Any]]] = {}
        going = what_goes(locked)
        for other, rows in going:
            gone = list(rows)
            if gone:
                with_it.setdefault(str(other._meta.verbose_name_plural), []).extend(picture(each) for each in gone)
        record(
            verb=verb,
            actor=actor,
            organisation_id=row.organisation_id,
            target=locked,
            details={"deleted": picture(locked), "with": with_it},
        )
        for other, rows in going:
            other._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
        locked.delete()
