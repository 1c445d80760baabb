"""What shows cannot write, and does not keep others from writing."""

from contextvars import copy_context

import pytest
from django.db import connection

from qualiopi.journal.verbs import record
from qualiopi.organisations.guard import ReadOnlyViolation, no_writes
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_a_change_is_refused_while_a_page_is_shown():
    with no_writes(), pytest.raises(ReadOnlyViolation, match="qualiopi_organisation"):
        OrganisationFactory()


def test_the_journal_notes_readings_while_a_page_is_shown():
    with no_writes():
        assert record(verb="pack.download", actor=None, organisation_id=None).pk is not None


def test_the_guard_ends_with_the_page():
    with no_writes():
        pass
    assert OrganisationFactory().pk is not None


def test_another_request_on_the_same_connection_still_writes():
    elsewhere = copy_context()
    with no_writes():
        assert elsewhere.run(OrganisationFactory).pk is not None


def test_the_guard_stays_under_whoever_watches_queries_for_a_while():
    with connection.execute_wrapper(lambda execute, sql, params, many, context: execute(sql, params, many, context)), no_writes():
        pass
    with no_writes(), pytest.raises(ReadOnlyViolation):
        OrganisationFactory()
