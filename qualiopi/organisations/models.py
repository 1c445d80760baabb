"""Training organisations (the tenants), their network, their members, their profile and the certifier's audits."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.enums import AuditKind, Category, Role, TimeZone
from qualiopi.tenancy import TenantModel


class Network(models.Model):
    """A cooperative of training organisations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("nom du réseau"), max_length=150, unique=True)
    slug = models.SlugField(_("adresse"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("réseau")
        verbose_name_plural = _("réseaux")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """One training organisation: one activity number, one certificate."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("adresse"), max_length=60, unique=True)
    name = models.CharField(_("nom de l’organisme"), max_length=150)
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("réseau")
    )
    activity_number = models.CharField(_("numéro de déclaration d’activité"), max_length=20, blank=True)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    address = models.CharField(_("adresse postale"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=12, blank=True)
    city = models.CharField(_("ville"), max_length=100, blank=True)
    contact_email = models.EmailField(_("adresse de contact"), blank=True)
    time_zone = models.CharField(_("heure locale"), max_length=32, choices=TimeZone.choices, default=TimeZone.PARIS)
    activity_started_on = models.DateField(_("début de l’activité de formation"), null=True, blank=True)
    certifier = models.CharField(_("certificateur"), max_length=120, blank=True)
    certificate_number = models.CharField(_("numéro du certificat"), max_length=60, blank=True)
    certified_on = models.DateField(_("certificat obtenu le"), null=True, blank=True)
    certified_until = models.DateField(_("certificat valable jusqu’au"), null=True, blank=True)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("organisme")
        verbose_name_plural = _("organismes")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(certified_until__isnull=True)
                | Q(certified_on__isnull=True)
                | Q(certified_until__gt=F("certified_on")),
                name="organisation_certificate_dates",
                violation_error_message=_("La fin du certificat vient après son début."),
            ),
            models.CheckConstraint(
                condition=Q(time_zone__in=TimeZone.values),
                name="organisation_time_zone_known",
                violation_error_message=_("Choisissez l’heure locale dans la liste."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActivityProfile(models.Model):
    """What the organisation does, which decides the indicators that apply. Unknown (null) is an answer of its own."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="profile", verbose_name=_("organisme")
    )
    holds_af = models.BooleanField(_("actions de formation"), default=False)
    holds_bc = models.BooleanField(_("bilans de compétences"), default=False)
    holds_vae = models.BooleanField(_("validation des acquis de l’expérience"), default=False)
    holds_cfa = models.BooleanField(_("apprentissage"), default=False)
    certifying = models.BooleanField(_("prépare à une certification enregistrée"), null=True, blank=True)
    work_study = models.BooleanField(_("forme en alternance"), null=True, blank=True)
    work_based = models.BooleanField(_("comporte des périodes en situation de travail"), null=True, blank=True)
    remote = models.BooleanField(_("forme en partie à distance"), null=True, blank=True)
    subcontracts_out = models.BooleanField(_("confie des sessions à des sous-traitants"), null=True, blank=True)
    salary_portage = models.BooleanField(_("porte des formateurs salariés (portage, coopérative)"), null=True, blank=True)
    works_as_subcontractor = models.BooleanField(_("intervient comme sous-traitant d’un autre organisme"), null=True, blank=True)
    new_in_af = models.BooleanField(_("actions de formation : première année"), default=False)
    new_in_bc = models.BooleanField(_("bilans de compétences : première année"), default=False)
    new_in_vae = models.BooleanField(_("validation des acquis : première année"), default=False)
    new_in_cfa = models.BooleanField(_("apprentissage : première année"), default=False)
    updated_at = models.DateTimeField(_("mis à jour le"), auto_now=True)

    class Meta:
        verbose_name = _("profil d’activité")
        verbose_name_plural = _("profils d’activité")
        constraints = [
            models.CheckConstraint(
                condition=(Q(new_in_af=False) | Q(holds_af=True))
                & (Q(new_in_bc=False) | Q(holds_bc=True))
                & (Q(new_in_vae=False) | Q(holds_vae=True))
                & (Q(new_in_cfa=False) | Q(holds_cfa=True)),
                name="profile_new_entrant_holds_category",
                violation_error_message=_("On n’est nouvel entrant que dans une catégorie que l’on exerce."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @property
    def categories(self) -> list[str]:
        """Categories held, in the order of the Labour Code."""
        return [c.value for c in Category if getattr(self, f"holds_{c.value.lower()}")]

    @property
    def new_entrant_categories(self) -> list[str]:
        """Categories in their first year."""
        return [c.value for c in Category if getattr(self, f"new_in_{c.value.lower()}")]


class Member(TenantModel):
    """A person's role in one organisation. An auditor's access always has an end."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("personne")
    )
    role = models.CharField(
        _("rôle"), max_length=20, choices=[choice for choice in Role.choices if choice[0] != Role.NETWORK_HEAD.value]
    )
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("membre")
        verbose_name_plural = _("membres")
        ordering = ["user__full_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="member_once_per_organisation"),
            models.CheckConstraint(
                condition=~Q(role=Role.AUDITOR) | Q(until__isnull=False),
                name="member_auditor_has_end",
                violation_error_message=_("L’accès d’un auditeur a toujours une date de fin."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    def is_open(self) -> bool:
        """Whether the access still holds today."""
        return self.until is None or self.until >= timezone.localdate()


class NetworkMember(models.Model):
    """A head of network: the same rights in every organisation of the network."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="heads", verbose_name=_("réseau"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="networks_headed", verbose_name=_("personne")
    )

    class Meta:
        verbose_name = _("tête de réseau")
        verbose_name_plural = _("têtes de réseau")
        constraints = [models.UniqueConstraint(fields=["network", "user"], name="network_member_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.network}"


class CertifierAudit(TenantModel):
    """A visit of the certifier, past or to come. Rehearsals are not recorded here: they open no period."""

    kind = models.CharField(_("nature"), max_length=20, choices=AuditKind.choices)
    held_on = models.DateField(_("date de l’audit"))
    certifier = models.CharField(_("certificateur"), max_length=120, blank=True)
    auditor_name = models.CharField(_("auditeur ou auditrice"), max_length=120, blank=True)
    covers_af = models.BooleanField(_("actions de formation"), default=True)
    covers_bc = models.BooleanField(_("bilans de compétences"), default=False)
    covers_vae = models.BooleanField(_("validation des acquis de l’expérience"), default=False)
    covers_cfa = models.BooleanField(_("apprentissage"), default=False)

    class Meta:
        verbose_name = _("audit du certificateur")
        verbose_name_plural = _("audits du certificateur")
        ordering = ["held_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "held_on"], name="certifier_audit_once"),
            models.CheckConstraint(
                condition=Q(covers_af=True) | Q(covers_bc=True) | Q(covers_vae=True) | Q(covers_cfa=True),
                name="certifier_audit_covers_something",
                violation_error_message=_("Un audit porte sur au moins une catégorie d’actions."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on:%d/%m/%Y}"

    @property
    def categories(self) -> list[str]:
        """Categories the audit covers."""
        return [c.value for c in Category if getattr(self, f"covers_{c.value.lower()}")]
