import gc

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualiopiConfig(AppConfig):
    """First floor: who we are, what is required of us."""

    name = "qualiopi"
    verbose_name = _("organisations et référentiel")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Count as French counts; let the collector of cycles come seldom: with 10,000 sessions it would take a third of a page, and find
        nothing."""
        from qualiopi.web.plurals import count_in_french
        from qualiopi.zones import end_with_requests

        count_in_french()
        end_with_requests()
        gc.set_threshold(50_000, 20, 20)
