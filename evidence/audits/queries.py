"""What the auditor reads: the organisation's words, its pieces and the facts kept here. No status, no rate, no score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.engine.facts import Facts
from evidence.engine.recorded import is_recorded
from evidence.engine.result import ExpectationResult, IndicatorStatus
from evidence.library.models import Document, IndicatorLink, ReviewState, SubjectLink, Version
from evidence.library.proofs import REGISTER, indicators_proved, left_for, type_of
from evidence.library.proposals import type_label
from evidence.library.queries import documents_of, in_force_by, with_subjects
from evidence.packs.models import Pack, PackState
from evidence.packs.queries import sessions_with_register
from evidence.readiness.kept import kept_of
from evidence.readiness.links import SURVEY_TYPES
from evidence.readiness.queries import Concern
from evidence.readiness.wording import BY_THE_WORK
from qualiopi.organisations.models import Organisation
from qualiopi.standard.model import Criterion, Grid, Indicator
from trainings.people.models import Trainer
from trainings.pieces import kept_pieces
from trainings.sessions.models import Session, SessionState, SessionTrainer
from trainings.sessions.queries import sessions_of
from trainings.states import CALLED_OFF


@dataclass(frozen=True, slots=True)
class PlanLine:
    """An indicator in the plan; `concerned` is False when the profile sets it aside and no fact says the contrary, with the reason."""

    indicator: Indicator
    concerned: bool
    reason: str
    pieces: int


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A criterion and its indicators."""

    criterion: Criterion
    lines: tuple[PlanLine, ...]

    @property
    def concerned(self) -> int:
        """How many of its indicators concern the organisation."""
        return sum(line.concerned for line in self.lines)


@dataclass(frozen=True, slots=True)
class KeptFact:
    """Something recorded because the work was done: words and a count, never a rate."""

    words: str
    count: int
    of_sessions: bool
    how: str
    in_french: bool = True  # the standard's own words; the others follow the reader's language


# What an organisation stands by: filed, neither withdrawn nor refused.
STOOD_BY = Q(Exists(Version.objects.filter(document=OuterRef("pk"))), withdrawn_at__isnull=True) & ~Q(
    review_state=ReviewState.REFUSED
)


def shown_documents(organisation: Organisation) -> QuerySet[Document]:
    """The pieces the organisation stands by: filed, neither withdrawn nor refused; by title."""
    pieces: QuerySet[Document] = documents_of(organisation).filter(STOOD_BY).select_related("reviewed_by").order_by("title", "id")
    return pieces


def place_of(organisation: Organisation, listed: Sequence[str], version: str) -> int:
    """The place, from 0, of the piece that has this version; 0 when none of them does. One query."""
    try:
        asked = Version.objects.for_organisation(organisation).filter(pk=UUID(version)).values_list("document", flat=True).first()
    except ValueError:
        return 0
    return next((place for place, each in enumerate(listed) if each == str(asked)), 0)


def documents_listed(organisation: Organisation, listed: Iterable[str]) -> dict[str, Document]:
    """These pieces with what they speak of, by identifier; those the organisation does not stand by are left out. Five queries."""
    return {str(piece.pk): piece for piece in with_subjects(shown_documents(organisation).filter(pk__in=list(listed)))}


def plan_of(organisation: Organisation, concern: Concern) -> list[PlanSection]:
    """Every criterion and indicator, with how many pieces are linked to each; one query."""
    there = Exists(Version.objects.filter(in_force_by(concern.audit_date), document=OuterRef("pk")))
    links = IndicatorLink.objects.filter(document__in=shown_documents(organisation).filter(there).order_by().values("pk"))
    pieces: dict[int, int] = dict(links.order_by().values_list("indicator").annotate(Count("pk")))
    return [
        PlanSection(
            criterion,
            tuple(
                PlanLine(
                    indicator=indicator,
                    concerned=indicator.number not in concern.without_object,
                    reason=concern.without_object.get(indicator.number, ""),
                    pieces=pieces.get(indicator.number, 0),
                )
                for indicator in concern.grid.of_criterion(criterion.number)
            ),
        )
        for criterion in concern.grid.criteria
    ]


def kept_facts(status: IndicatorStatus, facts: Facts) -> list[KeptFact]:
    """What is recorded here for one indicator, in words. No query: the facts are those the readiness reads."""
    found: dict[str, KeptFact] = {}
    for result in status.expectations:
        if kept := kept_of(result):
            found.setdefault(kept.words, KeptFact(kept.words, kept.count, kept.of_sessions, kept.how))
        if _is_about_surveys(result):
            answers = sum(session.asked.answers for session in facts.sessions)
            if answers:
                words = ngettext("réponse aux enquêtes", "réponses aux enquêtes", answers)
                found.setdefault(words, KeptFact(words, answers, of_sessions=True, how=str(BY_THE_WORK), in_french=False))
    return list(found.values())


def _is_about_surveys(result: ExpectationResult) -> bool:
    document = result.expectation.document
    return is_recorded(result.expectation) and document is not None and bool(SURVEY_TYPES & set(document.types))


def shown_sessions(organisation: Organisation) -> QuerySet[Session]:
    """The sessions that have dossiers: drafts are nobody's evidence. Latest first."""
    return sessions_of(organisation).exclude(state=SessionState.DRAFT)


def shown_trainers(organisation: Organisation) -> QuerySet[Trainer]:
    """Who leads sessions, by name."""
    assigned = SessionTrainer.objects.filter(session__in=shown_sessions(organisation).order_by().values("pk")).values("trainer")
    trainers: QuerySet[Trainer] = Trainer.objects.for_organisation(organisation).filter(pk__in=assigned)
    return trainers.order_by("last_name", "first_name", "id")


def pieces_of_trainers(organisation: Organisation, trainers: Iterable[Trainer]) -> dict[UUID, list[Document]]:
    """Trainer -> the pieces that speak of them; a constant number of queries."""
    wanted = [trainer.pk for trainer in trainers]
    links = SubjectLink.objects.filter(trainer__in=wanted).order_by("id").values_list("trainer", "document")
    documents = {piece.pk: piece for piece in shown_documents(organisation).filter(subject_links__trainer__in=wanted).distinct()}
    found: dict[UUID, list[Document]] = {pk: [] for pk in wanted}
    for trainer, document in links:
        if document in documents:
            found[trainer].append(documents[document])
    return found


def ready_packs(organisation: Organisation) -> QuerySet[Pack]:
    """The packs that can be downloaded, last first."""
    packs: QuerySet[Pack] = Pack.objects.for_organisation(organisation).filter(state=PackState.READY).order_by("-ready_at", "id")
    return packs


def session_counts(sessions: QuerySet[Session], *, today: date) -> Mapping[str, int]:
    """How many sessions there are, and how many took place: their last day is past and nobody called them off; one query."""
    over = Q(ends_on__lt=today) | Q(ends_on__isnull=True, starts_on__lt=today)
    counts: Mapping[str, int] = sessions.aggregate(
        total=Count("pk", distinct=True), over=Count("pk", distinct=True, filter=over & ~Q(state__in=CALLED_OFF))
    )
    return counts


@dataclass(frozen=True, slots=True)
class LeftPiece:
    """A file that the work left: its type in the words of the standard, what it is, of whom or what, when, where it opens."""

    type: str
    title: str
    about: str
    dated_on: date | None
    url: str


def left_pieces(organisation: Organisation, indicator: int, *, grid: Grid, until: date) -> list[LeftPiece]:
    """What the work left and that proves an indicator, by type then by date: files, and the registers that were begun, as a pack holds
    them. Ten queries at most."""
    # They are named in French, as they are written and as the pack names them.
    with translation.override("fr"):
        found = [
            LeftPiece(
                type=type_label(type_of(piece.nature, piece.kind)),
                title=piece.title,
                about=piece.session[0] if piece.session else piece.course or piece.trainer or piece.subcontractor,
                dated_on=piece.dated_on,
                url=reverse("library:kept", args=[organisation.slug, piece.file.pk]),
            )
            for piece in kept_pieces(organisation, until=until, chosen=left_for(indicator))
        ]
        if indicator in indicators_proved(REGISTER, grid):
            found += _registers(organisation, until=until)
    return sorted(found, key=lambda piece: (piece.type, piece.dated_on or date.min, piece.title))


def _registers(organisation: Organisation, *, until: date) -> list[LeftPiece]:
    return [
        LeftPiece(
            type=type_label(REGISTER),
            title=_("Registre d’émargement"),
            about=session.reference,
            dated_on=session.ends_on or session.starts_on,
            url=reverse("audits:register", args=[organisation.slug, session.pk]),
        )
        for session in sessions_with_register(organisation, until=until)
    ]
