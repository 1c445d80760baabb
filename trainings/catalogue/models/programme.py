"""The programme of a course, in versions: what a session was given is what was in force then."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qualiopi.tenancy import TenantModel
from trainings.catalogue.models.course import Course

NO_LONGER_CHANGES = "Une version adoptée ne change plus : préparez-en une nouvelle."


class Programme(TenantModel):
    """One version of a programme. Without a date it is being written; once in force it no longer changes."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("formation"))
    number = models.PositiveSmallIntegerField(_("numéro de version"), validators=[MinValueValidator(1)])
    in_force_from = models.DateField(_("en vigueur depuis le"), null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("adoptée par")
    )
    change_note = models.CharField(_("ce qui change"), max_length=250, blank=True)
    duration_hours = models.DecimalField(_("durée en heures"), max_digits=7, decimal_places=2, null=True, blank=True)
    modality = models.CharField(_("modalité"), max_length=250, blank=True)
    contents = models.TextField(_("contenu"), blank=True)
    methods = models.TextField(_("méthodes et moyens pédagogiques"), blank=True)
    # Labour Code, D. 6313-3-1: what is asked at a distance, and how long it takes on average.
    remote_work = models.TextField(_("travaux demandés à distance et leur durée moyenne"), blank=True)
    # Labour Code, D. 6313-3-2: analysis of the work, tutor, reflection apart from production.
    work_based = models.TextField(_("phases en situation de travail"), blank=True)

    class Meta:
        verbose_name = _("version du programme")
        verbose_name_plural = _("versions du programme")
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="programme_number_once"),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(in_force_from__isnull=True),
                name="programme_one_draft",
                violation_error_message=_("Une version de ce programme est déjà en préparation : terminez-la d’abord."),
            ),
            models.CheckConstraint(
                condition=Q(duration_hours__isnull=True) | Q(duration_hours__gt=0),
                name="programme_duration_positive",
                violation_error_message=_("La durée d’un programme se compte en heures, au-dessus de zéro."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse_adopted(self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        _refuse_adopted(self.pk)
        return super().delete(*args, **kwargs)


def _refuse_adopted(programme: Any) -> None:
    """Raise TypeError when this version is in force: what is stored counts, whatever the object in memory says."""
    if Programme.objects.filter(pk=programme, in_force_from__isnull=False).exists():
        raise TypeError(NO_LONGER_CHANGES)


class PartQuerySet(models.QuerySet[Any]):
    """Parts of programmes: those of an adopted version are neither changed nor deleted together."""

    def update(self, **kwargs: Any) -> int:
        self._refuse_adopted()
        return super().update(**kwargs)

    def delete(self) -> Any:
        self._refuse_adopted()
        return super().delete()

    def _refuse_adopted(self) -> None:
        if self.filter(programme__in_force_from__isnull=False).exists():
            raise TypeError(NO_LONGER_CHANGES)


class Part(models.Model):
    """Something in a programme, at its place; it changes as long as its version is being written."""

    programme_id: Any

    objects = models.Manager.from_queryset(PartQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _refuse_adopted(self.programme_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        _refuse_adopted(self.programme_id)
        return super().delete(*args, **kwargs)


class Objective(Part):
    """What people can do at the end, and how one sees that they can."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="objectives", verbose_name=_("programme"))
    position = models.PositiveSmallIntegerField(_("rang"))
    text = models.CharField(_("objectif"), max_length=300)
    evaluation = models.CharField(_("évalué par"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("objectif")
        verbose_name_plural = _("objectifs")
        ordering = ["programme", "position"]
        constraints = [models.UniqueConstraint(fields=["programme", "position"], name="objective_position_once")]

    def __str__(self) -> str:
        return self.text


class Skill(Part):
    """A skill or block of the certification, and the test that checks it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="skills", verbose_name=_("programme"))
    position = models.PositiveSmallIntegerField(_("rang"))
    text = models.CharField(_("compétence ou bloc"), max_length=300)
    test = models.CharField(_("épreuve"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("compétence de la certification")
        verbose_name_plural = _("compétences de la certification")
        ordering = ["programme", "position"]

    def __str__(self) -> str:
        return self.text


class Sequence(Part):
    """A step of the programme, with its length and what it serves."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sequences", verbose_name=_("programme"))
    position = models.PositiveSmallIntegerField(_("rang"))
    title = models.CharField(_("séquence"), max_length=250)
    hours = models.DecimalField(_("durée en heures"), max_digits=6, decimal_places=2, null=True, blank=True)
    modality = models.CharField(_("modalité"), max_length=100, blank=True)
    objectives = models.ManyToManyField(Objective, blank=True, related_name="sequences", verbose_name=_("objectifs travaillés"))
    skills = models.ManyToManyField(Skill, blank=True, related_name="sequences", verbose_name=_("compétences couvertes"))

    class Meta:
        verbose_name = _("séquence")
        verbose_name_plural = _("séquences")
        ordering = ["programme", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0),
                name="sequence_hours_positive",
                violation_error_message=_("La durée d’une séquence se compte en heures, au-dessus de zéro."),
            )
        ]

    def __str__(self) -> str:
        return self.title
