"""What the database refuses of trainers' files and of subcontracting, by the name of each constraint."""

from datetime import UTC, date, datetime

import pytest

from tests.constraints import assert_refuses
from tests.factories import (
    SubcontractFactory,
    SubcontractorFactory,
    SubcontractorReviewFactory,
    TrainerRecordFactory,
    UserFactory,
)
from trainings.people.models import Subcontract, Subcontractor, SubcontractorReview, TrainerRecord

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_trainer_record_dates_in_order():
    TrainerRecordFactory(dated_on=date(2026, 3, 2), valid_until=date(2026, 3, 2))
    write = lambda: TrainerRecordFactory(dated_on=date(2026, 3, 2), valid_until=date(2026, 3, 1))  # noqa: E731
    assert_refuses(TrainerRecord, "trainer_record_dates_in_order", write)


@pytest.mark.parametrize(("withdrawn_at", "reason"), [(NOW, ""), (None, "Doublon")])
def test_trainer_record_withdrawal_has_reason(withdrawn_at, reason):
    TrainerRecordFactory(withdrawn_at=NOW, withdrawal_reason="Doublon")
    write = lambda: TrainerRecordFactory(withdrawn_at=withdrawn_at, withdrawal_reason=reason)  # noqa: E731
    assert_refuses(TrainerRecord, "trainer_record_withdrawal_has_reason", write)


@pytest.mark.parametrize("somebody", [True, False])
def test_trainer_record_covers_said_by_somebody(somebody):
    actor = UserFactory()
    TrainerRecordFactory(covers=["Habilitation B2V"], covers_said_at=NOW, covers_said_by=actor)
    said = {"covers_said_by": actor} if somebody else {"covers_said_at": NOW}
    write = lambda: TrainerRecordFactory(covers=["Habilitation B2V"], **said)  # noqa: E731
    assert_refuses(TrainerRecord, "trainer_record_covers_said_by_somebody", write)


@pytest.mark.parametrize("said", [{}, {"dropped": True, "checked_at": NOW}])
def test_trainer_record_qualification_dated(said):
    TrainerRecordFactory(kind="qualification", dated_on=None, dropped=True)
    write = lambda: TrainerRecordFactory(kind="qualification", dated_on=None, **said)  # noqa: E731
    assert_refuses(TrainerRecord, "trainer_record_qualification_dated", write)


@pytest.mark.parametrize("said", [{"note": ""}, {"note": "Bilan fait", "dated_on": None}, {"dropped": True, "checked_at": NOW}])
def test_trainer_record_interview_concludes(said):
    TrainerRecordFactory(kind="interview", note="", dated_on=None, dropped=True)
    TrainerRecordFactory(kind="interview", note="Bilan fait")
    assert_refuses(TrainerRecord, "trainer_record_interview_concludes", lambda: TrainerRecordFactory(kind="interview", **said))


def test_subcontractor_certificate_dates():
    first, last = date(2026, 1, 1), date(2025, 12, 31)
    SubcontractorFactory(certified_from=first, certified_until=first)
    write = lambda: SubcontractorFactory(certified_from=first, certified_until=last)  # noqa: E731
    assert_refuses(Subcontractor, "subcontractor_certificate_dates", write)


def test_subcontractor_exemption_has_source():
    SubcontractorFactory(exemption="micro", exemption_source="Attestation URSSAF du 3 mars 2026")
    write = lambda: SubcontractorFactory(exemption="micro", exemption_source="")  # noqa: E731
    assert_refuses(Subcontractor, "subcontractor_exemption_has_source", write)


def test_subcontract_reference_once():
    contract = SubcontractFactory(reference="ST-1")
    SubcontractFactory(reference="ST-1")
    write = lambda: SubcontractFactory(subcontractor=contract.subcontractor, reference="ST-1")  # noqa: E731
    assert_refuses(Subcontract, "subcontract_reference_once", write)


def test_subcontract_dates_in_order():
    SubcontractFactory(valid_from=date(2026, 1, 10), valid_until=date(2026, 1, 10))
    write = lambda: SubcontractFactory(valid_from=date(2026, 1, 10), valid_until=date(2026, 1, 9))  # noqa: E731
    assert_refuses(Subcontract, "subcontract_dates_in_order", write)


def test_subcontractor_review_concludes():
    SubcontractorReviewFactory()
    assert_refuses(SubcontractorReview, "subcontractor_review_concludes", lambda: SubcontractorReviewFactory(conclusion=""))
