"""From a hole to the one place where it is mended."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.urls import reverse

from evidence.engine.recorded import DATED_BY_THE_ACT, comes_too_late, is_recorded
from evidence.engine.result import SubjectKind
from evidence.engine.sentences import READ_THEM
from evidence.readiness.links import PLACES, next_way, way_to_clarify, way_to_mend
from qualiopi.standard.applicability import Answer
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Timing, Work

SOMEBODY = str(UUID(int=7))


def way(key, kind, identifier=SOMEBODY):
    expectation = expectations().by_key[key]
    return way_to_mend("fil-ouest", expectation, kind, identifier)


@pytest.mark.parametrize(
    ("key", "page"),
    [
        # A convention or a contract, by person.
        ("agreement_states_objectives", ("documents:session", SOMEBODY)),
        ("end_certificates_issued", ("documents:kind", SOMEBODY, "completion_certificate")),
    ],
)
def test_a_document_that_is_not_issued_leads_to_where_it_is(key, page):
    found, (name, *args) = way(key, SubjectKind.SESSION), page
    assert (found.label, found.url) == ("Émettre le document", reverse(name, args=["fil-ouest", *args]))


def test_joining_instructions_that_come_too_late_are_not_offered():
    """A piece of that time alone mends it: sending one now would leave the same hole, and the same button."""
    found = way("session_joining_instructions", SubjectKind.SESSION)
    assert found.label == "Déposer la pièce"
    assert (
        found.url == f"{reverse('library:upload', args=['fil-ouest'])}?indicator=9&type=joining_instructions&session={SOMEBODY}"
    )


def test_what_comes_too_late_dates_itself_and_had_to_come_before():
    late = {each.key for each in expectations().expectations if comes_too_late(each)}
    before = {
        each.key
        for each in expectations().expectations
        if each.timing.rule in (Timing.BEFORE_START, Timing.BY_FIRST_DAY) and not each.timing.late_counts and is_recorded(each)
    }
    # The others are typed with the day on which they were done.
    assert (late, late <= before) == (set(DATED_BY_THE_ACT), True)


COURSE = str(UUID(int=8))


@pytest.mark.parametrize(
    ("fact", "kind", "expected"),
    [
        ("category_unknown", SubjectKind.SESSION, ("catalogue:edit", COURSE)),
        ("certifying_unknown", SubjectKind.SESSION, ("catalogue:edit", COURSE)),
        ("modality_unknown", SubjectKind.SESSION, ("sessions:edit", SOMEBODY)),
        ("work_study_unknown", SubjectKind.SESSION, ("sessions:edit", SOMEBODY)),
        ("end_unknown", SubjectKind.SESSION, ("sessions:edit", SOMEBODY)),
        ("subcontracting_unknown", SubjectKind.SESSION, ("sessions:contract", SOMEBODY)),
        ("category_unknown", SubjectKind.COURSE, ("catalogue:edit", SOMEBODY)),
        ("carried_unknown", SubjectKind.TRAINER, ("people:edit_trainer", SOMEBODY)),
        ("subcontracting_unknown", SubjectKind.SUBCONTRACTOR, ("people:edit_subcontractor", SOMEBODY)),
        ("register_not_opened", SubjectKind.ORGANISATION, ("organisations:profile",)),
    ],
)
def test_what_one_cannot_tell_is_said_where_it_is_kept(fact, kind, expected):
    board = SimpleNamespace(organisation=SimpleNamespace(slug="fil-ouest"), courses={SOMEBODY: COURSE})
    result = SimpleNamespace(clarifications={SOMEBODY: expectations().unknown_facts[fact].sentence})
    name, *args = expected
    found = way_to_clarify(board, result, SimpleNamespace(kind=kind, id=SOMEBODY))
    assert found.url == reverse(name, args=["fil-ouest", *args])


def test_a_piece_without_a_date_is_among_those_of_its_subject():
    board = SimpleNamespace(organisation=SimpleNamespace(slug="fil-ouest"), courses={})
    result = SimpleNamespace(clarifications={SOMEBODY: expectations().unknown_facts["effective_date_unknown"].sentence})
    found = way_to_clarify(board, result, SimpleNamespace(kind=SubjectKind.SESSION, id=SOMEBODY))
    assert found.url == f"{reverse('library:list', args=['fil-ouest'])}?subject={SOMEBODY}"


def test_pieces_that_nobody_read_are_opened_to_be_read():
    board = SimpleNamespace(organisation=SimpleNamespace(slug="fil-ouest"))
    leading = SimpleNamespace(missing=())
    found = next_way(board, SimpleNamespace(number=22, next_action=READ_THEM, applicable=Answer.YES, acting=leading))
    assert (found.label, found.url) == (
        "Relire les pièces",
        f"{reverse('readiness:pieces', args=['fil-ouest', 22])}?etat=a-relire",
    )


@pytest.mark.parametrize("fact", ["referent_threshold_unknown", "permanent_threshold_unknown"])
def test_a_figure_that_the_law_leaves_open_leads_to_the_rules(fact):
    board, action = (
        SimpleNamespace(organisation=SimpleNamespace(slug="fil-ouest")),
        expectations().unknown_facts[fact].next_action,
    )
    status = SimpleNamespace(number=19, next_action=action, applicable=Answer.YES, acting=SimpleNamespace(missing=()))
    assert next_way(board, status).url == reverse("readiness:rules", args=["fil-ouest"])


@pytest.mark.parametrize(("key", "kind"), [("companies_asked", SubjectKind.COMPANY), ("funders_asked", SubjectKind.FUNDER)])
def test_a_company_or_a_funder_leads_to_the_surveys_of_its_sessions(key, kind):
    found = way(key, kind)
    assert found.url == f"{reverse('surveys:list', args=['fil-ouest'])}?{kind.value}={SOMEBODY}"


def test_every_hole_leads_somewhere_and_every_work_has_its_place():
    """The works are a list of the standard, the places a list of these pages."""
    kinds = {
        "session": [SubjectKind.SESSION], "enrolment": [SubjectKind.SESSION], "course": [SubjectKind.COURSE],
        "trainer": [SubjectKind.TRAINER], "subcontract": [SubjectKind.SUBCONTRACTOR],
    }  # fmt: skip
    needed = {
        (expectation.work, kind)
        for expectation in expectations().expectations
        if is_recorded(expectation) and not expectation.sensitive
        for kind in kinds.get(expectation.subject, ())
    }
    assert needed <= set(PLACES)
    assert {work for work, _kind in PLACES} == set(Work) - {Work.LIBRARY}
    assert [place for place in PLACES.values() if not reverse(place[1], args=["fil-ouest", SOMEBODY])] == []


def test_what_only_a_file_proves_is_filed():
    """Where the work proves nothing, the only way is a piece."""
    filed = {e.key for e in expectations().expectations if e.work is Work.LIBRARY and e.subject != "organisation"}
    assert {key for key in filed if is_recorded(expectations().by_key[key])} == set()
