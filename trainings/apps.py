from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingsConfig(AppConfig):
    """Second floor: what happened."""

    name = "trainings"
    verbose_name = _("formations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the rooms above say what they must before something happens in a room below."""
        from django.core.checks import Tags, register
        from django.db.models.signals import post_migrate

        from trainings.documents.guards import certificate_guard
        from trainings.facts.triggers import after_migrate, triggers_are_there
        from trainings.sessions.guards import before_leaving

        before_leaving(certificate_guard)
        post_migrate.connect(after_migrate, sender=self)
        register(triggers_are_there, Tags.database)
