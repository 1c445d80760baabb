"""A programme: prepared as a draft, adopted once, followed by the sessions of its day, never changed again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from qualiopi.journal.models import Entry
from tests.factories import CourseFactory, ObjectiveResultFactory, SessionFactory, UserFactory
from trainings.catalogue.models import Objective, Programme, Sequence, Skill
from trainings.catalogue.queries import in_force_by_course, programme_in_force, programme_states
from trainings.catalogue.verbs import (
    ObjectiveLine,
    SequenceLine,
    SkillLine,
    adopt,
    discard_draft,
    save_draft,
    start_draft,
)

pytestmark = pytest.mark.django_db
JANUARY, MARCH, JUNE = date(2026, 1, 5), date(2026, 3, 2), date(2026, 6, 1)
OBJECTIVES = [ObjectiveLine("Préparer un ordre du jour", "ordre du jour rédigé"), ObjectiveLine("Faire décider")]
SKILLS = [SkillLine("Conduire une réunion", "épreuve orale")]
SEQUENCES = [
    SequenceLine("Préparer", Decimal("3.5"), "présentiel", objectives=(0,)),
    SequenceLine("Décider", None, "", objectives=(0, 1), skills=(0,)),
]


@pytest.fixture
def course():
    return CourseFactory(title="Animer une réunion", duration_hours=14)


@pytest.fixture
def person():
    return UserFactory(full_name="Soazig Perrot")


def written(course, *, on=JANUARY, note="", objectives=OBJECTIVES):
    """A version adopted on this day."""
    draft = start_draft(course=course, on=on, actor=None)
    fields = {"contents": "Préparer, animer, décider.", "modality": "présentiel"}
    save_draft(programme=draft, fields=fields, objectives=objectives, skills=SKILLS, sequences=SEQUENCES, actor=None)
    return adopt(programme=draft, on=on, change_note=note, actor=None)


def told(programme):
    """Everything a version says, in words."""
    return (
        [(row.position, row.text, row.evaluation) for row in programme.objectives.all()],
        [(row.position, row.text, row.test) for row in programme.skills.all()],
        [
            (
                row.position,
                row.title,
                row.hours,
                row.modality,
                [objective.position for objective in row.objectives.all()],
                [skill.position for skill in row.skills.all()],
            )
            for row in programme.sequences.all()
        ],
    )


WRITTEN = (
    [(1, "Préparer un ordre du jour", "ordre du jour rédigé"), (2, "Faire décider", "")],
    [(1, "Conduire une réunion", "épreuve orale")],
    [(1, "Préparer", Decimal("3.50"), "présentiel", [1], []), (2, "Décider", None, "", [1, 2], [1])],
)


def test_the_first_draft_is_empty_but_for_the_length_of_the_course(course, person):
    draft = start_draft(course=course, on=JANUARY, actor=person)
    assert (draft.number, draft.in_force_from, draft.duration_hours, told(draft)) == (1, None, 14, ([], [], []))
    entry = Entry.objects.get(verb="programme.draft_started")
    assert (entry.actor, entry.object_label, entry.details) == (person, "Animer une réunion, version 1", {"copied_from": None})


def test_a_draft_says_what_was_last_saved(course):
    draft = start_draft(course=course, on=JANUARY, actor=None)
    save_draft(programme=draft, fields={}, objectives=OBJECTIVES[1:], skills=[], sequences=[], actor=None)
    save_draft(programme=draft, fields={}, objectives=OBJECTIVES, skills=SKILLS, sequences=SEQUENCES, actor=None)
    assert told(draft) == WRITTEN
    assert (Objective.objects.count(), Skill.objects.count(), Sequence.objects.count()) == (2, 1, 2)


def test_the_next_draft_is_a_copy_of_the_version_in_force(course):
    first = written(course)
    second = start_draft(course=course, on=MARCH, actor=None)
    assert (second.number, second.contents, told(second)) == (2, "Préparer, animer, décider.", WRITTEN)
    assert told(first) == WRITTEN


def test_only_one_version_is_prepared_at_a_time(course):
    start_draft(course=course, on=JANUARY, actor=None)
    with pytest.raises(ValidationError, match="déjà en préparation"):
        start_draft(course=course, on=JANUARY, actor=None)
    assert Programme.objects.count() == 1


def test_the_version_of_a_day_is_the_last_one_adopted_by_then(course):
    first = written(course, on=JANUARY)
    second = written(course, on=MARCH, note="Une demi-journée de plus")
    start_draft(course=course, on=JUNE, actor=None)
    days = [date(2025, 12, 31), JANUARY, date(2026, 3, 1), MARCH, JUNE]
    assert [programme_in_force(course, on=day) for day in days] == [None, first, first, second, second]
    other = CourseFactory()
    assert in_force_by_course([course.pk, other.pk], on=MARCH) == {course.pk: second.pk}
    assert in_force_by_course([course.pk], on=date(2026, 2, 1)) == {course.pk: first.pk}


def test_adopting_names_the_person_the_day_and_what_changes(course, person):
    written(course)
    draft = start_draft(course=course, on=MARCH, actor=None)
    adopt(programme=draft, on=MARCH, change_note="  Un cas pratique de plus ", actor=person)
    draft.refresh_from_db()
    assert (draft.in_force_from, draft.adopted_by, draft.change_note) == (MARCH, person, "Un cas pratique de plus")
    entry = Entry.objects.filter(verb="programme.adopted").latest("id")
    assert (entry.actor, entry.details) == (
        person,
        {"in_force_from": "2026-03-02", "change_note": "Un cas pratique de plus"},
    )


@pytest.mark.parametrize(
    ("on", "note", "field", "sentence"),
    [
        (JANUARY, "Changé", "in_force_from", "La version 1 est en vigueur depuis le 5 janvier 2026"),
        (date(2025, 6, 1), "Changé", "in_force_from", "La version 1 est en vigueur depuis le 5 janvier 2026"),
        (MARCH, " ", "change_note", "Dites en une phrase ce qui change depuis la version 1."),
    ],
)
def test_a_version_comes_after_the_one_before_and_says_what_changes(course, on, note, field, sentence):
    written(course)
    draft = start_draft(course=course, on=MARCH, actor=None)
    with pytest.raises(ValidationError) as refused:
        adopt(programme=draft, on=on, change_note=note, actor=None)
    assert list(refused.value.message_dict) == [field]
    assert sentence in refused.value.message_dict[field][0]
    assert Programme.objects.get(pk=draft.pk).in_force_from is None


def test_a_version_without_objective_is_not_adopted(course):
    draft = start_draft(course=course, on=JANUARY, actor=None)
    with pytest.raises(ValidationError, match="au moins un objectif"):
        adopt(programme=draft, on=JANUARY, change_note="", actor=None)


def test_an_adopted_version_is_neither_saved_nor_adopted_nor_withdrawn_by_the_verbs(course):
    programme = written(course)
    stale = Programme.objects.get(pk=programme.pk)
    stale.in_force_from = None  # a page that was open before
    for act in (
        lambda: save_draft(programme=stale, fields={}, objectives=[], skills=[], sequences=[], actor=None),
        lambda: adopt(programme=stale, on=MARCH, change_note="Autre", actor=None),
        lambda: discard_draft(programme=stale, actor=None),
    ):
        with pytest.raises(ValidationError, match="elle ne change plus"):
            act()
    assert told(Programme.objects.get(pk=programme.pk)) == WRITTEN


def test_nothing_of_an_adopted_version_changes_whoever_tries(course):
    programme = written(course)
    objective, skill, sequence = programme.objectives.first(), programme.skills.first(), programme.sequences.first()
    attempts = [
        programme.save,
        programme.delete,
        objective.save,
        objective.delete,
        skill.save,
        skill.delete,
        sequence.save,
        sequence.delete,
        lambda: programme.objectives.update(text="Changé"),
        lambda: programme.objectives.all().delete(),
        lambda: Objective(programme=programme, position=9, text="Ajouté").save(),
    ]
    for attempt in attempts:
        with pytest.raises(TypeError, match="ne change plus"), transaction.atomic():
            attempt()
    assert told(Programme.objects.get(pk=programme.pk)) == WRITTEN


def test_a_draft_given_up_disappears_and_its_number_serves_again(course):
    first = written(course)
    draft = start_draft(course=course, on=MARCH, actor=None)
    discard_draft(programme=draft, actor=None)
    assert list(Programme.objects.all()) == [first]
    with pytest.raises(ValidationError, match="retirée entre-temps"):
        discard_draft(programme=draft, actor=None)
    assert start_draft(course=course, on=MARCH, actor=None).number == 2


def test_a_sequence_serves_only_what_is_in_the_lists(course):
    draft = start_draft(course=course, on=JANUARY, actor=None)
    with pytest.raises(ValidationError, match="n’est pas dans la liste"):
        save_draft(
            programme=draft,
            fields={"contents": "Perdu"},
            objectives=OBJECTIVES,
            skills=[],
            sequences=[SequenceLine("Décider", objectives=(2,))],
            actor=None,
        )
    assert (Programme.objects.get().contents, Sequence.objects.count()) == ("", 0)


def test_a_session_keeps_its_version_when_another_is_adopted(course):
    first = written(course)
    session = SessionFactory(organisation=course.organisation, course=course, programme=first)
    written(course, on=MARCH, note="Une demi-journée de plus")
    session.refresh_from_db()
    assert (session.programme, told(session.programme)) == (first, WRITTEN)


def test_states_count_what_a_version_holds(course, django_assert_num_queries):
    first = written(course)
    empty = start_draft(course=CourseFactory(), on=JANUARY, actor=None)
    with django_assert_num_queries(4):
        states = programme_states([first.pk, empty.pk])
    shown = states[first.pk]
    assert (shown.objectives, shown.without_evaluation, shown.sequences, shown.without_hours) == (2, 1, 2, 1)
    assert (shown.skills, shown.uncovered, shown.without_test) == (1, 0, 0)
    assert (shown.contents, shown.modality, shown.remote_work, shown.work_based) == (True, True, False, False)
    assert (states[empty.pk].objectives, states[empty.pk].sequences, states[empty.pk].contents) == (0, 0, False)


def test_a_draft_on_which_results_rest_is_neither_rewritten_nor_given_up(course):
    draft = start_draft(course=course, on=JANUARY, actor=None)
    save_draft(programme=draft, fields={}, objectives=OBJECTIVES, skills=[], sequences=[], actor=None)
    session = SessionFactory(organisation=course.organisation, course=course, programme=draft)
    ObjectiveResultFactory(enrolment__session=session, objective=draft.objectives.first())
    for act in (
        lambda: save_draft(programme=draft, fields={}, objectives=[], skills=[], sequences=[], actor=None),
        lambda: discard_draft(programme=draft, actor=None),
    ):
        with pytest.raises(ValidationError, match="Une session suit déjà la version 1"):
            act()
    assert draft.objectives.count() == 2
