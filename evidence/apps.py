from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """Third floor: what we can show."""

    name = "evidence"
    verbose_name = _("preuves")
    default_auto_field = "django.db.models.BigAutoField"
