"""Needs of adaptation and what was done about them: needs and measures, never a diagnosis. Every reading is logged."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.tenancy import TenantModel
from trainings.sessions.models import Enrolment


class Wish(models.TextChoices):
    """What somebody answered when asked whether they need an adaptation."""

    YES = "yes", _("oui")
    NO = "no", _("non")
    NOT_SAID = "not_said", _("ne souhaite pas répondre")


class AdaptationRequest(TenantModel):
    """The answer of one person to the question; a yes calls for a decision taken with them."""

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, related_name="adaptation_request", verbose_name=_("inscription")
    )
    wish = models.CharField(_("a besoin d’une adaptation"), max_length=10, choices=Wish.choices)
    answered_on = models.DateField(_("répondu le"))
    # What would help, in the person's words; the form says not to write any diagnosis.
    need = models.TextField(_("ce qui aiderait"), blank=True)
    decision = models.TextField(_("ce qui a été décidé avec la personne"), blank=True)
    decided_on = models.DateField(_("décidé le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("décidé par")
    )
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    class Meta:
        verbose_name = _("besoin d’adaptation")
        verbose_name_plural = _("besoins d’adaptation")
        constraints = [
            models.CheckConstraint(
                condition=Q(wish="yes") | Q(need=""),
                name="adaptation_need_only_if_wished",
                violation_error_message=_("Un besoin ne se note que si la personne a dit oui."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, decision="") | (Q(decided_on__isnull=False) & ~Q(decision="")),
                name="adaptation_decision_has_date",
                violation_error_message=_("Une décision a un texte et une date."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("answered_on")),
                name="adaptation_decided_after_answer",
                violation_error_message=_("Une décision suit la réponse de la personne : vérifiez la date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}"

    @property
    def wished(self) -> bool:
        """Whether the person asked for something, which calls for a decision."""
        return self.wish == Wish.YES


class MeasureState(models.TextChoices):
    """Where a measure stands."""

    PLANNED = "planned", _("prévue")
    UNDER_WAY = "under_way", _("en cours")
    DONE = "done", _("faite")
    GIVEN_UP = "given_up", _("abandonnée")


class MeasureKind(models.TextChoices):
    """What a measure changes."""

    PACE = "pace", _("rythme")
    CONTENT = "content", _("contenu ou support")
    SUPPORT = "support", _("accompagnement")
    EQUIPMENT = "equipment", _("matériel ou accès")
    LENGTH = "length", _("durée")
    PARTNER = "partner", _("partenaire sollicité")


class Measure(TenantModel):
    """One adaptation decided for a person, followed until it is done or given up."""

    request = models.ForeignKey(
        AdaptationRequest, on_delete=models.PROTECT, related_name="measures", verbose_name=_("besoin d’adaptation")
    )
    kind = models.CharField(_("porte sur"), max_length=12, choices=MeasureKind.choices)
    text = models.CharField(_("mesure"), max_length=250)
    state = models.CharField(_("état"), max_length=10, choices=MeasureState.choices, default=MeasureState.PLANNED)
    state_on = models.DateField(_("à cet état depuis le"))
    reason = models.CharField(_("abandonnée parce que"), max_length=250, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("notée par")
    )

    class Meta:
        verbose_name = _("adaptation décidée")
        verbose_name_plural = _("adaptations décidées")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="given_up") | ~Q(reason=""),
                name="measure_given_up_has_reason",
                violation_error_message=_("Une adaptation abandonnée dit pourquoi."),
            )
        ]

    def __str__(self) -> str:
        return self.text
