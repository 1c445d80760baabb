"""Before: needs and positioning. During and after: results by objective, examinations, published rates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.files.models import StoredFile
from qualiopi.tenancy import TenantModel
from trainings.catalogue.models import Course, Objective
from trainings.people.models import Company
from trainings.sessions.models import Enrolment, Session


class IntakeKind(models.TextChoices):
    """What is asked of a person before the start."""

    NEEDS = "needs", _("analyse du besoin")
    POSITIONING = "positioning", _("positionnement")


class IntakeSource(models.TextChoices):
    """By which way an answer came."""

    LINK = "link", _("lien personnel")
    INTERVIEW = "interview", _("entretien")
    PAPER = "paper", _("questionnaire papier")


class IntakeDecision(models.TextChoices):
    """What is decided from an answer (indicators 4 and 8): the session suits, it is adapted, or another way is proposed."""

    ACCEPT = "accept", _("accueillir sans rien changer")
    ADAPT = "adapt", _("adapter la formation")
    REDIRECT = "redirect", _("orienter autrement")


class Intake(TenantModel):
    """What one person answered before the start, and what was decided from it (indicators 4 and 8)."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="intakes", verbose_name=_("inscription"))
    kind = models.CharField(_("nature"), max_length=12, choices=IntakeKind.choices)
    answers = models.JSONField(_("réponses"), default=dict, blank=True)
    source = models.CharField(_("voie"), max_length=10, choices=IntakeSource.choices, default=IntakeSource.LINK)
    answered_on = models.DateField(_("répondu le"))
    # Positioning: diplomas, certificates or experience asked for by the course were checked.
    prerequisites_met = models.BooleanField(_("prérequis vérifiés"), null=True, blank=True)
    decision = models.CharField(_("décision"), max_length=10, choices=IntakeDecision.choices, blank=True)
    conclusion = models.TextField(_("ce que l’on en tire"), blank=True)
    concluded_on = models.DateField(_("conclu le"), null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("conclu par")
    )

    class Meta:
        verbose_name = _("recueil avant la formation")
        verbose_name_plural = _("recueils avant la formation")
        ordering = ["answered_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind"], name="intake_once_per_kind"),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True, conclusion="") | (Q(concluded_on__isnull=False) & ~Q(conclusion="")),
                name="intake_conclusion_has_date",
                violation_error_message=_("Une conclusion a un texte et une date."),
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("answered_on")),
                name="intake_concluded_after_answer",
                violation_error_message=_("On ne conclut pas avant d’avoir la réponse : vérifiez la date."),
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True, decision="") | (Q(concluded_on__isnull=False) & ~Q(decision="")),
                name="intake_decision_with_conclusion",
                violation_error_message=_("Une conclusion dit ce qui est décidé : accueillir, adapter ou orienter autrement."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}"

    @property
    def changes(self) -> bool:
        """Whether what was decided changes something: the session is adapted, or another way is proposed."""
        return self.decision not in ("", IntakeDecision.ACCEPT)


class IntakeDraft(TenantModel):
    """What somebody has typed on their phone and not sent yet. It goes when they send; nobody else reads it."""

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.CASCADE, related_name="intake_draft", verbose_name=_("inscription")
    )
    answers = models.JSONField(_("réponses"), default=dict, blank=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    class Meta:
        verbose_name = _("brouillon de recueil")
        verbose_name_plural = _("brouillons de recueil")

    def __str__(self) -> str:
        return f"{self.enrolment}"


class SessionNeed(TenantModel):
    """The need of a company or of the group, for a whole session, with what it changes."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="needs", verbose_name=_("session"))
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("entreprise")
    )
    recorded_on = models.DateField(_("recueilli le"))
    need = models.TextField(_("besoin exprimé"))
    conclusion = models.TextField(_("ce que cela change"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noté par")
    )

    class Meta:
        verbose_name = _("besoin d’une session")
        verbose_name_plural = _("besoins d’une session")
        ordering = ["recorded_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(need="") & ~Q(conclusion=""),
                name="session_need_concludes",
                violation_error_message=_("Un besoin dit ce qui est demandé, et ce que cela change."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.session}"


class Moment(models.TextChoices):
    """When a result was taken."""

    ENTRY = "entry", _("à l’entrée")
    DURING = "during", _("en cours")
    EXIT = "exit", _("à la sortie")


class Acquired(models.TextChoices):
    """What a result says."""

    YES = "acquired", _("acquis")
    PROGRESS = "in_progress", _("en cours d’acquisition")
    NO = "not_acquired", _("non acquis")


class Evaluation(TenantModel):
    """A way in which the people of a session were evaluated, with its file if there is one."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="evaluations", verbose_name=_("session"))
    title = models.CharField(_("évaluation"), max_length=200)
    moment = models.CharField(_("moment"), max_length=10, choices=Moment.choices, default=Moment.EXIT)
    held_on = models.DateField(_("faite le"))
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluation", verbose_name=_("fichier")
    )

    class Meta:
        verbose_name = _("évaluation")
        verbose_name_plural = _("évaluations")
        ordering = ["held_on", "id"]

    def __str__(self) -> str:
        return self.title


class ObjectiveResult(TenantModel):
    """What one person knew of one objective at one moment (indicator 11)."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="results", verbose_name=_("inscription"))
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="results", verbose_name=_("objectif"))
    moment = models.CharField(_("moment"), max_length=10, choices=Moment.choices)
    level = models.CharField(_("résultat"), max_length=15, choices=Acquired.choices)
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, null=True, blank=True, related_name="results", verbose_name=_("évaluation")
    )
    dated_on = models.DateField(_("constaté le"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noté par")
    )

    class Meta:
        verbose_name = _("résultat par objectif")
        verbose_name_plural = _("résultats par objectif")
        ordering = ["enrolment", "objective", "moment"]
        # Counted for a whole organisation, by hundreds of thousands: the index holds every column that the count names.
        indexes = [models.Index(fields=["enrolment", "objective", "moment", "dated_on"], name="result_counted")]
        constraints = [models.UniqueConstraint(fields=["enrolment", "objective", "moment"], name="result_once_per_moment")]

    def __str__(self) -> str:
        return f"{self.enrolment}"


class ExamResult(TenantModel):
    """An examination: told, registered, sat, passed (indicators 2, 3 and 16)."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="exam", verbose_name=_("inscription"))
    informed_on = models.DateField(_("informé du déroulement le"), null=True, blank=True)
    registered_on = models.DateField(_("inscrit à l’examen le"), null=True, blank=True)
    exam_on = models.DateField(_("examen du"), null=True, blank=True)
    sat = models.BooleanField(_("s’est présenté"), null=True, blank=True)
    passed = models.BooleanField(_("a obtenu la certification"), null=True, blank=True)
    not_sat_reason = models.CharField(_("ne se présente pas parce que"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("examen")
        verbose_name_plural = _("examens")
        constraints = [
            models.CheckConstraint(
                condition=Q(passed__isnull=True) | Q(passed=False) | Q(sat=True, sat__isnull=False),
                name="exam_passed_was_sat",
                violation_error_message=_("On n’obtient pas une certification sans s’être présenté."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}"


def percent(part: int, whole: int) -> int | None:
    """A share in percent, halves upwards; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


class PublishedRates(TenantModel):
    """Rates of a certifying course, frozen when published: value, number of people, period, formula (indicators 2 and 3)."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="published_rates", verbose_name=_("formation"))
    from_day = models.DateField(_("du"))
    to_day = models.DateField(_("au"))
    enrolled = models.PositiveIntegerField(_("inscrits"))
    presented = models.PositiveIntegerField(_("présentés"))
    passed = models.PositiveIntegerField(_("reçus"))
    published_on = models.DateField(_("publiés le"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("publiés par")
    )

    class Meta:
        verbose_name = _("taux publiés")
        verbose_name_plural = _("taux publiés")
        ordering = ["-published_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day__gte=F("from_day")),
                name="published_rates_period",
                violation_error_message=_("La période finit après avoir commencé."),
            ),
            models.CheckConstraint(
                condition=Q(presented__lte=F("enrolled"), passed__lte=F("presented")),
                name="published_rates_add_up",
                violation_error_message=_("Il n’y a pas plus de reçus que de présentés, ni de présentés que d’inscrits."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}"

    @property
    def presentation(self) -> int | None:
        """People presented for 100 enrolled, halves upwards; None when nobody was enrolled."""
        return percent(self.presented, self.enrolled)

    @property
    def success(self) -> int | None:
        """People who obtained the certification for 100 presented; None when nobody was presented."""
        return percent(self.passed, self.presented)
