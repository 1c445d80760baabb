"""The demonstration: every stage, the same data twice, and never over what exists."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from evidence.demo.stages import Stage
from evidence.library.models import Document, ReviewState, Version
from qualiopi.accounts.models import User
from qualiopi.organisations.models import CertifierAudit, Organisation
from tests.harness.emptied import empty, tables
from tests.harness.printing import without_laying_out
from tests.harness.worlds import shared
from trainings.adaptations.models import AdaptationRequest, Wish
from trainings.learning.models import Intake, IntakeDecision, IntakeKind
from trainings.people.models import Trainee
from trainings.sessions.calendar import OpenDays
from trainings.sessions.models import Enrolment, EnrolmentState, Session, SessionState
from trainings.surveys.models import Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in_pdf")]
# Sessions told step by step, beside those that came from a table.
LIVES = 9
# Filed today when an audit is near, by each of the two organisations.
LAST = ["Analyse des risques qualité"] * 2 + ["Violences, harcèlement, discriminations : prévenir et traiter"] * 2


def seed(**options):
    told = io.StringIO()
    call_command("seed_demo", stdout=told, **options)
    return told.getvalue()


def contents():
    """What the demonstration holds, without the identifiers drawn at random."""
    return {
        "sessions": list(
            Session.objects.order_by("organisation__slug", "reference").values_list("reference", "starts_on", "state")
        ),
        "trainees": sorted(Trainee.objects.values_list("first_name", "last_name", "email")),
        "enrolments": sorted(Enrolment.objects.values_list("session__reference", "trainee__email", "company__name")),
        "answers": sorted(Response.objects.values_list("campaign__session__reference", "overall", "recommendation", "comment")),
        "departures": list(
            Enrolment.objects.exclude(ended_on=None).values_list("trainee__email", "ended_on").order_by("trainee__email")
        ),
        "pieces": sorted(Version.objects.values_list("document__title", "file__sha256")),
    }


def build():
    """The demonstration of an organisation that runs, with two sessions of its past; what it holds."""
    with without_laying_out():
        seed(sessions=2, seed=7)
    return contents()


demonstration = shared(build)


def stage_seen():
    """The audits of each organisation, how many sessions there are, and whether there are pieces."""
    kinds = {
        organisation.slug: list(
            CertifierAudit.objects.filter(organisation=organisation).order_by("held_on").values_list("kind", flat=True)
        )
        for organisation in Organisation.objects.all()
    }
    return kinds, Session.objects.count(), Document.objects.exists()


def read_and_unread():
    """By organisation how many pieces the quality manager accepted; the titles of those that nobody read."""
    accepted = Document.objects.filter(review_state=ReviewState.ACCEPTED, reviewed_by__full_name="Maëlle Kerdraon")
    unread = Document.objects.filter(review_state=ReviewState.NOT_REVIEWED).order_by("title").values_list("title", flat=True)
    counts = {slug: accepted.filter(organisation__slug=slug).count() for slug in ("fil-ouest", "fil-sud")}
    return counts, list(unread)


@pytest.mark.parametrize(
    ("stage", "audits", "sessions", "furnished", "unread"),
    [
        (Stage.ONBOARDING, [], 0, False, []),
        (Stage.PRE_AUDIT, ["initial", "surveillance"], 1, True, LAST),
        (Stage.POST_AUDIT, ["initial", "surveillance"], 1, True, LAST),
    ],
)
def test_each_stage(stage, audits, sessions, furnished, unread):
    seed(stage=stage.value, sessions=1)
    kinds, number, pieces = stage_seen()
    assert kinds == {"fil-ouest": audits, "fil-sud": audits}
    assert (number, pieces) == (2 * sessions + (LIVES if furnished else 0), furnished)
    assert read_and_unread()[1] == unread


def test_what_exists_is_left_alone():
    seed(stage="onboarding")
    people = User.objects.count()
    with pytest.raises(CommandError, match="existe déjà"):
        seed(sessions=1)
    assert (User.objects.count(), Session.objects.count()) == (people, 0)


def test_the_settings_of_production_have_no_demonstration(settings):
    settings.DEMO_PASSWORD = ""
    with pytest.raises(CommandError, match="production"):
        seed()
    assert Organisation.objects.count() == 0


def test_a_number_of_sessions_below_zero_is_refused():
    with pytest.raises(CommandError, match="négatif"):
        seed(sessions=-1)
    assert Organisation.objects.count() == 0


def test_the_stage_of_an_organisation_that_runs(demonstration):
    kinds, number, pieces = stage_seen()
    assert kinds == {"fil-ouest": ["initial", "surveillance"], "fil-sud": ["initial", "surveillance"]}
    assert (number, pieces) == (4 + LIVES, True)


def test_the_same_seed_gives_the_same_data(demonstration):
    empty(connection, tables(connection))
    seed(sessions=2, seed=7)
    assert (contents(), len(demonstration["sessions"])) == (demonstration, 4 + LIVES)


def test_sessions_are_shown_in_every_state_with_what_may_happen_to_somebody(demonstration):
    """Somebody who left on the way and was called, a course adapted after the positioning, an adaptation of the room."""
    assert set(Session.objects.values_list("state", flat=True)) == set(SessionState.values)
    gone = Enrolment.objects.get(state=EnrolmentState.INTERRUPTED)
    assert "" not in (gone.end_reason, gone.end_action)
    assert gone.follow_ups.get().event_on == gone.ended_on
    assert list(gone.marks.filter(half_day__day__gt=gone.ended_on)) == []
    assert Intake.objects.get(decision=IntakeDecision.ADAPT).kind == IntakeKind.POSITIONING
    assert AdaptationRequest.objects.get(wish=Wish.YES).decided_on is not None


def test_what_is_told_of_the_past_is_dated_in_the_past(demonstration):
    closed = Session.objects.get(state=SessionState.CLOSED)
    assert all(mark.created_at.date() == mark.half_day.day for mark in closed.marks.select_related("half_day"))
    assert closed.issued.filter(issued_on__gt=closed.ends_on + timedelta(days=2)).count() == 0


def test_the_session_that_goes_on_today_is_not_held_on_a_sunday_unless_today_is_one(demonstration):
    today, days = timezone.localdate(), OpenDays()
    running = Session.objects.get(state=SessionState.RUNNING)
    assert running.ends_on == today
    assert days.closed(today) or not any(days.closed(half_day.day) for half_day in running.half_days.all())


def test_the_quality_manager_read_the_pieces_when_they_came(demonstration):
    """25 of the organisation, 3 for each of 7 courses, those of the trainers (2 + 3 + 3 + 2 and 2 + 3 + 2), 7 for each of 2 sessions."""
    assert read_and_unread() == ({"fil-ouest": 25 + 21 + 10 + 14, "fil-sud": 25 + 21 + 7 + 14}, [])
    days = [
        (version.effective_on, timezone.localdate(version.document.created_at), timezone.localdate(version.document.reviewed_at))
        for version in Version.objects.select_related("document")
    ]
    assert days == [(day, day + timedelta(days=1), day + timedelta(days=2)) for day, _filed, _read in days]
