"""The right to prepare for a certification (indicator 7, text in force since 1 November 2026)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.files.models import StoredFile
from qualiopi.tenancy import TenantModel
from trainings.catalogue.models.course import Course


class AccreditationKind(models.TextChoices):
    """By what right a course prepares for its certification."""

    ACCREDITED = "accredited", _("habilitation ou convention du certificateur")
    OWN = "own", _("l’organisme est le certificateur")
    NOT_REQUIRED = "not_required", _("aucune habilitation exigée, source à l’appui")


class Accreditation(TenantModel):
    """One right, with its validity. What is renewed later does not mend the past."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="accreditations", verbose_name=_("formation"))
    kind = models.CharField(_("nature"), max_length=15, choices=AccreditationKind.choices, default=AccreditationKind.ACCREDITED)
    reference = models.CharField(_("référence ou source"), max_length=250)
    valid_from = models.DateField(_("valable depuis le"))
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="accreditation", verbose_name=_("fichier")
    )

    class Meta:
        verbose_name = _("habilitation")
        verbose_name_plural = _("habilitations")
        ordering = ["-valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="accreditation_dates_in_order",
                violation_error_message=_("La fin de validité d’une habilitation ne précède pas son début."),
            )
        ]

    def __str__(self) -> str:
        return self.reference
