"""Who works in the background, and at what: a process that vanished is known by its silence."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Worker(models.Model):
    """A process at work. It renews its sign of life while it runs, and its row goes with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alive_at = models.DateTimeField(_("dernier signe de vie"))

    class Meta:
        verbose_name = _("processus au travail")
        verbose_name_plural = _("processus au travail")

    def __str__(self) -> str:
        return str(self.pk)


class Held(models.Model):
    """Long work on one row: who holds it, and how often it was begun."""

    # A `Worker`, which may be gone: no foreign key.
    held_by = models.UUIDField(_("tenu par"), null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("fois commencé"), default=0, editable=False)

    class Meta:
        abstract = True
