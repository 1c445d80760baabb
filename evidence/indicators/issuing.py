"""Certificates that lack in several sessions, issued from the page of their indicator: where, how many, and asking for them."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction

from evidence.engine.result import Mark
from evidence.readiness.queries import Board
from qualiopi.accounts.models import User
from trainings.documents.models import DocumentKind
from trainings.documents.tasks import issue_in_background
from trainings.documents.verbs import ask_for_batch, to_issue
from trainings.sessions.models import Session
from trainings.states import OVER

# The expectation whose holes are filled by issuing, and what is issued.
FILLED: Final = {"end_certificates_issued": DocumentKind.COMPLETION}


class Lacking(NamedTuple):
    """One session, and how many people of it have no certificate."""

    session: Session
    people: int


def people_lacking(found: Board, number: int) -> dict[str, int]:
    """Session -> how many people of it lack a certificate, as the engine counts them; no query."""
    counts: dict[str, int] = {}
    for result in found.status(number).expectations:
        if result.expectation.key in FILLED and not result.neutral:
            for subject in result.having(Mark.MISSING):
                there, of = result.counts.get(subject.id, (0, 0))
                counts[subject.id] = of - there
    return counts


def lacking_in(found: Board, number: int) -> list[Lacking]:
    """The sessions of an indicator in which certificates lack and may still be issued, the last ones first; one query."""
    counts = people_lacking(found, number)
    if not counts:
        return []
    sessions = Session.objects.for_organisation(found.organisation).filter(pk__in=counts).exclude(state__in=OVER)
    rows = sessions.select_related("course", "organisation").order_by("-starts_on", "reference")
    return [Lacking(session, counts[str(session.pk)]) for session in rows]


def issue_in(sessions: Collection[Session], *, send_too: bool, actor: User) -> tuple[int, int]:
    """Ask that the certificates of these sessions be issued, one series each, in the background; those that go on are left alone.

    Gives how many series, and of how many certificates. Writes the journal.
    """
    series = total = 0
    for session in sessions:
        for kind in FILLED.values():
            if to_issue(session, kind):
                batch = ask_for_batch(session=session, kind=kind, send_too=send_too, actor=actor)
                transaction.on_commit(partial(issue_in_background.enqueue, str(batch.pk)))
                series, total = series + 1, total + batch.total
    return series, total


def chosen(lacking: Collection[Lacking], keys: Collection[str]) -> list[Session]:
    """Those of these sessions that somebody ticked; what is not a key of theirs is not read."""
    wanted = {key for key in keys if _is_key(key)}
    return [each.session for each in lacking if str(each.session.pk) in wanted]


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
