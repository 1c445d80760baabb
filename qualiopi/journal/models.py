"""Who changed what, who opened what. Rows are added and read, never changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """A change, or the reading of something sensitive."""

    CHANGE = "change", _("modification")
    READING = "reading", _("lecture")


class Entry(models.Model):
    """One line of the journal."""

    # Named by its identifier: the journal stands below organisations and outlives everything it speaks of.
    organisation_id = models.UUIDField(_("organisme"), null=True, blank=True, db_index=True)
    at = models.DateTimeField(_("date"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("auteur")
    )
    actor_name = models.CharField(_("nom de l’auteur"), max_length=150, blank=True)
    kind = models.CharField(_("nature"), max_length=10, choices=EntryKind.choices, default=EntryKind.CHANGE)
    verb = models.CharField(_("action"), max_length=60)
    object_type = models.CharField(_("type d’objet"), max_length=60, blank=True)
    object_id = models.CharField(_("identifiant"), max_length=64, blank=True)
    object_label = models.CharField(_("objet"), max_length=250, blank=True)
    details = models.JSONField(_("détails"), default=dict, blank=True)

    class Meta:
        verbose_name = _("ligne du journal")
        verbose_name_plural = _("journal")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["organisation_id", "-at"], name="journal_by_organisation")]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Le journal ne se modifie pas : ajoutez une ligne.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("Le journal ne s'efface pas.")
