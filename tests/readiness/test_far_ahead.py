"""An audit far ahead: every page and file says where one stands today, and what will have to be renewed before that day."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from evidence.library.models import IndicatorLink, ReviewState
from evidence.packs.queries import pieces_of
from evidence.packs.report import report_html
from evidence.readiness.queries import board
from qualiopi.web.dates import short_date
from tests import cast as standing
from tests.factories import CertifierAuditFactory, DocumentFactory, ProgrammeFactory, VersionFactory
from tests.harness.printing import StandIn
from tests.readiness.worlds import finished_sessions
from trainings.catalogue.models import Course

pytestmark = pytest.mark.django_db

FILED_DAYS_AGO = 30


@pytest.fixture
def cast():
    """A watch of a month ago, and a visit in fourteen months."""
    people = standing.gather()
    finished_sessions(people.organisation, 1)
    today = timezone.localdate()
    watch = DocumentFactory(
        organisation=people.organisation,
        type="watch_log",
        review_state=ReviewState.ACCEPTED,
        reviewed_at=timezone.now(),
        reviewed_by=people.quality_manager,
    )
    VersionFactory(document=watch, effective_on=today - timedelta(days=FILED_DAYS_AGO))
    IndicatorLink.objects.create(document=watch, indicator=23)
    CertifierAuditFactory(organisation=people.organisation, kind="surveillance", held_on=today + timedelta(days=430))
    return people


@pytest.fixture
def renewal(cast):
    found = board(organisation=cast.organisation)
    [one] = found.status(23).renewals
    return one


def test_the_board_and_the_page_of_the_indicator_say_both(cast, renewal):
    client = cast.client(cast.quality_manager)
    page = client.get(reverse("readiness:board", args=["fil-ouest"])).content.decode()
    assert f"Une preuve à renouveler d’ici l’audit : elle compte jusqu’au {short_date(renewal.until)}." in page.replace(
        "\u00a0", " "
    )
    page = client.get(reverse("indicators:page", args=["fil-ouest", 23])).content.decode()
    assert renewal.sentence in page
    assert "À renouveler avant l’audit" in page
    assert "Rien n’est enregistré" not in page


def test_an_audit_of_today_has_nothing_to_renew(cast):
    client = cast.client(cast.quality_manager)
    today = f"?date={timezone.localdate():%Y-%m-%d}"
    for page in (reverse("readiness:board", args=["fil-ouest"]), reverse("indicators:page", args=["fil-ouest", 23])):
        assert "renouveler" not in client.get(page + today).content.decode()


def test_the_command_and_the_report_say_the_same(cast, renewal, capsys):
    call_command("readiness", "--organisation", "fil-ouest", "--indicator", "23", "--format", "json")
    (entry,) = json.loads(capsys.readouterr().out)
    assert entry["renewals"] == [
        {
            "kind": "organisation",
            "reference": "legal_watch_kept",
            "label": "Tableau de veille daté",
            "expectation": "legal_watch_kept",
            "until": renewal.until.isoformat(),
            "from": renewal.again_from.isoformat(),
            "sentence": renewal.sentence,
        }
    ]
    read = board(organisation=cast.organisation)
    found = report_html(read=read, pieces=pieces_of(read), find=StandIn().find)
    assert renewal.sentence in found


def test_the_version_of_next_month_leaves_the_one_of_today_in_force(cast):
    """What is recorded for a later day, even before the audit, is not there yet."""
    today = timezone.localdate()
    course = Course.objects.for_organisation(cast.organisation).first()
    days = (today - timedelta(days=200), today + timedelta(days=30))
    for number, day in enumerate(days, start=1):
        ProgrammeFactory(course=course, number=number, in_force_from=day)
    [known] = [one for one in board(organisation=cast.organisation).facts.courses if one.id == str(course.pk)]
    assert known.programme is not None
    assert known.programme.in_force_from == days[0]
