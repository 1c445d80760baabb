"""People and companies of training sessions: trainees, companies, funders, trainers, subcontractors."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qualiopi.exchange.models import Imported
from qualiopi.tenancy import TenantModel
from qualiopi.text import comparison_key, person_key


class FunderKind(models.TextChoices):
    """Who pays, in the words of the yearly report to the administration."""

    OPCO = "opco", _("opérateur de compétences (OPCO)")
    CPF = "cpf", _("compte personnel de formation (CPF)")
    FRANCE_TRAVAIL = "france_travail", _("France Travail")
    REGION = "region", _("région")
    STATE = "state", _("État ou Europe")
    FAF = "faf", _("fonds d'assurance formation des indépendants")
    OTHER = "other", _("autre")


class NamedParty(Imported, TenantModel):
    """Something with a name that imports compare."""

    name = models.CharField(_("nom"), max_length=200)
    name_key = models.CharField(_("nom comparé"), max_length=200, editable=False)

    class Meta:
        abstract = True
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = comparison_key(self.name)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Company(NamedParty):
    """The employer of trainees, or a client."""

    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)

    class Meta(NamedParty.Meta):
        verbose_name = _("entreprise")
        verbose_name_plural = _("entreprises")
        constraints = [models.UniqueConstraint(fields=["organisation", "name_key"], name="company_name_once")]


class Funder(NamedParty):
    """Who pays for an enrolment, other than the trainee or the company."""

    kind = models.CharField(_("nature"), max_length=20, choices=FunderKind.choices, default=FunderKind.OTHER)

    class Meta(NamedParty.Meta):
        verbose_name = _("financeur")
        verbose_name_plural = _("financeurs")
        constraints = [models.UniqueConstraint(fields=["organisation", "name_key"], name="funder_name_once")]


class Subcontractor(NamedParty):
    """An organisation or self-employed person that invoices sessions we give them."""

    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    activity_number = models.CharField(_("numéro de déclaration d'activité"), max_length=20, blank=True)

    class Meta(NamedParty.Meta):
        verbose_name = _("sous-traitant")
        verbose_name_plural = _("sous-traitants")
        constraints = [models.UniqueConstraint(fields=["organisation", "name_key"], name="subcontractor_name_once")]


class TrainerStatus(models.TextChoices):
    """How a trainer is bound to the organisation. Empty: not known yet."""

    EMPLOYEE = "employee", _("salarié ou dirigeant")
    CARRIED = "carried", _("porté par la coopérative ou en portage salarial")
    SUBCONTRACTOR = "subcontractor", _("sous-traitant, avec sa propre déclaration d'activité")


class Trainer(Imported, TenantModel):
    """Somebody who teaches."""

    first_name = models.CharField(_("prénom"), max_length=100, blank=True)
    last_name = models.CharField(_("nom"), max_length=100)
    name_key = models.CharField(_("nom comparé"), max_length=220, editable=False)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    status = models.CharField(_("statut"), max_length=20, choices=TrainerStatus.choices, blank=True)
    subcontractor = models.ForeignKey(
        Subcontractor, on_delete=models.PROTECT, null=True, blank=True, related_name="trainers", verbose_name=_("sous-traitant")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="trainers",
        verbose_name=_("compte"),
    )

    class Meta:
        verbose_name = _("formateur")
        verbose_name_plural = _("formateurs")
        ordering = ["last_name", "first_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name_key"], name="trainer_name_once"),
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(user__isnull=False),
                name="trainer_account_once",
                violation_error_message=_("Ce compte est déjà celui d'un formateur de l'organisme."),
            ),
            models.CheckConstraint(
                condition=Q(subcontractor__isnull=True) | Q(status="subcontractor"),
                name="trainer_subcontractor_status",
                violation_error_message=_("Seul un formateur sous-traitant dépend d'un sous-traitant."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside a name."""
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    def save(self, *args: object, **kwargs: object) -> None:
        # Words in alphabetical order: « DUPONT Léa » and « Léa Dupont » are one person.
        self.name_key = person_key(self.first_name, self.last_name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Trainee(Imported, TenantModel):
    """Somebody who is trained."""

    civility = models.CharField(_("civilité"), max_length=10, blank=True, choices=[("mme", _("Mme")), ("m", _("M."))])
    first_name = models.CharField(_("prénom"), max_length=100, blank=True)
    last_name = models.CharField(_("nom"), max_length=100)
    name_key = models.CharField(_("nom comparé"), max_length=220, editable=False)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("stagiaire")
        verbose_name_plural = _("stagiaires")
        ordering = ["last_name", "first_name", "id"]
        indexes = [
            models.Index(fields=["organisation", "name_key"], name="trainee_by_name"),
            models.Index(fields=["organisation", "email"], name="trainee_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = person_key(self.first_name, self.last_name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
