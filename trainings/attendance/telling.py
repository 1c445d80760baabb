"""What the pages of a half-day say of signing: whether one may, by which button, what is left to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qualiopi.web.dates import clock, long_date
from qualiopi.web.parts import Button
from trainings.attendance.identity import Question
from trainings.attendance.models import Mark, MarkMethod
from trainings.attendance.queries.register import Slot, SlotState
from trainings.sessions.models import HalfDay
from trainings.states import OVER, SessionState


def _from(opens: datetime) -> dict[str, str]:
    return {"day": long_date(opens, weekday=True), "hour": clock(opens)}


def why_not_signed(state: str, opens: datetime) -> str:
    """Why nobody signs a half-day now. `state`: of its session; `opens`: from when one signs."""
    if state == SessionState.CLOSED:
        return _("La session est close : son émargement ne change plus.")
    if state in OVER:
        return _("Cette session ne se signe plus.")
    return _("On signe à partir du %(day)s, %(hour)s.") % _from(opens)


def why_not_countersigned(state: str, *, begun: bool) -> str:
    """Why nobody countersigns a half-day now, "" when one may. `begun`: one may already sign it."""
    if state in OVER:
        return _("Personne n’a contresigné, et le registre ne change plus.")
    return "" if begun else _("Pas encore : on contresigne quand la demi-journée a commencé.")


def under_the_code(state: str, half_day: HalfDay, opens: datetime, *, shown: bool) -> str:
    """What the page of the code to aim at says: how to sign, or why there is no code."""
    if shown:
        return _("Choisissez votre nom, puis confirmez. Le code change chaque minute.")
    if state in OVER:
        return _("Cette session ne se signe plus.")
    return _(
        "Il s’affiche le %(day)s, à partir de %(hour)s. Après la journée, chacun signe par son lien personnel ou sur votre appareil."
    ) % {"day": long_date(half_day.day, weekday=True), "hour": clock(opens)}


def over_the_names(state: str, *, begun: bool, left: bool) -> str:
    """The title of the device that goes from hand to hand. `left`: somebody has still to sign."""
    if state in OVER:
        return _("Cette session ne se signe plus.")
    if not begun:
        return _("On ne signe pas encore.")
    return _("Appuyez sur votre nom, puis signez.") if left else _("Tout le monde est noté.")


def ways_to_sign(*, round_url: str, code_url: str, code_shown: bool) -> list[Button]:
    """The buttons by which those who are there sign: the code while it can be shown, else the device that goes round is the main one."""
    device = Button(_("Faire passer cet appareil"), round_url, "device-mobile", primary=not code_shown)
    return [device, Button(_("Afficher le QR code"), code_url, "qrcode", primary=True)] if code_shown else [device]


def file_words(mark: Mark) -> str:
    """What the file behind a line is."""
    return _("Relevé de connexion") if mark.method == MarkMethod.CONNECTION else _("Feuille numérisée")


@dataclass(frozen=True, slots=True)
class AnswerField:
    """The field in which somebody answers what they are asked; an empty attribute is not written."""

    label: object
    autocomplete: str
    type: str = ""
    inputmode: str = ""
    maxlength: str = ""


ANSWER_FIELDS: Final[dict[Question, AnswerField]] = {
    Question.BIRTH_DATE: AnswerField(gettext_lazy("Votre date de naissance"), "bday", type="date"),
    Question.PHONE: AnswerField(
        gettext_lazy("Les quatre derniers chiffres de votre téléphone"), "off", inputmode="numeric", maxlength="14"
    ),
    Question.EMAIL: AnswerField(gettext_lazy("Votre adresse e-mail, celle de l’inscription"), "email", type="email"),
}


def greeting(name: str, *, just_signed: bool, to_sign: int, known: bool, left: int) -> str:
    """The title of a trainee's half-days. `known`: they are fixed; `left`: how many are neither signed nor noted."""
    if just_signed:
        words = _("C’est noté, merci %(name)s.")
    elif to_sign:
        words = _("Bonjour %(name)s.")
    elif known and not left:
        words = _("Bonjour %(name)s, tout est noté.")
    else:
        words = _("Bonjour %(name)s, rien à signer pour l’instant.")
    return words % {"name": name}


def what_is_left(*, to_sign: int, known: bool, left: int) -> str:
    """The line under it: what can be signed now, else what is to come."""
    if not known:
        return _("Les demi-journées de cette session ne sont pas encore fixées.")
    if to_sign:
        return ngettext("Il reste une demi-journée à signer.", "Il reste %(n)s demi-journées à signer.", to_sign) % {"n": to_sign}
    if left:
        return ngettext("Il reste une demi-journée à venir.", "Il reste %(n)s demi-journées à venir.", left) % {"n": left}
    return _("Toutes vos demi-journées sont complètes.")


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One half-day in the thread of a trainee: the class of its line, the state of its point, what is said of it."""

    half_day: HalfDay
    css: str
    point: str
    words: str
    to_sign: bool


def thread_line(slot: Slot, *, just_signed: bool) -> ThreadLine:
    """How a half-day stands in the thread: lit when it was just signed or can be."""
    lit = just_signed or slot.to_sign
    css = "ici" if lit else "avenir" if slot.state == SlotState.TO_COME else ""
    dashed = slot.state in (SlotState.TO_COME, SlotState.LEFT)
    point = "to_come" if dashed else "now" if slot.to_sign else "done"
    return ThreadLine(slot.half_day, css, point, _thread_words(slot), slot.to_sign)


def _thread_words(slot: Slot) -> str:
    if slot.mark is not None and slot.state == SlotState.PRESENT:
        if slot.mark.late:
            return _("Signé le %(day)s, avec un motif") % {"day": long_date(slot.mark.signed_at)}
        return _("Signé à %(hour)s") % {"hour": clock(slot.mark.signed_at)}
    if slot.mark is not None:
        return capfirst(slot.mark.get_kind_display())
    if slot.to_sign:
        return _("À signer")
    if slot.state == SlotState.LEFT:
        return _("Parcours arrêté avant")
    return _("À signer à partir de %(from)s") % {"from": clock(slot.half_day.starts_at)}
