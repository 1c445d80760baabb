"""Why a line is not taken: a French (or English) sentence for the person, and a code for the page."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.web.dates import clock, long_date
from trainings.attendance.models import Mark, MarkKind
from trainings.attendance.moments import opens
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay, Session, SessionState
from trainings.states import OVER

_WHY_OVER = {
    SessionState.CANCELLED: gettext_lazy("Cette session a été annulée : il n’y a plus rien à signer."),
    SessionState.POSTPONED: gettext_lazy("Cette session a été reportée : vous signerez aux nouvelles dates."),
    SessionState.CLOSED: gettext_lazy(
        "Cette session est close : son émargement ne change plus. Adressez-vous à l’organisme de formation."
    ),
}


class AlreadySigned(ValidationError):
    """Something is already said of this person for this half-day: `mark`, the line in force."""

    def __init__(self, mark: Mark) -> None:
        if mark.kind == MarkKind.PRESENT:
            sentence = _("C’est déjà signé pour cette demi-journée : il n’y a rien à refaire.")
        else:
            sentence = _("Une absence est déjà notée pour cette demi-journée. Si c’est une erreur, dites-le à qui vous forme.")
        super().__init__(sentence, code="already")
        self.mark = mark


class AlreadyCountersigned(ValidationError):
    """Somebody countersigned this half-day before: `mark`."""

    def __init__(self, mark: Mark) -> None:
        moment = timezone.localtime(mark.signed_at)
        super().__init__(
            _("%(trainer)s a déjà contresigné cette demi-journée, le %(day)s à %(hour)s : il n’y a rien à refaire.")
            % {"trainer": mark.trainer, "day": long_date(moment), "hour": clock(moment)},
            code="already",
        )
        self.mark = mark


def check_session(session: Session) -> None:
    """Raise ValidationError when nothing can be added any more to the register of this session."""
    check_state(session.state)


def check_state(state: str) -> None:
    """The same, of a state that was just read."""
    if state in OVER:
        raise ValidationError(_WHY_OVER[SessionState(state)], code=str(state))


def check_begun(half_day: HalfDay, now: datetime) -> None:
    """Raise ValidationError while it is too early to say anything of a half-day."""
    if now < opens(half_day):
        raise ValidationError(
            _("Cette demi-journée n’a pas commencé : on signe à partir du %(day)s à %(hour)s.")
            % {"day": long_date(half_day.day, weekday=True), "hour": clock(opens(half_day))},
            code="future",
        )


def check_enrolled(enrolment: Enrolment, half_day: HalfDay) -> None:
    """Raise ValidationError for somebody who is not expected on that half-day."""
    if enrolment.session_id != half_day.session_id:
        raise ValidationError(_("Cette personne n’est pas inscrite à cette session."), code="elsewhere")
    if enrolment.state == EnrolmentState.WITHDRAWN:
        raise ValidationError(
            _(
                "L’inscription à cette session a été annulée : il n’y a rien à signer. Si c’est une erreur, dites-le à l’organisme."
            ),
            code="withdrawn",
        )
    if enrolment.ended_on is not None and half_day.day > enrolment.ended_on:
        raise ValidationError(
            _("Le parcours s’est arrêté le %(day)s, avant cette demi-journée. Si c’est une erreur, dites-le à l’organisme.")
            % {"day": long_date(enrolment.ended_on)},
            code="ended",
        )
