"""Half-days of a session, what is to be done around it, what happened to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.tenancy import TenantModel
from trainings.people.models import Trainer
from trainings.sessions.models.session import Session
from trainings.states import SessionState


class DayPart(models.TextChoices):
    """Half of a day."""

    MORNING = "am", _("matin")
    AFTERNOON = "pm", _("après-midi")
    EVENING = "soir", _("soirée")


class HalfDay(TenantModel):
    """A half-day of training: what one signs for."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="half_days", verbose_name=_("session"))
    day = models.DateField(_("jour"))
    part = models.CharField(_("moment"), max_length=4, choices=DayPart.choices)
    starts_at = models.TimeField(_("commence à"))
    ends_at = models.TimeField(_("finit à"))
    remote = models.BooleanField(_("à distance"), default=False)
    trainer = models.ForeignKey(
        Trainer, on_delete=models.PROTECT, null=True, blank=True, related_name="half_days", verbose_name=_("animée par")
    )

    class Meta:
        verbose_name = _("demi-journée")
        verbose_name_plural = _("demi-journées")
        ordering = ["day", "starts_at", "id"]
        indexes = [models.Index(fields=["organisation", "day"], name="half_day_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "day", "part"],
                name="half_day_once_per_session",
                violation_error_message=_("Cette demi-journée est déjà prévue."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="half_day_times_in_order",
                violation_error_message=_("Une demi-journée finit après avoir commencé."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}, {self.get_part_display()}"

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        start, end = self.starts_at, self.ends_at
        return (end.hour - start.hour) * 60 + end.minute - start.minute


class SessionChange(TenantModel):
    """A change of state, or of dates, that stays with its reason."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes", verbose_name=_("session"))
    from_state = models.CharField(_("de l’état"), max_length=10, choices=SessionState.choices)
    to_state = models.CharField(_("à l’état"), max_length=10, choices=SessionState.choices)
    from_starts_on = models.DateField(_("commençait le"), null=True, blank=True)
    from_ends_on = models.DateField(_("finissait le"), null=True, blank=True)
    to_starts_on = models.DateField(_("commence le"), null=True, blank=True)
    to_ends_on = models.DateField(_("finit le"), null=True, blank=True)
    reason = models.CharField(_("motif"), max_length=250, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fait par")
    )

    class Meta:
        verbose_name = _("changement d’une session")
        verbose_name_plural = _("changements d’une session")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(to_state__in=["cancelled", "postponed"]) | ~Q(reason=""),
                name="session_change_has_reason",
                violation_error_message=_("Une annulation ou un report garde son motif : dites lequel."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.session}"


class Step(TenantModel):
    """Something to do around a session, by somebody, by a day: by hand, or sent by the clock."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="steps", verbose_name=_("session"))
    # Key of the checklist; what the clock sends is named after its room: « survey:end_of_session », « document:convocation ».
    key = models.CharField(_("étape"), max_length=60)
    label = models.CharField(_("à faire"), max_length=200)
    due_on = models.DateField(_("pour le"))
    automatic = models.BooleanField(_("part toute seule"), default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confiée à")
    )
    trainer = models.ForeignKey(
        Trainer, on_delete=models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("confiée au formateur")
    )
    done_at = models.DateTimeField(_("faite le"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("faite par")
    )
    skipped_reason = models.CharField(_("sans objet parce que"), max_length=250, blank=True)
    # When the clock last took it in hand: nobody else touches it for a while, and what could not leave waits for as long.
    claimed_at = models.DateTimeField(_("prise en charge le"), null=True, blank=True, editable=False)
    # What the clock answered when it could not send.
    problem = models.CharField(_("empêchement"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")
        ordering = ["due_on", "created_at", "id"]
        indexes = [models.Index(fields=["automatic", "done_at", "due_on"], name="step_due")]
        constraints = [
            models.UniqueConstraint(fields=["session", "key"], name="step_once_per_session"),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(trainer__isnull=True),
                name="step_one_owner",
                violation_error_message=_("Une étape a une seule personne en charge."),
            ),
            models.CheckConstraint(
                condition=Q(done_by__isnull=True) | Q(done_at__isnull=False),
                name="step_done_by_has_date",
                violation_error_message=_("Une étape faite par quelqu’un l’est à une date."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do: it is done, or set aside with a reason."""
        return self.done_at is not None or self.skipped_reason != ""
