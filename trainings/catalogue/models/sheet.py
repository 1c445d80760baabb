"""What the public is told of a course, heading by heading (indicators 1 and 3)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qualiopi.tenancy import TenantModel
from trainings.catalogue.models.course import Course


class Recognition(models.TextChoices):
    """What a course leads to (indicator 1, text in force since 1 November 2026)."""

    CERTIFICATION = "certification", _("une certification enregistrée")
    BLOCK = "block", _("un ou plusieurs blocs d’une certification")
    ATTESTATION = "attestation", _("une attestation de fin de formation")
    NONE = "none", _("aucune reconnaissance particulière")


class PublicSheet(TenantModel):
    """The public information of one course. An empty heading has not been written; « aucun » is an answer."""

    course = models.OneToOneField(Course, on_delete=models.PROTECT, related_name="sheet", verbose_name=_("formation"))
    audience = models.TextField(_("public visé"), blank=True)
    prerequisites = models.TextField(_("prérequis"), blank=True)
    objectives = models.TextField(_("objectifs"), blank=True)
    duration = models.CharField(_("durée"), max_length=200, blank=True)
    access_time = models.CharField(_("délai d’accès"), max_length=200, blank=True)
    access_terms = models.TextField(_("modalités d’accès"), blank=True)
    price = models.CharField(_("tarif"), max_length=200, blank=True)
    funding = models.TextField(_("modalités de financement"), blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    methods = models.TextField(_("méthodes mobilisées"), blank=True)
    teaching_arrangements = models.TextField(_("modalités pédagogiques"), blank=True)
    assessment = models.TextField(_("modalités d’évaluation"), blank=True)
    disability_access = models.TextField(_("accessibilité aux personnes en situation de handicap"), blank=True)
    recognition = models.CharField(_("type de reconnaissance"), max_length=15, choices=Recognition.choices, blank=True)
    # VAE only: how eligibility and feasibility are examined.
    eligibility = models.TextField(_("examen de la recevabilité et de la faisabilité"), blank=True)
    # Certifying courses (indicator 3); « sans objet » is an answer.
    blocks = models.TextField(_("blocs validables séparément"), blank=True)
    equivalences = models.TextField(_("équivalences"), blank=True)
    gateways = models.TextField(_("passerelles"), blank=True)
    next_steps = models.TextField(_("suites de parcours"), blank=True)
    further_studies = models.TextField(_("poursuites d’études"), blank=True)
    outlets = models.TextField(_("débouchés et taux d’insertion"), blank=True)
    # Where one finds it: the address of a page, or who sends it.
    found_at = models.CharField(_("où cette information se trouve"), max_length=250, blank=True)
    proofread_on = models.DateField(_("relue le"), null=True, blank=True)
    proofread_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("relue par")
    )
    # The proofreader confirms that every place says the same and misleads nobody (text in force since 1 November 2026).
    said_alike = models.BooleanField(_("tous les supports disent la même chose"), null=True, blank=True)
    published_at = models.DateTimeField(_("page publique ouverte le"), null=True, blank=True)
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    class Meta:
        verbose_name = _("fiche publique")
        verbose_name_plural = _("fiches publiques")
        constraints = [
            models.CheckConstraint(
                condition=Q(proofread_on__isnull=True, proofread_by__isnull=True)
                | Q(proofread_on__isnull=False, proofread_by__isnull=False),
                name="sheet_proofread_by_somebody",
                violation_error_message=_("Une relecture a une date et une personne."),
            )
        ]

    def __str__(self) -> str:
        return str(self.course)
