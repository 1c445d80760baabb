from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingsConfig(AppConfig):
    """Second floor: what happened."""

    name = "trainings"
    verbose_name = _("formations")
    default_auto_field = "django.db.models.BigAutoField"
