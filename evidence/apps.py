from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """Third floor: what we can show."""

    name = "evidence"
    verbose_name = _("preuves")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the database note what is decided and filed here, beside what happened."""
        from evidence.readiness.sources import SHARED
        from trainings.facts.sources import watch

        watch(*SHARED)
