"""Signatures per half-day, chained to one another; scanned sheets; connection reports; what was done after an absence."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qualiopi.files.models import StoredFile
from qualiopi.organisations.models import Organisation
from qualiopi.tenancy import TenantModel
from trainings.people.models import Trainer
from trainings.sessions.models import Enrolment, HalfDay, Session


class MarkKind(models.TextChoices):
    """What one line of the register says."""

    PRESENT = "present", _("présent")
    ABSENT = "absent", _("absent")
    EXCUSED = "excused", _("absent, excusé")
    COUNTERSIGNED = "countersigned", _("contresignée par le formateur")


class MarkMethod(models.TextChoices):
    """By which way a line came."""

    DRAWN = "drawn", _("signature tracée sur son téléphone")
    CONFIRMED = "confirmed", _("confirmation sur son téléphone")
    DISPLAYED = "displayed", _("QR code affiché en salle")
    PASSED_ROUND = "passed_round", _("appareil du formateur passé de main en main")
    SHEET = "sheet", _("feuille papier numérisée")
    CONNECTION = "connection", _("relevé de connexion")
    DECLARED = "declared", _("déclaré par le formateur ou l’organisme")


class Mark(TenantModel):
    """One line of the attendance register. It never changes: a correction is a new line that supersedes it.

    Lines of a session are numbered and chained: the fingerprint of each covers its content and the fingerprint before.
    """

    # A whole room writes here in the same minute, and each index is written with each line: those that another one begins with, or
    # whose column is nearly always empty, are left out (ADR 0068).
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("organisme")
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="marks", db_index=False, verbose_name=_("session")
    )
    number = models.PositiveIntegerField(_("numéro de ligne"))
    half_day = models.ForeignKey(
        HalfDay, on_delete=models.PROTECT, related_name="marks", db_index=False, verbose_name=_("demi-journée")
    )
    # Exactly one of the two: the trainee, or the trainer who countersigns.
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="marks", verbose_name=_("inscription")
    )
    trainer = models.ForeignKey(
        Trainer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="marks",
        db_index=False,
        verbose_name=_("formateur"),
    )
    kind = models.CharField(_("présence"), max_length=15, choices=MarkKind.choices)
    method = models.CharField(_("voie"), max_length=15, choices=MarkMethod.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes suivies"), null=True, blank=True)
    # Made on the device, perhaps without a network; `created_at` is when it reached us, and the fingerprint covers both.
    signed_at = models.DateTimeField(_("signée le"))
    created_at = models.DateTimeField(_("reçue le"), default=timezone.now, editable=False)
    late = models.BooleanField(_("signée après la demi-journée"), default=False)
    reason = models.CharField(_("motif du retard ou de la correction"), max_length=250, blank=True)
    # The strokes of a drawn signature: an SVG path of a 320 by 176 box, digits, letters M and L and spaces alone.
    drawing = models.TextField(_("tracé"), blank=True)
    # Shortened (/24 or /48): enough to compare, not to follow somebody.
    address = models.CharField(_("adresse du réseau, abrégée"), max_length=45, blank=True)
    # Comes with the page that one signs on: the same signature sent twice counts once.
    once = models.UUIDField(_("identifiant de l’envoi"), unique=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("remplace")
    )
    file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("feuille numérisée"),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("saisie par"),
    )
    previous = models.CharField(_("empreinte d’avant"), max_length=64, blank=True)
    fingerprint = models.CharField(_("empreinte"), max_length=64)

    class Meta:
        verbose_name = _("ligne d’émargement")
        verbose_name_plural = _("lignes d’émargement")
        ordering = ["session", "number"]
        indexes = [
            models.Index(fields=["half_day", "enrolment"], name="mark_by_half_day"),
            # Registers are counted by session, by hundreds of thousands of lines: the index holds every column the count names.
            models.Index(fields=["organisation", "session", "supersedes", "kind", "minutes", "created_at"], name="mark_counted"),
            models.Index(fields=["organisation", "session"], condition=Q(kind__in=["absent", "excused"]), name="mark_absent"),
            models.Index(fields=["trainer"], condition=Q(trainer__isnull=False), name="mark_by_trainer"),
            models.Index(fields=["file"], condition=Q(file__isnull=False), name="mark_of_sheet"),
            # Scanned sheets are counted without a look at the lines that people signed.
            models.Index(fields=["organisation", "session", "file"], condition=Q(file__isnull=False), name="mark_sheets_counted"),
            models.Index(fields=["made_by"], condition=Q(made_by__isnull=False), name="mark_made_by"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="mark_number_once"),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False, trainer__isnull=True) | Q(enrolment__isnull=True, trainer__isnull=False),
                name="mark_of_one_person",
                violation_error_message=_("Une ligne d’émargement est celle d’une seule personne."),
            ),
            models.CheckConstraint(
                condition=Q(kind="countersigned", trainer__isnull=False) | (~Q(kind="countersigned") & Q(trainer__isnull=True)),
                name="mark_countersigned_by_trainer",
                violation_error_message=_("Seul un formateur contresigne."),
            ),
            models.CheckConstraint(
                condition=Q(late=False) | ~Q(reason=""),
                name="mark_late_has_reason",
                violation_error_message=_("Une signature tardive dit pourquoi."),
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""),
                name="mark_correction_has_reason",
                violation_error_message=_("Une correction dit pourquoi."),
            ),
            # One first line per person and half-day; the next ones supersede.
            models.UniqueConstraint(
                fields=["half_day", "enrolment"], condition=Q(supersedes__isnull=True), name="mark_first_once_per_trainee"
            ),
            models.UniqueConstraint(
                fields=["half_day"],
                condition=Q(supersedes__isnull=True, kind="countersigned"),
                name="mark_countersigned_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.half_day}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Une ligne d'émargement ne change plus : une correction est une nouvelle ligne.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("Une ligne d'émargement ne s'efface pas.")


class Chain(models.Model):
    """The end of a session's register: locked while a line is added, so that lines follow one another."""

    session = models.OneToOneField(
        Session, on_delete=models.PROTECT, primary_key=True, related_name="chain", verbose_name=_("session")
    )
    length = models.PositiveIntegerField(_("nombre de lignes"), default=0)
    fingerprint = models.CharField(_("dernière empreinte"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("chaîne d’émargement")
        verbose_name_plural = _("chaînes d’émargement")

    def __str__(self) -> str:
        return f"{self.session}"


class FailedConfirmations(models.Model):
    """How many times the question of the displayed code was answered wrong for somebody: it is not asked for ever."""

    half_day = models.ForeignKey(HalfDay, on_delete=models.CASCADE, related_name="+", verbose_name=_("demi-journée"))
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+", verbose_name=_("inscription"))
    count = models.PositiveSmallIntegerField(_("réponses fausses"), default=0)

    class Meta:
        verbose_name = _("confirmations manquées")
        verbose_name_plural = _("confirmations manquées")
        constraints = [models.UniqueConstraint(fields=["half_day", "enrolment"], name="failed_confirmations_once")]

    def __str__(self) -> str:
        return f"{self.enrolment}, {self.half_day}"


class ConnectionReport(TenantModel):
    """A report of an online meeting tool, for one half-day."""

    half_day = models.ForeignKey(
        HalfDay, on_delete=models.PROTECT, related_name="connection_reports", verbose_name=_("demi-journée")
    )
    tool = models.CharField(_("outil"), max_length=20)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="connection_report", verbose_name=_("fichier"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("déposé par")
    )
    applied_at = models.DateTimeField(_("reporté sur l’émargement le"), null=True, blank=True)
    # What was left out or doubted when it was read: `Note.as_dict` of each.
    notes = models.JSONField(_("à savoir"), default=list, blank=True)

    class Meta:
        verbose_name = _("relevé de connexion")
        verbose_name_plural = _("relevés de connexion")
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"{self.tool}, {self.half_day}"


class Connection(models.Model):
    """One person seen in a report, and whom it is believed to be."""

    report = models.ForeignKey(ConnectionReport, on_delete=models.CASCADE, related_name="connections", verbose_name=_("relevé"))
    seen_name = models.CharField(_("nom affiché"), max_length=200)
    seen_email = models.CharField(_("adresse affichée"), max_length=254, blank=True)
    joined_at = models.DateTimeField(_("arrivée"), null=True, blank=True)
    left_at = models.DateTimeField(_("départ"), null=True, blank=True)
    # Every stretch between the two, as pairs of moments (ISO 8601): who was away at noon was not there all day.
    stretches = models.JSONField(_("moments de connexion"), default=list, blank=True)
    waited_minutes = models.PositiveSmallIntegerField(_("minutes en salle d’attente"), default=0)
    minutes = models.PositiveSmallIntegerField(_("minutes connectées"))
    # Minutes within the half-day, kept for whoever it is; a hand correction wins.
    kept_minutes = models.PositiveSmallIntegerField(_("minutes retenues"), null=True, blank=True)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="connections", verbose_name=_("stagiaire")
    )
    by_hand = models.BooleanField(_("rapprochée à la main"), default=False)

    class Meta:
        verbose_name = _("connexion")
        verbose_name_plural = _("connexions")
        ordering = ["seen_name", "id"]

    def __str__(self) -> str:
        return self.seen_name


class FollowUpSubject(models.TextChoices):
    """What a follow-up answers."""

    ABSENCE = "absence", _("absence")
    INTERRUPTION = "interruption", _("interruption ou abandon")
    REMOTE_GAP = "remote_gap", _("écart de suivi à distance")


class FollowUp(TenantModel):
    """Somebody was contacted after an absence, an interruption or a gap at a distance (indicators 12 and 19)."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("inscription"))
    subject = models.CharField(_("à propos de"), max_length=15, choices=FollowUpSubject.choices)
    event_on = models.DateField(_("survenue le"))
    contacted_on = models.DateField(_("contact pris le"))
    reason = models.CharField(_("motif donné"), max_length=250, blank=True)
    action = models.TextField(_("ce qui a été fait"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("notée par")
    )

    class Meta:
        verbose_name = _("suivi d’une absence")
        verbose_name_plural = _("suivis d’absences")
        ordering = ["contacted_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contacted_on__gte=models.F("event_on")),
                name="follow_up_after_event",
                violation_error_message=_("On ne contacte pas quelqu’un avant son absence."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}"
