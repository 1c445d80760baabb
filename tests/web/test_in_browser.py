"""Every component and layout in a real Chromium: accessible and fitting at three widths, and usable."""

import pytest

from tests.harness.browser import assert_good_at_all_widths

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.gallery"), pytest.mark.django_db(transaction=True)]
ADDRESSES = ["/galerie/", "/telephone/", "/auditeur/", "/compte/connexion/", "/compte/mot-de-passe/", "/inconnu/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_accessible_and_fitting_at_three_widths(open_page, address):
    page = open_page()
    page.goto(address)
    assert_good_at_all_widths(page)
