"""Trainers, and what shows that they can teach."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.exchange.models import Imported
from qualiopi.files.models import StoredFile
from qualiopi.folding import FoldedKey, FoldedText
from qualiopi.tenancy import TenantModel
from trainings.people.models.subcontracting import Subcontractor


class TrainerStatus(models.TextChoices):
    """How a trainer is bound to the organisation. Empty: not known yet."""

    EMPLOYEE = "employee", _("salarié ou dirigeant")
    CARRIED = "carried", _("porté par la coopérative ou en portage salarial")
    SUBCONTRACTOR = "subcontractor", _("sous-traitant, avec sa propre déclaration d’activité")


class Trainer(Imported, TenantModel):
    """Somebody who teaches."""

    first_name = models.CharField(_("prénom"), max_length=100, blank=True)
    last_name = models.CharField(_("nom"), max_length=100)
    # Words in alphabetical order: « DUPONT Léa » and « Léa Dupont » are one person.
    name_key = FoldedKey("first_name", "last_name", by_word=True, verbose_name=_("nom comparé"), max_length=220)
    found_by = FoldedText("first_name", "last_name", "email", "phone", "titles", verbose_name=_("texte cherché"))
    email = models.EmailField(_("adresse e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    # With a number of their own, a trainer who invoices is a subcontractor, even when the cooperative also carries them.
    activity_number = models.CharField(_("numéro de déclaration d’activité"), max_length=20, blank=True)
    titles = models.CharField(_("titres et qualités"), max_length=250, blank=True)
    status = models.CharField(_("statut"), max_length=20, choices=TrainerStatus.choices, blank=True)
    subcontractor = models.ForeignKey(
        Subcontractor, on_delete=models.PROTECT, null=True, blank=True, related_name="trainers", verbose_name=_("sous-traitant")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="trainers",
        verbose_name=_("compte"),
    )

    class Meta:
        verbose_name = _("formateur")
        verbose_name_plural = _("formateurs")
        ordering = ["last_name", "first_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name_key"], name="trainer_name_once"),
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(user__isnull=False),
                name="trainer_account_once",
                violation_error_message=_("Ce compte est déjà celui d’un formateur de l’organisme."),
            ),
            models.CheckConstraint(
                condition=Q(subcontractor__isnull=True) | Q(status="subcontractor"),
                name="trainer_subcontractor_status",
                violation_error_message=_("Seul un formateur sous-traitant dépend d’un sous-traitant."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside a name."""
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()


class RecordKind(models.TextChoices):
    """What a line of a trainer's file is about."""

    CV = "cv", _("CV")
    DIPLOMA = "diploma", _("diplôme, titre ou preuve d’expérience")
    QUALIFICATION = "qualification", _("habilitation ou agrément à durée limitée")
    TRAINING = "training", _("formation ou échange de pratiques suivi")
    INTERVIEW = "interview", _("entretien annuel ou observation")
    CHARTER = "charter", _("engagement qualité signé")
    OTHER = "other", _("autre pièce")


class TrainerRecord(TenantModel):
    """One line of a trainer's file, with the days on which it holds. What expires stays: it was valid then."""

    trainer = models.ForeignKey(Trainer, on_delete=models.PROTECT, related_name="records", verbose_name=_("formateur"))
    kind = models.CharField(_("nature"), max_length=15, choices=RecordKind.choices)
    title = models.CharField(_("intitulé"), max_length=200)
    # Title without case or accents: what a course's required qualification is compared with.
    title_key = FoldedKey("title", verbose_name=_("intitulé comparé"), max_length=200)
    dated_on = models.DateField(_("date de la pièce ou de l’événement"), null=True, blank=True)
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    note = models.TextField(_("note ou conclusion"), blank=True)
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="trainer_record", verbose_name=_("fichier")
    )
    # Sent by the trainer through their personal link: somebody of the organisation has to look at it.
    dropped = models.BooleanField(_("envoyée par le formateur"), default=False)
    checked_at = models.DateTimeField(_("vérifiée le"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vérifiée par"),
    )
    # Qualifications that courses require in other words, and that this title covers: somebody said so, once for all lines of this title.
    covers = models.JSONField(_("qualifications que ce titre couvre"), default=list, blank=True)
    covers_said_at = models.DateTimeField(_("dit le"), null=True, blank=True)
    covers_said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dit par")
    )
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("motif du retrait"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("pièce du dossier d’un formateur")
        verbose_name_plural = _("pièces du dossier d’un formateur")
        ordering = ["kind", "-dated_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dated_on__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gte=F("dated_on")),
                name="trainer_record_dates_in_order",
                violation_error_message=_("La fin de validité ne précède pas la date de la pièce."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="trainer_record_withdrawal_has_reason",
                violation_error_message=_("Une pièce se retire avec un motif."),
            ),
            models.CheckConstraint(
                condition=Q(covers_said_at__isnull=True, covers_said_by__isnull=True)
                | Q(covers_said_at__isnull=False, covers_said_by__isnull=False),
                name="trainer_record_covers_said_by_somebody",
                violation_error_message=_("Quelqu’un dit ce qu’un titre couvre, un jour donné."),
            ),
            # What a trainer sends in two taps has no date before somebody looks at it.
            models.CheckConstraint(
                condition=~Q(kind="qualification") | Q(dated_on__isnull=False) | Q(dropped=True, checked_at__isnull=True),
                name="trainer_record_qualification_dated",
                violation_error_message=_("Une habilitation dit depuis quand elle est valable."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="interview")
                | (Q(dated_on__isnull=False) & ~Q(note=""))
                | Q(dropped=True, checked_at__isnull=True),
                name="trainer_record_interview_concludes",
                violation_error_message=_("Un entretien ou une observation a une date et une conclusion."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TrainerLink(TenantModel):
    """The personal link by which a trainer sends a document without an account. A new number voids the old one."""

    trainer = models.OneToOneField(Trainer, on_delete=models.PROTECT, related_name="link", verbose_name=_("formateur"))
    number = models.PositiveIntegerField(_("numéro du lien"), default=1)
    token_hash = models.CharField(_("empreinte du lien"), max_length=64, unique=True)
    expires_on = models.DateField(_("valable jusqu’au"))
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    # Asked for by the trainer once the link has expired: the organisation is told at most once a day.
    asked_at = models.DateTimeField(_("nouveau lien demandé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien personnel d’un formateur")
        verbose_name_plural = _("liens personnels des formateurs")

    def __str__(self) -> str:
        return str(self.trainer)
