"""Two pages that are one trainer's: the registers they countersigned say who stays."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from evidence.debts.models import Reminder
from evidence.library.models import SubjectLink
from tests import cast
from tests.factories import (
    CampaignFactory,
    CountersignatureFactory,
    DocumentFactory,
    EnrolmentFactory,
    HalfDayFactory,
    InvitationFactory,
    SessionFactory,
    StepFactory,
    SubcontractorFactory,
    TrainerFactory,
    TrainerLinkFactory,
    TrainerRecordFactory,
    UserFactory,
)
from tests.harness.worlds import shared
from trainings.attendance.models import Mark
from trainings.attendance.queries.integrity import check
from trainings.attendance.verbs import Said, countersign, sign
from trainings.merging.queries import plan_of
from trainings.merging.verbs import merge_trainers
from trainings.people.links import current_token
from trainings.people.models import Trainer
from trainings.people.queries import trainer_behind
from trainings.people.verbs import renew_link, trainer_link

pytestmark = pytest.mark.django_db
people = shared(cast.gather)


def merge(kept, gone, **choices):
    told = {line.key: "kept" for line in plan_of(kept, gone).to_choose}
    return merge_trainers(organisation=kept.organisation, kept=kept, gone=gone, choices=told | choices, actor=None)


@pytest.fixture
def twins(people):
    """Yann Le Goff, who has an account, and Y. Le Goff, typed in a table."""
    gone = TrainerFactory(organisation=people.organisation, first_name="Y.", last_name="Le Goff", email="y.legoff@exemple.fr")
    return people.trainer_record, gone


def test_everything_of_one_is_of_the_other(people, twins):
    kept, gone = twins
    session = SessionFactory(organisation=people.organisation, trainers=[gone])
    half_day, step = HalfDayFactory(session=session, trainer=gone), StepFactory(session=session, trainer=gone)
    record, link = TrainerRecordFactory(trainer=gone), TrainerLinkFactory(trainer=gone)
    document = DocumentFactory(organisation=people.organisation)
    SubjectLink.objects.create(document=document, trainer=gone)
    merged = merge(kept, gone)
    for row in (half_day, step, record, link):
        row.refresh_from_db()
        assert row.trainer == kept
    assert (list(session.trainers.all()), document.subject_links.get().trainer) == ([kept], kept)
    assert (str(merged), merged.user, merged.email) == ("Yann Le Goff", people.trainer, kept.email)
    assert Trainer.objects.for_organisation(people.organisation).count() == 1


def test_what_both_hold_is_held_once(people, twins):
    session = SessionFactory(organisation=people.organisation, trainers=list(twins))
    document, campaign = DocumentFactory(organisation=people.organisation), CampaignFactory(session=session)
    for trainer in twins:
        SubjectLink.objects.create(document=document, trainer=trainer)
        InvitationFactory(campaign=campaign, enrolment=None, trainer=trainer)
        TrainerLinkFactory(trainer=trainer)
        Reminder.objects.create(
            organisation=people.organisation, trainer=trainer, email=trainer.email or "x@exemple.fr", owed=1, sent_on=date(2026, 9, 1)
        )  # fmt: skip
    kept = merge(*twins)
    for rows in (kept.assignments, kept.document_links, kept.invitations, kept.reminders):
        assert rows.count() == 1
    assert kept.link.trainer == kept


def test_both_links_that_were_given_open_the_file_kept(people, twins):
    kept, gone = twins
    tokens = [current_token(trainer_link(trainer=trainer, actor=None)) for trainer in twins]
    merge(kept, gone)
    behind = [trainer_behind(token, today=timezone.localdate()) for token in tokens]
    assert [found.row.trainer for found in behind] == [kept, kept]
    renew_link(trainer=kept, actor=None)
    assert [trainer_behind(token, today=timezone.localdate()) for token in tokens] == [None, None]


def test_an_account_and_a_status_are_chosen(people, twins):
    kept, gone = twins
    other, partner = UserFactory(), SubcontractorFactory(organisation=people.organisation)
    Trainer.objects.filter(pk=kept.pk).update(status="employee")
    Trainer.objects.filter(pk=gone.pk).update(user=other, status="subcontractor", subcontractor=partner)
    for each in twins:
        each.refresh_from_db()
    assert [line.key for line in plan_of(kept, gone).to_choose] == ["first_name", "email", "status", "user"]
    merged = merge(kept, gone, status="gone", user="gone")
    assert (merged.user, merged.status, merged.subcontractor) == (other, "subcontractor", partner)


@pytest.mark.parametrize(
    ("by_kept", "by_gone", "instead"),
    [(False, False, ""), (True, False, ""), (False, True, "gardez cette fiche-là"), (True, True, "Gardez les deux")],
)
def test_a_countersignature_names_who_stays(people, twins, by_kept, by_gone, instead):
    kept, gone = twins
    for trainer, countersigned in ((kept, by_kept), (gone, by_gone)):
        if countersigned:
            half_day = HalfDayFactory(session__organisation=people.organisation, session__trainers=[trainer])
            sign(
                half_day=half_day,
                enrolment=EnrolmentFactory(session=half_day.session),
                said=Said(method="confirmed", once=uuid.uuid4(), reason="Réseau coupé"),
            )
            countersign(half_day=half_day, trainer=trainer, actor=people.trainer, once=uuid.uuid4())
    before = list(Mark.objects.order_by("pk").values_list("pk", "trainer", "fingerprint"))
    if instead:
        with pytest.raises(ValidationError, match=instead):
            merge(kept, gone)
    else:
        merge(kept, gone)
    assert list(Mark.objects.order_by("pk").values_list("pk", "trainer", "fingerprint")) == before
    assert [finding for half_day in Mark.objects.values_list("session", flat=True) for finding in check(_session(half_day))] == []


def _session(pk):
    return Mark.objects.filter(session=pk).first().session


def test_the_other_way_round_works_where_this_one_does_not(people, twins):
    kept, gone = twins
    CountersignatureFactory(half_day__session__organisation=people.organisation, trainer=gone)
    assert [each.words for each in plan_of(kept, gone).obstacles] == ["Y. Le Goff a contresigné des émargements"]
    merged = merge(gone, kept, first_name="gone", email="gone")
    assert (merged.pk, str(merged), merged.user) == (gone.pk, "Yann Le Goff", people.trainer)
