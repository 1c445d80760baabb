"""Each constraint of the room, by name."""

from datetime import date

import pytest
from django.db import IntegrityError

from qualiopi.journal.models import Entry
from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import ActivityProfile, Member, Organisation
from tests.factories import CertifierAuditFactory, MemberFactory, NetworkMemberFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_organisation_certificate_dates():
    organisation = OrganisationFactory(certified_on=date(2024, 5, 13), certified_until=date(2027, 5, 12))
    with pytest.raises(IntegrityError, match="organisation_certificate_dates"):
        Organisation.objects.filter(pk=organisation.pk).update(certified_until=date(2024, 5, 13))


def test_organisation_time_zone_known():
    organisation = OrganisationFactory(time_zone="Indian/Reunion")
    with pytest.raises(IntegrityError, match="organisation_time_zone_known"):
        Organisation.objects.filter(pk=organisation.pk).update(time_zone="Europe/Londres")


@pytest.mark.parametrize("category", ["af", "bc", "vae", "cfa"])
def test_profile_new_entrant_holds_category(category):
    profile = OrganisationFactory().profile
    with pytest.raises(IntegrityError, match="profile_new_entrant_holds_category"):
        ActivityProfile.objects.filter(pk=profile.pk).update(**{f"holds_{category}": False, f"new_in_{category}": True})


def test_member_once_per_organisation():
    member = MemberFactory()
    with pytest.raises(IntegrityError):  # member_once_per_organisation
        MemberFactory(organisation=member.organisation, user=member.user, role=Role.TRAINER)


def test_member_auditor_has_end():
    member = MemberFactory(role=Role.AUDITOR, until=date(2099, 1, 1))
    with pytest.raises(IntegrityError, match="member_auditor_has_end"):
        Member.objects.filter(pk=member.pk).update(until=None)


def test_network_member_once():
    head = NetworkMemberFactory()
    with pytest.raises(IntegrityError):  # network_member_once
        NetworkMemberFactory(network=head.network, user=head.user)


def test_certifier_audit_once():
    audit = CertifierAuditFactory()
    with pytest.raises(IntegrityError):  # certifier_audit_once
        CertifierAuditFactory(organisation=audit.organisation, kind=audit.kind, held_on=audit.held_on)


def test_certifier_audit_covers_something():
    with pytest.raises(IntegrityError, match="certifier_audit_covers_something"):
        CertifierAuditFactory(covers_af=False)


def test_a_line_of_the_journal_neither_changes_nor_goes_away():
    entry = Entry.objects.create(verb="essai")
    entry.verb = "autre"
    with pytest.raises(TypeError, match="ne se modifie pas"):
        entry.save()
    with pytest.raises(TypeError, match="ne s'efface pas"):
        entry.delete()
    assert Entry.objects.get().verb == "essai"
