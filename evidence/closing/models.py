"""Sessions that close by themselves once nothing holds them open any more."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qualiopi.tenancy import TenantModel
from trainings.sessions.models import Session


class ClosingRequest(TenantModel):
    """Somebody asked that a session be closed as soon as it may; the clock looks at it until a day."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="closing_requests", verbose_name=_("session"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("demandée par"),
    )
    until = models.DateField(_("au plus tard le"))
    # Certificates and attestations leave once the register is whole.
    documents = models.BooleanField(_("documents à émettre et à envoyer"), default=False)
    ended_at = models.DateTimeField(_("terminée le"), null=True, blank=True)
    outcome = models.CharField(_("ce qui en est advenu"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("clôture demandée")
        verbose_name_plural = _("clôtures demandées")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session"], condition=Q(ended_at__isnull=True), name="closing_request_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="closing_request_says_its_end",
                violation_error_message=_("Une clôture terminée dit ce qui en est advenu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}, {self.until}"
