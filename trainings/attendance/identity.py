"""Confirming with something one knows: which question somebody is asked, and whether the answer is right."""

from __future__ import annotations

import hmac
import re
from datetime import date
from enum import StrEnum

from qualiopi.exchange.values import CellError
from qualiopi.exchange.values.dates import parse_date
from trainings.people.models import Trainee


class Question(StrEnum):
    """What somebody can be asked: the least known to the others first."""

    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"


def question_for(trainee: Trainee) -> Question | None:
    """What this person's file lets one ask; None when it holds nothing."""
    if trainee.birth_date is not None:
        return Question.BIRTH_DATE
    if len(_figures(trainee.phone)) >= 4:
        return Question.PHONE
    return Question.EMAIL if trainee.email else None


def is_right(trainee: Trainee, answer: str) -> bool:
    """Whether this answers the question that this person is asked."""
    question = question_for(trainee)
    if question is Question.BIRTH_DATE:
        return _day(answer) == trainee.birth_date
    if question is Question.PHONE:
        return _same(_figures(answer)[-4:], _figures(trainee.phone)[-4:])
    return question is Question.EMAIL and _same(answer.strip().casefold(), trainee.email.strip().casefold())


def _day(answer: str) -> date | None:
    try:
        return parse_date(answer[:40], birth=True)
    except CellError:
        return None


def _figures(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode(), known.encode())
