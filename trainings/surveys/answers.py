"""Reading what somebody answered to a question, whatever the way it came."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trainings.surveys.questionnaire import Kind, Question, Questionnaire

COMMENT_LENGTH = 2000
Value = int | str
# What no keyboard types and some databases refuse to keep; ends of lines and tabs stay.
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read(question: Question, raw: object) -> Value | None:
    """The value of one answer: a number for a scale or a recommendation, a key for a choice, a text; None when left empty.

    Raises ValidationError (a French sentence) for what the question does not offer.
    """
    text = _UNPRINTED.sub("", str(raw if raw is not None else "")).strip()
    if not text:
        return None
    if question.kind is Kind.TEXT:
        if len(text) > COMMENT_LENGTH:
            raise ValidationError(
                _("Votre texte compte %(length)s signes : gardez-en au plus %(most)s.")
                % {"length": len(text), "most": COMMENT_LENGTH}
            )
        return text
    offered = [value for value, _words in question.options]
    if text not in offered:
        raise ValidationError(_("Choisissez l’une des réponses proposées."))
    return int(text) if question.kind in (Kind.SCALE, Kind.RECOMMENDATION) else text


def read_all(questionnaire: Questionnaire, raw: Mapping[str, object], *, complete: bool = True) -> dict[str, Value]:
    """Every value given, by question; raises ValidationError when one is wrong, a key is unknown, or a required one is missing.

    With `complete=False` (a paper, on which people leave blanks), it is enough that one question is answered.
    """
    unknown = sorted(raw.keys() - {question.key for question in questionnaire.questions})
    if unknown:
        raise ValidationError(_("Question inconnue : %(key)s.") % {"key": ", ".join(unknown)})
    values: dict[str, Value] = {}
    for question in questionnaire.questions:
        value = read(question, raw.get(question.key))
        if value is not None:
            values[question.key] = value
        elif question.required and complete:
            raise ValidationError(_("Il manque la réponse à « %(question)s »") % {"question": question.text})
    if not values:
        raise ValidationError(_("Aucune question n’a de réponse."))
    return values
