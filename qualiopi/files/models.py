"""Stored files: written once, fingerprinted, never served under an address of their own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qualiopi.folding import FoldedText
from qualiopi.tenancy import TenantModel


class StoredFile(TenantModel):
    """One file as it was received. Its bytes lie under `path` in MEDIA_ROOT; its name is only shown."""

    name = models.CharField(_("nom du fichier"), max_length=200)
    found_by = FoldedText("name", verbose_name=_("texte cherché"))
    path = models.CharField(_("emplacement"), max_length=200, unique=True)
    size = models.PositiveBigIntegerField(_("taille en octets"))
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64)
    crc32 = models.PositiveBigIntegerField(_("somme de contrôle CRC-32"))
    media_type = models.CharField(_("type de contenu"), max_length=120)
    # Scripts of a PDF, files attached to it: kept and downloaded, never shown in a page of ours.
    active = models.BooleanField(_("peut agir tout seul"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("déposé par")
    )

    class Meta:
        verbose_name = _("fichier")
        verbose_name_plural = _("fichiers")
        ordering = ["-created_at", "id"]
        # « Déjà déposé le … » is asked of every file that comes in.
        indexes = [models.Index(fields=["organisation", "sha256"], name="stored_file_by_digest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="stored_file_sha256_shape",
                violation_error_message=_("L’empreinte SHA-256 d’un fichier compte 64 chiffres hexadécimaux."),
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="stored_file_not_empty",
                violation_error_message=_("Un fichier vide ne prouve rien."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Un fichier déposé ne change plus : déposez une nouvelle version.")
        super().save(*args, **kwargs)
