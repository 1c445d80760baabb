"""Asking, deciding, following: what is kept, what is refused, what the journal says of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from qualiopi.journal.models import Entry
from qualiopi.journal.words import sentence
from tests.factories import AdaptationRequestFactory, EnrolmentFactory, MeasureFactory, UserFactory
from trainings.adaptations.models import AdaptationRequest, MeasureState, Wish
from trainings.adaptations.verbs import add_measure, decide, follow_measure, record_answer

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NEED = "Un besoin qui ne doit pas se lire ailleurs"


@pytest.mark.parametrize(
    ("wish", "kept"), [("yes", NEED), ("no", ""), ("not_said", "")]
)  # fmt: skip
def test_a_need_is_kept_with_a_yes_alone(wish, kept):
    request = record_answer(enrolment=EnrolmentFactory(), wish=wish, need=f" {NEED} ", answered_on=TODAY, actor=None)
    assert (request.wish, request.need, request.answered_on) == (wish, kept, TODAY)


def test_a_second_yes_without_words_keeps_the_first_ones_and_a_no_takes_them_away():
    enrolment = EnrolmentFactory()
    for wish, need, kept in (("yes", NEED, NEED), ("yes", "", NEED), ("no", "", "")):
        record_answer(enrolment=enrolment, wish=wish, need=need, answered_on=TODAY, actor=None)
        assert AdaptationRequest.objects.get().need == kept


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"wish": "perhaps", "answered_on": TODAY}, "Choisissez l’une des réponses proposées."),
        ({"wish": "no", "answered_on": TODAY + timedelta(days=2)}, "Ce jour n’est pas encore venu : vérifiez la date."),
    ],
)
def test_what_an_answer_may_not_be(said, sentence):
    with pytest.raises(ValidationError) as caught:
        record_answer(enrolment=EnrolmentFactory(), actor=None, **said)
    assert caught.value.messages == [sentence]


def test_once_decided_with_the_person_the_answer_is_no_longer_changed_from_a_link():
    request = AdaptationRequestFactory(decision="Agrandir", decided_on=date(2026, 9, 1))
    same = record_answer(enrolment=request.enrolment, wish="yes", answered_on=TODAY, actor=None)
    assert (same.pk, same.answered_on) == (request.pk, request.answered_on)
    with pytest.raises(ValidationError, match="Une décision a déjà été prise"):
        record_answer(enrolment=request.enrolment, wish="no", answered_on=TODAY, actor=None)


@pytest.mark.parametrize(
    ("wish", "decided_on", "decision", "sentence"),
    [
        (Wish.YES, TODAY, " ", "Dites ce qui a été décidé, même si rien n’est à changer."),
        (Wish.NO, TODAY, "Rien", "Cette personne n’a pas déclaré de besoin : il n’y a rien à décider."),
        (Wish.YES, date(2026, 8, 30), "Agrandir", "Une décision suit la réponse de la personne : vérifiez la date."),
        (Wish.YES, TODAY + timedelta(days=2), "Agrandir", "Ce jour n’est pas encore venu : vérifiez la date."),
    ],
)
def test_what_a_decision_may_not_be(wish, decided_on, decision, sentence):
    request = AdaptationRequestFactory(wish=wish, need="", answered_on=date(2026, 8, 31))
    with pytest.raises(ValidationError) as caught:
        decide(request=request, decision=decision, decided_on=decided_on, actor=None)
    assert caught.value.messages == [sentence]


def test_a_decision_then_measures_followed_to_their_end():
    manager, request = UserFactory(), AdaptationRequestFactory()
    with pytest.raises(ValidationError, match="Notez d’abord ce qui a été décidé"):
        add_measure(request=request, kind="content", text="Corps 16", planned_on=TODAY, actor=manager)
    decided = decide(request=request, decision=" Agrandir ", decided_on=TODAY, actor=manager)
    assert (decided.decision, decided.decided_on, decided.decided_by) == ("Agrandir", TODAY, manager)
    measure = add_measure(request=request, kind="content", text="Corps 16", planned_on=TODAY, actor=manager)
    assert (measure.state, measure.state_on, measure.updated_by) == (MeasureState.PLANNED, TODAY, manager)
    done = follow_measure(measure=measure, state="done", state_on=TODAY, reason="ignorée", actor=manager)
    assert (done.state, done.reason) == (MeasureState.DONE, "")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"state": "forgotten", "state_on": TODAY}, "Choisissez l’un des états proposés."),
        ({"state": "given_up", "state_on": TODAY}, "Dites pourquoi cette mesure est abandonnée : le motif reste."),
        ({"state": "done", "state_on": TODAY + timedelta(days=2)}, "Ce jour n’est pas encore venu : vérifiez la date."),
    ],
)
def test_what_following_a_measure_may_not_be(said, sentence):
    with pytest.raises(ValidationError) as caught:
        follow_measure(measure=MeasureFactory(), actor=None, **said)
    assert caught.value.messages == [sentence]


def test_the_journal_names_the_session_and_never_the_person_nor_the_words():
    enrolment = EnrolmentFactory(session__reference="S26-041", trainee__last_name="Discrète")
    request = record_answer(enrolment=enrolment, wish="yes", need=NEED, answered_on=TODAY, actor=None)
    decide(request=request, decision=NEED, decided_on=TODAY, actor=None)
    measure = add_measure(request=request, kind="pace", text=NEED, planned_on=TODAY, actor=None)
    follow_measure(measure=measure, state="given_up", state_on=TODAY, reason=NEED, actor=None)
    lines = Entry.objects.order_by("pk")
    assert [sentence(entry) for entry in lines] == [
        "garde une réponse sur les adaptations, session S26-041",
        "note une décision d’adaptation, session S26-041",
        "prévoit une mesure d’adaptation, session S26-041",
        "suit une mesure d’adaptation, session S26-041",
    ]
    assert [(entry.object_label, entry.details) for entry in lines] == [("S26-041", {})] * 4
