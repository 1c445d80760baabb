"""Documents: filed once, in immutable versions, linked to every indicator and subject they speak of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.exchange.models import Imported
from qualiopi.files.models import StoredFile
from qualiopi.folding import FoldedKey
from qualiopi.tenancy import TenantModel
from trainings.catalogue.models import Course
from trainings.people.models import Subcontractor, Trainer
from trainings.sessions.models import Session
from trainings.surveys.models import Audience


class ReviewState(models.TextChoices):
    """What a named person thought of a document."""

    NOT_REVIEWED = "not_reviewed", _("pas encore relu")
    ACCEPTED = "accepted", _("retenu")
    REFUSED = "refused", _("refusé")


class Document(Imported, TenantModel):
    """A piece of evidence. Without a version it is announced, and still to be filed."""

    title = models.CharField(_("intitulé"), max_length=200)
    # Without accents, case or punctuation, for the search.
    title_key = FoldedKey("title", verbose_name=_("intitulé comparé"), max_length=200)
    # Key of a document type of the standard.
    type = models.CharField(_("type de pièce"), max_length=60, blank=True)
    audience = models.CharField(_("interlocuteurs concernés"), max_length=10, choices=Audience.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    review_state = models.CharField(_("relecture"), max_length=15, choices=ReviewState.choices, default=ReviewState.NOT_REVIEWED)
    review_comment = models.TextField(_("motif de la relecture"), blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("relu par")
    )
    reviewed_at = models.DateTimeField(_("relu le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("retiré par")
    )
    withdrawal_reason = models.TextField(_("motif du retrait"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("déposé par")
    )

    class Meta:
        verbose_name = _("pièce")
        verbose_name_plural = _("pièces")
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["organisation", "-created_at", "id"], name="document_by_filing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="document_withdrawal_has_reason",
                violation_error_message=_("Une pièce se retire avec un motif."),
            ),
            models.CheckConstraint(
                condition=Q(review_state="not_reviewed", reviewed_at__isnull=True)
                | (~Q(review_state="not_reviewed") & Q(reviewed_at__isnull=False)),
                name="document_review_has_date",
                violation_error_message=_("Une relecture a une date."),
            ),
            models.CheckConstraint(
                condition=~Q(review_state="refused") | ~Q(review_comment=""),
                name="document_refusal_has_reason",
                violation_error_message=_("Un refus dit pourquoi."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Version(TenantModel):
    """What a document was at one moment. It never changes."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions", verbose_name=_("pièce"))
    number = models.PositiveSmallIntegerField(_("numéro de version"), validators=[MinValueValidator(1)])
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="version", verbose_name=_("fichier"))
    effective_on = models.DateField(_("date de la pièce"), null=True, blank=True)
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    contents = models.JSONField(_("rubriques présentes"), default=list, blank=True)
    comment = models.CharField(_("ce qui change"), max_length=250, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("déposée par")
    )

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(effective_on__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gte=F("effective_on")),
                name="version_dates_in_order",
                violation_error_message=_("La fin de validité ne précède pas la date de la pièce."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Une version ne change plus : déposez-en une nouvelle.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("Une version ne s'efface pas : retirez la pièce, avec un motif.")


class Deposit(TenantModel):
    """A file that has come in and waits to be told what it is. It is no evidence yet."""

    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="deposit", verbose_name=_("fichier"))

    class Meta:
        verbose_name = _("dépôt à ranger")
        verbose_name_plural = _("dépôts à ranger")
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return str(self.file)


class IndicatorLink(models.Model):
    """A document speaks of an indicator."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="indicator_links", verbose_name=_("pièce"))
    indicator = models.PositiveSmallIntegerField(_("indicateur"), validators=[MinValueValidator(1), MaxValueValidator(33)])

    class Meta:
        verbose_name = _("lien vers un indicateur")
        verbose_name_plural = _("liens vers des indicateurs")
        ordering = ["indicator"]
        constraints = [
            models.UniqueConstraint(fields=["document", "indicator"], name="indicator_link_once"),
            models.CheckConstraint(
                condition=Q(indicator__gte=1, indicator__lte=33),
                name="indicator_link_number",
                violation_error_message=_("Les indicateurs vont de 1 à 33."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, indicateur {self.indicator}"


class SubjectLink(models.Model):
    """A document speaks of a course, a session, a trainer or a subcontractor: exactly one per link."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="subject_links", verbose_name=_("pièce"))
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, related_name="document_links", verbose_name=_("formation")
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="document_links", verbose_name=_("session")
    )
    trainer = models.ForeignKey(
        Trainer, on_delete=models.PROTECT, null=True, blank=True, related_name="document_links", verbose_name=_("formateur")
    )
    subcontractor = models.ForeignKey(
        Subcontractor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="document_links",
        verbose_name=_("sous-traitant"),
    )

    class Meta:
        verbose_name = _("lien vers un sujet")
        verbose_name_plural = _("liens vers des sujets")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(course__isnull=False, session__isnull=True, trainer__isnull=True, subcontractor__isnull=True)
                | Q(course__isnull=True, session__isnull=False, trainer__isnull=True, subcontractor__isnull=True)
                | Q(course__isnull=True, session__isnull=True, trainer__isnull=False, subcontractor__isnull=True)
                | Q(course__isnull=True, session__isnull=True, trainer__isnull=True, subcontractor__isnull=False),
                name="subject_link_exactly_one",
                violation_error_message=_(
                    "Un lien désigne une formation, une session, un formateur ou un sous-traitant, un seul à la fois."
                ),
            ),
            models.UniqueConstraint(
                fields=["document", "course"], condition=Q(course__isnull=False), name="subject_link_course_once"
            ),
            models.UniqueConstraint(
                fields=["document", "session"], condition=Q(session__isnull=False), name="subject_link_session_once"
            ),
            models.UniqueConstraint(
                fields=["document", "trainer"], condition=Q(trainer__isnull=False), name="subject_link_trainer_once"
            ),
            models.UniqueConstraint(
                fields=["document", "subcontractor"],
                condition=Q(subcontractor__isnull=False),
                name="subject_link_subcontractor_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}"


class CoveredLine(TenantModel):
    """A named person says that a piece covers one line of a recorded hole: a heading of a course, a person or a half-day of a session.

    ``line``: a heading by its name in the standard, or the identifier of an enrolment or of a half-day. It is said of the version that
    was read: with the next one, it is to be said again.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="covered_lines", verbose_name=_("version lue"))
    # Key of an expectation of the standard.
    expectation = models.CharField(_("attendu"), max_length=80)
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, related_name="covered_lines", verbose_name=_("formation")
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="covered_lines", verbose_name=_("session")
    )
    line = models.CharField(_("ligne couverte"), max_length=60)
    # What the line was called when it was said, for whoever reads it later.
    label = models.CharField(_("ce qu’elle désigne"), max_length=200)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("dit par"))

    class Meta:
        verbose_name = _("ligne couverte par une pièce")
        verbose_name_plural = _("lignes couvertes par des pièces")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(course__isnull=False, session__isnull=True) | Q(course__isnull=True, session__isnull=False),
                name="covered_line_of_one_subject",
                violation_error_message=_("Une pièce couvre une ligne d’une formation ou d’une session, une seule à la fois."),
            ),
            models.CheckConstraint(
                condition=~Q(line="") & ~Q(label=""),
                name="covered_line_names_a_line",
                violation_error_message=_("Dites quelle ligne la pièce couvre."),
            ),
            models.UniqueConstraint(
                fields=["version", "expectation", "course", "line"],
                condition=Q(course__isnull=False),
                name="covered_line_of_course_once",
            ),
            models.UniqueConstraint(
                fields=["version", "expectation", "session", "line"],
                condition=Q(session__isnull=False),
                name="covered_line_of_session_once",
            ),
        ]

    def __str__(self) -> str:
        return self.label
