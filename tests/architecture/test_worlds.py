"""A world that tests share is built once, and nothing that one of them does is known to the next."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.organisations.models import Network
from tests.factories import NetworkFactory, StoredFileFactory, UserFactory
from tests.harness.emptied import empty, filled, tables
from tests.harness.worlds import shared, wanted


def build():
    """A network, and a file."""
    mail.send_mail("Objet", "Texte", None, ["une@exemple.fr"])
    return {"network": NetworkFactory(name="Partagé"), "file": StoredFileFactory(content=b"%PDF-1.7 entier")}


def build_above(below):
    """Somebody more, and another name of the network."""
    below["network"].name = "Rebâti"
    below["network"].save()
    return {"network": below["network"], "person": UserFactory(full_name="Étage")}


world = shared(build)
above = shared(build_above, on=world)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_each_test_finds_the_world_as_it_was_built(world, turn, settings):
    path = Path(settings.MEDIA_ROOT) / world["file"].path
    assert (world["network"].name, Network.objects.get().name) == ("Partagé", "Partagé")
    assert (path.read_bytes(), mail.outbox) == (b"%PDF-1.7 entier", [])
    world["network"].name = "Changé"
    world["network"].save()
    path.write_bytes(b"spoilt")
    UserFactory()
    assert User.objects.count() == 1


@pytest.mark.parametrize("turn", [1, 2])
def test_a_world_may_stand_on_another(world, above, turn):
    assert (Network.objects.get().name, User.objects.get().full_name) == ("Rebâti", "Étage")
    assert world["network"] is above["network"]
    above["person"].delete()


def test_the_world_below_is_as_it_was(world):
    assert (world["network"].name, Network.objects.get().name, User.objects.exists()) == ("Partagé", "Partagé", False)


def test_a_world_ends_with_its_day(world, above, standing_world, request, monkeypatch):
    chain = wanted(request.node)
    assert (len(chain), standing_world.kept(chain)) == (2, 2)
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert standing_world.kept(chain) == 0


def test_what_stands_is_not_built_again(world, above, standing_world, request):
    before = standing_world.built
    standing_world.become(wanted(request.node))
    assert (standing_world.built, len(standing_world.floors)) == (before, 2)


@pytest.mark.django_db
def test_a_test_that_asks_for_none_finds_empty_tables():
    assert filled(connection, tables(connection)) == []


def test_what_stands_in_no_transaction_of_the_product_may_begin_one_that_lasts(world):
    with transaction.atomic(durable=True):
        NetworkFactory(name="Durable")
    assert Network.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_builds_its_own(world):
    assert (Network.objects.get().name, connection.in_atomic_block) == ("Partagé", False)


@pytest.mark.django_db(transaction=True)
def test_after_one_that_committed_the_tables_are_empty():
    assert filled(connection, tables(connection)) == []


@pytest.mark.django_db
def test_tables_are_emptied_whatever_refers_to_what(world):
    assert len(filled(connection, tables(connection))) > 2
    empty(connection, tables(connection))
    assert filled(connection, tables(connection)) == []
