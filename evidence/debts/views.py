"""What is owed: for managers, by person or by session; for a trainer, on a phone, today's half-days first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.debts.filters import DebtFilter, entries_of
from evidence.debts.queries import next_day_of, owed_in, people_owing, piles_of, today_of
from evidence.debts.telling import remind_and_tell
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import active_filters, chips_of, page_of
from qualiopi.web.parts import Option
from trainings.people.links import current_token
from trainings.people.models import Trainer

# A line of the list is a session with all that is owed of it.
PILES = 20


@requires(C.VIEW_READINESS)
def index(request: TenantRequest) -> HttpResponse:
    """Everything owed, the oldest first: by person who can mend it, or by session; filters in the URL."""
    today = timezone.localdate()
    owed = owed_in(request.organisation, today=today)
    people = people_owing(request.organisation, owed)
    chosen = DebtFilter(request.GET, people=people, owed=owed)
    by_session = request.GET.get("par") == "session"
    page = page_of(request, entries_of(owed, people, chosen, by_session=by_session), lines=PILES)
    context = {
        "people": people,
        "page": page,
        "form": chosen.form,
        "chips": chips_of(request, active_filters(chosen)),
        "by_session": by_session,
        "ways": _ways(request, by_session=by_session),
        "owed": len(owed),
        "remindable": sum(1 for person in people if person.may_be_reminded(today)),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
    }
    return render(request, "debts/index.html", context)


def _ways(request: TenantRequest, *, by_session: bool) -> list[Option]:
    query = request.GET.copy()
    query.pop("page", None)
    options = []
    for value, label in (("", _("Par personne")), ("session", _("Par session"))):
        query["par"] = value
        options.append(Option(label=label, url=f"?{query.urlencode()}", current=by_session == bool(value)))
    return options


@requires(C.EDIT_SESSIONS, writes=True)
def remind(request: TenantRequest) -> HttpResponse:
    """Write to everyone who owes something, and say to whom."""
    remind_and_tell(request)
    return redirect("debts:index", organisation=request.organisation.slug)


@requires(C.VIEW_OWN_SESSIONS)
def mine(request: TenantRequest) -> HttpResponse:
    """A trainer's first page: today's half-days with their two codes, then what they owe, the oldest first."""
    organisation, today = request.organisation, timezone.localdate()
    person = Trainer.objects.for_organisation(organisation).filter(user=request.user).select_related("link").first()
    names = {str(request.user.pk), str(person.pk) if person else ""}
    owed = [each for each in owed_in(organisation, today=today) if each.user in names or names & set(each.trainers)]
    half_days = today_of(organisation, request.user, day=today)
    context: dict[str, Any] = {
        "half_days": half_days,
        "next": None if half_days else next_day_of(organisation, request.user, after=today),
        "owed": owed,
        "piles": piles_of(owed),
        "drop_url": _drop_url(person),
        "today": today,
    }
    return render(request, "debts/mine.html", context)


def _drop_url(trainer: Trainer | None) -> str:
    """The personal page where a trainer sends a piece of their file; empty without a link that works."""
    link = getattr(trainer, "link", None) if trainer else None
    token = current_token(link) if link and link.expires_on >= timezone.localdate() else None
    return reverse("drop:start", args=[token]) if token else ""
