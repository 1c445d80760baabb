"""The questionnaire shipped, and what the loader refuses."""

from __future__ import annotations

import pytest
import yaml
from django.utils import translation

from trainings.surveys.questionnaire import FOLDER, QuestionnaireError, load, shipped

TEXT = {"fr": "Texte ?", "en": "Text?"}


def question(**changes) -> dict:
    return {"key": "a", "kind": "scale", "text": TEXT, "label": TEXT, "theme": TEXT} | changes


def write(tmp_path, **changes):
    """A good questionnaire but for the changes; None removes a field."""
    raw = {"key": "k", "version": 1, "audience": "trainee", "minutes": 2, "title": TEXT, "questions": [question()]} | changes
    path = tmp_path / "essai.yaml"
    path.write_text(yaml.safe_dump({key: value for key, value in raw.items() if value is not None}), encoding="utf-8")
    return path


def test_the_end_of_session_questionnaire_is_short_and_feeds_the_three_columns():
    found = shipped()["end_of_session"]
    assert [[question.key for question in page] for page in found.pages] == [
        ["overall"],
        ["objectives"],
        ["pace"],
        ["trainer"],
        ["conditions"],
        ["recommendation", "comment"],
    ]
    assert {column: found.fed(column).key for column in ("overall", "recommendation", "comment")} == {
        "overall": "overall",
        "recommendation": "recommendation",
        "comment": "comment",
    }
    assert (found.minutes, found.audience) == (2, "trainee")


def test_every_audience_has_its_questionnaire():
    asked = {key: questionnaire.audience for key, questionnaire in shipped().items()}
    assert asked == {
        "end_of_session": "trainee",
        "cold": "trainee",
        "company": "company",
        "funder": "funder",
        "trainer": "trainer",
    }
    for questionnaire in shipped().values():
        assert (questionnaire.fed("comment") is not None, questionnaire.minutes) == (True, 2)


def test_a_question_is_told_in_the_language_of_the_page():
    pace = shipped()["end_of_session"].question("pace")
    with translation.override("en"):
        assert str(pace.text) == "Did the pace suit you?"
        assert [words for _value, words in pace.options] == ["Completely", "Mostly", "Somewhat", "Not really", "Not at all"]
    with translation.override("fr"):
        assert str(pace.text) == "Le rythme vous convenait-il ?"
        assert [value for value, _words in pace.options] == ["5", "4", "3", "2", "1"]


def test_every_kind_of_question_is_read(tmp_path):
    kinds = [
        question(key="a"),
        question(key="b", kind="choice", choices={"x": TEXT, "y": TEXT}),
        question(key="c", kind="yes_partly_no"),
        question(key="d", kind="recommendation"),
        question(key="e", kind="text", same_page=True),
    ]
    found = load(write(tmp_path, questions=kinds))
    assert [[value for value, _words in question.options] for question in found.questions] == [
        ["5", "4", "3", "2", "1"],
        ["x", "y"],
        ["yes", "partly", "no"],
        [str(value) for value in range(11)],
        [],
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"version": 0}, "essai.yaml, top: version must be a whole number from 1"),
        ({"minutes": "2"}, "essai.yaml, top: minutes must be a whole number from 1"),
        ({"audience": "all"}, "essai.yaml, top: unknown audience 'all'"),
        ({"title": None}, "essai.yaml, top: missing ['title'], unknown []"),
        ({"more": 1}, "essai.yaml, top: missing [], unknown ['more']"),
        ({"title": {"fr": "Seul"}}, "essai.yaml, top: a text is needed in each of ['fr', 'en']"),
        ({"questions": []}, "essai.yaml, top: questions must be a list that is not empty"),
        ({"questions": ["a"]}, "essai.yaml, question 1: a mapping is expected"),
        ({"questions": [question(kind="stars")]}, "essai.yaml, a: unknown kind 'stars'"),
        ({"questions": [question(kind="choice")]}, "essai.yaml, a: choices go with the kind choice, and only with it"),
        ({"questions": [question(choices={"x": TEXT})]}, "essai.yaml, a: choices go with the kind choice, and only with it"),
        ({"questions": [question(feeds="comment")]}, "essai.yaml, a: a question of kind scale can't feed 'comment'"),
        ({"questions": [question(required="yes")]}, "essai.yaml, a: required must be true or false"),
        ({"questions": [question(same_page=True)]}, "essai.yaml, a: the first question has no page to join"),
        ({"questions": [question(), question()]}, "essai.yaml, questions: key 'a' is used twice"),
        (
            {"questions": [question(feeds="overall"), question(key="b", feeds="overall")]},
            "essai.yaml, questions: feeds 'overall' is used twice",
        ),
        ({"questions": [question(text={"fr": "", "en": "x"})]}, "essai.yaml, a: a text is needed in each of ['fr', 'en']"),
    ],
)
def test_a_wrong_questionnaire_is_refused_with_its_place(tmp_path, changes, fault):
    with pytest.raises(QuestionnaireError) as refused:
        load(write(tmp_path, **changes))
    assert str(refused.value) == fault


def test_what_is_no_yaml_is_refused(tmp_path):
    path = tmp_path / "casse.yaml"
    path.write_text("key: [", encoding="utf-8")
    with pytest.raises(QuestionnaireError, match=r"^casse\.yaml: not readable as YAML"):
        load(path)


def test_a_key_belongs_to_one_file():
    assert len(shipped()) == len(list(FOLDER.glob("*.yaml")))
