"""Verbs: what is stored, what is refused, what the journal keeps, what is mailed."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.journal.models import Entry
from qualiopi.organisations.enums import AuditKind, Role
from qualiopi.organisations.models import CertifierAudit, Member, Organisation
from qualiopi.organisations.queries import accesses_of, profile_of
from qualiopi.organisations.verbs import (
    add_member,
    add_network_head,
    cancel_audit,
    change_role,
    create_network,
    create_organisation,
    end_access,
    invite,
    move_audit,
    plan_audit,
    record_certifier_audit,
    update_card,
    update_profile,
)
from qualiopi.post.outbox import Departure
from qualiopi.standard.profile import Profile
from tests.cast import gather
from tests.factories import CertifierAuditFactory, MemberFactory, NetworkMemberFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
FULL = Profile(
    categories=frozenset({"AF", "CFA"}),
    certifying=True,
    work_study=None,
    remote=False,
    new_entrant_categories=frozenset({"CFA"}),
)


def journal(organisation: Organisation) -> list[tuple[str, str]]:
    return [(entry.verb, entry.actor_name) for entry in Entry.objects.filter(organisation_id=organisation.pk).order_by("id")]


def test_an_organisation_opens_with_its_profile():
    actor = UserFactory(full_name="Jaouen Bihan")
    organisation = create_organisation(slug="fil-nord", name=" Ateliers du Fil Nord ", profile=FULL, actor=actor)
    stored = Organisation.objects.get(slug="fil-nord")
    assert (stored.name, profile_of(stored.profile), profile_of(organisation.profile)) == ("Ateliers du Fil Nord", FULL, FULL)
    assert journal(stored) == [("organisation.created", "Jaouen Bihan")]


def test_an_organisation_opens_knowing_nothing_of_its_profile():
    assert profile_of(create_organisation(slug="fil-nord", name="Nord", actor=None).profile) == Profile()


def test_two_organisations_never_share_an_address():
    create_organisation(slug="fil-nord", name="Nord", actor=None)
    with pytest.raises(ValidationError) as refusal:
        create_organisation(slug="fil-nord", name="Autre", actor=None)
    assert list(refusal.value.error_dict) == ["slug"]
    assert Organisation.objects.count() == 1


def test_the_card_changes_what_differs_and_says_it():
    organisation = OrganisationFactory(name="Nord", city="Lille")
    card = {"name": "Nord", "city": "Roubaix", "certified_on": date(2024, 5, 13)}
    assert update_card(organisation=organisation, card=card, actor=None) == ["city", "certified_on"]
    organisation.refresh_from_db()
    assert (organisation.city, organisation.certified_on) == ("Roubaix", date(2024, 5, 13))
    assert Entry.objects.get().details == {"changes": {"city": ["Lille", "Roubaix"], "certified_on": [None, "2024-05-13"]}}
    assert update_card(organisation=organisation, card=card, actor=None) == []
    assert Entry.objects.count() == 1


def test_the_card_refuses_what_is_not_on_it():
    with pytest.raises(KeyError):
        update_card(organisation=OrganisationFactory(), card={"slug": "autre"}, actor=None)


def test_a_certificate_ends_after_its_start():
    card = {"certified_on": date(2024, 5, 13), "certified_until": date(2024, 5, 13)}
    with pytest.raises(ValidationError) as refusal:
        update_card(organisation=OrganisationFactory(), card=card, actor=None)
    assert refusal.value.messages == ["La fin du certificat vient après son début."]


def test_the_profile_is_replaced_and_both_are_kept_in_the_journal():
    organisation = OrganisationFactory()
    before = profile_of(organisation.profile)
    assert update_profile(organisation=organisation, profile=FULL, actor=None) is True
    assert profile_of(Organisation.objects.get().profile) == FULL
    assert Entry.objects.get().details == {"before": before.as_data(), "after": FULL.as_data()}
    assert update_profile(organisation=organisation, profile=FULL, actor=None) is False
    assert Entry.objects.count() == 1


def test_an_invitation_opens_an_account_without_a_password_and_sends_the_way_in():
    cast = gather()
    member = add_member(
        organisation=cast.organisation,
        email=" Ines.Carvalho@exemple.fr ",
        full_name="Inès Carvalho",
        role=Role.TRAINER,
        actor=cast.quality_manager,
    )
    assert invite(member=member, actor=cast.quality_manager, site="https://temoin.example/") is Departure.LEFT
    user = User.objects.get(email="ines.carvalho@exemple.fr")
    assert (member.user, user.has_usable_password(), member.role) == (user, False, "trainer")
    [message] = mail.outbox
    assert (message.to, message.subject) == (["ines.carvalho@exemple.fr"], "Votre accès à Ateliers du Fil Ouest")
    link = re.search(r"https://temoin\.example(/\S+)", message.body)
    assert link is not None
    browser = Client()
    page = browser.get(link[1], follow=True)
    password = "corde-lampe-7-nuages"
    browser.post(page.request["PATH_INFO"], {"password1": password, "password2": password})
    user.refresh_from_db()
    assert user.check_password(password)
    assert browser.login(email=user.email, password=password)


def test_somebody_known_is_told_to_use_the_password_they_have():
    cast = gather()
    member = add_member(
        organisation=cast.organisation,
        email="INCONNU.ailleurs@exemple.fr",
        full_name="Peu importe",
        role=Role.AUDITOR,
        until=date(2099, 1, 1),
        actor=None,
    )
    invite(member=member, actor=None, site="https://temoin.example/")
    assert User.objects.filter(email__iexact="inconnu.ailleurs@exemple.fr").count() == 1
    body = mail.outbox[0].body
    assert ("https://temoin.example/o/fil-ouest/entrer/" in body, "mot-de-passe" in body) == (True, False)
    assert "jusqu’au 1er janvier 2099 inclus" in body


def test_who_reads_english_is_invited_in_english():
    cast = gather()
    member = add_member(
        organisation=cast.organisation,
        email="ann@exemple.fr",
        full_name="Ann Audit",
        role=Role.AUDITOR,
        until=date(2099, 1, 1),
        language="en",
        actor=None,
    )
    invite(member=member, actor=cast.quality_manager, site="https://temoin.example/")
    (message,) = mail.outbox
    first, given, until, choose = [line for line in message.body.splitlines() if line and "https:" not in line][:4]
    assert (message.subject, first, choose) == (
        "Your access to Ateliers du Fil Ouest",
        "Hello Ann Audit,",
        "Choose your password",
    )
    assert given == "Maëlle Kerdraon gives you access to Ateliers du Fil Ouest in Témoin, as auditor."
    assert until == "This access lasts until 1 January 2099 included."


def test_giving_an_access_sends_nothing_by_itself(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add_member(organisation=OrganisationFactory(), email="a@exemple.fr", full_name="A B", role=Role.TRAINER, actor=None)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("role", "until", "sentence"),
    [
        (Role.AUDITOR, None, "L’accès d’un auditeur a toujours une date de fin : indiquez-la."),
        (Role.TRAINER, date(2020, 1, 1), "Cette date est passée : choisissez aujourd’hui ou un jour à venir."),
    ],
)
def test_an_end_is_asked_for_and_lies_ahead(role, until, sentence):
    with pytest.raises(ValidationError) as refusal:
        add_member(organisation=OrganisationFactory(), email="a@exemple.fr", full_name="A B", role=role, until=until, actor=None)
    assert refusal.value.messages == [sentence]
    assert Member.objects.count() == 0


def test_nobody_is_invited_twice_but_an_ended_access_comes_back():
    cast = gather()
    invitation = {"organisation": cast.organisation, "email": cast.trainer.email, "full_name": "Yann", "actor": None}
    with pytest.raises(ValidationError):
        add_member(**invitation, role=Role.TRAINER)
    member = Member.objects.get(organisation=cast.organisation, user=cast.trainer)
    end_access(member=member, actor=cast.quality_manager)
    assert accesses_of(cast.trainer) == []
    back = add_member(**invitation, role=Role.TRAINING_MANAGER)
    assert (back.pk, [access.role for access in accesses_of(cast.trainer)]) == (member.pk, [Role.TRAINING_MANAGER])


def test_an_organisation_keeps_somebody_to_manage_it():
    organisation = OrganisationFactory()
    manager = MemberFactory(organisation=organisation, user__full_name="Maëlle Kerdraon")
    sentence = "Maëlle Kerdraon est la seule personne responsable de la qualité : invitez-en une autre avant."
    for attempt in (
        lambda: end_access(member=manager, actor=None),
        lambda: change_role(member=manager, role=Role.TRAINER, until=None, actor=None),
        lambda: change_role(member=manager, role=Role.QUALITY_MANAGER, until=date(2099, 1, 1), actor=None),
    ):
        with pytest.raises(ValidationError) as refusal:
            attempt()
        assert refusal.value.messages == [sentence]
    manager.refresh_from_db()
    assert (manager.role, manager.until) == ("quality_manager", None)
    MemberFactory(organisation=organisation)
    assert end_access(member=manager, actor=None).is_open() is False


def test_a_head_of_network_is_somebody_to_manage_it():
    cast = gather()
    manager = Member.objects.get(organisation=cast.organisation, user=cast.quality_manager)
    assert end_access(member=manager, actor=cast.network_head).is_open() is False


def test_a_change_of_role_is_written_with_before_and_after():
    cast = gather()
    member = Member.objects.get(organisation=cast.organisation, user=cast.trainer)
    change_role(member=member, role=Role.AUDITOR, until=date(2099, 6, 1), actor=cast.quality_manager)
    entry = Entry.objects.get()
    assert (entry.verb, entry.details) == (
        "member.role_changed",
        {"before": {"role": "trainer", "until": None}, "after": {"role": "auditor", "until": "2099-06-01"}},
    )
    change_role(member=member, role=Role.AUDITOR, until=date(2099, 6, 1), actor=cast.quality_manager)
    assert Entry.objects.count() == 1


def test_a_head_of_network_enters_every_organisation_of_the_network():
    network = create_network(name="Réseau du Nord", slug="nord", actor=None)
    head = UserFactory()
    for slug in ("a", "b"):
        create_organisation(slug=slug, name=slug, network=network, actor=None)
    add_network_head(network=network, user=head, actor=None)
    add_network_head(network=network, user=head, actor=None)
    assert [(access.organisation.slug, access.role) for access in accesses_of(head)] == [
        ("a", Role.NETWORK_HEAD),
        ("b", Role.NETWORK_HEAD),
    ]
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "network.created",
        "organisation.created",
        "organisation.created",
        "network.head_added",
    ]


def test_a_visit_is_noted_once_it_took_place_and_planned_before():
    organisation = OrganisationFactory()
    today = timezone.localdate()
    visit = {"organisation": organisation, "kind": AuditKind.SURVEILLANCE, "categories": ["AF"], "actor": None}
    with pytest.raises(ValidationError):
        record_certifier_audit(**visit, held_on=today + timedelta(days=1))
    with pytest.raises(ValidationError):
        plan_audit(**visit, held_on=today - timedelta(days=1))
    past = record_certifier_audit(**visit, held_on=today - timedelta(days=400), certifier=" Certif ")
    planned = plan_audit(**visit, held_on=today + timedelta(days=40))
    assert (past.certifier, past.categories, planned.held_on) == ("Certif", ["AF"], today + timedelta(days=40))
    assert journal(organisation) == [("audit.recorded", ""), ("audit.planned", "")]


def test_a_visit_is_noted_only_once():
    audit = CertifierAuditFactory(held_on=date(2025, 3, 1))
    with pytest.raises(ValidationError):
        record_certifier_audit(
            organisation=audit.organisation, kind=AuditKind.SURVEILLANCE, held_on=audit.held_on, categories=["AF"], actor=None
        )
    assert CertifierAudit.objects.count() == 1


def test_a_visit_to_come_moves_or_goes_away_and_a_past_one_stays():
    today = timezone.localdate()
    planned = CertifierAuditFactory(held_on=today + timedelta(days=10))
    past = CertifierAuditFactory(held_on=today - timedelta(days=10), organisation=planned.organisation)
    assert move_audit(audit=planned, held_on=today + timedelta(days=20), actor=None).held_on == today + timedelta(days=20)
    for attempt in (
        lambda: move_audit(audit=planned, held_on=today - timedelta(days=1), actor=None),
        lambda: move_audit(audit=past, held_on=today + timedelta(days=1), actor=None),
        lambda: cancel_audit(audit=past, actor=None),
    ):
        with pytest.raises(ValidationError):
            attempt()
    cancel_audit(audit=planned, actor=None)
    assert list(CertifierAudit.objects.all()) == [past]
    assert [verb for verb, _actor in journal(past.organisation)] == ["audit.moved", "audit.cancelled"]


def test_a_head_is_named_once_per_network():
    head = NetworkMemberFactory()
    add_network_head(network=head.network, user=head.user, actor=None)
    assert head.network.heads.count() == 1
