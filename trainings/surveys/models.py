"""Questionnaires as data, their campaigns, the invitations, and answers that nobody can tie to a person."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qualiopi.exchange.models import Imported
from qualiopi.tenancy import TenantModel
from trainings.people.models import Company, Funder, Trainer
from trainings.sessions.models import Enrolment, Session


class Audience(models.TextChoices):
    """Whom a survey asks."""

    TRAINEE = "trainee", _("stagiaires")
    COMPANY = "company", _("entreprises")
    FUNDER = "funder", _("financeurs")
    TRAINER = "trainer", _("équipe pédagogique")


class ResponseSource(models.TextChoices):
    """By which way an answer came."""

    PERSONAL_LINK = "personal_link", _("lien personnel")
    SESSION_LINK = "session_link", _("lien ou QR code de la session")
    PAPER = "paper", _("saisie d’un papier")
    IMPORT = "import", _("import")


class Campaign(TenantModel):
    """A questionnaire put to the people of one session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("session"))
    # Key of a questionnaire shipped as data, and the version that was put.
    questionnaire = models.CharField(_("questionnaire"), max_length=60)
    questionnaire_version = models.PositiveSmallIntegerField(_("version du questionnaire"), default=1)
    audience = models.CharField(_("interlocuteurs"), max_length=10, choices=Audience.choices, default=Audience.TRAINEE)
    opened_on = models.DateField(_("ouverte le"))
    closed_on = models.DateField(_("close le"), null=True, blank=True)
    # The session's link is derived from the secret key and this number; only its fingerprint is kept, and a new number voids the old link.
    link_number = models.PositiveIntegerField(_("numéro du lien"), default=1)
    link_hash = models.CharField(_("empreinte du lien de session"), max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ouverte par")
    )

    class Meta:
        verbose_name = _("campagne d’enquête")
        verbose_name_plural = _("campagnes d’enquête")
        ordering = ["-opened_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "questionnaire"], name="campaign_once_per_session"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="campaign_dates_in_order",
                violation_error_message=_("Une enquête ne se clôt pas avant de s’ouvrir."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, {self.session}"


class Invitation(TenantModel):
    """A personal link. It knows that it served, never to write what."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("campagne"))
    # Whom it asks: exactly one of the four, by the audience of the campaign.
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("inscription")
    )
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("entreprise")
    )
    funder = models.ForeignKey(
        Funder, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("financeur")
    )
    trainer = models.ForeignKey(
        Trainer, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("formateur")
    )
    token_hash = models.CharField(_("empreinte du lien"), max_length=64, unique=True)
    expires_on = models.DateField(_("valable jusqu’au"))
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("relancée le"), null=True, blank=True)
    answered = models.BooleanField(_("a servi"), default=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "enrolment"], condition=Q(enrolment__isnull=False), name="invitation_once_per_enrolment"
            ),
            models.UniqueConstraint(
                fields=["campaign", "company"], condition=Q(company__isnull=False), name="invitation_once_per_company"
            ),
            models.UniqueConstraint(
                fields=["campaign", "funder"], condition=Q(funder__isnull=False), name="invitation_once_per_funder"
            ),
            models.UniqueConstraint(
                fields=["campaign", "trainer"], condition=Q(trainer__isnull=False), name="invitation_once_per_trainer"
            ),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False, company__isnull=True, funder__isnull=True, trainer__isnull=True)
                | Q(enrolment__isnull=True, company__isnull=False, funder__isnull=True, trainer__isnull=True)
                | Q(enrolment__isnull=True, company__isnull=True, funder__isnull=False, trainer__isnull=True)
                | Q(enrolment__isnull=True, company__isnull=True, funder__isnull=True, trainer__isnull=False),
                name="invitation_asks_one",
                violation_error_message=_("Une invitation s’adresse à une seule personne, entreprise ou financeur."),
            ),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=True) | Q(sent_at__isnull=False),
                name="invitation_reminded_after_sent",
                violation_error_message=_("On ne relance que ce qui a été envoyé."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}"


class Response(Imported, TenantModel):
    """One filled questionnaire. No link to a person, no time finer than the day, no number that tells who answered first."""

    created_at = None  # type: ignore[assignment]  # the minute of an answer could be joined with who was seen answering
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="responses", verbose_name=_("campagne"))
    answered_on = models.DateField(_("reçue le"), null=True, blank=True)
    source = models.CharField(_("voie"), max_length=15, choices=ResponseSource.choices)
    language = models.CharField(_("langue"), max_length=2, default="fr")
    overall = models.DecimalField(_("note générale"), max_digits=3, decimal_places=1, null=True, blank=True)
    recommendation = models.PositiveSmallIntegerField(_("recommandation de 0 à 10"), null=True, blank=True)
    comment = models.TextField(_("commentaire"), blank=True)
    # Fingerprint of an imported row, so that the same file twice gives one answer.
    import_key = models.CharField(_("empreinte de la ligne importée"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("réponse")
        verbose_name_plural = _("réponses")
        ordering = ["answered_on", "id"]
        indexes = [models.Index(fields=["campaign", "answered_on"], name="response_by_campaign")]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "import_key"], condition=~Q(import_key=""), name="response_import_key_once"
            ),
            models.CheckConstraint(
                condition=Q(overall__isnull=True) | Q(overall__gte=1, overall__lte=5),
                name="response_overall_scale",
                violation_error_message=_("La note générale va de 1 à 5."),
            ),
            models.CheckConstraint(
                condition=Q(recommendation__isnull=True) | Q(recommendation__lte=10),
                name="response_recommendation_scale",
                violation_error_message=_("La recommandation va de 0 à 10."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}"


class Answer(models.Model):
    """One question of a filled questionnaire: a number (scale), a choice key, or a text.

    What feeds a column of the response (overall, recommendation, comment) stands there and not here.
    """

    # Drawn at random: a running number would keep the order in which people answered.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers", verbose_name=_("réponse"))
    question = models.CharField(_("question"), max_length=60)
    number = models.DecimalField(_("note"), max_digits=4, decimal_places=1, null=True, blank=True)
    choice = models.CharField(_("choix"), max_length=60, blank=True)
    text = models.TextField(_("texte"), blank=True)

    class Meta:
        verbose_name = _("réponse à une question")
        verbose_name_plural = _("réponses aux questions")
        ordering = ["question", "id"]
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="answer_once_per_question")]

    def __str__(self) -> str:
        return self.question
