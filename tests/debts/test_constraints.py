"""What the database refuses of reminders, by the name of each constraint."""

from datetime import date

import pytest

from evidence.debts.models import Reminder
from tests.constraints import assert_refuses
from tests.factories import OrganisationFactory, TrainerFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def sent(organisation, **to):
    return Reminder.objects.create(organisation=organisation, email="a@exemple.fr", owed=1, sent_on=DAY, **to)


def test_reminder_to_one():
    organisation = OrganisationFactory()
    both = {"trainer": TrainerFactory(organisation=organisation), "user": UserFactory()}
    assert_refuses(Reminder, "reminder_to_one", lambda: sent(organisation))
    assert_refuses(Reminder, "reminder_to_one", lambda: sent(organisation, **both))


def test_reminder_trainer_once_a_day():
    trainer = TrainerFactory()
    sent(trainer.organisation, trainer=trainer)
    sent(trainer.organisation, trainer=TrainerFactory(organisation=trainer.organisation))
    assert_refuses(Reminder, "reminder_trainer_once_a_day", lambda: sent(trainer.organisation, trainer=trainer))


def test_reminder_user_once_a_day():
    user, organisation = UserFactory(), OrganisationFactory()
    sent(organisation, user=user)
    sent(OrganisationFactory(), user=user)
    assert_refuses(Reminder, "reminder_user_once_a_day", lambda: sent(organisation, user=user))
