"""Reading what was issued: in force, sent, opened, signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from qualiopi.background.queries import alive_workers
from qualiopi.links import Behind, LinkState, look_behind, until
from qualiopi.organisations.models import Organisation
from trainings.documents.models import Batch, DocumentKind, Issued, Sending, Style, Template
from trainings.documents.queries.targets import Target, counts_of_targets, key_of, targets_of
from trainings.documents.wording import shipped_body
from trainings.sessions.models import Session, SessionTrainer


class State(StrEnum):
    """Where a document stands for somebody; the last thing that happened wins."""

    TO_ISSUE = "to_issue"
    ISSUED = "issued"
    SENT = "sent"
    OPENED = "opened"
    SIGNED = "signed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of a kind: its document in force, and those cancelled before."""

    target: Target
    issued: Issued | None
    cancelled: list[Issued] = field(default_factory=list)

    @property
    def state(self) -> State:
        """Where its document stands."""
        return state_of(self.issued) if self.issued else State.TO_ISSUE


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of document for a session, in counts. `called`: how many the session calls for."""

    kind: DocumentKind
    called: int
    issued: int
    sent: int
    opened: int
    signed: int

    @property
    def to_issue(self) -> int:
        """How many are still to be issued."""
        return max(0, self.called - self.issued)


def state_of(issued: Issued) -> State:
    """Where a document stands; its sendings are read from the prefetch of `issued_of`."""
    if issued.cancelled_at is not None:
        return State.CANCELLED
    if issued.signed_on is not None:
        return State.SIGNED
    sendings = list(issued.sendings.all())
    if any(sending.opened_at for sending in sendings):
        return State.OPENED
    return State.SENT if any(sending.sent_at for sending in sendings) else State.ISSUED


def issued_of(organisation: Organisation, *, led_by: UUID | None = None) -> QuerySet[Issued]:
    """Documents of an organisation with whom they are for and their sendings. `led_by`: an account that leads their sessions."""
    found: QuerySet[Issued] = (
        Issued.objects.for_organisation(organisation)
        .select_related(
            "session__course", "session__organisation", "enrolment__trainee", "company", "subcontractor", "file", "signed_file"
        )
        .prefetch_related(Prefetch("sendings", Sending.objects.select_related("trainee")))
    )
    if led_by is not None:
        found = found.filter(session__in=SessionTrainer.objects.filter(trainer__user=led_by).values("session"))
    return found


def in_force(session: Session, kind: str | None = None) -> QuerySet[Issued]:
    """What was issued for a session and not cancelled."""
    found: QuerySet[Issued] = Issued.objects.filter(session=session, cancelled_at__isnull=True)
    return found if kind is None else found.filter(kind=kind)


def numbers_in_force(session: Session, kind: str) -> dict[str, str]:
    """The number of the document in force of each target that has one, by the key of the target. One query."""
    rows = in_force(session, kind).order_by().values_list("enrolment", "company", "subcontractor", "session", "number")
    return {str(person or company or subcontractor or whole): number for person, company, subcontractor, whole, number in rows}


def lines_of(session: Session, kind: str) -> list[TargetLine]:
    """Everybody a kind is for, each with their document; three or four queries whatever their number.

    What was issued for somebody who is no longer concerned is not among them: see `cancelled` documents and `left_over`.
    """
    current: dict[str, Issued] = {}
    cancelled: dict[str, list[Issued]] = {}
    for issued in issued_of(session.organisation).filter(session=session, kind=kind):
        if issued.cancelled_at is None:
            current[key_of(issued)] = issued
        else:
            cancelled.setdefault(key_of(issued), []).append(issued)
    return [TargetLine(target, current.get(target.key), cancelled.get(target.key, [])) for target in targets_of(session, kind)]


def overview(session: Session) -> list[KindLine]:
    """Every kind with its counts, in five queries."""
    called = counts_of_targets(session)
    sent, opened = Q(sendings__sent_at__isnull=False), Q(sendings__opened_at__isnull=False)
    counted = {
        row["kind"]: row
        for row in in_force(session)
        .order_by()
        .values("kind")
        .annotate(
            issued=Count("pk", distinct=True),
            sent=Count("pk", filter=sent, distinct=True),
            opened=Count("pk", filter=opened, distinct=True),
            signed=Count("pk", filter=Q(signed_on__isnull=False), distinct=True),
        )
    }
    nothing = {"issued": 0, "sent": 0, "opened": 0, "signed": 0}
    return [
        KindLine(
            kind,
            max(called[kind.value], row["issued"]),
            row["issued"],
            row["sent"],
            row["opened"],
            row["signed"],
        )
        for kind in DocumentKind
        for row in [counted.get(kind.value, nothing)]
    ]


def style_of(organisation: Organisation) -> Style | None:
    """How its documents look, when it has said."""
    found: Style | None = Style.objects.for_organisation(organisation).select_related("logo").first()
    return found


def current_wording(organisation: Organisation, kind: str) -> tuple[int, str]:
    """The version that serves and its text; version 0 is the wording shipped with the product."""
    own = Template.objects.for_organisation(organisation).filter(kind=kind).order_by("-number").first()
    return (own.number, own.body) if own else (0, shipped_body(kind))


def wordings_of(organisation: Organisation) -> dict[DocumentKind, tuple[int, str]]:
    """What `current_wording` gives, of every kind in their order; one query."""
    latest = Template.objects.filter(organisation=OuterRef("organisation"), kind=OuterRef("kind")).order_by("-number")
    rows = Template.objects.for_organisation(organisation).filter(number=Subquery(latest.values("number")[:1]))
    own = {kind: (number, body) for kind, number, body in rows.values_list("kind", "number", "body")}
    return {kind: own.get(kind.value) or (0, shipped_body(kind)) for kind in DocumentKind}


def nobody_signs(style: Style | None) -> bool:
    """Whether nobody is named to sign what the organisation issues."""
    return style is None or not style.signatory


def versions_of(organisation: Organisation, kind: str) -> QuerySet[Template]:
    """The versions an organisation wrote, last first."""
    found: QuerySet[Template] = (
        Template.objects.for_organisation(organisation).filter(kind=kind).select_related("created_by").order_by("-number")
    )
    return found


def batch_of(organisation: Organisation, pk: UUID) -> Batch:
    """A series with its session. Raises Batch.DoesNotExist."""
    found: Batch = Batch.objects.for_organisation(organisation).select_related("session__course", "asked_by").get(pk=pk)
    return found


def recent_batches(session: Session, *, since: datetime) -> QuerySet[Batch]:
    """Series of a session that are under way, or ended after this moment, the first asked first."""
    found: QuerySet[Batch] = Batch.objects.filter(session=session).filter(Q(finished_at__isnull=True) | Q(finished_at__gte=since))
    return found.order_by("created_at", "pk")


def unfinished_batches() -> QuerySet[Batch]:
    """Series that were asked for and did not end, of every organisation."""
    found: QuerySet[Batch] = Batch.objects.filter(finished_at__isnull=True)
    return found


def sent_of(batch: Batch) -> int:
    """How many of the documents that a series issued left by e-mail, to one person at least."""
    issued = in_force(batch.session, batch.kind).filter(created_at__gte=batch.created_at, sendings__sent_at__isnull=False)
    return issued.order_by().values("pk").distinct().count()


class BatchState(StrEnum):
    """How a series goes on."""

    RUNNING = "running"
    # Whoever issued it vanished: somebody takes it up within the minute.
    INTERRUPTED = "interrupted"
    # It was not begun, and nobody is there to begin it.
    UNATTENDED = "unattended"
    FINISHED = "finished"


def batch_states(batches: Iterable[Batch]) -> list[tuple[Batch, BatchState]]:
    """Each series with how it goes on; one query at most."""
    listed = list(batches)
    alive = alive_workers() if any(batch.finished_at is None for batch in listed) else set()
    return [(batch, _batch_state(batch, alive)) for batch in listed]


def _batch_state(batch: Batch, alive: set[UUID]) -> BatchState:
    if batch.finished_at is not None:
        return BatchState.FINISHED
    if batch.attempts:
        return BatchState.RUNNING if batch.held_by in alive else BatchState.INTERRUPTED
    return BatchState.RUNNING if alive else BatchState.UNATTENDED


def sending_behind(token: str, *, today: date | None = None) -> Behind[Sending] | None:
    """The document a link leads to, with its session, course and file; CANCELLED tells of the document. One query.

    `today`: the organisation's unless said.
    """
    sendings = Sending.objects.select_related("document__session__course", "document__file", "organisation", "trainee")
    sent = sendings.filter(sent_at__isnull=False)
    return look_behind(token, sent, lambda sending: _link_state(sending, today=today or timezone.localdate()))


def _link_state(sending: Sending, *, today: date) -> LinkState:
    return LinkState.CANCELLED if sending.document.cancelled_at is not None else until(sending.expires_on, today=today)
