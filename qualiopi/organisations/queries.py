"""Who may enter which organisation, and what each is and prepares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.journal.models import Entry, EntryKind
from qualiopi.organisations.capabilities import CAPABILITIES, capabilities_of
from qualiopi.organisations.enums import Capability, Role
from qualiopi.organisations.models import ActivityProfile, CertifierAudit, Member, Network, NetworkMember, Organisation
from qualiopi.standard.applicability import Answer, applicability
from qualiopi.standard.model import Grid
from qualiopi.standard.profile import FLAGS, Profile
from qualiopi.zones import today_of


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
    """Every organisation this person may enter on its own day, by name; two queries. Networks give access to all theirs."""
    # Nowhere is it earlier than two days before: the last word is each organisation's.
    recent = timezone.localdate() - timedelta(days=2)
    found: dict[str, Access] = {}
    headed = Organisation.objects.filter(network__heads__user=user).select_related("network", "profile")
    for organisation in headed:
        found[organisation.slug] = Access(organisation=organisation, role=Role.NETWORK_HEAD, until=None)
    members = Member.objects.filter(user=user).filter(Q(until__isnull=True) | Q(until__gte=recent))
    for member in members.select_related("organisation__network", "organisation__profile"):
        if member.until is not None and member.until < today_of(member.organisation):
            continue
        found.setdefault(member.organisation.slug, Access(member.organisation, Role(member.role), member.until))
    return sorted(found.values(), key=lambda access: access.organisation.name)


def next_audit(organisation: Organisation, *, today: date) -> CertifierAudit | None:
    """The certifier's next visit, today included; None when no date is set."""
    return CertifierAudit.objects.for_organisation(organisation).filter(held_on__gte=today).order_by("held_on").first()


def next_audits(days: Mapping[UUID, date]) -> dict[UUID, CertifierAudit]:
    """The same of many, by organisation, for those that have one; one query. ``days``: organisation -> its today."""
    rows = CertifierAudit.objects.filter(organisation__in=list(days)).order_by("-held_on")
    return {row.organisation_id: row for row in rows if row.held_on >= days[row.organisation_id]}


@dataclass(frozen=True, slots=True)
class AtHand:
    """What the frame of every page reads of an organisation. `last_change`: the last line of its journal that changed something."""

    visit: CertifierAudit | None
    last_change: int | None


def at_hand(organisation: Organisation, *, today: date) -> AtHand:
    """The next visit and the last change; one query, on indexes."""
    changes = Entry.objects.filter(organisation_id=OuterRef("pk"), kind=EntryKind.CHANGE).order_by("-at", "-id")
    visits = CertifierAudit.objects.filter(organisation=OuterRef("pk"), held_on__gte=today).order_by("held_on", "id")
    kind, held_on, change = Organisation.objects.values_list(
        Subquery(visits.values("kind")[:1]), Subquery(visits.values("held_on")[:1]), Subquery(changes.values("id")[:1])
    ).get(pk=organisation.pk)
    return AtHand(CertifierAudit(organisation=organisation, kind=kind, held_on=held_on) if held_on else None, change)


def audit_date_for(organisation: Organisation, *, today: date) -> date:
    """The date the organisation prepares for: its next audit, or today when none is set."""
    audit = next_audit(organisation, today=today)
    return audit.held_on if audit else today


def networks_headed_by(user: User) -> list[NetworkMember]:
    """The networks this person heads, by name."""
    return list(NetworkMember.objects.filter(user=user).select_related("network").order_by("network__name"))


def network_of(user: User, *, slug: str) -> Network | None:
    """The network at this address, if this person heads it."""
    return Network.objects.filter(slug=slug, heads__user=user).first()


def profile_of(stored: ActivityProfile) -> Profile:
    """The profile the rules of the standard read."""
    flags: dict[str, bool | None] = {flag: getattr(stored, flag) for flag in FLAGS}
    return Profile(
        categories=frozenset(stored.categories), new_entrant_categories=frozenset(stored.new_entrant_categories), **flags
    )


def members_of(organisation: Organisation) -> QuerySet[Member]:
    """Everybody who has or had access, by name; one query."""
    return Member.objects.for_organisation(organisation).select_related("user").order_by("user__full_name", "id")


def open_members(organisation: Organisation, *, role: Role, today: date) -> QuerySet[Member]:
    """Who has this role today."""
    return members_of(organisation).filter(role=role).filter(Q(until__isnull=True) | Q(until__gte=today))


def members_who(organisation: Organisation, may: Capability, *, today: date) -> QuerySet[Member]:
    """Who has a role that allows this today, by name."""
    roles = [role for role, allowed in CAPABILITIES.items() if may in allowed]
    return members_of(organisation).filter(role__in=roles).filter(Q(until__isnull=True) | Q(until__gte=today))


def keeps_a_manager(organisation: Organisation, *, without: Member) -> bool:
    """Whether somebody could still manage the organisation, without an end, if this member no longer did."""
    if organisation.network_id and NetworkMember.objects.filter(network_id=organisation.network_id).exists():
        return True
    managers = Member.objects.for_organisation(organisation).filter(role=Role.QUALITY_MANAGER, until__isnull=True)
    return managers.exclude(pk=without.pk).exists()


def enters_elsewhere(member: Member) -> bool:
    """Whether the account of a member is, or ever was, let in anywhere else: another organisation, or a network."""
    others = Member._base_manager.filter(user=member.user_id).exclude(pk=member.pk)
    return others.exists() or NetworkMember.objects.filter(user=member.user_id).exists()


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An indicator whose answer differs from one profile to the other."""

    number: int
    label: str
    before: Answer
    after: Answer
    reason: str
    source: str


def answer_changes(grid: Grid, *, before: Profile, after: Profile) -> list[AnswerChange]:
    """Which indicators start or stop concerning the organisation when its profile changes, in order. No query."""
    pairs = zip(grid.indicators, applicability(grid, before), applicability(grid, after), strict=True)
    return [
        AnswerChange(indicator.number, indicator.label, old.answer, new.answer, new.reason, new.source)
        for indicator, old, new in pairs
        if old.answer is not new.answer
    ]


def past_audits(organisation: Organisation, *, today: date) -> list[CertifierAudit]:
    """The certifier's visits that took place before today, last first."""
    return list(CertifierAudit.objects.for_organisation(organisation).filter(held_on__lt=today).order_by("-held_on", "id"))


def planned_audits(organisation: Organisation, *, today: date) -> list[CertifierAudit]:
    """The certifier's visits to come, today included, nearest first."""
    return list(CertifierAudit.objects.for_organisation(organisation).filter(held_on__gte=today).order_by("held_on", "id"))
