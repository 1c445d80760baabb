"""Two people fill the list of an examination, each on their own page: nothing that one noted is erased unseen by the other."""

from __future__ import annotations

from datetime import date
from html import unescape
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests import cast
from tests.editing.sheets import Sheet, editing_sheet
from tests.factories import CourseFactory, EnrolmentFactory, SessionFactory
from tests.harness.worlds import shared
from trainings.learning.models import ExamResult
from trainings.learning.verbs import ExamLine, line_of

pytestmark = pytest.mark.django_db
people = shared(cast.gather)


@pytest.fixture
def desk(people):
    """Two candidates of whom nothing is noted, and two people who may."""
    course = CourseFactory(organisation=people.organisation, certifying=True)
    session = SessionFactory(organisation=people.organisation, course=course, trainers=[people.trainer_record])
    alpha, bravo = (EnrolmentFactory(session=session, trainee__last_name=name) for name in ("Alpha", "Bravo"))
    return SimpleNamespace(
        address=reverse("learning:exams", args=[people.organisation.slug, session.pk]),
        mine=people.client(people.trainer),
        theirs=people.client(people.training_manager),
        alpha=alpha,
        bravo=bravo,
    )


def opened(desk) -> Sheet:
    return editing_sheet(desk.mine.get(desk.address).content.decode())


def name(enrolment, field: str) -> str:
    return f"{enrolment.pk.hex}-{field}"


def send(desk, client, sheet: Sheet, **typed: str):
    """Send the list as it was opened, with what is typed: `alpha_exam_on` is the day of Alpha's examination."""
    fields = {}
    for key, value in typed.items():
        who, _, field = key.partition("_")
        fields[name(getattr(desk, who), field)] = value
    return client.post(desk.address, sheet.typed(fields))


def noted(enrolment) -> ExamLine:
    return line_of(ExamResult.objects.filter(enrolment=enrolment).first())


def plain(text: str) -> str:
    return unescape(text).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_candidates_that_each_of_them_noted_are_kept(desk):
    first, second = opened(desk), opened(desk)
    assert send(desk, desk.theirs, first, alpha_informed_on="2026-09-01").status_code == 302
    assert send(desk, desk.mine, second, bravo_informed_on="2026-09-02").status_code == 302
    assert [noted(each).informed_on for each in (desk.alpha, desk.bravo)] == [date(2026, 9, 1), date(2026, 9, 2)]


def test_two_days_of_one_candidate_are_both_kept(desk):
    first, second = opened(desk), opened(desk)
    assert send(desk, desk.theirs, first, alpha_informed_on="2026-09-01").status_code == 302
    assert send(desk, desk.mine, second, alpha_registered_on="2026-09-03").status_code == 302
    assert (noted(desk.alpha).informed_on, noted(desk.alpha).registered_on) == (date(2026, 9, 1), date(2026, 9, 3))


def test_what_both_noted_of_one_candidate_comes_back_with_both_values(desk):
    first, second = opened(desk), opened(desk)
    assert send(desk, desk.theirs, first, alpha_informed_on="2026-09-01").status_code == 302
    refused = send(desk, desk.mine, second, alpha_informed_on="2026-09-08", bravo_informed_on="2026-09-02")
    assert (refused.status_code, noted(desk.alpha).informed_on, noted(desk.bravo)) == (422, date(2026, 9, 1), ExamLine())
    page = plain(refused.content.decode())
    assert "Cette page a changé pendant que vous écriviez : rien n’est encore enregistré." in page
    assert "a enregistré « 1er sept. 2026 »" in page
    assert "pendant que vous écriviez « 8 sept. 2026 »." in page
    # What was typed is still there, for both candidates; sent again, now that the other value was seen, it wins.
    again = editing_sheet(refused.content.decode())
    assert again.value(name(desk.alpha, "informed_on")) == "2026-09-08"
    assert again.value(name(desk.bravo, "informed_on")) == "2026-09-02"
    assert send(desk, desk.mine, again).status_code == 302
    assert [noted(each).informed_on for each in (desk.alpha, desk.bravo)] == [date(2026, 9, 8), date(2026, 9, 2)]


def test_an_outcome_that_both_chose_comes_back_in_words(desk):
    days = {"alpha_informed_on": "2026-09-01", "alpha_registered_on": "2026-09-02", "alpha_exam_on": "2026-09-10"}
    assert send(desk, desk.theirs, opened(desk), **days, alpha_outcome="waiting").status_code == 302
    first, second = opened(desk), opened(desk)
    assert send(desk, desk.theirs, first, alpha_outcome="passed").status_code == 302
    refused = send(desk, desk.mine, second, alpha_outcome="failed")
    assert (refused.status_code, noted(desk.alpha).outcome) == (422, "passed")
    form = next(form for enrolment, _notes, form in refused.context["lines"] if enrolment == desk.alpha)
    said = plain(form.errors["outcome"][0])
    labels = dict(form.fields["outcome"].choices)
    assert said == f"Quelqu’un a enregistré « {labels['passed']} » pendant que vous écriviez « {labels['failed']} »."


def test_the_same_day_noted_twice_is_no_quarrel(desk):
    first, second = opened(desk), opened(desk)
    send(desk, desk.theirs, first, alpha_informed_on="2026-09-01")
    assert send(desk, desk.mine, second, alpha_informed_on="2026-09-01").status_code == 302
    assert noted(desk.alpha).informed_on == date(2026, 9, 1)


def test_a_day_taken_away_meanwhile_is_not_brought_back(desk):
    send(desk, desk.theirs, opened(desk), alpha_informed_on="2026-09-01")
    first, second = opened(desk), opened(desk)
    assert send(desk, desk.theirs, first, alpha_informed_on="").status_code == 302
    assert send(desk, desk.mine, second, bravo_informed_on="2026-09-02").status_code == 302
    assert (noted(desk.alpha), noted(desk.bravo).informed_on) == (ExamLine(), date(2026, 9, 2))
