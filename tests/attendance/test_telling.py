"""What the pages of a half-day say of signing, in each way it may stand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from qualiopi.web.parts import Button
from trainings.attendance.identity import Question
from trainings.attendance.models import Mark, MarkKind, MarkMethod
from trainings.attendance.queries.register import Slot, SlotState
from trainings.attendance.telling import (
    ANSWER_FIELDS,
    AnswerField,
    file_words,
    greeting,
    over_the_names,
    thread_line,
    under_the_code,
    ways_to_sign,
    what_is_left,
    why_not_countersigned,
    why_not_signed,
)
from trainings.sessions.models import HalfDay
from trainings.states import OVER
from trainings.states import SessionState as S

OPENS = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
HALF_DAY = HalfDay(day=date(2026, 11, 20), starts_at=time(9), ends_at=time(12, 30))
GOES_ON = [state for state in S if state not in OVER]
ENDED = sorted(OVER)  # the processes that share the tests name them in one order
CLOSED = "La session est close : son émargement ne change plus."
OFF = "Cette session ne se signe plus."
LATER = "On signe à partir du vendredi 20 novembre 2026, 8 h 45."


def plain(text):
    """The words, whatever their blanks."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("state", "told"), [(S.CLOSED, CLOSED), (S.CANCELLED, OFF), (S.POSTPONED, OFF), *((state, LATER) for state in GOES_ON)]
)
def test_why_nobody_signs(state, told):
    assert plain(why_not_signed(state, OPENS)) == told


NEVER = "Personne n’a contresigné, et le registre ne change plus."
NOT_YET = "Pas encore : on contresigne quand la demi-journée a commencé."


@pytest.mark.parametrize(
    ("state", "begun", "told"),
    [
        *((state, begun, NEVER) for state in ENDED for begun in (True, False)),
        *((state, True, "") for state in GOES_ON),
        *((state, False, NOT_YET) for state in GOES_ON),
    ],
)
def test_why_nobody_countersigns(state, begun, told):
    assert plain(why_not_countersigned(state, begun=begun)) == told


AIM = "Choisissez votre nom, puis confirmez. Le code change chaque minute."
SHOWN_LATER = (
    "Il s’affiche le vendredi 20 novembre 2026, à partir de 8 h 45. Après la journée, chacun signe par son lien personnel"
    " ou sur votre appareil."
)


@pytest.mark.parametrize(
    ("state", "shown", "told"),
    [
        *((state, True, AIM) for state in GOES_ON),
        *((state, False, OFF) for state in ENDED),
        *((state, False, SHOWN_LATER) for state in GOES_ON),
    ],
)
def test_what_the_page_of_the_code_says(state, shown, told):
    assert plain(under_the_code(state, HALF_DAY, OPENS, shown=shown)) == told


@pytest.mark.parametrize(
    ("state", "begun", "left", "told"),
    [
        *((state, begun, left, OFF) for state in ENDED for begun in (True, False) for left in (True, False)),
        *((state, False, left, "On ne signe pas encore.") for state in GOES_ON for left in (True, False)),
        *((state, True, True, "Appuyez sur votre nom, puis signez.") for state in GOES_ON),
        *((state, True, False, "Tout le monde est noté.") for state in GOES_ON),
    ],
)
def test_the_title_over_the_names(state, begun, left, told):
    assert over_the_names(state, begun=begun, left=left) == told


def test_the_code_is_the_main_way_while_it_can_be_shown():
    device = Button("Faire passer cet appareil", "/round", "device-mobile")
    code = Button("Afficher le QR code", "/code", "qrcode", primary=True)
    assert ways_to_sign(round_url="/round", code_url="/code", code_shown=True) == [device, code]


def test_the_device_is_the_main_way_when_no_code_can_be_shown():
    device = Button("Faire passer cet appareil", "/round", "device-mobile", primary=True)
    assert ways_to_sign(round_url="/round", code_url="/code", code_shown=False) == [device]


@pytest.mark.parametrize("method", MarkMethod)
def test_the_file_of_a_line_by_the_way_it_came(method):
    assert file_words(Mark(method=method)) == ("Relevé de connexion" if method == MarkMethod.CONNECTION else "Feuille numérisée")


def test_each_question_has_its_field():
    assert {question: (str(field.label), field.type, field.autocomplete) for question, field in ANSWER_FIELDS.items()} == {
        Question.BIRTH_DATE: ("Votre date de naissance", "date", "bday"),
        Question.PHONE: ("Les quatre derniers chiffres de votre téléphone", "", "off"),
        Question.EMAIL: ("Votre adresse e-mail, celle de l’inscription", "email", "email"),
    }
    digits = AnswerField(ANSWER_FIELDS[Question.PHONE].label, "off", inputmode="numeric", maxlength="14")
    assert ANSWER_FIELDS[Question.PHONE] == digits
    assert set(ANSWER_FIELDS) == set(Question)


@pytest.mark.parametrize(
    ("just_signed", "to_sign", "known", "left", "told"),
    [
        (True, 0, True, 0, "C’est noté, merci Ana."),
        (True, 2, True, 3, "C’est noté, merci Ana."),
        (False, 1, True, 2, "Bonjour Ana."),
        (False, 0, True, 0, "Bonjour Ana, tout est noté."),
        (False, 0, True, 2, "Bonjour Ana, rien à signer pour l’instant."),
        (False, 0, False, 0, "Bonjour Ana, rien à signer pour l’instant."),
    ],
)
def test_how_a_trainee_is_greeted(just_signed, to_sign, known, left, told):
    assert greeting("Ana", just_signed=just_signed, to_sign=to_sign, known=known, left=left) == told


@pytest.mark.parametrize(
    ("to_sign", "known", "left", "told"),
    [
        (0, False, 0, "Les demi-journées de cette session ne sont pas encore fixées."),
        (1, True, 4, "Il reste une demi-journée à signer."),
        (2, True, 4, "Il reste 2 demi-journées à signer."),
        (0, True, 1, "Il reste une demi-journée à venir."),
        (0, True, 3, "Il reste 3 demi-journées à venir."),
        (0, True, 0, "Toutes vos demi-journées sont complètes."),
    ],
)
def test_what_is_left_to_sign(to_sign, known, left, told):
    assert what_is_left(to_sign=to_sign, known=known, left=left) == told


SIGNED_AT = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
PRESENT, ABSENT = {"kind": MarkKind.PRESENT}, {"kind": MarkKind.EXCUSED}
IN_TIME = "Signé à 14 h 05"


@pytest.mark.parametrize(
    ("state", "mark", "just_signed", "told"),
    [
        (SlotState.PRESENT, PRESENT, True, ("ici", "done", IN_TIME, False)),
        (SlotState.PRESENT, PRESENT, False, ("", "done", IN_TIME, False)),
        (SlotState.PRESENT, PRESENT | {"late": True}, False, ("", "done", "Signé le 20 novembre 2026, avec un motif", False)),
        (SlotState.ABSENT, ABSENT, False, ("", "done", "Absent, excusé", False)),
        (SlotState.ABSENT, ABSENT, True, ("ici", "done", "Absent, excusé", False)),
        (SlotState.OPEN, None, False, ("ici", "now", "À signer", True)),
        (SlotState.LATE, None, False, ("ici", "now", "À signer", True)),
        (SlotState.LEFT, None, False, ("", "to_come", "Parcours arrêté avant", False)),
        (SlotState.LEFT, None, True, ("ici", "to_come", "Parcours arrêté avant", False)),
        (SlotState.TO_COME, None, False, ("avenir", "to_come", "À signer à partir de 9 h", False)),
        (SlotState.TO_COME, None, True, ("ici", "to_come", "À signer à partir de 9 h", False)),
    ],
)
def test_a_half_day_in_the_thread(state, mark, just_signed, told):
    slot = Slot(HALF_DAY, Mark(signed_at=SIGNED_AT, **mark) if mark else None, state)
    line = thread_line(slot, just_signed=just_signed)
    assert (line.css, line.point, plain(line.words), line.to_sign) == told
