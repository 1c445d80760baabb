"""Imports: what was sent, how it was understood, what it changed, so that it can be undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qualiopi.files.models import StoredFile
from qualiopi.tenancy import TenantModel


class ImportKind(models.TextChoices):
    """What a table speaks of."""

    SESSIONS = "sessions", _("sessions")
    ENROLMENTS = "enrolments", _("stagiaires et inscriptions")
    SURVEY_ANSWERS = "survey_answers", _("réponses à une enquête")
    EVIDENCE_GRID = "evidence_grid", _("grille de preuves")


class ImportState(models.TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", _("à faire correspondre")
    CHECKED = "checked", _("à vérifier")
    CONFIRMED = "confirmed", _("importé")
    UNDONE = "undone", _("annulé")


class ImportRun(TenantModel):
    """One file going in."""

    kind = models.CharField(_("contenu"), max_length=20, choices=ImportKind.choices)
    state = models.CharField(_("état"), max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("fichier"))
    sheet = models.CharField(_("feuille"), max_length=100, blank=True)
    mapping = models.JSONField(_("correspondance des colonnes"), default=dict, blank=True)
    corrections = models.JSONField(_("corrections de cellules"), default=dict, blank=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    summary = models.JSONField(_("bilan"), default=dict, blank=True)
    undo_log = models.JSONField(_("de quoi annuler"), default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("envoyé par")
    )
    confirmed_at = models.DateTimeField(_("importé le"), null=True, blank=True)
    undone_at = models.DateTimeField(_("annulé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["uploaded", "checked"], confirmed_at__isnull=True, undone_at__isnull=True)
                | Q(state="confirmed", confirmed_at__isnull=False, undone_at__isnull=True)
                | Q(state="undone", confirmed_at__isnull=False, undone_at__isnull=False),
                name="import_run_state_has_dates",
                violation_error_message=_("L’état d’un import et ses dates se contredisent."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.file.name}"


class RememberedMapping(TenantModel):
    """How this organisation names its columns, kept from its last confirmed import."""

    kind = models.CharField(_("contenu"), max_length=20, choices=ImportKind.choices)
    headings = models.JSONField(_("intitulé de colonne vers champ"), default=dict)

    class Meta:
        verbose_name = _("correspondance retenue")
        verbose_name_plural = _("correspondances retenues")
        constraints = [models.UniqueConstraint(fields=["organisation", "kind"], name="remembered_mapping_once_per_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Imported(models.Model):
    """A row that an import may have made: undoing the import finds it again."""

    import_run = models.ForeignKey(
        ImportRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("import d’origine")
    )

    class Meta:
        abstract = True
