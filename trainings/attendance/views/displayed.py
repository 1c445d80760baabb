"""The code of the room, on the trainees' phones: show a code that is current, pick one's name, answer what one knows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qualiopi.organisations.policy import public
from qualiopi.web.languages import in_chosen_language
from qualiopi.zones import follow
from trainings.attendance.addresses import address_of
from trainings.attendance.answers import asks_words, gone_through, refused
from trainings.attendance.forms import LATE_REASONS, blank, said, typed
from trainings.attendance.identity import question_for
from trainings.attendance.models import Mark
from trainings.attendance.moments import is_late, late_after
from trainings.attendance.queries import current_marks, expected_people, half_days_shown
from trainings.attendance.rotating import behind_typed, code_of, is_current, is_ticket, ticket_for
from trainings.attendance.telling import ANSWER_FIELDS
from trainings.attendance.verbs import AlreadySigned, sign_displayed
from trainings.sessions.models import Enrolment, HalfDay
from trainings.states import OVER

REASON = "le QR code affiché en salle s'ouvre sans compte"


@public(reason=REASON, writes=True)
@never_cache
@in_chosen_language
def room(request: HttpRequest, half_day: UUID, token: str) -> HttpResponse:
    """With a code that is current, the names of those who have not signed; then one question; then it is signed."""
    found = HalfDay.objects.select_related("session__course", "organisation").filter(pk=half_day).first()
    if found is None:
        return render(request, "attendance/public/unknown.html", status=404)
    follow(found.organisation)
    now = timezone.now()
    ticket = request.POST.get("ticket", "")
    if request.method == "POST":
        let_in = is_ticket(found.pk, ticket)
    else:
        let_in = is_current(found.pk, token, now=now)
        ticket = ticket_for(found.pk)
    if found.session.state in OVER or not let_in:
        return _turned(request, found)
    frame = _frame(found) | {"ticket": ticket, "action": f"{request.path}?lang={_language()}"}
    if request.method == "POST" and (who := _who(request, found)) is not None:
        return _question(request, found, who, frame) if "answer" not in request.POST else _take(request, found, who, frame)
    signed = current_marks(found.session).filter(half_day=found).order_by().values("enrolment")
    people = [
        person
        for person in expected_people(found.session).exclude(pk__in=signed.filter(enrolment__isnull=False))
        if person.ended_on is None or found.day <= person.ended_on
    ]
    # Asking for the same page in the other language is no wrong answer.
    missed = request.method == "POST" and "again" not in request.POST
    context = frame | {"people": people, "error": _("Choisissez votre nom dans la liste.") if missed and people else ""}
    return render(request, "attendance/public/names.html", context, status=422 if missed else 200)


@public(reason=REASON)
@never_cache
@in_chosen_language
def typed_code(request: HttpRequest) -> HttpResponse:
    """Where somebody without a camera types the code of the room, and comes to the same names."""
    given = request.GET.get("code", "").strip()
    now = timezone.now()
    found = behind_typed(given, half_days_shown(now=now), now=now) if given else None
    if found is not None:
        address = reverse("sign:displayed", args=[found, code_of(found, now=now)])
        return redirect(f"{address}?lang={_language()}")
    context = {"language": _language(), "given": given[:40]}
    return render(request, "attendance/public/typed.html", context, status=422 if given else 200)


@public(reason=REASON)
@in_chosen_language
def thanks(request: HttpRequest) -> HttpResponse:
    """It is signed. Nobody is named: the phone may go from hand to hand."""
    return render(request, "attendance/public/thanks.html", {"language": _language()})


def _who(request: HttpRequest, half_day: HalfDay) -> Enrolment | None:
    try:
        return expected_people(half_day.session).get(pk=request.POST.get("who", ""))
    except (Enrolment.DoesNotExist, ValidationError, ValueError):
        return None


def _take(request: HttpRequest, half_day: HalfDay, who: Enrolment, frame: dict[str, Any]) -> HttpResponse:
    try:
        sent = {name: value for name, value in said(request.POST).items() if name not in ("drawing", "kind")}
        answer = request.POST["answer"]
        sign_displayed(half_day=half_day, enrolment=who, answer=answer, address=address_of(request), **sent)
    except ValidationError as error:
        status = 409 if isinstance(error, AlreadySigned) else 422
        if asks_words(request):
            return refused(error, status=status)
        given = typed(request.POST, error)
        # The same sending cannot be tried with another answer once it was refused as somebody else's.
        return _question(request, half_day, who, frame, given, status=status)
    return gone_through(request, f"{reverse('sign:thanks')}?lang={_language()}")


def _question(
    request: HttpRequest,
    half_day: HalfDay,
    who: Enrolment,
    frame: dict[str, Any],
    given: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    known = Mark.objects.filter(half_day=half_day, enrolment=who).exists()
    question = question_for(who.trainee)
    context = frame | {
        "who": who,
        "question": question,
        "field": ANSWER_FIELDS[question] if question else None,
        "already": known,
        "given": given or blank(),
        "late": is_late(half_day, timezone.now()),
        "late_after": late_after(half_day).isoformat(),
        "reasons": LATE_REASONS.items(),
        "today": timezone.localdate(),
    }
    return render(request, "attendance/public/confirm.html", context, status=status)


def _turned(request: HttpRequest, half_day: HalfDay) -> HttpResponse:
    """This code signs nothing: it turned over, or the session is over."""
    if asks_words(request):
        sentence = _("Ce code a tourné, ou la session est close : visez le code affiché, ou signez sur l’appareil du formateur.")
        return refused(ValidationError(sentence), status=410)
    context = _frame(half_day) | {"over": half_day.session.state in OVER}
    return render(request, "attendance/public/turned.html", context, status=410)


def _frame(half_day: HalfDay) -> dict[str, Any]:
    return {
        "organisation_name": half_day.organisation.name,
        "course": half_day.session.course.title,
        "session": half_day.session,
        "half_day": half_day,
        "language": _language(),
    }


def _language() -> str:
    return (translation.get_language() or "fr").split("-")[0]
