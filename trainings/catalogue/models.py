"""Courses: what is offered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qualiopi.exchange.models import Imported
from qualiopi.organisations.enums import Category
from qualiopi.tenancy import TenantModel
from qualiopi.text import comparison_key


class Course(Imported, TenantModel):
    """A course. What nobody said yet stays null: unknown is not no."""

    title = models.CharField(_("intitulé"), max_length=250)
    # Title without case, accents or punctuation: what an import compares.
    title_key = models.CharField(_("intitulé comparé"), max_length=250, editable=False)
    code = models.CharField(_("code interne"), max_length=60, blank=True)
    category = models.CharField(_("catégorie d'action"), max_length=3, choices=Category.choices, blank=True)
    certifying = models.BooleanField(_("prépare à une certification enregistrée"), null=True, blank=True)
    certification_code = models.CharField(_("code RNCP ou RS"), max_length=20, blank=True)
    duration_hours = models.DecimalField(_("durée en heures"), max_digits=7, decimal_places=2, null=True, blank=True)
    archived_on = models.DateField(_("retirée de la vente le"), null=True, blank=True)

    class Meta:
        verbose_name = _("formation")
        verbose_name_plural = _("formations")
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title_key"],
                name="course_title_once",
                violation_error_message=_("Une formation porte déjà cet intitulé."),
            ),
            models.CheckConstraint(
                condition=Q(duration_hours__isnull=True) | Q(duration_hours__gt=0),
                name="course_duration_positive",
                violation_error_message=_("La durée d'une formation se compte en heures, au-dessus de zéro."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.title_key = comparison_key(self.title)[:250]
        super().save(*args, **kwargs)  # type: ignore[arg-type]
