"""Who may enter which organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.organisations.capabilities import capabilities_of
from qualiopi.organisations.enums import Capability, Role
from qualiopi.organisations.models import CertifierAudit, Member, Organisation


@dataclass(frozen=True, slots=True)
class Access:
    """What a person is in one organisation."""

    organisation: Organisation
    role: Role
    until: date | None

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the role allows."""
        return capabilities_of(self.role)

    def allows(self, capability: Capability) -> bool:
        """Whether the role has this capability."""
        return capability in self.capabilities


def accesses_of(user: User) -> list[Access]:
    """Every organisation this person may enter today (Europe/Paris), by name; two queries. Networks give access to all theirs."""
    today = timezone.localdate()
    found: dict[str, Access] = {}
    headed = Organisation.objects.filter(network__heads__user=user).select_related("network", "profile")
    for organisation in headed:
        found[organisation.slug] = Access(organisation=organisation, role=Role.NETWORK_HEAD, until=None)
    members = Member.objects.filter(user=user).filter(Q(until__isnull=True) | Q(until__gte=today))
    for member in members.select_related("organisation__network", "organisation__profile"):
        found.setdefault(member.organisation.slug, Access(member.organisation, Role(member.role), member.until))
    return sorted(found.values(), key=lambda access: access.organisation.name)


def next_audit(organisation: Organisation, *, today: date) -> CertifierAudit | None:
    """The certifier's next visit, today included; None when no date is set."""
    return CertifierAudit.objects.for_organisation(organisation).filter(held_on__gte=today).order_by("held_on").first()


def audit_date_for(organisation: Organisation, *, today: date) -> date:
    """The date the organisation prepares for: its next audit, or today when none is set."""
    audit = next_audit(organisation, today=today)
    return audit.held_on if audit else today
