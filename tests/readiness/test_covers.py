"""What a piece covers of a recorded hole: said by somebody, one line at a time, from page to database, and read back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from evidence.library import verbs as library
from evidence.library.models import CoveredLine, SubjectLink
from evidence.readiness.covers import LACKS
from evidence.readiness.queries import indicator, open_hole
from evidence.readiness.verbs import cover, uncover
from qualiopi.journal.models import Entry
from qualiopi.standard.book import expectations
from tests import cast as standing
from tests.constraints import assert_refuses
from tests.factories import (
    CourseFactory,
    DocumentFactory,
    EnrolmentFactory,
    IntakeFactory,
    SessionFactory,
    VersionFactory,
)
from trainings.facts.lacking import Lack, lacking
from trainings.facts.reading import training_facts

pytestmark = pytest.mark.django_db

KEY = "session_need_analysed"


@pytest.fixture
def cast():
    return standing.gather()


@pytest.fixture
def world(cast):
    """A session over a month ago: of three people, the need of the first was analysed before it; one piece is linked to it."""
    first = timezone.localdate() - timedelta(days=40)
    session = SessionFactory(
        organisation=cast.organisation, course=CourseFactory(organisation=cast.organisation), starts_on=first, ends_on=first
    )
    people = [EnrolmentFactory(session=session) for _place in range(3)]
    day = first - timedelta(days=9)
    IntakeFactory(enrolment=people[0], answered_on=day, concluded_on=day, conclusion="Rien à adapter.")
    piece = DocumentFactory(organisation=cast.organisation, type="need_analysis", title="Fiche de besoin")
    VersionFactory(document=piece, effective_on=first - timedelta(days=5))
    SubjectLink.objects.create(document=piece, session=session)
    return session, people, piece


def hole(session):
    return open_hole(organisation=session.organisation, number=4, key=KEY, subject_id=session.pk)


def say(cast, session, piece, *people):
    lines = [str(one.pk) for one in people]
    return cover(document=piece, number=4, key=KEY, subject_id=session.pk, lines=lines, actor=cast.quality_manager)


def result(session):
    found = indicator(organisation=session.organisation, number=4).expectations
    return next(each for each in found if each.expectation.key == KEY)


def test_the_hole_closes_person_by_person_and_says_who_read(cast, world):
    session, people, piece = world
    assert set(hole(session).lines) == {str(people[1].pk), str(people[2].pk)}
    say(cast, session, piece, people[1])
    assert (set(hole(session).lines), len(result(session).missing)) == ({str(people[2].pk)}, 1)
    row, *others = say(cast, session, piece, people[2])
    assert (hole(session), others, result(session).missing) == (None, [], ())
    assert result(session).read_by == {str(session.pk): (str(cast.quality_manager),)}
    uncover(coverage=row, actor=cast.quality_manager)
    assert set(hole(session).lines) == {str(people[2].pk)}
    verbs = Entry.objects.filter(verb__startswith="document.covers").order_by("id").values_list("verb", "actor_name")
    name = str(cast.quality_manager)
    assert list(verbs) == [("document.covers", name), ("document.covers", name), ("document.covers_no_more", name)]


@pytest.mark.parametrize("how", ["a new version", "refused", "withdrawn", "unlinked"])
def test_it_counts_no_more_once_the_piece_is_another_or_gone(cast, world, how):
    session, people, piece = world
    say(cast, session, piece, people[1], people[2])
    assert len(result(session).read_by) == 1
    if how == "a new version":
        VersionFactory(document=piece, number=2)
    elif how == "refused":
        library.review(document=piece, accepted=False, comment="Illisible.", actor=cast.quality_manager)
    elif how == "withdrawn":
        library.withdraw(document=piece, reason="Erreur.", actor=cast.quality_manager)
    else:
        library.unlink(document=piece, sessions=[session], actor=cast.quality_manager)
    assert (result(session).read_by, len(result(session).missing)) == ({}, 1)


@pytest.mark.parametrize(
    "fault", ["no line", "a line that does not lack", "another kind of piece", "not linked", "nothing lacks"]
)
def test_what_is_refused(cast, world, fault):
    session, people, piece = world
    lines = {"no line": [], "a line that does not lack": [people[0]]}.get(fault, [people[1]])
    if fault == "another kind of piece":
        piece.type = "watch_log"
        piece.save()
    elif fault == "not linked":
        piece.subject_links.all().delete()
    elif fault == "nothing lacks":
        say(cast, session, piece, people[1], people[2])
    before = CoveredLine.objects.count()
    with pytest.raises(ValidationError):
        say(cast, session, piece, *lines)
    assert CoveredLine.objects.count() == before


class TestPages:
    def url(self, session):
        return reverse("readiness:cover", args=["fil-ouest", 4, KEY, session.pk])

    def test_the_form_ticks_nothing_beforehand_and_every_page_says_who_read(self, cast, world):
        session, people, piece = world
        client = cast.client(cast.quality_manager)
        page = reverse("indicators:page", args=["fil-ouest", 4])
        lacking = reverse("readiness:missing", args=["fil-ouest", 4, KEY])
        assert lacking in client.get(page).content.decode()
        assert self.url(session) in client.get(lacking).content.decode()
        form = client.get(self.url(session)).content.decode()
        assert ("Fiche de besoin" in form, "checked" in form.split("Ce qu")[-1]) == (True, False)
        said = {"document": str(piece.pk), "lines": [str(people[1].pk), str(people[2].pk)]}
        assert client.post(self.url(session), said).status_code == 302
        name = str(cast.quality_manager)
        piece_page = reverse("library:detail", args=["fil-ouest", piece.pk])
        session_page = reverse("readiness:session", args=["fil-ouest", session.pk])
        assert [name in client.get(each).content.decode() for each in (page, session_page, piece_page)] == [True] * 3
        assert "rouvé par une pièce relue par" in client.get(page).content.decode()
        assert "Prouvé par une pièce relue par" in client.get(session_page).content.decode()
        assert client.get(self.url(session)).status_code == 404

    def test_a_line_is_taken_back_on_the_page_of_the_piece(self, cast, world):
        session, people, piece = world
        row, _other = say(cast, session, piece, people[1], people[2])
        client = cast.client(cast.quality_manager)
        back = reverse("readiness:uncover", args=["fil-ouest", row.pk])
        assert back in client.get(reverse("library:detail", args=["fil-ouest", piece.pk])).content.decode()
        assert (client.get(back).status_code, client.post(back).status_code) == (405, 302)
        assert CoveredLine.objects.count() == 1

    def test_who_files_does_not_say_what_it_covers(self, cast, world):
        assert cast.client(cast.training_manager).get(self.url(world[0])).status_code == 404

    def test_the_rule_is_printed(self, cast):
        page = cast.client(cast.quality_manager).get(reverse("indicators:page", args=["fil-ouest", 4]))
        assert "Une pièce ne complète un manque enregistré que ligne par ligne" in page.content.decode()


def test_constraints(cast, world):
    session, _people, piece = world
    version = piece.versions.get()

    def row(**fields):
        values = {"expectation": KEY, "session": session, "line": "e1", "label": "Une personne", **fields}
        return CoveredLine(organisation=cast.organisation, version=version, said_by=cast.quality_manager, **values)

    row().save()
    row(session=None, course=session.course).save()
    for constraint, bad in (
        ("covered_line_of_session_once", row()),
        ("covered_line_of_course_once", row(session=None, course=session.course)),
        ("covered_line_of_one_subject", row(session=None)),
        ("covered_line_of_one_subject", row(course=session.course)),
        ("covered_line_names_a_line", row(line="")),
        ("covered_line_names_a_line", row(line="e2", label="")),
    ):
        assert_refuses(CoveredLine, constraint, bad.save)


def test_the_lines_that_lack_are_as_many_as_the_facts_count(cast, world):
    """Two readings of one truth: the counts of a session, and the names behind them."""
    session, _people, _piece = world
    today = timezone.localdate()
    facts = next(row for row in training_facts(cast.organisation, until=today, today=today).sessions if row.id == str(session.pk))
    work, counts = facts.work, {}
    for kind, people, expected in (
        (Lack.NEEDS, work.needs, facts.enrolled),
        (Lack.POSITIONED, work.positioned, facts.enrolled),
        (Lack.AGREED, work.agreed, facts.enrolled - facts.enrolled_cpf_only),
        (Lack.TOLD, work.told, facts.enrolled),
        (Lack.EVALUATED, work.evaluated, work.completed),
        (Lack.BY_OBJECTIVE, work.by_objective, work.completed),
        (Lack.CERTIFIED, work.certified, work.completed),
    ):
        counts[kind] = expected - people.number
    found = {kind: len(lacking(kind, [session.pk], until=today, today=today).get(str(session.pk), ())) for kind in counts}
    assert found == counts


def test_every_expectation_with_a_lack_takes_documents_linked_to_sessions():
    ways = {key: expectations().by_key[key].document for key in LACKS}
    assert {key for key, way in ways.items() if way is None or way.linked_to != "session"} == set()
