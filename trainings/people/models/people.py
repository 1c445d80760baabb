"""Trainees, and who stands behind them: companies and funders."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qualiopi.exchange.models import Imported
from qualiopi.folding import FoldedKey, FoldedText
from qualiopi.tenancy import TenantModel


class FunderKind(models.TextChoices):
    """Who pays, in the words of the yearly report to the administration."""

    OPCO = "opco", _("opérateur de compétences (OPCO)")
    CPF = "cpf", _("compte personnel de formation (CPF)")
    FRANCE_TRAVAIL = "france_travail", _("France Travail")
    REGION = "region", _("région")
    STATE = "state", _("État ou Europe")
    FAF = "faf", _("fonds d’assurance formation des indépendants")
    OTHER = "other", _("autre")


class NamedParty(Imported, TenantModel):
    """Something with a name that imports compare."""

    name = models.CharField(_("nom"), max_length=200)
    name_key = FoldedKey("name", verbose_name=_("nom comparé"), max_length=200)

    class Meta:
        abstract = True
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Company(NamedParty):
    """The employer of trainees, or a client."""

    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    address = models.CharField(_("adresse postale"), max_length=250, blank=True)
    # Who signs for it, with what capacity.
    representative = models.CharField(_("représentée par"), max_length=150, blank=True)
    found_by = FoldedText("name", "siret", "email", "address", "representative", verbose_name=_("texte cherché"))

    class Meta(NamedParty.Meta):
        verbose_name = _("entreprise")
        verbose_name_plural = _("entreprises")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"],
                name="company_name_once",
                violation_error_message=_("Une entreprise porte déjà ce nom : ouvrez sa fiche, ou précisez l’établissement."),
            )
        ]


class Funder(NamedParty):
    """Who pays for an enrolment, other than the trainee or the company."""

    kind = models.CharField(_("nature"), max_length=20, choices=FunderKind.choices, default=FunderKind.OTHER)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    found_by = FoldedText("name", "email", verbose_name=_("texte cherché"))

    class Meta(NamedParty.Meta):
        verbose_name = _("financeur")
        verbose_name_plural = _("financeurs")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"],
                name="funder_name_once",
                violation_error_message=_("Un financeur porte déjà ce nom : ouvrez sa fiche, ou précisez lequel c’est."),
            )
        ]


class Trainee(Imported, TenantModel):
    """Somebody who is trained."""

    civility = models.CharField(_("civilité"), max_length=10, blank=True, choices=[("mme", _("Mme")), ("m", _("M."))])
    first_name = models.CharField(_("prénom"), max_length=100, blank=True)
    last_name = models.CharField(_("nom"), max_length=100)
    # Where it is not the name in use: certifiers and funders ask for it.
    birth_name = models.CharField(_("nom de naissance"), max_length=100, blank=True)
    name_key = FoldedKey("first_name", "last_name", by_word=True, verbose_name=_("nom comparé"), max_length=220)
    found_by = FoldedText("first_name", "last_name", "birth_name", "email", "phone", verbose_name=_("texte cherché"))
    email = models.EmailField(_("adresse e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    postcode = models.CharField(_("code postal"), max_length=12, blank=True)

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
