"""Courses: what is offered, and the certification it prepares for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.exchange.models import Imported
from qualiopi.folding import FoldedKey, FoldedText
from qualiopi.organisations.enums import Category
from qualiopi.tenancy import TenantModel


class Level(models.TextChoices):
    """Level of a registered certification, as the yearly report to the administration sorts them (frame F-3)."""

    SIX_TO_EIGHT = "6-8", _("niveaux 6 à 8")
    FIVE = "5", _("niveau 5")
    FOUR = "4", _("niveau 4")
    THREE = "3", _("niveau 3")
    TWO = "2", _("niveau 2")
    CQP = "cqp", _("certificat de qualification professionnelle sans niveau")
    RS = "rs", _("répertoire spécifique")


class Course(Imported, TenantModel):
    """A course. What nobody said yet stays null: unknown is not no."""

    title = models.CharField(_("intitulé"), max_length=250)
    # Title without case, accents or punctuation: what an import compares.
    title_key = FoldedKey("title", verbose_name=_("intitulé comparé"), max_length=250)
    found_by = FoldedText("title", "code", "certification_code", "certification_title", verbose_name=_("texte cherché"))
    code = models.CharField(_("code interne"), max_length=60, blank=True)
    category = models.CharField(_("catégorie d’action"), max_length=3, choices=Category.choices, blank=True)
    certifying = models.BooleanField(_("prépare à une certification enregistrée"), null=True, blank=True)
    certification_code = models.CharField(_("code RNCP ou RS"), max_length=20, blank=True)
    certification_title = models.CharField(_("intitulé exact de la certification"), max_length=250, blank=True)
    certification_level = models.CharField(_("niveau de la certification"), max_length=12, choices=Level.choices, blank=True)
    certifier = models.CharField(_("certificateur"), max_length=200, blank=True)
    registered_on = models.DateField(_("certification enregistrée le"), null=True, blank=True)
    registered_until = models.DateField(_("enregistrement valable jusqu’au"), null=True, blank=True)
    # Code of the nomenclature of specialities (NSF) that the yearly report counts by.
    speciality = models.CharField(_("spécialité de formation (code NSF)"), max_length=4, blank=True)
    # What whoever teaches it must hold by law or by the certifier's rule, in words; empty: nothing particular is asked.
    required_qualification = models.CharField(_("qualification exigée pour l’animer"), max_length=150, blank=True)
    pedagogical_referent = models.CharField(_("référent pédagogique"), max_length=150, blank=True)
    duration_hours = models.DecimalField(_("durée en heures"), max_digits=7, decimal_places=2, null=True, blank=True)
    archived_on = models.DateField(_("retirée de la vente le"), null=True, blank=True)

    class Meta:
        verbose_name = _("formation")
        verbose_name_plural = _("formations")
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title_key"],
                name="course_title_once",
                violation_error_message=_("Une formation porte déjà cet intitulé."),
            ),
            models.CheckConstraint(
                condition=Q(duration_hours__isnull=True) | Q(duration_hours__gt=0),
                name="course_duration_positive",
                violation_error_message=_("La durée d’une formation se compte en heures, au-dessus de zéro."),
            ),
            models.CheckConstraint(
                condition=Q(registered_on__isnull=True)
                | Q(registered_until__isnull=True)
                | Q(registered_until__gte=F("registered_on")),
                name="course_registration_dates",
                violation_error_message=_("La fin d’un enregistrement ne précède pas sa date."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
