"""What a contract between two organisations may leave to the one that runs the sessions, one key per line of the standard."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mission(models.TextChoices):
    """Without a contract that says them, all of them are looked at (reading guide, subcontracting)."""

    PROGRAMME_DESIGN = "programme_design", _("concevoir le programme")
    WELCOME = "welcome", _("informer et accueillir les stagiaires")
    ATTENDANCE = "attendance", _("suivre les présences")
    SUPPORT = "support", _("accompagner les stagiaires")
    EVALUATION = "evaluation", _("évaluer les acquis")
    WORK_STUDY = "work_study", _("coordonner l’alternance avec les entreprises")
    CERTIFICATION = "certification", _("préparer et présenter à la certification")
    RESOURCES = "resources", _("fournir les moyens et les supports")
