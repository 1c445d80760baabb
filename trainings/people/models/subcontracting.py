"""Subcontractors, the contracts that bind them, the reviews they get."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.files.models import StoredFile
from qualiopi.folding import FoldedText
from qualiopi.tenancy import TenantModel
from trainings.people.models.people import NamedParty


class Exemption(models.TextChoices):
    """Why a subcontractor of CPF sessions need not be certified (regulation in force since 1 April 2024)."""

    MICRO = "micro", _("personne physique au régime micro-social, sous le plafond")
    PART_OF_ACTION = "part_of_action", _("ne réalise qu’une partie de l’action, sans bloc complet")


class Subcontractor(NamedParty):
    """An organisation or self-employed person that invoices sessions we give them."""

    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    activity_number = models.CharField(_("numéro de déclaration d’activité"), max_length=20, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    address = models.CharField(_("adresse postale"), max_length=250, blank=True)
    representative = models.CharField(_("représenté par"), max_length=150, blank=True)
    certificate_number = models.CharField(_("numéro du certificat Qualiopi"), max_length=60, blank=True)
    certified_from = models.DateField(_("certifié depuis le"), null=True, blank=True)
    certified_until = models.DateField(_("certifié jusqu’au"), null=True, blank=True)
    # Asked for sessions paid by the CPF alone: why no certificate is required.
    exemption = models.CharField(_("dispense de certificat"), max_length=25, choices=Exemption.choices, blank=True)
    exemption_source = models.CharField(_("justificatif de la dispense"), max_length=250, blank=True)
    found_by = FoldedText(
        "name", "siren", "activity_number", "email", "address", "representative", verbose_name=_("texte cherché")
    )

    class Meta(NamedParty.Meta):
        verbose_name = _("sous-traitant")
        verbose_name_plural = _("sous-traitants")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name_key"], name="subcontractor_name_once"),
            models.CheckConstraint(
                condition=Q(certified_from__isnull=True)
                | Q(certified_until__isnull=True)
                | Q(certified_until__gte=F("certified_from")),
                name="subcontractor_certificate_dates",
                violation_error_message=_("La fin d’un certificat ne précède pas son début."),
            ),
            models.CheckConstraint(
                condition=Q(exemption="") | ~Q(exemption_source=""),
                name="subcontractor_exemption_has_source",
                violation_error_message=_("Une dispense de certificat se justifie : dites par quoi."),
            ),
        ]


class Subcontract(TenantModel):
    """A contract by which sessions are given to a subcontractor."""

    subcontractor = models.ForeignKey(
        Subcontractor, on_delete=models.PROTECT, related_name="contracts", verbose_name=_("sous-traitant")
    )
    reference = models.CharField(_("référence"), max_length=60)
    signed_on = models.DateField(_("signé le"), null=True, blank=True)
    valid_from = models.DateField(_("prend effet le"))
    valid_until = models.DateField(_("prend fin le"), null=True, blank=True)
    # Keys of the missions given, the same as those a session carries.
    missions = models.JSONField(_("missions confiées"), default=list, blank=True)
    content = models.TextField(_("contenu et résultat attendu"), blank=True)
    means = models.TextField(_("moyens"), blank=True)
    follow_up = models.TextField(_("déroulement et suivi"), blank=True)
    price = models.CharField(_("prix"), max_length=200, blank=True)
    # Indicator 27, text in force since 1 November 2026: the contract itself shows how the standard is kept.
    compliance_clause = models.BooleanField(_("clause de respect du référentiel"), default=False)
    right_to_check = models.BooleanField(_("droit de contrôle accepté"), default=False)
    # Sessions paid by the CPF: the subcontractor gives nothing to anybody else (R. 6333-6-2).
    no_cascade = models.BooleanField(_("aucune sous-traitance en cascade"), default=False)
    cpf = models.BooleanField(_("porte sur des actions payées par le CPF"), default=False)
    declared_on = models.DateField(_("déclaré à la Caisse des Dépôts le"), null=True, blank=True)
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="subcontract", verbose_name=_("contrat signé")
    )

    class Meta:
        verbose_name = _("contrat de sous-traitance")
        verbose_name_plural = _("contrats de sous-traitance")
        ordering = ["-valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference"],
                name="subcontract_reference_once",
                violation_error_message=_("Un contrat porte déjà cette référence."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="subcontract_dates_in_order",
                violation_error_message=_("La fin d’un contrat ne précède pas son début."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class SubcontractorReview(TenantModel):
    """A dated check of a subcontractor, with its decision (indicator 27)."""

    subcontractor = models.ForeignKey(
        Subcontractor, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("sous-traitant")
    )
    held_on = models.DateField(_("faite le"))
    identity_checked = models.BooleanField(_("numéro d’activité et SIREN vérifiés"), default=False)
    skills_checked = models.BooleanField(_("compétences des intervenants vérifiées"), default=False)
    results_read = models.BooleanField(_("résultats des sessions lus"), default=False)
    conclusion = models.TextField(_("conclusion"))
    goes_on = models.BooleanField(_("la collaboration continue"), default=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("faite par")
    )

    class Meta:
        verbose_name = _("revue d’un sous-traitant")
        verbose_name_plural = _("revues de sous-traitants")
        ordering = ["-held_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(conclusion=""),
                name="subcontractor_review_concludes",
                violation_error_message=_("Une revue se termine par une conclusion."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subcontractor}"
