"""What is kept of each session for the engine, which sessions changed since, and how often (ADR 160)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.models import Organisation


class OfOneOrganisation(models.Model):
    """One row of an organisation, that goes with it; nothing waits for the organisation's row when it is written."""

    organisation = models.OneToOneField(
        Organisation,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("organisme"),
    )

    class Meta:
        abstract = True


class KeptFacts(models.Model):
    """What one session told, as text, and the days of reading for which it tells the same.

    A cache: it may be emptied at any time. It points to no row, so that nothing waits for it and a session goes without it.
    """

    session = models.UUIDField(_("session"), primary_key=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", db_constraint=False, verbose_name=_("organisme")
    )
    # The settings and the code that it was read with: read with others, it is read again.
    made_with = models.CharField(_("lu avec"), max_length=80)
    # Both inclusive: the day that closes the reading, and the day of reading.
    until_from = models.DateField(_("clos à partir du"))
    until_to = models.DateField(_("clos jusqu’au"))
    today_from = models.DateField(_("lu à partir du"))
    today_to = models.DateField(_("lu jusqu’au"))
    # Empty: nobody dated the session, nothing can be said of it.
    facts = models.TextField(_("faits"), blank=True)

    class Meta:
        verbose_name = _("faits gardés d’une session")
        verbose_name_plural = _("faits gardés des sessions")

    def __str__(self) -> str:
        return str(self.session)


class FactMark(models.Model):
    """A session about which something changed, or an organisation when it names none: written by the database itself, taken away by who
    reads it again."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", db_constraint=False, verbose_name=_("organisme")
    )
    session = models.UUIDField(_("session"), null=True)

    class Meta:
        verbose_name = _("session à relire")
        verbose_name_plural = _("sessions à relire")

    def __str__(self) -> str:
        return str(self.session or self.organisation_id)


class FactRevision(OfOneOrganisation):
    """How many changes of an organisation were read again so far: what was worked out before any of them is void."""

    number = models.PositiveBigIntegerField(_("changements relus"))
    # Of those, how many were not about one session.
    shared = models.PositiveBigIntegerField(_("changements relus hors sessions"), default=0)

    class Meta:
        verbose_name = _("révision des faits")
        verbose_name_plural = _("révisions des faits")

    def __str__(self) -> str:
        return str(self.number)
