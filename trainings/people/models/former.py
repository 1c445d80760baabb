"""Under which names somebody was known before two pages that were one person's became one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qualiopi.folding import FoldedKey, FoldedText
from qualiopi.tenancy import TenantModel
from trainings.people.models.people import Trainee
from trainings.people.models.trainers import Trainer


class FormerIdentity(TenantModel):
    """What a merged page said of somebody: files and addresses that still say it lead to the page that was kept (ADR 136)."""

    # Exactly one of the two: whose page was kept.
    trainee = models.ForeignKey(
        Trainee, on_delete=models.CASCADE, null=True, blank=True, related_name="former_identities", verbose_name=_("stagiaire")
    )
    trainer = models.ForeignKey(
        Trainer, on_delete=models.CASCADE, null=True, blank=True, related_name="former_identities", verbose_name=_("formateur")
    )
    # Of the page that is gone; null for what the page that was kept said before.
    former_id = models.UUIDField(_("ancien identifiant"), null=True, blank=True, unique=True)
    name = models.CharField(_("nom d’avant"), max_length=220)
    name_key = FoldedKey("name", by_word=True, verbose_name=_("nom comparé"), max_length=220)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    found_by = FoldedText("name", "email", verbose_name=_("texte cherché"))
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    # Every value it said, by field: an import that says it again does not undo what was chosen.
    said = models.JSONField(_("ce qu’elle disait"), default=dict, blank=True)
    # Enrolments that were its own, as texts: what was signed there until then was signed under that name.
    enrolments = models.JSONField(_("ses inscriptions d’alors"), default=list, blank=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("fusionnée par"),
    )

    class Meta:
        verbose_name = _("identité d’avant une fusion")
        verbose_name_plural = _("identités d’avant une fusion")
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["organisation", "name_key"], name="former_identity_by_name"),
            models.Index(fields=["organisation", "email"], name="former_identity_by_email"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(trainee__isnull=False, trainer__isnull=True) | Q(trainee__isnull=True, trainer__isnull=False),
                name="former_identity_of_one",
                violation_error_message=_("Une identité d’avant est celle d’une seule personne."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FormerLink(TenantModel):
    """A personal link that was given before two pages became one, and the link of the page kept that it opens from then on.

    `leads_to` is the identifier of that link, whatever its kind; `number` its number then: another one voids both.
    """

    token_hash = models.CharField(_("empreinte du lien"), max_length=64, unique=True)
    leads_to = models.UUIDField(_("mène au lien"))
    number = models.PositiveIntegerField(_("numéro du lien"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien d’avant une fusion")
        verbose_name_plural = _("liens d’avant une fusion")

    def __str__(self) -> str:
        return str(self.leads_to)
