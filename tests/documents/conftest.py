"""What the tests of documents share."""

import pytest

from tests import cast
from tests.documents.world import make_world
from tests.harness.worlds import shared

people = shared(cast.gather)


# Three people, two of them sent by a company, the third alone; everybody was there.
world = shared(lambda people: make_world(people.organisation), on=people)


@pytest.fixture(autouse=True)
def _documents_are_not_read(stand_in_pdf):
    """Which PDF files are made is the subject here, not what they look like."""
