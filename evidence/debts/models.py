"""Reminders of what people owe: at most one a week each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qualiopi.tenancy import TenantModel
from trainings.people.models import Trainer


class Reminder(TenantModel):
    """One e-mail to one person about all that they owe."""

    trainer = models.ForeignKey(
        Trainer, on_delete=models.PROTECT, null=True, blank=True, related_name="reminders", verbose_name=_("formateur")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("personne")
    )
    email = models.EmailField(_("envoyée à"))
    # How many things were owed when it left.
    owed = models.PositiveIntegerField(_("nombre de manques"))
    sent_on = models.DateField(_("envoyée le"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("demandée par"),
    )

    class Meta:
        verbose_name = _("relance")
        verbose_name_plural = _("relances")
        ordering = ["-sent_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trainer__isnull=False, user__isnull=True) | Q(trainer__isnull=True, user__isnull=False),
                name="reminder_to_one",
                violation_error_message=_("Une relance s’adresse à une seule personne."),
            ),
            models.UniqueConstraint(
                fields=["trainer", "sent_on"], condition=Q(trainer__isnull=False), name="reminder_trainer_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["organisation", "user", "sent_on"], condition=Q(user__isnull=False), name="reminder_user_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.email
