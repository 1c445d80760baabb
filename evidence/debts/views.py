"""What is owed: for managers, by person then by session; for a trainer, on a phone, today's session first."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.debts.queries import half_days_of, owed_in, people_owing
from evidence.debts.verbs import remind_everyone
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.people.finding import site_of
from trainings.people.links import current_token
from trainings.people.models import Trainer

MOST = 100


@requires(C.VIEW_READINESS)
def index(request: TenantRequest) -> HttpResponse:
    """Everything owed: who can mend it, then what nobody in particular can, by session; the oldest first."""
    today = timezone.localdate()
    owed = owed_in(request.organisation, today=today)
    people = people_owing(request.organisation, owed)
    team = [each for each in owed if not each.trainers and not each.user]
    by_session = [
        (label, list(rows)) for label, rows in groupby(sorted(team[:MOST], key=lambda e: e.label), key=lambda e: e.label)
    ]
    by_session.sort(key=lambda pair: pair[1][0].since)
    context = {
        "people": people,
        "by_session": by_session,
        "owed": len(owed),
        "team_left": max(0, len(team) - MOST),
        "remindable": sum(1 for person in people if person.may_be_reminded(today)),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
    }
    return render(request, "debts/index.html", context)


@requires(C.EDIT_SESSIONS, writes=True)
def remind(request: TenantRequest) -> HttpResponse:
    """Write to everyone who owes something, and say to whom."""
    if request.method == "POST":
        report = remind_everyone(
            organisation=request.organisation, site=site_of(request), actor=request.user, today=timezone.localdate()
        )
        if report.sent:
            said = ngettext("%(n)s personne est relancée.", "%(n)s personnes sont relancées.", len(report.sent))
            messages.success(request, said % {"n": len(report.sent)})
        elif not report.failed:
            messages.info(request, _("Personne n’est à relancer : rien n’est dû, ou chacun l’a été cette semaine."))
        if report.without_address:
            messages.error(request, _("Sans adresse e-mail : %(names)s.") % {"names": ", ".join(report.without_address)})
        if report.failed:
            messages.error(request, _("Ces messages ne sont pas partis : %(names)s.") % {"names": ", ".join(report.failed)})
    return redirect("debts:index", organisation=request.organisation.slug)


@requires(C.VIEW_OWN_SESSIONS)
def mine(request: TenantRequest) -> HttpResponse:
    """A trainer's first page: today's half-days with their two codes, then what they owe, the oldest first."""
    today = timezone.localdate()
    person = Trainer.objects.for_organisation(request.organisation).filter(user=request.user).select_related("link").first()
    owed = []
    if person is not None:
        owed = [each for each in owed_in(request.organisation, today=today) if str(person.pk) in each.trainers]
    link = getattr(person, "link", None) if person else None
    token = current_token(link) if link and link.expires_on >= today else None
    context = {
        "half_days": half_days_of(request.organisation, request.user, day=today),
        "owed": owed,
        "drop_url": reverse("drop:start", args=[token]) if token else "",
        "today": today,
    }
    return render(request, "debts/mine.html", context)
