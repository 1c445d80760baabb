"""The one way to reach a tenant's rows: through its organisation."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from qualiopi.folding import FoldedRows, follow

if TYPE_CHECKING:
    from qualiopi.organisations.models import Organisation


class TenantQuerySet(FoldedRows, models.QuerySet[Any]):
    """Rows that belong to organisations."""

    def for_organisation(self, organisation: Organisation) -> Self:
        """Only the rows of this organisation."""
        return self.filter(organisation=organisation)


TenantManager = models.Manager.from_queryset(TenantQuerySet)


class TenantModel(models.Model):
    """A row of one organisation, named in addresses by a UUID."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "qualiopi.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisme")
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)

    objects = TenantManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        follow(self, kwargs)
        super().save(*args, **kwargs)
