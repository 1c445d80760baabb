"""What is expected of one session, line by line."""

import pytest
from django.urls import reverse

from evidence.readiness.expected import dossier_of
from evidence.readiness.queries import board
from tests import cast as standing
from tests.factories import SessionFactory
from tests.readiness.worlds import AUDIT, TODAY, finished_sessions

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    people = standing.gather()
    finished_sessions(people.organisation, 3, unanswered={1})
    SessionFactory(organisation=people.elsewhere, reference="S-SECRET")
    return people


def get(cast, name, *arguments, **query):
    return cast.client(cast.quality_manager).get(reverse(f"readiness:{name}", args=["fil-ouest", *arguments]), query)


def test_a_dossier_names_what_is_missing_and_where_to_mend_it(cast):
    session = SessionFactory._meta.model.objects.get(reference="S-001", organisation=cast.organisation)
    lines = dossier_of(board(organisation=cast.organisation, audit_date=AUDIT, observed_on=TODAY), str(session.pk))
    states = {(line.indicator, line.expected.split()[0], line.status) for line in lines if line.indicator in (17, 30)}
    assert states == {
        (17, "Chaque", "demonstrable"),
        (17, "On", "demonstrable"),
        (30, "L’avis", "insufficient"),
        (30, "Chaque", "insufficient"),
    }
    assert {line.way.url for line in lines if line.indicator == 30 and line.way} == {
        reverse("surveys:session", args=["fil-ouest", session.pk])
    }


def test_the_dossier_is_a_page(cast):
    session = SessionFactory._meta.model.objects.get(reference="S-001", organisation=cast.organisation)
    page = get(cast, "session", session.pk)
    assert page.status_code == 200
    assert [line.indicator for line in page.context["lines"]] == [
        line.indicator for line in dossier_of(board(organisation=cast.organisation), str(session.pk))
    ]


def test_a_session_of_another_organisation_is_not_found(cast):
    secret = SessionFactory._meta.model.objects.get(reference="S-SECRET")
    assert get(cast, "session", secret.pk).status_code == 404
