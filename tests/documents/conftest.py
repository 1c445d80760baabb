"""What the tests of documents share."""

import pytest

from tests import cast
from tests.documents.world import make_world


@pytest.fixture
def people(db):
    return cast.gather()


@pytest.fixture
def world(people):
    """Three people, two of them sent by a company, the third alone; everybody was there."""
    return make_world(people.organisation)
