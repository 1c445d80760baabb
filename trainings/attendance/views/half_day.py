"""One half-day: the code of the room, the device passed round, absences, the countersignature."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.partials import render_page
from qualiopi.web.parts import Button
from trainings.attendance.addresses import address_of
from trainings.attendance.answers import asks_words, gone_through, refused
from trainings.attendance.finding import find_enrolment, find_half_day, own_trainer, tell_refusal
from trainings.attendance.forms import LATE_REASONS, blank, said, typed
from trainings.attendance.models import MarkKind, MarkMethod
from trainings.attendance.moments import is_late, late_after, opens, shows_code
from trainings.attendance.queries import expected_people, half_day_counts, person_lines
from trainings.attendance.rotating import code_of, seconds_left, typed_code_of
from trainings.attendance.sentences import cell_of
from trainings.attendance.telling import (
    over_the_names,
    under_the_code,
    ways_to_sign,
    why_not_countersigned,
    why_not_signed,
)
from trainings.attendance.verbs import AlreadyCountersigned, AlreadySigned, Said, countersign, declare, sign
from trainings.sessions.models import Enrolment, HalfDay
from trainings.states import OVER


@requires(C.TEACH, writes=True)
@never_cache
def page(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Who signed, who did not; POST countersigns."""
    half_day = find_half_day(request, pk)
    trainer = own_trainer(request, half_day)
    if request.method == "POST":
        return _countersign(request, half_day)
    now = timezone.now()
    counts = {count.half_day.pk: count for count in half_day_counts(half_day.session, now=now)}
    people = list(expected_people(half_day.session))
    order = list(counts)
    place = order.index(half_day.pk)
    state, begun = half_day.session.state, now >= opens(half_day)
    context = {
        "session": half_day.session,
        "here": "attendance",
        "half_day": half_day,
        "count": counts[half_day.pk],
        "lines": [
            (line.enrolment, cell_of(line.slots[0])) for line in person_lines(half_day.session, people, [half_day], now=now)
        ],
        "before": counts[order[place - 1]].half_day if place else None,
        "after": counts[order[place + 1]].half_day if place + 1 < len(order) else None,
        "open": begun and state not in OVER,
        "not_signed": "" if begun and state not in OVER else why_not_signed(state, opens(half_day)),
        "not_countersigned": why_not_countersigned(state, begun=begun),
        "ways": _ways(request, half_day, code_shown=shows_code(half_day, now)),
        "trainer": trainer,
        "given": blank(),
    }
    return render(request, "attendance/half_day.html", context)


def _ways(request: TenantRequest, half_day: HalfDay, *, code_shown: bool) -> list[Button]:
    args = [request.organisation.slug, half_day.pk]
    return ways_to_sign(
        round_url=reverse("attendance:pass_round", args=args),
        code_url=reverse("attendance:display", args=args),
        code_shown=code_shown,
    )


def _countersign(request: TenantRequest, half_day: HalfDay) -> HttpResponse:
    here = reverse("attendance:half_day", args=[request.organisation.slug, half_day.pk])
    trainer = own_trainer(request, half_day)
    try:
        sent = said(request.POST)
        if trainer is None:
            raise ValidationError(_("Seule une personne qui anime cette session contresigne."))
        countersign(
            half_day=half_day,
            trainer=trainer,
            actor=request.user,
            once=sent["once"],
            drawing=sent["drawing"],
            address=address_of(request),
        )
    except ValidationError as error:
        if asks_words(request):
            return refused(error, status=409 if isinstance(error, AlreadyCountersigned) else 422)
        tell_refusal(request, error)
        return redirect(here)
    messages.success(request, _("La demi-journée est contresignée."))
    return gone_through(request, here)


@requires(C.TEACH, writes=True)
@require_POST
def declare_absence(request: TenantRequest, pk: UUID, enrolment: UUID) -> HttpResponse:
    """Note somebody absent, or excused."""
    half_day = find_half_day(request, pk)
    person = find_enrolment(request, enrolment, half_day.session)
    try:
        declare(
            half_day=half_day,
            enrolment=person,
            kind=request.POST.get("kind", ""),
            reason=request.POST.get("reason", ""),
            actor=request.user,
            address=address_of(request),
        )
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, _("C’est noté pour %(trainee)s.") % {"trainee": person.trainee})
    return redirect("attendance:half_day", organisation=request.organisation.slug, pk=half_day.pk)


@requires(C.TEACH)
@never_cache
def display(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The code to project: another one every minute, and how many signed."""
    half_day = find_half_day(request, pk)
    now = timezone.now()
    path = reverse("sign:displayed", args=[half_day.pk, code_of(half_day.pk, now=now)])
    counts = {count.half_day.pk: count for count in half_day_counts(half_day.session, now=now)}
    open_now = shows_code(half_day, now) and half_day.session.state not in OVER
    context = {
        "session": half_day.session,
        "half_day": half_day,
        "count": counts[half_day.pk],
        "open": open_now,
        "said": under_the_code(half_day.session.state, half_day, opens(half_day), shown=open_now),
        "qr": _qr_code(request.build_absolute_uri(path)) if open_now else "",
        "typed": typed_code_of(half_day.pk, now=now),
        "typed_at": request.build_absolute_uri(reverse("sign:typed")).partition("://")[2],
        "turns_in": seconds_left(now),
    }
    return render_page(request, "attendance/display.html", context, parts=("code",))


def _qr_code(link: str) -> SafeString:
    picture = segno.make_qr(link, error="l").svg_inline(
        border=2,
        dark="#241f2b",
        light="#ffffff",
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        title=_("QR code à viser pour signer"),
    )
    # segno draws squares from our own link: nothing in it was typed by anybody.
    return mark_safe(picture.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308


@requires(C.TEACH, writes=True)
@never_cache
def pass_round(request: TenantRequest, pk: UUID, enrolment: UUID | None = None) -> HttpResponse:
    """The device that goes from hand to hand: the names, then the frame to sign in; POST takes one signature."""
    half_day = find_half_day(request, pk)
    who = find_enrolment(request, enrolment, half_day.session) if enrolment else None
    if request.method == "POST" and who is not None:
        return _take(request, half_day, who)
    return _show_names(request, half_day, who, blank())


def _take(request: TenantRequest, half_day: HalfDay, who: Enrolment) -> HttpResponse:
    names = reverse("attendance:pass_round", args=[request.organisation.slug, half_day.pk])
    try:
        sent = said(request.POST) | {"kind": MarkKind.PRESENT}
        sign(
            half_day=half_day,
            enrolment=who,
            said=Said(method=MarkMethod.PASSED_ROUND, actor=request.user, address=address_of(request), **sent),
        )
    except ValidationError as error:
        status = 409 if isinstance(error, AlreadySigned) else 422
        if asks_words(request):
            return refused(error, status=status)
        return _show_names(request, half_day, who, typed(request.POST, error), status=status)
    return gone_through(request, names)


def _show_names(
    request: TenantRequest, half_day: HalfDay, who: Enrolment | None, given: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    lines = person_lines(half_day.session, list(expected_people(half_day.session)), [half_day], now=now, drawn=False)
    to_sign = [(line.enrolment, uuid.uuid4()) for line in lines if line.slots[0].to_sign]
    context = {
        "session": half_day.session,
        "half_day": half_day,
        "organisation_name": request.organisation.name,
        "course": half_day.session.course.title,
        "to_sign": to_sign,
        "said": over_the_names(half_day.session.state, begun=now >= opens(half_day), left=bool(to_sign)),
        "signed": [line.enrolment for line in lines if line.slots[0].mark is not None],
        "open": now >= opens(half_day) and half_day.session.state not in OVER,
        "over": half_day.session.state in OVER,
        "opens": opens(half_day),
        "who": who,
        "given": given,
        "late": is_late(half_day, now),
        "late_after": late_after(half_day).isoformat(),
        "reasons": LATE_REASONS.items(),
        "today": timezone.localdate(),
        "language": "fr",
    }
    return render(request, "attendance/pass_round.html", context, status=status)
