"""What people decide about the rules: tightened thresholds, what is not relevant, dated settings, conclusions."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.tenancy import TenantModel
from trainings.facts.models import OfOneOrganisation


class Decision(TenantModel):
    """Something a named person decided, with a reason. A change of mind is a new row; the last one counts."""

    reason = models.TextField(_("motif"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("décidé par")
    )
    lifted_at = models.DateTimeField(_("levé le"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-created_at", "id"]


class TightenedThreshold(Decision):
    """An organisation asks more of itself than our practice does."""

    expectation = models.CharField(_("attendu"), max_length=80)
    demonstrable = models.DecimalField(_("seuil « démontrable »"), max_digits=6, decimal_places=2)
    at_risk = models.DecimalField(_("seuil « à risque »"), max_digits=6, decimal_places=2)

    class Meta(Decision.Meta):
        verbose_name = _("seuil relevé")
        verbose_name_plural = _("seuils relevés")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "expectation"], condition=Q(lifted_at__isnull=True), name="tightened_threshold_once"
            ),
            models.CheckConstraint(
                condition=Q(demonstrable__gte=F("at_risk")),
                name="tightened_threshold_order",
                violation_error_message=_("Le seuil « démontrable » n’est pas sous le seuil « à risque »."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="tightened_threshold_reason",
                violation_error_message=_("Dites pourquoi le seuil est relevé."),
            ),
        ]

    def __str__(self) -> str:
        return self.expectation


class SetAside(Decision):
    """An indicator that a named person sets aside for this organisation, on a ground of the standard, until a day."""

    indicator = models.PositiveSmallIntegerField(_("indicateur"), validators=[MinValueValidator(1), MaxValueValidator(33)])
    # A key of the standard's grounds.
    ground = models.CharField(_("ce qui le permet"), max_length=40)
    until = models.DateField(_("jusqu’au"))

    class Meta(Decision.Meta):
        verbose_name = _("indicateur mis de côté")
        verbose_name_plural = _("indicateurs mis de côté")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "indicator"], condition=Q(lifted_at__isnull=True), name="set_aside_indicator_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="set_aside_reason",
                violation_error_message=_("Dites pourquoi cela ne vous concerne pas."),
            ),
            models.CheckConstraint(
                condition=~Q(ground=""),
                name="set_aside_ground",
                violation_error_message=_("Dites ce qui permet de mettre cet indicateur de côté."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.indicator)


class Conclusion(TenantModel):
    """What a named person concludes on an indicator, on a date, for a grid. It never replaces the computed status."""

    indicator = models.PositiveSmallIntegerField(_("indicateur"), validators=[MinValueValidator(1), MaxValueValidator(33)])
    grid = models.CharField(_("grille"), max_length=4, choices=[("2019", "2019"), ("2026", "2026")])
    text = models.TextField(_("conclusion"))
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("conclu par")
    )

    class Meta:
        verbose_name = _("conclusion")
        verbose_name_plural = _("conclusions")
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="conclusion_not_empty", violation_error_message=_("Écrivez votre conclusion.")
            ),
            models.CheckConstraint(
                condition=Q(indicator__gte=1, indicator__lte=33),
                name="conclusion_indicator_number",
                violation_error_message=_("Les indicateurs vont de 1 à 33."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}"


class KeptBoard(OfOneOrganisation):
    """What was judged of one organisation today, and the number of changes after which it was: a cache, which may be emptied at any time
    (ADR 148)."""

    read_on = models.DateField(_("lu le"))
    # What other code judged is judged again.
    made_with = models.CharField(_("lu avec"), max_length=80)
    revision = models.PositiveBigIntegerField(_("changements relus"))
    summary = models.JSONField(_("résumé"))
    # Compressed: the engine's answer, and what pages show of the facts that it read.
    judged = models.BinaryField(_("statuts"))
    outline = models.BinaryField(_("ce qui en est montré"))

    class Meta:
        verbose_name = _("statuts gardés")
        verbose_name_plural = _("statuts gardés")

    def __str__(self) -> str:
        return str(self.organisation_id)


class KeptSeen(OfOneOrganisation):
    """What the board of today need not look at again: the documents, and what was seen of each session for each expectation. A cache, which
    may be emptied at any time (ADR 177)."""

    read_on = models.DateField(_("lu le"))
    # What other code read is read again.
    made_with = models.CharField(_("lu avec"), max_length=80)
    # After how many changes that were not about one session the documents were read.
    shared = models.PositiveBigIntegerField(_("changements relus hors sessions"))
    documents = models.BinaryField(_("pièces"))
    # A digest of all that stood around the sessions when they were looked at.
    around = models.BinaryField(_("empreinte de ce qui les entoure"))
    seen = models.BinaryField(_("ce qui en a été vu"))

    class Meta:
        verbose_name = _("regards gardés")
        verbose_name_plural = _("regards gardés")

    def __str__(self) -> str:
        return str(self.organisation_id)


class RuleSetting(models.Model):
    """A figure of the rules that is practice, or that an order will fix: dated, changed without code."""

    key = models.CharField(_("réglage"), max_length=80)
    value = models.DecimalField(_("valeur"), max_digits=8, decimal_places=2, null=True, blank=True)
    effective_from = models.DateField(_("à partir du"))
    source = models.CharField(_("source"), max_length=250)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("réglage des règles")
        verbose_name_plural = _("réglages des règles")
        ordering = ["key", "effective_from"]
        constraints = [models.UniqueConstraint(fields=["key", "effective_from"], name="rule_setting_once_per_date")]

    def __str__(self) -> str:
        return self.key
