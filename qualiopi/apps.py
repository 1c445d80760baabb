from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualiopiConfig(AppConfig):
    """First floor: who we are, what is required of us."""

    name = "qualiopi"
    verbose_name = _("organisations et référentiel")
    default_auto_field = "django.db.models.BigAutoField"
