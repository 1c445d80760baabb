"""Documents made from templates: numbered, frozen with their digest when issued, sent with a record."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qualiopi.background.models import Held
from qualiopi.files.models import StoredFile
from qualiopi.tenancy import TenantModel
from trainings.people.models import Company, Subcontractor, Trainee
from trainings.sessions.models import Enrolment, Session


class DocumentKind(models.TextChoices):
    """What is issued around a session."""

    AGREEMENT = "agreement", _("convention de formation")
    CONTRACT = "individual_contract", _("contrat de formation d’un particulier")
    PROGRAMME = "programme", _("programme")
    CONVOCATION = "convocation", _("convocation")
    WELCOME = "welcome_booklet", _("livret d’accueil")
    RULES = "internal_rules", _("règlement intérieur")
    ATTENDANCE_SHEET = "attendance_sheet", _("feuille d’émargement")
    COMPLETION = "completion_certificate", _("certificat de réalisation")
    ATTESTATION = "end_attestation", _("attestation de fin de formation")
    SUBCONTRACT = "subcontract", _("contrat de sous-traitance")


class Style(TenantModel):
    """How the documents of an organisation look."""

    logo = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="style", verbose_name=_("logo")
    )
    colour = models.CharField(
        _("couleur"),
        max_length=7,
        default="#6a2c5e",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("Écrivez une couleur comme #6a2c5e."))],
    )
    signatory = models.CharField(_("signataire"), max_length=150, blank=True)
    signatory_title = models.CharField(_("qualité du signataire"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("charte des documents")
        verbose_name_plural = _("chartes des documents")
        constraints = [models.UniqueConstraint(fields=["organisation"], name="style_once_per_organisation")]

    def __str__(self) -> str:
        return self.colour


class Template(TenantModel):
    """The wording of one kind of document, adapted by an organisation. A change is a new version; the last one serves."""

    kind = models.CharField(_("document"), max_length=25, choices=DocumentKind.choices)
    number = models.PositiveSmallIntegerField(_("version"))
    body = models.TextField(_("texte"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("écrite par")
    )

    class Meta:
        verbose_name = _("modèle de document")
        verbose_name_plural = _("modèles de documents")
        ordering = ["kind", "-number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "number"], name="template_number_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.number}"


class Counter(models.Model):
    """The last number given for one kind of document in one year: locked while a number is taken."""

    organisation = models.ForeignKey(
        "qualiopi.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisme")
    )
    kind = models.CharField(_("document"), max_length=25, choices=DocumentKind.choices)
    year = models.PositiveSmallIntegerField(_("année"))
    last = models.PositiveIntegerField(_("dernier numéro"), default=0)

    class Meta:
        verbose_name = _("compteur")
        verbose_name_plural = _("compteurs")
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "year"], name="counter_once_per_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class Reservation(TenantModel):
    """A number that waits for its document to be printed. A stop in between loses none: whoever goes on prints the same number."""

    kind = models.CharField(_("document"), max_length=25, choices=DocumentKind.choices)
    year = models.PositiveSmallIntegerField(_("année"))
    number = models.CharField(_("numéro"), max_length=40)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+", verbose_name=_("session"))
    # The person, the company, the subcontractor or the session it is for.
    target = models.UUIDField(_("pour"))

    class Meta:
        verbose_name = _("numéro réservé")
        verbose_name_plural = _("numéros réservés")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="reservation_number_once"),
            models.UniqueConstraint(fields=["session", "kind", "year", "target"], name="reservation_once_per_target"),
        ]

    def __str__(self) -> str:
        return self.number


class Issued(TenantModel):
    """A document as it was issued: its file never changes. A mistake is cancelled with a reason, and issued again."""

    kind = models.CharField(_("document"), max_length=25, choices=DocumentKind.choices)
    number = models.CharField(_("numéro"), max_length=40)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="issued", verbose_name=_("session"))
    # For whom: one person, one company, one subcontractor, or the whole session when all are empty.
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="issued", verbose_name=_("inscription")
    )
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="issued", verbose_name=_("entreprise")
    )
    subcontractor = models.ForeignKey(
        Subcontractor, on_delete=models.PROTECT, null=True, blank=True, related_name="issued", verbose_name=_("sous-traitant")
    )
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="issued", verbose_name=_("fichier"))
    # 0: the wording shipped with the product.
    template_number = models.PositiveSmallIntegerField(_("version du modèle"), default=0)
    issued_on = models.DateField(_("émis le"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("émis par")
    )
    signed_on = models.DateField(_("signé par l’autre partie le"), null=True, blank=True)
    signed_file = models.OneToOneField(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signed_copy",
        verbose_name=_("exemplaire signé"),
    )
    cancelled_at = models.DateTimeField(_("annulé le"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("annulé par")
    )
    cancellation_reason = models.CharField(_("motif de l’annulation"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("document émis")
        verbose_name_plural = _("documents émis")
        ordering = ["-issued_on", "-created_at", "id"]
        indexes = [
            models.Index(fields=["session", "kind"], name="issued_by_session"),
            # Counted by session for a whole organisation: the index holds every column that the count names.
            models.Index(
                fields=[
                    "organisation",
                    "kind",
                    "session",
                    "company",
                    "enrolment",
                    "issued_on",
                    "signed_on",
                    "cancelled_at",
                    "id",
                ],
                name="issued_counted",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="issued_number_once"),
            # One document of a kind in force for each: two people who issue at once give one of them a refusal, not two papers.
            models.UniqueConstraint(
                fields=["kind", "enrolment"], condition=Q(cancelled_at__isnull=True), name="issued_once_per_person"
            ),
            models.UniqueConstraint(
                fields=["session", "kind", "company"], condition=Q(cancelled_at__isnull=True), name="issued_once_per_company"
            ),
            models.UniqueConstraint(
                fields=["session", "kind", "subcontractor"],
                condition=Q(cancelled_at__isnull=True),
                name="issued_once_per_subcontractor",
            ),
            models.UniqueConstraint(
                fields=["session", "kind"],
                condition=Q(cancelled_at__isnull=True, enrolment__isnull=True, company__isnull=True, subcontractor__isnull=True),
                name="issued_once_per_session",
            ),
            models.CheckConstraint(
                condition=Q(signed_file__isnull=True) | Q(signed_on__isnull=False),
                name="issued_signed_copy_has_date",
                violation_error_message=_("Un exemplaire signé a la date de sa signature."),
            ),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=True, company__isnull=True)
                | Q(enrolment__isnull=True, subcontractor__isnull=True)
                | Q(company__isnull=True, subcontractor__isnull=True),
                name="issued_for_one",
                violation_error_message=_("Un document est émis pour une seule personne ou entreprise."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancellation_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancellation_reason="")),
                name="issued_cancellation_has_reason",
                violation_error_message=_("Un document émis s’annule avec un motif."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("Un document émis ne s'efface pas : annulez-le, avec un motif.")


class Sending(TenantModel):
    """An e-mail that carried a document, and whether it was opened through its link."""

    document = models.ForeignKey(Issued, on_delete=models.PROTECT, related_name="sendings", verbose_name=_("document"))
    trainee = models.ForeignKey(
        Trainee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stagiaire")
    )
    email = models.EmailField(_("envoyé à"))
    token_hash = models.CharField(_("empreinte du lien"), max_length=64, unique=True)
    expires_on = models.DateField(_("lien valable jusqu’au"))
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    opened_at = models.DateTimeField(_("ouvert le"), null=True, blank=True)
    problem = models.CharField(_("empêchement"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("envoi")
        verbose_name_plural = _("envois")
        ordering = ["created_at", "id"]
        # The first time that a document left.
        indexes = [models.Index(fields=["document", "sent_at"], name="sending_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(sent_at__isnull=False),
                name="sending_opened_after_sent",
                violation_error_message=_("Un document ne s’ouvre qu’une fois envoyé."),
            )
        ]

    def __str__(self) -> str:
        return self.email


class Batch(TenantModel, Held):
    """A kind of document issued for a whole session, with its progress."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="batches", verbose_name=_("session"))
    kind = models.CharField(_("document"), max_length=25, choices=DocumentKind.choices)
    send = models.BooleanField(_("envoyer aussi"), default=False)
    total = models.PositiveIntegerField(_("à faire"), default=0)
    done = models.PositiveIntegerField(_("faits"), default=0)
    # One sentence for each that could not be issued: what is missing, for whom.
    refused = models.JSONField(_("refusés"), default=list, blank=True)
    # Series of one session that are asked for together leave together: the same moment for all of them, once the last one is issued.
    leaving_at = models.DateTimeField(_("envoi commencé le"), null=True, blank=True)
    finished_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("demandé par")
    )

    class Meta:
        verbose_name = _("série de documents")
        verbose_name_plural = _("séries de documents")
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.session}"
