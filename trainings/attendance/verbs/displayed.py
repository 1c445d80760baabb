"""Signing by the code of the room, confirmed with something one knows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from trainings.attendance.identity import is_right, question_for
from trainings.attendance.models import FailedConfirmations, Mark, MarkMethod
from trainings.attendance.verbs.signing import sign
from trainings.attendance.verbs.words import Said
from trainings.sessions.models import Enrolment, HalfDay

# Four figures of a telephone would be guessed by trying; own practice.
TRIES = 5


def sign_displayed(
    *,
    half_day: HalfDay,
    enrolment: Enrolment,
    answer: str,
    once: UUID,
    told_at: datetime | None = None,
    reason: str = "",
    address: str = "",
) -> Mark:
    """Sign for somebody who showed the code of the room and answers the question of their file.

    Raises ValidationError: code « unknown » when the file holds nothing to ask, « tries » after five wrong answers for this half-day,
    « wrong » for a wrong one (counted, whatever comes meanwhile); and everything that `sign` raises.
    """
    if question_for(enrolment.trainee) is None:
        raise ValidationError(
            _(
                "Votre fiche ne contient rien qui permette de vous reconnaître : signez sur l’appareil de la personne qui vous forme."
            ),
            code="unknown",
        )
    tries = FailedConfirmations.objects.get_or_create(half_day=half_day, enrolment=enrolment)[0]
    # A try is taken before the answer is looked at: a hundred answers at once have five tries among them.
    if not FailedConfirmations.objects.filter(pk=tries.pk, count__lt=TRIES).update(count=F("count") + 1):
        raise ValidationError(
            _("Trop de réponses fausses pour ce nom : signez sur l’appareil de la personne qui vous forme."), code="tries"
        )
    if not is_right(enrolment.trainee, answer):
        raise ValidationError(
            {"answer": ValidationError(_("Ce n’est pas ce que dit votre fiche. Vérifiez, puis recommencez."), "wrong")}
        )
    FailedConfirmations.objects.filter(pk=tries.pk, count__gt=0).update(count=F("count") - 1)
    return sign(
        half_day=half_day,
        enrolment=enrolment,
        said=Said(method=MarkMethod.DISPLAYED, once=once, told_at=told_at, reason=reason, address=address),
    )
