"""What the tests of ticking share."""

import pytest


@pytest.fixture(autouse=True)
def _documents_are_not_read(stand_in_pdf):
    """Which PDF files are made is the subject here, not what they look like."""
