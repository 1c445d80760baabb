"""From the database to the engine's facts: equality on a small world, a constant number of queries."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from evidence.engine.facts import Audience, AuditKind, DocumentFacts, HandSet, PastAudit, TightenedThreshold
from evidence.library.models import IndicatorLink, ReviewState, SubjectLink
from evidence.readiness.gathering import gather
from evidence.readiness.models import RuleSetting, SetAside
from evidence.readiness.verbs import lift, set_aside, set_rule, tighten_threshold
from tests.factories import (
    CertifierAuditFactory,
    CourseFactory,
    DocumentFactory,
    MemberFactory,
    OrganisationFactory,
    SessionFactory,
    TrainerFactory,
    UserFactory,
    VersionFactory,
)
from tests.readiness.worlds import finished_sessions
from trainings.people.models import TrainerStatus

pytestmark = pytest.mark.django_db

AUDIT, TODAY = date(2027, 3, 18), date(2026, 11, 23)


@pytest.fixture
def organisation():
    return OrganisationFactory()


def facts(organisation, audit_date=AUDIT, observed_on=TODAY):
    return gather(organisation=organisation, audit_date=audit_date, observed_on=observed_on)


def test_a_document_is_its_last_version_with_all_it_is_linked_to(organisation):
    session, course, trainer = (factory(organisation=organisation) for factory in (SessionFactory, CourseFactory, TrainerFactory))
    invoices = TrainerFactory(organisation=organisation, status=TrainerStatus.SUBCONTRACTOR)
    document = DocumentFactory(
        organisation=organisation,
        title="Bilan",
        type="survey_summary",
        audience="company",
        review_state=ReviewState.ACCEPTED,
        reviewed_at=datetime(2026, 9, 30, 22, 30, tzinfo=UTC),
    )
    VersionFactory(document=document, number=1, effective_on=date(2026, 1, 1), contents=["method"])
    VersionFactory(
        document=document, number=2, effective_on=date(2026, 6, 1), valid_until=date(2027, 6, 1), contents=["results", "method"]
    )
    for indicator in (30, 32):
        IndicatorLink.objects.create(document=document, indicator=indicator)
    for subject in ({"session": session}, {"course": course}, {"trainer": trainer}, {"trainer": invoices}):
        SubjectLink.objects.create(document=document, **subject)
    assert facts(organisation).documents == (
        DocumentFacts(
            id=str(document.pk),
            title="Bilan",
            title_key="bilan",
            type="survey_summary",
            effective_on=date(2026, 6, 1),
            valid_until=date(2027, 6, 1),
            reviewed_on=date(2026, 10, 1),  # the day in Paris
            accepted=True,
            contents=frozenset({"results", "method"}),
            indicators=frozenset({30, 32}),
            course_ids=(str(course.pk),),
            session_ids=(str(session.pk),),
            trainer_ids=(str(trainer.pk), str(invoices.pk)),
            subcontractor_ids=(str(invoices.pk),),
            audience=Audience.COMPANY,
            party_ids=(),
        ),
    )
    document.audience = "trainer"
    document.save()
    assert [found.party_ids for found in facts(organisation).documents] == [(str(trainer.pk), str(invoices.pk))]


def test_what_is_announced_withdrawn_refused_or_of_others_proves_nothing(organisation):
    DocumentFactory(organisation=organisation, title="Annoncée")
    VersionFactory(
        document=DocumentFactory(
            organisation=organisation, withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC), withdrawal_reason="Doublon"
        )
    )
    VersionFactory(
        document=DocumentFactory(
            organisation=organisation,
            review_state=ReviewState.REFUSED,
            review_comment="Illisible",
            reviewed_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    )
    VersionFactory()
    kept = VersionFactory(document=DocumentFactory(organisation=organisation))
    assert [document.id for document in facts(organisation).documents] == [str(kept.document_id)]


@pytest.mark.parametrize(
    ("audit_date", "counts"), [(date(2026, 10, 31), True), (date(2026, 11, 1), False), (date(2026, 11, 20), False)]
)
def test_a_piece_withdrawn_since_counts_for_the_audits_before(organisation, audit_date, counts):
    withdrawn = DocumentFactory(
        organisation=organisation, withdrawn_at=datetime(2026, 11, 1, 9, tzinfo=UTC), withdrawal_reason="Remplacée"
    )
    VersionFactory(document=withdrawn, effective_on=date(2026, 1, 5))
    IndicatorLink.objects.create(document=withdrawn, indicator=23)
    found = gather(organisation=organisation, audit_date=audit_date, observed_on=date(2026, 11, 30))
    assert [document.indicators for document in found.documents] == ([frozenset({23})] if counts else [])


@pytest.mark.parametrize(
    ("audit_date", "effective_on"), [(date(2026, 10, 31), date(2026, 1, 5)), (date(2026, 11, 10), date(2026, 11, 10))]
)
def test_the_version_of_that_day_is_read(organisation, audit_date, effective_on):
    """A later version does not hide the one that held, nor does one of next month."""
    document = DocumentFactory(organisation=organisation)
    for number, day in enumerate((date(2026, 1, 5), date(2026, 11, 10), date(2026, 12, 24)), start=1):
        VersionFactory(document=document, number=number, effective_on=day)
    found = gather(organisation=organisation, audit_date=audit_date, observed_on=date(2026, 11, 30))
    assert [one.effective_on for one in found.documents] == [effective_on]


def test_only_visits_that_took_place_before_the_audit_are_past(organisation):
    CertifierAuditFactory(organisation=organisation, kind="initial", held_on=date(2025, 11, 20))
    CertifierAuditFactory(organisation=organisation, kind="surveillance", held_on=AUDIT)
    initial = PastAudit(kind=AuditKind.INITIAL, held_on=date(2025, 11, 20), categories=frozenset({"AF"}))
    found = facts(organisation).organisation
    assert (found.past_audits, found.never_audited) == ((initial,), False)
    # Seen from the renewal, the surveillance audit that has not taken place yet is not past either.
    assert facts(organisation, audit_date=date(2028, 6, 1)).organisation.past_audits == (initial,)


@pytest.mark.parametrize(
    ("kind", "certified_on", "new", "started_on", "never"),
    [
        (None, None, False, None, None),
        ("initial", None, False, None, True),
        ("surveillance", None, False, None, None),
        ("initial", date(2024, 1, 1), False, None, None),
        (None, None, True, date(2026, 9, 1), True),
        (None, None, True, date(2020, 3, 1), None),  # the flag outlived its year
        (None, None, True, None, None),  # the flag alone decides nothing
    ],
)
def test_whether_nobody_ever_came(organisation, kind, certified_on, new, started_on, never):
    organisation.certified_on, organisation.activity_started_on = certified_on, started_on
    organisation.profile.holds_af, organisation.profile.new_in_af = True, new
    if kind:
        CertifierAuditFactory(organisation=organisation, kind=kind, held_on=AUDIT)
    assert facts(organisation).organisation.never_audited is never


def test_two_accounts_are_more_than_the_only_trainer(organisation):
    assert facts(organisation).organisation.has_other_staff is None
    MemberFactory(organisation=organisation, role="quality_manager")
    assert facts(organisation).organisation.has_other_staff is None
    MemberFactory(organisation=organisation, role="training_manager")
    assert facts(organisation).organisation.has_other_staff is True


def aside(organisation, actor, **fields):
    if not organisation.profile.holds_cfa:
        organisation.profile.holds_cfa = True
        organisation.profile.save()
    said = {"indicator": 14, "ground": "no_such_activity", "reason": "Motif", "until": timezone.localdate(), **fields}
    return set_aside(organisation=organisation, actor=actor, **said)


def test_decisions_in_force_and_their_lapse(organisation):
    actor = UserFactory(full_name="Maëlle Kerdraon")
    lift(decision=aside(organisation, actor, indicator=15, reason="Erreur"), actor=actor)
    kept = aside(organisation, actor)
    SetAside.objects.filter(pk=kept.pk).update(created_at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    before = HandSet(
        indicator=14,
        ground="no_such_activity",
        reason="Motif",
        person="Maëlle Kerdraon",
        decided_on=date(2026, 11, 1),
        until=kept.until,
        profile_changed_since=True,
    )
    assert facts(organisation).hand_set == (before,)


def test_a_declaration_made_after_the_profile_stands(organisation):
    aside(organisation, UserFactory())
    assert [entry.profile_changed_since for entry in facts(organisation).hand_set] == [False]
    organisation.profile.save()
    assert [entry.profile_changed_since for entry in facts(organisation).hand_set] == [True]


def test_thresholds_and_dated_figures(organisation):
    actor = UserFactory()
    tighten_threshold(
        organisation=organisation,
        expectation="session_has_answers",
        demonstrable=Decimal("1"),
        at_risk=Decimal("0.75"),
        reason="Motif",
        actor=actor,
    )
    for value, day in ((200, date(2026, 1, 1)), (210, date(2027, 1, 1)), (220, date(2028, 1, 1))):
        set_rule(key="long_session_days", value=Decimal(value), effective_from=day, source="Arrêté", actor=actor)
    RuleSetting.objects.create(key="complaint_answer_days", value=None, effective_from=date(2026, 1, 1), source="Arrêté")
    found = facts(organisation)
    assert found.tightened == {"session_has_answers": TightenedThreshold(demonstrable=1.0, at_risk=0.75, reason="Motif")}
    assert found.settings == {"long_session_days": 210}


@pytest.mark.parametrize("size", [1, 3, 100])
def test_the_number_of_queries_does_not_depend_on_the_size(organisation, size, django_assert_num_queries):
    for session in finished_sessions(organisation, size):
        document = VersionFactory(document=DocumentFactory(organisation=organisation)).document
        SubjectLink.objects.create(document=document, session=session)
    with django_assert_num_queries(37):
        found = facts(organisation)
    assert (len(found.sessions), len(found.documents)) == (size, size)
