"""The head of network's page: every organisation of the network, and of no other."""

from datetime import date

import pytest

from qualiopi.organisations.models import Organisation
from tests.cast import gather
from tests.factories import CertifierAuditFactory, DocumentFactory, NetworkFactory, VersionFactory

pytestmark = pytest.mark.django_db
PAGE = "/reseau/ateliers-du-fil/"


@pytest.fixture
def cast():
    return gather()


def test_each_organisation_has_its_line(cast):
    CertifierAuditFactory(organisation=cast.sister, held_on=date(2098, 3, 18))
    expired = DocumentFactory(organisation=cast.organisation)
    VersionFactory(document=expired, effective_on=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    response = cast.client(cast.network_head).get(PAGE)
    rows = response.context["rows"]
    assert [(row.organisation, row.audit_date, row.pieces.expired) for row in rows[1:]] == [(cast.sister, date(2098, 3, 18), 0)]
    assert (rows[0].organisation, rows[0].audit, rows[0].pieces.expired) == (cast.organisation, None, 1)
    assert response.context["next_row"] == rows[1]
    for row in rows:
        assert sum(count for _status, count in row.counts) == row.concerned
    assert cast.elsewhere.name not in response.content.decode()


def test_nobody_else_knows_the_page(cast):
    NetworkFactory(slug="autre")
    for person in (cast.quality_manager, cast.training_manager, cast.trainer, cast.auditor, cast.stranger):
        assert cast.client(person).get(PAGE).status_code == 404
    assert cast.client(cast.network_head).get("/reseau/autre/").status_code == 404
    assert cast.client(None).get(PAGE).status_code == 302


def test_a_network_may_be_empty(cast):
    Organisation.objects.filter(network=cast.network).update(network=None)
    content = cast.client(cast.network_head).get(PAGE).content.decode()
    assert "Aucun organisme dans ce réseau." in content


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_what_an_organisation_holds(cast, count, django_assert_num_queries):
    Organisation.objects.filter(pk=cast.sister.pk).update(network=None)
    for place in range(count):
        document = DocumentFactory(organisation=cast.organisation, title=f"Pièce {place}")
        VersionFactory(document=document)
    browser = cast.client(cast.network_head)
    browser.get(PAGE)  # what was judged is kept from then on
    with django_assert_num_queries(7):
        browser.get(PAGE)
