"""What goes into a report and a pack: pieces, sessions, opinions, conclusions. A constant number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from evidence.engine.pieces import Shelf
from evidence.library.models import Document, IndicatorLink, ReviewState, SubjectLink, Version
from evidence.library.proofs import REGISTER, indicators_proved, type_of
from evidence.library.proposals import type_label
from evidence.library.queries import in_force_by
from evidence.packs.models import Pack, PackState
from evidence.readiness.queries import Board
from qualiopi.identifiers import Names, raw
from qualiopi.organisations.models import Organisation
from qualiopi.standard.model import Grid
from qualiopi.zones import on_days_of
from trainings.attendance.models import ConnectionReport, Mark
from trainings.facts.moments import end_of
from trainings.pieces import Kept, count_kept, kept_pieces
from trainings.sessions.models import EnrolmentState, Modality, Session, SessionState
from trainings.surveys.questionnaire import shipped


@dataclass(frozen=True, slots=True)
class PackPiece:
    """The version of a document that was in force on the audit date, and what it speaks of."""

    id: str  # of the document; empty for what the work left
    title: str
    type: str
    number: int  # 0: made by the work itself, which leaves one version alone
    effective_on: date | None
    valid_until: date | None
    name: str
    path: str
    size: int
    sha256: str
    crc32: int
    indicators: tuple[int, ...]  # those it was linked to, by who filed it
    counts: tuple[int, ...]  # those in which it counts by what it speaks of
    proves: tuple[int, ...]  # those that what the work left proves by itself
    sessions: tuple[tuple[str, str], ...]  # reference, course title
    others: tuple[tuple[str, str], ...]  # "formations" | "intervenants" | "sous-traitants", name

    @property
    def served(self) -> tuple[int, ...]:
        """Every indicator under which it stands."""
        return tuple(sorted({*self.indicators, *self.counts})) or self.proves

    @property
    def about(self) -> str:
        """The session, the course or the person it speaks of, in short; empty when it speaks of none."""
        return self.sessions[0][0] if self.sessions else self.others[0][1] if self.others else ""

    @property
    def named(self) -> str:
        """Its title, and which version it is when there may be several."""
        return f"{self.title}, version {self.number}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Withheld:
    """A document that is known and not in the pack, with the reason as a French sentence."""

    title: str
    indicators: tuple[int, ...]
    reason: str


@dataclass
class Pieces:
    """Everything filed, sorted by title; then what the work itself left, each as a piece or only counted."""

    grid: Grid
    present: list[PackPiece] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    # How many pieces of each type of document the work left; "" for what the standard does not name.
    left: Counter[str] = field(default_factory=Counter)
    # How many sessions have a register.
    registers: int = 0
    # How many files there are in all, registers apart.
    number: int = 0

    @cached_property
    def by_id(self) -> Mapping[str, PackPiece]:
        """The documents among those that are present."""
        return {piece.id: piece for piece in self.present if piece.id}

    def left_for(self, number: int) -> list[tuple[str, int]]:
        """What the work left that proves an indicator: the type of each, as the standard names it, and how many; by name."""
        counts = self.left + Counter({REGISTER: self.registers})
        return sorted(
            (type_label(kind), count) for kind, count in counts.items() if kind and number in indicators_proved(kind, self.grid)
        )


def pieces_of(read: Board) -> Pieces:
    """Documents and the version in force on the audit date, and what the work itself left, in fourteen queries whatever their number.
    Under which indicators a document stands is what the board says."""
    found = _filed(read)
    proved = cache(lambda kind: indicators_proved(kind, found.grid))
    kept = (_kept(piece, proved) for piece in kept_pieces(read.organisation, until=read.audit_date))
    left = sorted(kept, key=lambda piece: piece.title)
    found.present += left
    found.left.update(piece.type for piece in left)
    found.number = len(found.present)
    return found


def pieces_counted(read: Board, *, shown: int) -> Pieces:
    """The same for who prints how many there are, and the first ``shown`` of each indicator: the others are counted, and none is brought;
    nothing is withheld. ``present`` holds pieces of several indicators once."""
    organisation, audit_date = read.organisation, read.audit_date
    filed = Version.objects.filter(in_force_by(audit_date), document=OuterRef("pk"))
    there = Document.objects.for_organisation(organisation).filter(Exists(filed)).exclude(review_state=ReviewState.REFUSED)
    found = _filed(read, {UUID(piece) for status in read.statuses for piece in status.piece_ids[:shown]})
    for (nature, kind), number in count_kept(organisation, until=audit_date).items():
        found.left[type_of(nature, kind)] += number
    found.number = there.exclude(withdrawn_at__lt=_withdrawn_by(read)).count() + found.left.total()
    return found


def _withdrawn_by(read: Board) -> datetime:
    """What is withdrawn from this instant on was still there on the day that the board reads."""
    with on_days_of(read.organisation):
        return end_of(min(read.audit_date, read.observed_on))


def _filed(read: Board, only: Collection[UUID] | None = None) -> Pieces:
    """Documents and the version in force on the audit date, and how many sessions have a register. ``only``: these documents alone.

    In force: the latest version that is not dated after the audit. Refused and empty documents, and those that were withdrawn by the day
    that is read, are named as withheld.
    """
    organisation, audit_date, gone = read.organisation, read.audit_date, _withdrawn_by(read)
    counts: dict[str, list[int]] = defaultdict(list)
    for status in read.statuses:
        for shelf, ids in status.pieces:
            if shelf is not Shelf.LINKED:
                for piece in ids:
                    counts[piece].append(status.number)
    names = Names()
    mine = Q() if only is None else Q(document__in=only)
    documents = Document.objects.for_organisation(organisation).order_by("title", "pk")
    if only is not None:
        documents = documents.filter(pk__in=only)
    # Documents are known here by their key as the driver gives it: tens of thousands of UUIDs are slow to build.
    indicators: dict[str, list[int]] = defaultdict(list)
    links = IndicatorLink.objects.filter(mine, document__organisation=organisation).order_by("indicator")
    for document_id, number in links.values_list(raw("document_id"), "indicator"):
        indicators[document_id].append(number)
    versions: dict[str, tuple[Any, ...]] = {}
    rows = Version.objects.for_organisation(organisation).filter(mine, in_force_by(audit_date)).order_by("document_id", "-number")
    for row in rows.values_list(
        raw("document_id"),
        "number",
        "effective_on",
        "valid_until",
        "file__name",
        "file__path",
        "file__size",
        "file__sha256",
        "file__crc32",
    ):
        versions.setdefault(row[0], row[1:])
    sessions, others = _subjects(organisation, mine)
    found = Pieces(read.grid)
    for pk, title, kind, review, comment, withdrawn_at, reason in documents.values_list(
        raw("pk"), "title", "type", "review_state", "review_comment", "withdrawn_at", "withdrawal_reason"
    ):
        numbers = tuple(indicators.get(pk, ()))
        if withdrawn_at is not None and withdrawn_at < gone:
            found.withheld.append(Withheld(title, numbers, f"Retirée : {reason}"))
        elif review == ReviewState.REFUSED:
            found.withheld.append(Withheld(title, numbers, f"Refusée à la relecture : {comment}"))
        elif pk not in versions:
            found.withheld.append(Withheld(title, numbers, "Annoncée, mais aucun fichier n’était en vigueur à la date d’audit."))
        else:
            number, effective_on, valid_until, name, path, size, sha256, crc32 = versions[pk]
            found.present.append(
                PackPiece(
                    id=names[pk],
                    title=title,
                    type=kind,
                    number=number,
                    effective_on=effective_on,
                    valid_until=valid_until,
                    name=name,
                    path=path,
                    size=size,
                    sha256=sha256,
                    crc32=crc32,
                    indicators=numbers,
                    counts=tuple(counts.get(names[pk], ())),
                    proves=(),
                    sessions=tuple(sessions.get(pk, ())),
                    others=tuple(others.get(pk, ())),
                )
            )
    found.registers = sessions_with_register(organisation, until=audit_date).count()
    return found


def sessions_with_register(organisation: Organisation, *, until: date) -> QuerySet[Session]:
    """The sessions that began by this day, no drafts, of which somebody signed or a report of connection was filed."""
    signed = Mark.objects.filter(organisation=organisation, session=OuterRef("pk"))
    reported = ConnectionReport.objects.filter(half_day__session=OuterRef("pk"))
    sessions: QuerySet[Session] = Session.objects.for_organisation(organisation).exclude(state=SessionState.DRAFT)
    return sessions.filter(Q(Exists(signed)) | Q(Exists(reported)), Q(starts_on__isnull=True) | Q(starts_on__lte=until))


def _kept(kept: Kept, proved: Callable[[str], tuple[int, ...]]) -> PackPiece:
    """What the work left, as a piece without versions: it lies under its session, its course or its person, and is told under each
    indicator it proves."""
    document_type = type_of(kept.nature, kept.kind)
    named = (("formations", kept.course), ("intervenants", kept.trainer), ("sous-traitants", kept.subcontractor))
    return PackPiece(
        id="",
        title=kept.title,
        type=document_type,
        number=0,
        effective_on=kept.dated_on,
        valid_until=kept.valid_until,
        name=kept.file.name,
        path=kept.file.path,
        size=kept.file.size,
        sha256=kept.file.sha256,
        crc32=kept.file.crc32,
        indicators=(),
        counts=(),
        proves=proved(document_type) if document_type else (),
        sessions=(kept.session,) if kept.session else (),
        others=tuple((kind, name) for kind, name in named if name),
    )


def _subjects(organisation: Organisation, mine: Q) -> tuple[dict[str, list[tuple[str, str]]], dict[str, list[tuple[str, str]]]]:
    sessions: dict[str, list[tuple[str, str]]] = defaultdict(list)
    others: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = SubjectLink.objects.filter(mine, document__organisation=organisation).order_by("session__reference", "pk")
    # Not `exclude`: a link to a course or a person has no session at all.
    rows = rows.filter(Q(session__isnull=True) | ~Q(session__state=SessionState.DRAFT))
    for document_id, reference, title, course, first_name, last_name, subcontractor in rows.values_list(
        raw("document_id"),
        "session__reference",
        "session__course__title",
        "course__title",
        "trainer__first_name",
        "trainer__last_name",
        "subcontractor__name",
    ):
        if reference is not None:
            sessions[document_id].append((reference, title))
        elif course is not None:
            others[document_id].append(("formations", course))
        elif last_name is not None:
            others[document_id].append(("intervenants", f"{first_name} {last_name}".strip()))
        else:
            others[document_id].append(("sous-traitants", subcontractor))
    return sessions, others


def session_rows(organisation: Organisation) -> Iterator[tuple[Any, ...]]:
    """Sessions for the list kept in the pack: reference, title, dates, hours, modality, state, enrolled; one query.

    People who withdrew before the first day are not enrolled. Drafts are nobody's evidence.
    """
    rows = (
        Session.objects.for_organisation(organisation)
        .exclude(state=SessionState.DRAFT)
        .order_by("starts_on", "reference")
        .annotate(enrolled=Count("enrolments", filter=~Q(enrolments__state=EnrolmentState.WITHDRAWN)), title=F("course__title"))
        .values_list("reference", "title", "starts_on", "ends_on", "duration_hours", "modality", "state", "enrolled")
    )
    modalities, states = dict(Modality.choices), dict(SessionState.choices)
    for reference, title, starts_on, ends_on, hours, modality, state, enrolled in rows.iterator(chunk_size=1000):
        yield reference, title, starts_on, ends_on, hours, modalities.get(modality, ""), states[state], enrolled


def answer_rows(organisation: Organisation) -> Iterator[tuple[Any, ...]]:
    """Surveys by session: reference, title, questionnaire, opened on, number of answers; one query, nothing about a person."""
    titles = {key: str(questionnaire.title) for key, questionnaire in shipped().items()}
    rows = (
        Session.objects.for_organisation(organisation)
        .filter(campaigns__isnull=False)
        .exclude(state=SessionState.DRAFT)
        .order_by("starts_on", "reference", "campaigns__questionnaire")
        .annotate(answers=Count("campaigns__responses"), title=F("course__title"))
        .values_list("reference", "title", "campaigns__questionnaire", "campaigns__opened_on", "answers")
    )
    for reference, title, questionnaire, opened_on, answers in rows.iterator(chunk_size=1000):
        yield reference, title, titles.get(questionnaire, questionnaire), opened_on, answers


def packs_of(organisation: Organisation) -> Any:
    """Packs of the organisation, latest first."""
    return Pack.objects.for_organisation(organisation).select_related("created_by", "previous").order_by("-created_at", "pk")


def unfinished() -> QuerySet[Any]:
    """Packs that were asked for and are neither ready nor given up, of every organisation."""
    return Pack.objects.filter(state__in=(PackState.QUEUED, PackState.BUILDING))


def last_ready(organisation: Organisation, *, before: Pack) -> Pack | None:
    """The last pack that was ready when this one was asked for: the one it names."""
    found: Pack | None = (
        Pack.objects.for_organisation(organisation)
        .filter(state=PackState.READY, created_at__lt=before.created_at)
        .order_by("-created_at")
        .first()
    )
    return found
