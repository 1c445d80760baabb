"""What every page of the auditor's room shows around its own matter."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from evidence.audits.queries import PlanLine, PlanSection, plan_of, session_counts, shown_sessions, shown_trainers
from evidence.readiness.queries import Concern, concern_of
from qualiopi.organisations.enums import Role
from qualiopi.organisations.policy import TenantRequest
from qualiopi.organisations.queries import next_audit


def section_shown(section: PlanSection, *, opened: int, here: int) -> tuple[PlanSection, bool, list[tuple[PlanLine, bool]]]:
    """A criterion of the plan, whether it is unfolded, and its indicators, each with whether it is the one being read."""
    lines = [(line, line.indicator.number == here) for line in section.lines]
    return section, section.criterion.number == opened, lines


def frame_of(request: TenantRequest, *, criterion: int = 0, number: int = 0, concern: Concern | None = None) -> dict[str, Any]:
    """The audit, the plan with what is open in it (`criterion`, `number` of an indicator), the counts, the language.

    `concern`: whom the indicators concern, from a page that reads more of the organisation than that.
    """
    organisation = request.organisation
    today = timezone.localdate()
    concern = concern or concern_of(organisation, observed_on=today)
    grid = concern.grid
    plan = plan_of(organisation, concern)
    opened = grid.indicator(number).criterion if number and grid.has(number) else criterion
    return {
        "access": request.access,
        "may_leave": request.access.role != Role.AUDITOR,
        "audit": next_audit(organisation, today=today),
        "audit_date": concern.audit_date,
        "grid": grid,
        "plan": plan,
        "sections": [section_shown(section, opened=opened, here=number) for section in plan],
        "trainers_count": shown_trainers(organisation).count(),
        "sessions_count": session_counts(shown_sessions(organisation), today=today),
        "preview": None,
        "language_query": f"?lang={request.GET['lang']}" if request.GET.get("lang") in ("fr", "en") else "",
    }
