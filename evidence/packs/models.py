"""Evidence packs: what was put together on which day, and the chain of their digests."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qualiopi.background.models import Held
from qualiopi.tenancy import TenantModel


class PackState(models.TextChoices):
    """Life of a pack."""

    QUEUED = "queued", _("en attente")
    BUILDING = "building", _("en préparation")
    READY = "ready", _("prêt")
    FAILED = "failed", _("interrompu")


class Pack(TenantModel, Held):
    """One evidence pack. Its plan (entries, sizes, digests) is kept; its bytes are made anew, the same, at each download."""

    audit_date = models.DateField(_("date d’audit"))
    observed_on = models.DateField(_("état lu le"))
    state = models.CharField(_("état"), max_length=10, choices=PackState.choices, default=PackState.QUEUED)
    progress = models.PositiveSmallIntegerField(_("avancement en %"), default=0)
    failure = models.TextField(_("ce qui a arrêté la préparation"), blank=True)
    # Folder under MEDIA_ROOT that holds the plan and the pieces made for this pack (report, index, workbook).
    folder = models.CharField(_("dossier de travail"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("taille en octets"), null=True, blank=True)
    sha256 = models.CharField(_("empreinte SHA-256 du fichier"), max_length=64, blank=True)
    content_digest = models.CharField(_("empreinte du contenu"), max_length=64, blank=True)
    file_count = models.PositiveIntegerField(_("nombre de fichiers"), default=0)
    missing_count = models.PositiveIntegerField(_("manques signalés"), default=0)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="following", verbose_name=_("dossier précédent")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("préparé par")
    )
    ready_at = models.DateTimeField(_("prêt le"), null=True, blank=True)

    class Meta:
        verbose_name = _("dossier de preuves")
        verbose_name_plural = _("dossiers de preuves")
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready")
                | (Q(ready_at__isnull=False, size__isnull=False) & ~Q(sha256="") & ~Q(content_digest="")),
                name="pack_ready_has_digest",
                violation_error_message=_("Un dossier prêt a une taille et une empreinte."),
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""),
                name="pack_failed_says_why",
                violation_error_message=_("Une préparation interrompue dit pourquoi."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.audit_date:%d/%m/%Y}"
