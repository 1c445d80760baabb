"""Roles, what each may do, and the words of an organisation's profile."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is for an organisation."""

    NETWORK_HEAD = "network_head", _("tête de réseau")
    QUALITY_MANAGER = "quality_manager", _("responsable qualité")
    TRAINING_MANAGER = "training_manager", _("responsable de formation")
    TRAINER = "trainer", _("formateur ou formatrice")
    AUDITOR = "auditor", _("auditeur ou auditrice")


class Capability(models.TextChoices):
    """What a view asks for. A role is a set of these."""

    VIEW_HOME = "view_home", _("voir ce qui l’attend")
    VIEW_SESSIONS = "view_sessions", _("voir les sessions")
    EDIT_SESSIONS = "edit_sessions", _("modifier les sessions")
    VIEW_OWN_SESSIONS = "view_own_sessions", _("voir ses propres sessions et montrer leur QR code")
    TEACH = "teach", _("faire émarger, contresigner et noter les résultats")
    SENSITIVE = "sensitive", _("lire et suivre les besoins d’adaptation")
    IMPORT = "import", _("importer des fichiers")
    EXPORT = "export", _("exporter des listes")
    VIEW_SURVEYS = "view_surveys", _("voir les résultats des enquêtes")
    EDIT_SURVEYS = "edit_surveys", _("ouvrir et modifier les enquêtes")
    VIEW_EVIDENCE = "view_evidence", _("voir les preuves")
    EDIT_EVIDENCE = "edit_evidence", _("déposer et relier les preuves")
    VIEW_READINESS = "view_readiness", _("voir l’état des indicateurs")
    CONCLUDE = "conclude", _("conclure sur un indicateur et régler ses seuils")
    SET_ASIDE = "set_aside", _("mettre un indicateur de côté, avec un motif et une fin")
    BUILD_PACK = "build_pack", _("préparer le rapport et le dossier de preuves")
    DOWNLOAD_PACK = "download_pack", _("télécharger le dossier de preuves")
    AUDIT_ROOM = "audit_room", _("lire la salle de l’auditeur")
    VIEW_SETTINGS = "view_settings", _("voir les réglages")
    EDIT_SETTINGS = "edit_settings", _("modifier les réglages, le profil et les membres")
    VIEW_JOURNAL = "view_journal", _("lire le journal")
    VIEW_NETWORK = "view_network", _("comparer les organismes du réseau")


class Category(models.TextChoices):
    """Categories of action of the Labour Code, L. 6313-1."""

    AF = "AF", _("actions de formation")
    BC = "BC", _("bilans de compétences")
    VAE = "VAE", _("validation des acquis de l’expérience")
    CFA = "CFA", _("apprentissage")


class TimeZone(models.TextChoices):
    """Where it may be another hour for the organisations this product serves: names of the IANA database."""

    PARIS = "Europe/Paris", _("France hexagonale et Corse (Paris)")
    GUADELOUPE = "America/Guadeloupe", _("Guadeloupe")
    GUYANE = "America/Cayenne", _("Guyane")
    REUNION = "Indian/Reunion", _("La Réunion")
    MARTINIQUE = "America/Martinique", _("Martinique")
    MAYOTTE = "Indian/Mayotte", _("Mayotte")
    NEW_CALEDONIA = "Pacific/Noumea", _("Nouvelle-Calédonie")
    TAHITI = "Pacific/Tahiti", _("Polynésie française (Tahiti)")
    GAMBIER = "Pacific/Gambier", _("Polynésie française (Gambier)")
    MARQUESAS = "Pacific/Marquesas", _("Polynésie française (Marquises)")
    SAINT_BARTHELEMY = "America/St_Barthelemy", _("Saint-Barthélemy")
    SAINT_MARTIN = "America/Marigot", _("Saint-Martin")
    SAINT_PIERRE = "America/Miquelon", _("Saint-Pierre-et-Miquelon")
    WALLIS = "Pacific/Wallis", _("Wallis-et-Futuna")


class AuditKind(models.TextChoices):
    """Visits of the certifier."""

    INITIAL = "initial", _("audit initial")
    SURVEILLANCE = "surveillance", _("audit de surveillance")
    RENEWAL = "renewal", _("audit de renouvellement")
    EXTENSION = "extension", _("audit d’extension")
