"""Who is enrolled, who pays, by which personal links they come."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.exchange.models import Imported
from qualiopi.tenancy import TenantModel
from trainings.people.models import Company, Funder, Trainee
from trainings.sessions.models.session import Session


class TraineeType(models.TextChoices):
    """Types of trainees of the yearly report (Cerfa 10443*17, frame F-1)."""

    EMPLOYEE = "employee", _("salarié d’employeur privé")
    APPRENTICE = "apprentice", _("apprenti")
    JOBSEEKER = "jobseeker", _("personne en recherche d’emploi")
    INDIVIDUAL = "individual", _("particulier à ses propres frais")
    OTHER = "other", _("autre stagiaire")


class Aim(models.TextChoices):
    """What the training is followed for (Cerfa 10443*17, frame F-3)."""

    RNCP = "rncp", _("certification du RNCP")
    RS = "rs", _("certification du répertoire spécifique")
    CQP = "cqp", _("CQP non enregistré")
    OTHER = "other", _("autre formation professionnelle")
    ASSESSMENT = "skills_assessment", _("bilan de compétences")
    VAE = "vae", _("validation des acquis de l’expérience")


class EnrolmentState(models.TextChoices):
    """What became of an enrolment."""

    ENROLLED = "enrolled", _("inscription en cours")
    WITHDRAWN = "withdrawn", _("désistement avant le premier jour")
    INTERRUPTED = "interrupted", _("parcours interrompu")
    ABANDONED = "abandoned", _("abandon")


# Withdrew, or is said to have left before the first day, which is the same.
NEVER_BEGAN = Q(state=EnrolmentState.WITHDRAWN) | Q(ended_on__lt=F("session__starts_on"))


class Enrolment(Imported, TenantModel):
    """A trainee in a session, with the company. Who pays is in its fundings."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("session"))
    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("stagiaire"))
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="enrolments", verbose_name=_("entreprise")
    )
    # Null: nobody said whether there is one. A funding said is written by the verbs with `has_funder`.
    has_company = models.BooleanField(_("une entreprise est concernée"), null=True, blank=True)
    has_funder = models.BooleanField(_("un financeur paie"), null=True, blank=True)
    # As the yearly report to the administration counts them (frames F-1 and F-3). Empty: not known yet.
    trainee_type = models.CharField(_("type de stagiaire"), max_length=12, choices=TraineeType.choices, blank=True)
    aim = models.CharField(_("objectif de la formation suivie"), max_length=18, choices=Aim.choices, blank=True)
    price = models.DecimalField(_("prix hors taxes"), max_digits=10, decimal_places=2, null=True, blank=True)
    # Null: from the first day. Otherwise nothing is owed before it.
    joined_on = models.DateField(_("arrivé le"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=12, choices=EnrolmentState.choices, default=EnrolmentState.ENROLLED)
    ended_on = models.DateField(_("sorti le"), null=True, blank=True)
    end_reason = models.CharField(_("motif de la sortie"), max_length=250, blank=True)
    end_action = models.TextField(_("ce qui a été fait"), blank=True)

    class Meta:
        verbose_name = _("inscription")
        verbose_name_plural = _("inscriptions")
        ordering = ["trainee__last_name", "trainee__first_name", "id"]
        # Counted by session for a whole organisation: the index holds every column that the counts name.
        indexes = [
            models.Index(
                fields=["organisation", "session", "id", "state", "company", "has_company", "has_funder", "aim"],
                name="enrolment_counted",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "trainee"],
                name="enrolment_once_per_session",
                violation_error_message=_("Cette personne est déjà inscrite à cette session."),
            ),
            # A check that comes out as unknown passes: "not said" has to be refused by name.
            models.CheckConstraint(
                condition=Q(company__isnull=True) | Q(has_company=True, has_company__isnull=False),
                name="enrolment_company_said",
                violation_error_message=_("Une entreprise nommée est une entreprise concernée."),
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("joined_on")),
                name="enrolment_joined_before_leaving",
                violation_error_message=_("On ne part pas avant d’être arrivé : vérifiez les deux dates."),
            ),
            models.CheckConstraint(
                condition=~Q(state="enrolled") | Q(ended_on__isnull=True, end_reason="", end_action=""),
                name="enrolment_ending_has_state",
                violation_error_message=_(
                    "Une date ou un motif de sortie va avec un désistement, une interruption ou un abandon."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee}, {self.session}"

    def there_on(self, day: date) -> bool:
        """Whether they were enrolled on this day: neither before they came, nor after they left."""
        return (self.joined_on is None or self.joined_on <= day) and (self.ended_on is None or day <= self.ended_on)


class PastDeparture(TenantModel):
    """A departure from which somebody came back: what had been noted of it stays, with the day of the return."""

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, related_name="past_departures", verbose_name=_("inscription")
    )
    state = models.CharField(_("ce qui s’était passé"), max_length=12, choices=EnrolmentState.choices)
    left_on = models.DateField(_("sorti le"))
    reason = models.CharField(_("motif de la sortie"), max_length=250, blank=True)
    action = models.TextField(_("ce qui a été fait"), blank=True)
    came_back_on = models.DateField(_("revenu le"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noté par")
    )

    class Meta:
        verbose_name = _("départ suivi d’un retour")
        verbose_name_plural = _("départs suivis d’un retour")
        ordering = ["left_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(came_back_on__gte=F("left_on")),
                name="past_departure_then_return",
                violation_error_message=_("On ne revient pas avant d’être parti : vérifiez la date."),
            ),
            models.CheckConstraint(
                condition=~Q(state="enrolled"),
                name="past_departure_is_one",
                violation_error_message=_("Un départ est un désistement, une interruption ou un abandon."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}"


class Funding(TenantModel):
    """What one funder pays for one enrolment."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="fundings", verbose_name=_("inscription"))
    funder = models.ForeignKey(Funder, on_delete=models.PROTECT, related_name="fundings", verbose_name=_("financeur"))
    amount = models.DecimalField(_("montant hors taxes"), max_digits=10, decimal_places=2, null=True, blank=True)
    file_number = models.CharField(_("numéro de dossier"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("financement")
        verbose_name_plural = _("financements")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "funder"],
                name="funding_once_per_funder",
                violation_error_message=_("Ce financeur paie déjà cette inscription : complétez sa ligne."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="funding_amount_not_negative",
                violation_error_message=_("Un financement ne peut pas être négatif."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder}"


class LinkPurpose(models.TextChoices):
    """What a trainee's personal link is for: one thing each."""

    INTAKE = "intake", _("dire ses besoins et son niveau")
    ATTENDANCE = "attendance", _("signer sa présence")


class EnrolmentLink(TenantModel):
    """A trainee's personal link for one purpose. Its token is derived; a new number voids the old one."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="links", verbose_name=_("inscription"))
    purpose = models.CharField(_("sert à"), max_length=10, choices=LinkPurpose.choices)
    number = models.PositiveIntegerField(_("numéro du lien"), default=1)
    token_hash = models.CharField(_("empreinte du lien"), max_length=64, unique=True)
    expires_on = models.DateField(_("valable jusqu’au"))
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("relancé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien personnel d’un stagiaire")
        verbose_name_plural = _("liens personnels des stagiaires")
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "purpose"], name="enrolment_link_once_per_purpose")]

    def __str__(self) -> str:
        return f"{self.enrolment}"
