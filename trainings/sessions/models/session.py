"""Sessions and who leads them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.exchange.models import Imported
from qualiopi.files.models import StoredFile
from qualiopi.folding import FoldedText
from qualiopi.tenancy import TenantModel
from trainings.catalogue.models import Course, Programme
from trainings.people.models import Subcontract, Subcontractor, Trainer
from trainings.states import SessionState


class Modality(models.TextChoices):
    """Where a session is held. Empty: not known yet."""

    ON_SITE = "on_site", _("présentiel")
    REMOTE = "remote", _("à distance")
    MIXED = "mixed", _("mixte")


class SessionKind(models.TextChoices):
    """For whom a session is held. Empty: not known yet."""

    INTER = "inter", _("inter-entreprises")
    INTRA = "intra", _("intra-entreprise")
    INDIVIDUAL = "individual", _("individuelle")
    SUBCONTRACTED = "subcontracted", _("pour un autre organisme de formation")


class Session(Imported, TenantModel):
    """One run of a course."""

    reference = models.CharField(_("référence"), max_length=60)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("formation"))
    # The version of the programme that was in force when the session was made.
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("programme suivi")
    )
    starts_on = models.DateField(_("premier jour"), null=True, blank=True)
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)
    duration_hours = models.DecimalField(_("durée en heures"), max_digits=7, decimal_places=2, null=True, blank=True)
    modality = models.CharField(_("modalité"), max_length=10, choices=Modality.choices, blank=True)
    kind = models.CharField(_("type"), max_length=15, choices=SessionKind.choices, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    place = models.CharField(_("lieu"), max_length=250, blank=True)
    platform = models.CharField(_("outil ou lien à distance"), max_length=250, blank=True)
    work_study = models.BooleanField(_("en alternance"), null=True, blank=True)
    workplace_periods = models.BooleanField(_("comprend des périodes en entreprise"), null=True, blank=True)
    # Session run for another organisation: its name; the missions its contract gives us, one key per line of the standard.
    run_for = models.CharField(_("réalisée pour l’organisme"), max_length=200, blank=True)
    missions = models.JSONField(_("missions confiées par le contrat"), null=True, blank=True)
    contract_reference = models.CharField(_("contrat avec cet organisme"), max_length=100, blank=True)
    contract_signed_on = models.DateField(_("contrat signé le"), null=True, blank=True)
    contract_file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="client_contract", verbose_name=_("contrat")
    )
    given_to = models.ForeignKey(
        Subcontractor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("confiée au sous-traitant"),
    )
    subcontract = models.ForeignKey(
        Subcontract,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("contrat de sous-traitance"),
    )
    expected_trainees = models.PositiveIntegerField(_("stagiaires annoncés"), null=True, blank=True)
    price = models.DecimalField(_("prix hors taxes"), max_digits=10, decimal_places=2, null=True, blank=True)
    trainers = models.ManyToManyField(Trainer, through="SessionTrainer", related_name="sessions", verbose_name=_("formateurs"))
    found_by = FoldedText("reference", "place", "run_for", verbose_name=_("texte cherché"))
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-starts_on", "reference", "id"]
        indexes = [models.Index(fields=["organisation", "starts_on"], name="session_by_start")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference"],
                name="session_reference_once",
                violation_error_message=_("Une session porte déjà cette référence."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="session_dates_in_order",
                violation_error_message=_("Le dernier jour d’une session ne précède pas le premier."),
            ),
            models.CheckConstraint(
                condition=Q(duration_hours__isnull=True) | Q(duration_hours__gt=0),
                name="session_duration_positive",
                violation_error_message=_("La durée d’une session se compte en heures, au-dessus de zéro."),
            ),
            models.CheckConstraint(
                condition=Q(run_for="") | Q(given_to__isnull=True),
                name="session_run_for_or_given",
                violation_error_message=_("Une session réalisée pour un autre organisme n’est pas sous-traitée à son tour."),
            ),
            models.CheckConstraint(
                condition=Q(subcontract__isnull=True) | Q(given_to__isnull=False),
                name="session_subcontract_given",
                violation_error_message=_("Un contrat de sous-traitance suppose un sous-traitant."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class SessionTrainer(models.Model):
    """Who leads a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("session"))
    trainer = models.ForeignKey(Trainer, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("formateur"))

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["session", "trainer"], name="session_trainer_once")]

    def __str__(self) -> str:
        return f"{self.trainer}, {self.session}"
