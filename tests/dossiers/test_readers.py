"""What each reader is told of one session: the same body, the same number of queries, and nobody's private words."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from tests.dossiers.world import filed, leave_files, lived_session
from tests.factories import FollowUpFactory, IntakeFactory, MarkFactory, MeasureFactory
from tests.harness.worlds import shared
from trainings.attendance.models import MarkKind
from trainings.sessions.models import EnrolmentState

pytestmark = pytest.mark.django_db

PRIVATE = {
    "anais@exemple.fr",
    "06 00 00 00 01",
    "Hospitalisée chez sa mère",
    "Rappelée deux fois",
    "Téléphone déchargé",
    "Grands caractères",
    "Je dors mal",
}


def all_recorded():
    """Everything private that may be recorded about somebody is recorded about the first person."""
    made = lived_session()
    leave_files(made)
    person = made.enrolments[0]
    person.trainee.email, person.trainee.phone = "anais@exemple.fr", "06 00 00 00 01"
    person.trainee.save()
    MeasureFactory(request__enrolment=person, request__need="Grands caractères", text="Grands caractères")
    IntakeFactory(enrolment=person, answers={"expectations": "Je dors mal"})
    FollowUpFactory(enrolment=person, action="Rappelée deux fois")
    person.state, person.ended_on = EnrolmentState.INTERRUPTED, date(2026, 9, 7)
    person.end_reason, person.end_action = "Hospitalisée chez sa mère", "Rappelée deux fois"
    person.save()
    MarkFactory(
        half_day=made.half_days[1],
        enrolment=made.enrolments[1],
        number=95,
        kind=MarkKind.PRESENT,
        reason="Téléphone déchargé",
        supersedes=made.session.marks.get(half_day=made.half_days[1], enrolment=made.enrolments[1]),
    )
    return made


world = shared(all_recorded)


def read_by(world, who, name):
    answer = world.cast.client(getattr(world.cast, who)).get(reverse(name, args=["fil-ouest", world.session.pk]))
    assert answer.status_code == 200
    return answer.getvalue()


@pytest.mark.parametrize(
    ("who", "name"),
    [("training_manager", "dossiers:detail"), ("trainer", "dossiers:detail"), ("auditor", "audits:session")],
)
def test_no_page_says_what_is_private(world, who, name):
    told = read_by(world, who, name).decode()
    assert ("Anaïs Fictive" in told, {words for words in PRIVATE if words in told}) == (True, set())


def test_no_archive_says_what_is_private(world):
    content = read_by(world, "auditor", "dossiers:archive")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("dossier-S26-041/data/index.html").decode()
    assert ("Anaïs Fictive" in page, {words for words in PRIVATE if words in page}) == (True, set())


def test_three_readers_are_told_the_same_expectations_register_and_story(world):
    filed(world, "Support remis")
    bodies = []
    for who, name in (("quality_manager", "dossiers:detail"), ("trainer", "dossiers:detail"), ("auditor", "audits:session")):
        client = world.cast.client(getattr(world.cast, who))
        dossier = client.get(reverse(name, args=["fil-ouest", world.session.pk])).context["dossier"]
        bodies.append(([piece.line.expected for piece in dossier.expected], dossier.register, dossier.events))
    assert bodies[0] == bodies[1] == bodies[2]


@pytest.mark.parametrize(
    ("who", "page", "pdf", "archive", "room"),
    [
        ("network_head", 200, 200, 200, 200),
        ("quality_manager", 200, 200, 200, 200),
        ("training_manager", 200, 200, 200, 404),
        ("trainer", 200, 200, 200, 404),
        ("auditor", 404, 200, 200, 200),
        ("stranger", 404, 404, 404, 404),
    ],
)
def test_who_reads_what(who, page, pdf, archive, room):
    world = lived_session(people=1)
    client = world.cast.client(getattr(world.cast, who))
    found = []
    for name in ("dossiers:detail", "dossiers:pdf", "dossiers:archive", "audits:session"):
        answer = client.get(reverse(name, args=["fil-ouest", world.session.pk]))
        answer.getvalue()
        found.append(answer.status_code)
    assert found == [page, pdf, archive, room]


@pytest.mark.parametrize(
    ("who", "name", "queries"),
    [
        ("quality_manager", "dossiers:detail", 24),
        ("trainer", "dossiers:detail", 24),
        ("auditor", "audits:session", 50),
        ("auditor", "dossiers:pdf", 55),
    ],
)
@pytest.mark.parametrize("people", [2, 3])
def test_the_pages_take_the_same_number_of_queries(who, name, queries, people, django_assert_num_queries):
    world = lived_session(people=people)
    leave_files(world)
    for number in range(people):
        filed(world, f"Support {number}")
    client = world.cast.client(getattr(world.cast, who))
    address = reverse(name, args=["fil-ouest", world.session.pk])
    client.get(address)  # what sessions tell is kept from then on
    with django_assert_num_queries(queries):
        client.get(address)
