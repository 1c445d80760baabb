"""Answers: one per link, nothing that leads back to a person."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.utils import timezone

from qualiopi.journal.models import Entry
from qualiopi.links import LinkRefusedError, LinkState, fingerprint
from tests.factories import InvitationFactory
from tests.surveys.conftest import GOOD
from trainings.surveys.models import Answer, Invitation, Response
from trainings.surveys.queries import door
from trainings.surveys.verbs import answer, type_paper_answers
from trainings.surveys.verbs import answering as module

pytestmark = pytest.mark.django_db


@pytest.fixture
def personal(survey):
    """A personal link of the first person enrolled."""
    InvitationFactory(
        campaign=survey.campaign,
        enrolment=survey.enrolments[0],
        token_hash=fingerprint("lien-personnel"),
        expires_on=timezone.localdate(),
    )
    return "lien-personnel"


def test_a_personal_link_serves_once(survey, personal):
    answer(token=personal, values=GOOD, language="en", once="un")
    with pytest.raises(LinkRefusedError) as refused:
        answer(token=personal, values=GOOD, language="fr", once="deux")
    assert refused.value.state is LinkState.USED
    kept = [(row.source, row.language, row.answered_on) for row in Response.objects.all()]
    assert kept == [("personal_link", "en", timezone.localdate())]
    assert Invitation.objects.get().answered


def test_of_two_answers_at_once_by_one_link_one_is_kept(survey, personal, monkeypatch):
    seen_by_both = door(personal, today=timezone.localdate())
    monkeypatch.setattr(module, "door", lambda token, today: seen_by_both)
    answer(token=personal, values=GOOD, language="fr", once="un")
    with pytest.raises(LinkRefusedError) as refused:
        answer(token=personal, values=GOOD, language="fr", once="deux")
    assert refused.value.state is LinkState.USED
    assert Response.objects.count() == 1


@pytest.mark.parametrize("link", ["session", "personal"])
def test_a_form_sent_twice_counts_once(survey, personal, link):
    token = survey.token if link == "session" else personal
    first = answer(token=token, values=GOOD, language="fr", once="double-clic")
    assert answer(token=token, values=GOOD, language="fr", once="double-clic") == first
    assert Response.objects.count() == 1
    assert Answer.objects.count() == 4


def test_the_session_link_takes_several_people(survey):
    for person in range(3):
        answer(token=survey.token, values=GOOD, language="fr", once=str(person))
    assert Response.objects.filter(source="session_link").count() == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"overall": "6"}, "Choisissez l’une des réponses proposées."),
        ({"overall": "4.5"}, "Choisissez l’une des réponses proposées."),
        ({"recommendation": "11"}, "Choisissez l’une des réponses proposées."),
        ({"conditions": "peut-être"}, "Choisissez l’une des réponses proposées."),
        ({"overall": ""}, "Il manque la réponse à « La formation a-t-elle répondu à vos attentes ? »"),
        ({"comment": "x" * 2001}, "Votre texte compte 2001 signes : gardez-en au plus 2000."),
        ({"name": "Anaïs"}, "Question inconnue : name."),
    ],
)
def test_wrong_values_are_refused_and_spend_nothing(survey, personal, changes, sentence):
    with pytest.raises(ValidationError) as refused:
        answer(token=personal, values=GOOD | changes, language="fr", once="un")
    assert refused.value.messages == [sentence]
    assert (Response.objects.count(), Invitation.objects.get().answered) == (0, False)


def test_nothing_joins_an_answer_with_a_person(survey, personal):
    before = Entry.objects.count()
    response = answer(token=personal, values=GOOD, language="fr", once="secret")
    fields = {field.name: field for model in (Response, Answer) for field in model._meta.get_fields() if field.concrete}
    keys = {name for name, field in fields.items() if isinstance(field, ForeignKey)}
    assert keys == {"organisation", "campaign", "import_run", "response"}
    moments = {name for name, field in fields.items() if field.get_internal_type() in ("DateTimeField", "TimeField")}
    counters = {name for name, field in fields.items() if "Auto" in field.get_internal_type()}
    assert (moments, counters) == (set(), set())
    assert fields["answered_on"].get_internal_type() == "DateField"
    assert Entry.objects.count() == before
    invitation = Invitation.objects.get()
    told = {str(value) for value in Invitation.objects.values_list().get()}
    assert str(response.pk) not in told
    assert invitation._meta.get_field("answered").get_internal_type() == "BooleanField"


def test_the_identifiers_say_nothing_of_the_order(survey):
    pks = [answer(token=survey.token, values=GOOD, language="fr", once=str(n)).pk for n in range(12)]
    assert {pk.version for pk in pks} == {4}
    assert pks != sorted(pks)
    assert list(Response.objects.order_by("answered_on", "pk").values_list("pk", flat=True)) == sorted(pks)
    assert {pk.version for pk in Answer.objects.values_list("pk", flat=True)} == {4}


def test_papers_are_kept_together_and_told_in_the_journal(survey):
    manager = survey.people.training_manager
    papers = [{"overall": "5"}, {"comment": "Merci", "recommendation": 0}]
    kept = type_paper_answers(campaign=survey.campaign, papers=papers, answered_on=None, actor=manager)
    assert [(row.overall, row.recommendation, row.comment, row.source, row.answered_on) for row in kept] == [
        (5, None, "", "paper", None),
        (None, 0, "Merci", "paper", None),
    ]
    line = Entry.objects.get(verb="survey.paper_typed")
    assert (line.actor, line.details, line.object_id) == (manager, {"answers": 2}, str(survey.campaign.pk))


def test_papers_of_an_earlier_day_show_when_the_survey_was_put(survey):
    day = timezone.localdate() - timedelta(days=9)
    for answered_on in (day, timezone.localdate()):
        papers = [{"overall": "5"}]
        type_paper_answers(campaign=survey.campaign, papers=papers, answered_on=answered_on, actor=survey.people.training_manager)
    survey.campaign.refresh_from_db()
    assert survey.campaign.opened_on == day


@pytest.mark.parametrize("link", ["session", "personal"])
def test_the_same_form_at_the_same_moment_is_kept_once(survey, personal, monkeypatch, link):
    token = survey.token if link == "session" else personal
    seen_by_both = door(token, today=timezone.localdate())
    first = answer(token=token, values=GOOD, language="fr", once="double")
    looks = []
    real = module._kept_already

    def nothing_at_first(campaign, once):
        looks.append(once)
        return real(campaign, once) if len(looks) > 1 else None

    monkeypatch.setattr(module, "door", lambda token, today: seen_by_both)
    monkeypatch.setattr(module, "_kept_already", nothing_at_first)
    assert answer(token=token, values=GOOD, language="fr", once="double") == first
    assert (Response.objects.count(), Answer.objects.count()) == (1, 4)


@pytest.mark.parametrize(
    ("papers", "days", "sentences"),
    [
        ([], 0, ["Aucune réponse n’est saisie."]),
        (
            [{"overall": "9"}, {}],
            0,
            ["Papier 1 : Choisissez l’une des réponses proposées.", "Papier 2 : Aucune question n’a de réponse."],
        ),
        ([{"overall": "5"}], 1, ["Ces réponses porteraient une date à venir : vérifiez le jour."]),
    ],
)
def test_wrong_papers_keep_nothing(survey, papers, days, sentences):
    with pytest.raises(ValidationError) as refused:
        type_paper_answers(
            campaign=survey.campaign,
            papers=papers,
            answered_on=timezone.localdate() + timedelta(days=days),
            actor=survey.people.training_manager,
        )
    assert refused.value.messages == sentences
    assert Response.objects.count() == 0


def test_values_go_to_their_column_and_nowhere_else(survey):
    response = answer(token=survey.token, values={"overall": "3", "recommendation": "7"}, language="fr", once=str(uuid.uuid4()))
    response.refresh_from_db()
    assert (response.overall, response.recommendation, response.comment) == (Decimal(3), 7, "")
    assert Answer.objects.count() == 0


def test_a_comment_keeps_its_lines_and_loses_what_no_keyboard_types(survey):
    given = {**GOOD, "comment": "Très bien\x00,\r\nmerci\x07."}
    assert answer(token=survey.token, values=given, language="fr", once="un").comment == "Très bien,\r\nmerci."
