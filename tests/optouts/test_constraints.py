"""What the base refuses of a choice of messages."""

import pytest

from qualiopi.optouts.models import MailChoice
from tests.constraints import assert_refuses
from tests.factories import MailChoiceFactory

pytestmark = pytest.mark.django_db


def test_an_address_chooses_once_in_an_organisation():
    choice = MailChoiceFactory()
    assert_refuses(
        MailChoice,
        "mail_choice_once_per_address",
        lambda: MailChoiceFactory(organisation=choice.organisation, email=choice.email, token_hash="0" * 64),
    )
    MailChoiceFactory(email=choice.email, token_hash="1" * 64)


def test_an_address_is_in_small_letters():
    assert_refuses(MailChoice, "mail_choice_small_letters", lambda: MailChoiceFactory(email="Anais@Exemple.fr"))
