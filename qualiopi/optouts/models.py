"""What an address chose of the messages that may be refused."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from qualiopi.tenancy import TenantModel


class MailChoice(TenantModel):
    """One address in one organisation: whether surveys and reminders may be written to it. What is due is written in any case.

    It is made when the first of these messages leaves, for its link; `refused_at` is empty while nothing was refused.
    """

    email = models.EmailField(_("adresse e-mail"))
    token_hash = models.CharField(_("empreinte du lien"), max_length=64, unique=True)
    refused_at = models.DateTimeField(_("refusé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("choix de messages")
        verbose_name_plural = _("choix de messages")
        ordering = ["email", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "email"], name="mail_choice_once_per_address"),
            models.CheckConstraint(
                condition=models.Q(email=Lower(F("email"))),
                name="mail_choice_small_letters",
                violation_error_message=_("Une adresse se compare en minuscules."),
            ),
        ]

    def __str__(self) -> str:
        return self.email
