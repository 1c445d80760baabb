"""The journal and the members as files: the organisation's own lines, and no formula."""

import csv
import io

import pytest
from django.urls import reverse

from qualiopi.journal.verbs import record
from tests import cast
from tests.factories import MemberFactory, UserFactory
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db


people = shared(cast.gather)


def rows_of(people, user, name):
    answer = people.client(user).get(reverse(f"organisations:{name}", args=["fil-ouest"]) + "?format=csv")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))[1:]


def test_the_journal_leaves_with_its_filters_and_without_formula(people):
    course = type(people.organisation)(name="=CMD()", pk=people.organisation.pk)
    record(verb="course.create", actor=people.quality_manager, organisation_id=people.organisation.pk, target=course)
    record(verb="course.create", actor=people.stranger, organisation_id=people.elsewhere.pk, target=people.elsewhere)
    assert [(row[1], row[4]) for row in rows_of(people, people.quality_manager, "journal")] == [("Maëlle Kerdraon", "'=CMD()")]


def test_the_members_leave_with_their_role_and_end(people):
    MemberFactory(organisation=people.elsewhere, user=UserFactory(full_name="Personne d'ailleurs"))
    assert [(row[0], row[2], row[3]) for row in rows_of(people, people.quality_manager, "members")] == [
        ("Maëlle Kerdraon", "responsable qualité", ""),
        ("Odile Vérif", "auditeur ou auditrice", "31/12/2099"),
        ("Soazig Perrot", "responsable de formation", ""),
        ("Yann Le Goff", "formateur ou formatrice", ""),
    ]
