"""Every address × every role × own or other organisation. A new address is covered by being there; without a policy it fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.organisations.capabilities import CAPABILITIES
from qualiopi.organisations.enums import Role
from qualiopi.organisations.middleware import LIBRARY_VIEWS
from qualiopi.organisations.models import Organisation
from tests import cast as standing
from tests.factories import MemberFactory, UserFactory
from tests.harness.worlds import shared
from tests.policy.world import Address, Sample, addresses, furnish, state, watched_writes

OWN, SISTER, OTHER = "Marqueouest", "Marquesud", "Marquesecrete"
MINE, STRANGERS = "mine", "strangers"
ROLES = [
    ("network_head", Role.NETWORK_HEAD),
    ("quality_manager", Role.QUALITY_MANAGER),
    ("training_manager", Role.TRAINING_MANAGER),
    ("trainer", Role.TRAINER),
    ("auditor", Role.AUDITOR),
    ("stranger", None),
    ("expired_auditor", None),
    ("anonymous", None),
]
# What an empty form, or an object just begun, is rightly answered.
ALSO = {
    ("GET", "packs:download"): {404},  # a pack that is not ready has nothing to download
    ("POST", "readiness:rules"): {404},  # names no rule
    # Of an indicator asked of everybody, of a hole that is not there, of a CV: their own tests try them on the others.
    ("GET", "readiness:put_aside"): {404},
    ("POST", "readiness:put_aside"): {404},
    ("GET", "readiness:cover"): {404},
    ("POST", "readiness:cover"): {404},
    ("GET", "people:record_covers"): {404},
    ("POST", "people:record_covers"): {404},
}


@dataclass
class World:
    """Three furnished organisations, and the people around the first."""

    people: dict[str, User | None]
    own: Sample
    sister: Sample
    other: Sample


def furnished() -> World:
    """One object of each kind in each of three organisations."""
    cast = standing.gather()
    expired = UserFactory(full_name="Auditrice d'hier")
    MemberFactory(organisation=cast.organisation, user=expired, role=Role.AUDITOR, until=timezone.localdate() - timedelta(days=1))
    people: dict[str, User | None] = {name: getattr(cast, name, None) for name, _role in ROLES}
    people["expired_auditor"] = expired
    return World(
        people=people,
        own=furnish(cast.organisation, OWN, trainer=cast.trainer_record),
        sister=furnish(cast.sister, SISTER),
        other=furnish(cast.elsewhere, OTHER),
    )


world = shared(furnished)


def tenant_addresses() -> list[Address]:
    return [address for address in addresses() if address.of_organisation]


def body(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", errors="replace")


def may_call(address: Address, role: Role | None) -> bool:
    policy = address.policy
    assert policy is not None
    return role is not None and not CAPABILITIES[role].isdisjoint(policy.capabilities)


class Walk:
    """One person tries every address; what is wrong is noted, with its address, and told at the end."""

    def __init__(self, client: Client, forbidden: tuple[str, ...]) -> None:
        self.client, self.forbidden = client, forbidden
        self.wrong: list[str] = []
        self.before = state()

    def ask(self, address: Address, method: str, sample: Sample, expected: set[int], *, undo: bool = False) -> None:
        """Call the address; `undo`: whoever may write does, and it is rolled back."""
        where = f"{method} {address.name}"
        with transaction.atomic(), watched_writes() as written:
            response = getattr(self.client, method.lower())(address.url(sample))
            text = body(response)
            if undo:
                transaction.set_rollback(True)
        if response.status_code not in expected:
            self.wrong.append(f"{where} : {response.status_code} au lieu de {sorted(expected)}")
        self.wrong += [f"{where} : « {marker} » figure dans la réponse" for marker in self.forbidden if marker in text]
        # Reading every table after each of some thousand answers is slow: only one that wrote can have changed anything.
        if written and (after := state()) != self.before:
            self.wrong.append(f"{where} : des données ont changé")
            self.before = after

    def done(self) -> list[str]:
        """What went wrong, the last look at every table included."""
        return self.wrong + (["des données ont changé"] if state() != self.before else [])


def test_every_address_has_a_policy_and_a_sample(world):
    nameless = [address for address in addresses() if address.name.endswith("None")]
    assert nameless == []
    assert [address.name for address in addresses() if address.policy is None] == []
    for address in tenant_addresses():
        assert address.url(world.own).startswith("/o/fil-ouest/")


def test_an_address_of_an_organisation_asks_for_a_capability():
    open_ones = [address.name for address in tenant_addresses() if not (address.policy and address.policy.capabilities)]
    assert open_ones == []


@pytest.mark.parametrize(("name", "role"), ROLES)
def test_own_organisation(world, name, role):
    person = world.people[name]
    forbidden = (OTHER,) if role else (OWN,) if name == "stranger" else (OWN, OTHER)
    walk = Walk(standing_client(person), forbidden)
    for address in tenant_addresses():
        policy = address.policy
        if person is None:
            walk.ask(address, "GET", world.own, {302})
            walk.ask(address, "POST", world.own, {302})
        elif not may_call(address, role):
            walk.ask(address, "GET", world.own, {404})
            walk.ask(address, "POST", world.own, {404})
        else:
            # A page for POST alone answers 405 to GET; a preparation that is not over answers 409.
            walk.ask(address, "GET", world.own, {200, 302, 405, 409} | ALSO.get(("GET", address.name), set()))
            if policy and policy.writes:
                accepted = {200, 204, 302, 400, 409, 422} | ALSO.get(("POST", address.name), set())
                walk.ask(address, "POST", world.own, accepted, undo=True)
            else:
                walk.ask(address, "POST", world.own, {405})
    assert walk.done() == []


@pytest.mark.parametrize(("name", "role"), ROLES)
def test_other_organisation(world, name, role):
    if name == "stranger":
        target, forbidden = world.own, (OWN, SISTER)
    else:
        target, forbidden = world.other, (OTHER,)
    person = world.people[name]
    refused = {302} if person is None else {404}
    walk = Walk(standing_client(person), forbidden)
    for address in tenant_addresses():
        walk.ask(address, "GET", target, refused)
        walk.ask(address, "POST", target, refused)
    assert walk.done() == []


@pytest.mark.parametrize(("name", "role"), [(name, role) for name, role in ROLES if role])
def test_rows_of_another_organisation_under_one_s_own_address(world, name, role):
    # A head of network sees the sister's name in the switch, and her rows under her own address alone.
    walk = Walk(standing_client(world.people[name]), (OTHER,) if role is Role.NETWORK_HEAD else (OTHER, SISTER))
    for address in tenant_addresses():
        if address.names_a_row(world.other) and may_call(address, role):
            for rows in (world.other, world.sister):
                mixed = {**rows, "organisation": world.own["organisation"]}
                walk.ask(address, "GET", mixed, {404, 405})
                walk.ask(address, "POST", mixed, {404, 405})
    assert walk.done() == []


def test_an_auditor_changes_nothing_anywhere(world):
    client = standing_client(world.people["auditor"])
    before = state()
    for address in tenant_addresses():
        policy = address.policy
        assert policy is not None
        if may_call(address, Role.AUDITOR):
            assert (address.name, policy.writes) == (address.name, False)
        for data in ({}, {"name": "Changé", "role": "trainer", "indicators": "30", "text": "Changé", "confirm": "1"}):
            client.post(address.url(world.own), data)
            client.put(address.url(world.own), data, content_type="application/json")
            client.delete(address.url(world.own))
    assert state() == before
    assert "Changé" not in Organisation.objects.get(slug="fil-ouest").name


@pytest.mark.parametrize(("name", "role"), ROLES)
def test_pages_outside_any_organisation(world, name, role):
    person = world.people[name]
    forbidden = (OTHER,) if name != "stranger" else (OWN, SISTER)
    walk = Walk(standing_client(person), forbidden if role or name == "stranger" else (OWN, SISTER, OTHER))
    for address in addresses():
        policy = address.policy
        if address.of_organisation or address.name in LIBRARY_VIEWS or "token" in address.parameters:
            continue
        assert policy is not None
        if "network" in address.parameters:
            own = {302} if person is None else {200} if role is Role.NETWORK_HEAD else {404}
            walk.forbidden = (OTHER,) if role is Role.NETWORK_HEAD else (OWN, SISTER, OTHER)
            walk.ask(address, "GET", world.own, own)
            walk.ask(address, "GET", world.other, {302} if person is None else {404})
        else:
            welcome = {302} if person is None and not policy.public_because else {200, 302, 404, 405}
            walk.ask(address, "GET", world.own, welcome)
        if not policy.writes:
            walk.ask(address, "POST", world.own, {302} if person is None and not policy.public_because else {404, 405})
    assert walk.done() == []


def standing_client(person: User | None) -> Client:
    # A page that fails is noted as a 500 among the others, instead of hiding them.
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
