"""The trainee's own link: what there is to sign, the signature, what is signed. No account, and no script needed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from qualiopi.links import Behind, LinkState
from qualiopi.organisations.policy import public
from qualiopi.web.languages import in_chosen_language
from trainings.attendance.addresses import address_of
from trainings.attendance.answers import asks_words, gone_through, refused
from trainings.attendance.forms import LATE_REASONS, blank, said, typed
from trainings.attendance.models import MarkMethod
from trainings.attendance.moments import late_after
from trainings.attendance.queries.register import Slot, SlotState, first_to_sign, slots_of
from trainings.attendance.refusals import refusal_of
from trainings.attendance.telling import greeting, thread_line, what_is_left
from trainings.attendance.verbs import AlreadySigned, Said, sign, sign_by_link
from trainings.attendance.verbs.refusals import check_session
from trainings.sessions.models import EnrolmentLink, HalfDay, LinkPurpose
from trainings.sessions.queries import enrolment_behind

REASON = "un lien personnel d'émargement s'ouvre sans compte"


@public(reason=REASON, writes=True)
@never_cache
@in_chosen_language
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the signature of the half-day that goes on, else of one that was forgotten; take it."""
    if request.method == "POST" and (quick := _take_at_once(request, token)) is not None:
        return quick
    found = enrolment_behind(token, LinkPurpose.ATTENDANCE)
    if found is None or not found.is_open:
        return _closed(request, found)
    if request.method == "POST":
        return _take(request, found, token)
    slots = slots_of(found.row.enrolment, now=timezone.now())
    asked = request.GET.get("d", "")
    chosen = next((slot for slot in slots if slot.to_sign and str(slot.half_day.pk) == asked), None) or first_to_sign(slots)
    if chosen is None:
        return render(request, "attendance/public/signed.html", _frame(found, token) | _told(found, slots))
    return _show(request, found, token, slots, chosen, blank())


@public(reason=REASON)
@never_cache
@in_chosen_language
def signed(request: HttpRequest, token: str) -> HttpResponse:
    """Thank, and show every half-day: signed, to sign, to come."""
    found = enrolment_behind(token, LinkPurpose.ATTENDANCE)
    if found is None or not found.is_open:
        return _closed(request, found)
    slots = slots_of(found.row.enrolment, now=timezone.now())
    context = _frame(found, token) | _told(found, slots, just_signed=request.GET.get("d", ""))
    return render(request, "attendance/public/signed.html", context)


def _take_at_once(request: HttpRequest, token: str) -> HttpResponse | None:
    """Take a signature that has nothing wrong, with those that arrive beside it; None when there is something to tell."""
    try:
        half_day = UUID(request.POST.get("half_day", ""))
        mark = sign_by_link(token, half_day, _said(request))
    except (ValueError, ValidationError):
        return None
    return gone_through(request, _thanks_for(token, half_day)) if mark else None


def _said(request: HttpRequest) -> Said:
    sent = said(request.POST)
    method = MarkMethod.DRAWN if sent["drawing"] else MarkMethod.CONFIRMED
    return Said(method=method, address=address_of(request), **sent)


def _thanks_for(token: str, half_day: UUID) -> str:
    return f"{reverse('sign:signed', args=[token])}?d={half_day}&lang={_language()}"


def _take(request: HttpRequest, found: Behind[EnrolmentLink], token: str) -> HttpResponse:
    enrolment = found.row.enrolment
    try:
        half_day = HalfDay.objects.get(session=enrolment.session, pk=request.POST.get("half_day", ""))
    except (HalfDay.DoesNotExist, ValidationError, ValueError):
        return _closed(request, None)
    half_day.session = enrolment.session
    try:
        sign(half_day=half_day, enrolment=enrolment, said=_said(request))
    except AlreadySigned as error:
        if asks_words(request):
            return refused(error, status=409)
        slots = slots_of(enrolment, now=timezone.now())
        context = _frame(found, token) | _told(found, slots) | {"told": error.messages[0]}
        return render(request, "attendance/public/signed.html", context, status=409)
    except ValidationError as error:
        if asks_words(request):
            return refused(error, status=422)
        slots = slots_of(enrolment, now=timezone.now())
        slot = next((slot for slot in slots if slot.half_day == half_day), None)
        given = typed(request.POST, error)
        return _show(request, found, token, slots, slot, given, status=422) if slot else _closed(request, None)
    return gone_through(request, _thanks_for(token, half_day.pk))


def _show(
    request: HttpRequest,
    found: Behind[EnrolmentLink],
    token: str,
    slots: list[Slot],
    slot: Slot,
    given: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    context = _frame(found, token) | {
        "slot": slot,
        "half_day": slot.half_day,
        "others": [other for other in slots if other.to_sign and other != slot],
        "given": given,
        "late": slot.state == SlotState.LATE,
        "late_after": late_after(slot.half_day).isoformat(),
        "reasons": LATE_REASONS.items(),
        "today": timezone.localdate(),
    }
    return render(request, "attendance/public/sign.html", context, status=status)


def _told(found: Behind[EnrolmentLink], slots: list[Slot], *, just_signed: str = "") -> dict[str, Any]:
    """Every half-day in words. `just_signed`: the key of the one that was, as the address says."""
    trainee, to_sign = found.row.enrolment.trainee, sum(slot.to_sign for slot in slots)
    left = sum(slot.state in (SlotState.OPEN, SlotState.LATE, SlotState.TO_COME) for slot in slots)
    name, known = trainee.first_name or trainee.last_name, bool(slots)
    return {
        "to_sign": to_sign,
        "just_signed": just_signed,
        "greeting": greeting(name, just_signed=bool(just_signed), to_sign=to_sign, known=known, left=left),
        "left_to_do": what_is_left(to_sign=to_sign, known=known, left=left),
        "thread_lines": [thread_line(slot, just_signed=str(slot.half_day.pk) == just_signed) for slot in slots],
        "told": "",
    }


def _closed(request: HttpRequest, found: Behind[EnrolmentLink] | None) -> HttpResponse:
    """Why this link signs nothing, and what one can do."""
    if asks_words(request):
        return refused(_why(found), status=410 if found else 404)
    if found is None:
        return render(request, "attendance/public/unknown.html", status=404)
    return render(request, "attendance/public/refused.html", _frame(found, "") | {"refusal": refusal_of(found.state)}, status=410)


def _why(found: Behind[EnrolmentLink] | None) -> ValidationError:
    """The same in one sentence, for a signature that waited for the network."""
    if found is not None:
        try:
            check_session(found.row.enrolment.session)
        except ValidationError as error:
            return error
        if found.state is LinkState.EXPIRED:
            return ValidationError(
                translation.gettext("Le temps prévu pour signer est passé : adressez-vous à la personne qui vous forme.")
            )
    return ValidationError(translation.gettext("Ce lien ne fonctionne plus : adressez-vous à la personne qui vous forme."))


def _frame(found: Behind[EnrolmentLink], token: str) -> dict[str, Any]:
    organisation = found.row.organisation
    return {
        "organisation_name": organisation.name,
        "contact_email": organisation.contact_email,
        "course": found.row.enrolment.session.course.title,
        "session": found.row.enrolment.session,
        "trainee": found.row.enrolment.trainee,
        "token": token,
        "language": _language(),
    }


def _language() -> str:
    return (translation.get_language() or "fr").split("-")[0]
