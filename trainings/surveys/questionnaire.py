"""Questionnaires: data files shipped with the product, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).parent / "questionnaires"
LANGUAGES = ("fr", "en")


class QuestionnaireError(Exception):
    """A questionnaire of ours is wrong. The message names the file, the question and the fault."""


class Kind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"  # 1 to 5
    CHOICE = "choice"  # one of the choices it lists
    YES_PARTLY_NO = "yes_partly_no"
    RECOMMENDATION = "recommendation"  # 0 to 10
    TEXT = "text"


# Column of Response a question may feed, and the kind that can.
FEEDS = {"overall": Kind.SCALE, "recommendation": Kind.RECOMMENDATION, "comment": Kind.TEXT}
SCALE_WORDS = ((5, _("Tout à fait")), (4, _("Plutôt oui")), (3, _("Moyennement")), (2, _("Plutôt non")), (1, _("Pas du tout")))
YES_PARTLY_NO = {"yes": _("Oui"), "partly": _("En partie"), "no": _("Non")}


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the languages of the product."""

    texts: Mapping[str, str]

    def __str__(self) -> str:
        return self.texts.get((translation.get_language() or "fr").split("-")[0], self.texts["fr"])


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `label` says it as a statement (results), `theme` as what it is about (sentences)."""

    key: str
    kind: Kind
    text: Words
    label: Words
    theme: Words
    hint: Words | None = None
    required: bool = False
    same_page: bool = False
    feeds: str = ""
    choices: Mapping[str, Words] = field(default_factory=dict)

    @property
    def options(self) -> list[tuple[str, str]]:
        """Value and words of each answer one can give, in the order shown; empty for a text."""
        if self.kind is Kind.SCALE:
            return [(str(value), str(words)) for value, words in SCALE_WORDS]
        if self.kind is Kind.RECOMMENDATION:
            return [(str(value), str(value)) for value in range(11)]
        if self.kind is Kind.YES_PARTLY_NO:
            return [(value, str(words)) for value, words in YES_PARTLY_NO.items()]
        return [(value, str(words)) for value, words in self.choices.items()]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire and its questions, in order."""

    key: str
    version: int
    audience: str
    minutes: int
    title: Words
    questions: tuple[Question, ...]

    @property
    def minimum(self) -> int:
        """Under this number of answers nothing is shown: trainees are promised that nobody is recognised, others know that they may be."""
        return int(settings.SURVEY_MINIMUM_ANSWERS) if self.anonymous else 1

    @property
    def anonymous(self) -> bool:
        """Whether those who answer are many enough, and weak enough, to be promised that nobody will know who wrote what."""
        return self.audience == "trainee"

    @property
    def pages(self) -> list[list[Question]]:
        """The questions asked together, page by page."""
        pages: list[list[Question]] = []
        for question in self.questions:
            if question.same_page:
                pages[-1].append(question)
            else:
                pages.append([question])
        return pages

    def question(self, key: str) -> Question:
        """The question of this key; raises KeyError."""
        return {question.key: question for question in self.questions}[key]

    def fed(self, column: str) -> Question | None:
        """The question that feeds this column of Response."""
        return next((question for question in self.questions if question.feeds == column), None)


# What is put at the end of every session: the figures of satisfaction come from it alone.
SATISFACTION = "end_of_session"
COLD = "cold"


@cache
def shipped() -> dict[str, Questionnaire]:
    """Every questionnaire shipped, by key; raises QuestionnaireError when one of the files is wrong."""
    found: dict[str, Questionnaire] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        questionnaire = load(path)
        if questionnaire.key in found:
            raise QuestionnaireError(f"{path.name}: key {questionnaire.key!r} is already taken by another file")
        found[questionnaire.key] = questionnaire
    return found


def load(path: Path) -> Questionnaire:
    """Read and check one file; raises QuestionnaireError with the file, the place and the fault."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise QuestionnaireError(f"{path.name}: not readable as YAML ({error})") from error
    return _Reader(path.name).questionnaire(raw)


class _Reader:
    """Turns a file into a questionnaire, and refuses what it does not know."""

    def __init__(self, file: str) -> None:
        self.file = file

    def fail(self, where: str, fault: str) -> QuestionnaireError:
        return QuestionnaireError(f"{self.file}, {where}: {fault}")

    def questionnaire(self, raw: Any) -> Questionnaire:
        where = "top"
        fields = self.block(raw, where, {"key", "version", "audience", "minutes", "title", "questions"}, set())
        for name in ("version", "minutes"):
            if not isinstance(fields[name], int) or fields[name] < 1:
                raise self.fail(where, f"{name} must be a whole number from 1")
        if fields["audience"] not in ("trainee", "company", "funder", "trainer"):
            raise self.fail(where, f"unknown audience {fields['audience']!r}")
        if not isinstance(fields["questions"], list) or not fields["questions"]:
            raise self.fail(where, "questions must be a list that is not empty")
        questions = tuple(self.question(item, f"question {place}") for place, item in enumerate(fields["questions"], start=1))
        self.check_together(questions)
        return Questionnaire(
            key=str(fields["key"]),
            version=fields["version"],
            audience=fields["audience"],
            minutes=fields["minutes"],
            title=self.words(fields["title"], where),
            questions=questions,
        )

    def check_together(self, questions: tuple[Question, ...]) -> None:
        keys = [question.key for question in questions]
        fed = [question.feeds for question in questions if question.feeds]
        for name, values in (("key", keys), ("feeds", fed)):
            for value in values:
                if values.count(value) > 1:
                    raise self.fail("questions", f"{name} {value!r} is used twice")
        if questions[0].same_page:
            raise self.fail(questions[0].key, "the first question has no page to join")

    def question(self, raw: Any, where: str) -> Question:
        known = {"hint", "required", "same_page", "feeds", "choices"}
        fields = self.block(raw, where, {"key", "kind", "text", "label", "theme"}, known)
        where = str(fields["key"])
        if fields["kind"] not in list(Kind):
            raise self.fail(where, f"unknown kind {fields['kind']!r}")
        kind, feeds = Kind(fields["kind"]), fields.get("feeds", "")
        if feeds and FEEDS.get(feeds) is not kind:
            raise self.fail(where, f"a question of kind {kind} can't feed {feeds!r}")
        choices = fields.get("choices", {})
        if (kind is Kind.CHOICE) != bool(choices) or not isinstance(choices, dict):
            raise self.fail(where, "choices go with the kind choice, and only with it")
        for name in ("required", "same_page"):
            if not isinstance(fields.get(name, False), bool):
                raise self.fail(where, f"{name} must be true or false")
        return Question(
            key=where,
            kind=kind,
            text=self.words(fields["text"], where),
            label=self.words(fields["label"], where),
            theme=self.words(fields["theme"], where),
            hint=self.words(fields["hint"], where) if "hint" in fields else None,
            required=fields.get("required", False),
            same_page=fields.get("same_page", False),
            feeds=feeds,
            choices={str(value): self.words(words, where) for value, words in choices.items()},
        )

    def block(self, raw: Any, where: str, needed: set[str], known: set[str]) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise self.fail(where, "a mapping is expected")
        missing, unknown = sorted(needed - raw.keys()), sorted(map(str, raw.keys() - needed - known))
        if missing or unknown:
            raise self.fail(where, f"missing {missing}, unknown {unknown}")
        return raw

    def words(self, raw: Any, where: str) -> Words:
        if (
            not isinstance(raw, dict)
            or set(raw) != set(LANGUAGES)
            or not all(isinstance(text, str) and text for text in raw.values())
        ):
            raise self.fail(where, f"a text is needed in each of {list(LANGUAGES)}")
        return Words(dict(raw))
