"""Reading the library: pieces with their current version, counts, subjects, history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When

from evidence.library.models import CoveredLine, Deposit, Document, IndicatorLink, ReviewState, SubjectLink, Version
from evidence.library.proposals import same_subject_key
from qualiopi.files.models import StoredFile
from qualiopi.folding import holding, saying
from qualiopi.journal.models import Entry
from qualiopi.organisations.models import Organisation
from qualiopi.standard.book import expectations
from qualiopi.text import comparison_key, says
from trainings.catalogue.models import Course
from trainings.people.models import Subcontractor, Trainer
from trainings.pieces import Kept, kept_among
from trainings.sessions.models import Session
from trainings.sessions.queries import sessions_saying

SUBJECT_FIELDS = ("course", "session", "trainer", "subcontractor")


@dataclass(frozen=True, slots=True)
class Totals:
    """What the pieces of an organisation need, each counted in all of its needs; withdrawn ones in none.

    `expiring` is from today to before the audit.
    """

    documents: int
    expiring: int
    expired: int
    unlinked: int
    to_file: int
    to_review: int


@dataclass(frozen=True, slots=True)
class Linked:
    """Something a piece may speak of: `kind` is one of SUBJECT_FIELDS."""

    kind: str
    row: Course | Session | Trainer | Subcontractor
    label: str
    detail: str


def documents_of(organisation: Organisation) -> QuerySet[Document]:
    """Pieces, last filed first, withdrawn ones included.

    Each has `valid_until`, `has_file`, `has_indicator`, and, in three more queries whatever their number, `current_versions` (a
    list of one version at most, with its file and author) and its indicator links.
    """
    newer = Version.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    current = Version.objects.filter(~Exists(newer)).select_related("file", "created_by").order_by("document")
    found: QuerySet[Document] = (
        _documents(Document.objects.for_organisation(organisation))
        .prefetch_related(Prefetch("versions", queryset=current, to_attr="current_versions"), "indicator_links")
        .order_by("-created_at", "id")
    )
    return found


def _documents(documents: QuerySet[Any]) -> QuerySet[Any]:
    of_document = Version.objects.filter(document=OuterRef("pk")).order_by("-number")
    found: QuerySet[Any] = documents.annotate(
        valid_until=Subquery(of_document.values("valid_until")[:1]),
        has_file=Exists(of_document),
        has_indicator=Exists(IndicatorLink.objects.filter(document=OuterRef("pk"))),
    )
    return found


def in_force_by(audit_date: date) -> Q:
    """Condition on versions: not dated after the audit."""
    return Q(effective_on__isnull=True) | Q(effective_on__lte=audit_date)


def waiting_to_be_read(organisation: Organisation) -> QuerySet[Document]:
    """Pieces with a file that nobody accepted nor refused, read as `documents_of` reads them."""
    filed = Exists(Version.objects.filter(document=OuterRef("pk")))
    return documents_of(organisation).filter(filed, withdrawn_at__isnull=True, review_state=ReviewState.NOT_REVIEWED)


def with_subjects(documents: QuerySet[Any]) -> QuerySet[Any]:
    """The same pieces with what they speak of, in one more query."""
    links = SubjectLink.objects.select_related("course", "session__course", "trainer", "subcontractor").order_by("id")
    return documents.prefetch_related(Prefetch("subject_links", queryset=links))


def totals_of(days: Mapping[UUID, tuple[date, date]]) -> dict[UUID, Totals]:
    """The counts of many organisations, each with its today and the day of its audit; one query."""
    today, audit_date = (
        Case(*(When(organisation=key, then=Value(pair[place])) for key, pair in days.items()), output_field=DateField())
        for place in (0, 1)
    )
    documents = Document.objects.filter(organisation__in=list(days), withdrawn_at__isnull=True).order_by()
    rows = _documents(documents).annotate(today=today, audit_date=audit_date)
    # In the order of `Totals`.
    counted = rows.values_list("organisation").annotate(
        documents=Count("pk"),
        expiring=Count("pk", filter=Q(valid_until__gte=F("today"), valid_until__lt=F("audit_date"))),
        expired=Count("pk", filter=Q(valid_until__lt=F("today"))),
        unlinked=Count("pk", filter=Q(has_indicator=False)),
        to_file=Count("pk", filter=Q(has_file=False)),
        to_review=Count("pk", filter=Q(has_file=True, review_state=ReviewState.NOT_REVIEWED)),
    )
    found = {key: Totals(*counts) for key, *counts in counted}
    return {key: found.get(key, Totals(0, 0, 0, 0, 0, 0)) for key in days}


def document_of(organisation: Organisation, pk: UUID) -> Document:
    """One piece with its current version, links and subjects; raises Document.DoesNotExist for another organisation's."""
    found: Document = (
        with_subjects(documents_of(organisation)).select_related("reviewed_by", "withdrawn_by", "created_by").get(pk=pk)
    )
    return found


def versions_of(document: Document) -> QuerySet[Version]:
    """Every version of a piece, last first, with file and author."""
    return document.versions.select_related("file", "created_by").order_by("-number")


def version_of(organisation: Organisation, pk: UUID, *, for_auditor: bool = False) -> Version:
    """One version with its piece and file; raises Version.DoesNotExist for another organisation's.

    An auditor is only given what the organisation stands by: neither withdrawn nor refused.
    """
    versions = Version.objects.for_organisation(organisation).select_related("document", "file")
    if for_auditor:
        versions = versions.filter(document__withdrawn_at__isnull=True).exclude(document__review_state=ReviewState.REFUSED)
    found: Version = versions.get(pk=pk)
    return found


def history_of(document: Document) -> QuerySet[Entry]:
    """The journal of one piece, last first, openings included."""
    return Entry.objects.filter(
        organisation_id=document.organisation_id, object_type=Document._meta.label, object_id=str(document.pk)
    ).order_by("-at", "-id")


def deposits_of(organisation: Organisation) -> QuerySet[Deposit]:
    """Files that wait to be told what they are, first come first, with who dropped them."""
    found: QuerySet[Deposit] = (
        Deposit.objects.for_organisation(organisation).select_related("file__created_by").order_by("created_at", "id")
    )
    return found


def filed_twins(organisation: Organisation, digests: Iterable[str], *, but: Document | None = None) -> dict[str, Version]:
    """SHA-256 -> the first version with exactly these bytes, of a piece that stands rather than of one withdrawn; one query.

    `but`: the piece whose own versions are left out.
    """
    versions = (
        Version.objects.for_organisation(organisation)
        .filter(file__sha256__in=list(digests))
        .exclude(document=but)
        .select_related("document", "file")
        .order_by("created_at", "number")
    )
    found: dict[str, Version] = {}
    for version in versions:
        known = found.setdefault(version.file.sha256, version)
        if known.document.withdrawn_at is not None and version.document.withdrawn_at is None:
            found[version.file.sha256] = version
    return found


def kept_twins(organisation: Organisation, digests: Iterable[str]) -> dict[str, Kept]:
    """SHA-256 -> what the work left with exactly these bytes (a document issued, a sheet, a trainer's diploma…); ten queries at most."""
    same = StoredFile.objects.for_organisation(organisation).filter(
        sha256__in=list(digests), version__isnull=True, deposit__isnull=True
    )
    kept = kept_among(organisation, same.values_list("pk", flat=True))
    return {piece.file.sha256: piece for piece in kept.values()}


def likely_documents(organisation: Organisation, titles: Iterable[str]) -> dict[str, list[Document]]:
    """Title -> known pieces it may be a new version of: the same words, whatever the figures; one query."""
    keys = {title: same_subject_key(title) for title in titles}
    wanted = Q()
    for key in {key for key in keys.values() if key}:
        wanted |= Q(title_key__startswith=key.split()[0])
    if not wanted:
        return {title: [] for title in keys}
    known = list(documents_of(organisation).filter(wanted, withdrawn_at__isnull=True))
    return {title: [piece for piece in known if same_subject_key(piece.title) == key] for title, key in keys.items()}


def find_subjects(organisation: Organisation, text: str, *, limit: int = 8) -> list[Linked]:
    """Sessions, courses, trainers and subcontractors that a few words designate; an exact one comes alone. Four queries at most."""
    key = comparison_key(text)
    if not key:
        return []
    exact = _subjects(organisation, Q(reference__iexact=text.strip()), Q(title_key=key), Q(name_key=key), limit)
    if len(exact) == 1:
        return exact
    titled, named = saying(text, holding("found_by")), saying(text, holding("name_key"))
    return _subjects(organisation, sessions_saying(organisation, text), titled, named, limit)


def _subjects(organisation: Organisation, session: Q, course: Q, name: Q, limit: int) -> list[Linked]:
    sessions = Session.objects.for_organisation(organisation).filter(session).select_related("course")
    found: list[Linked] = [
        subject_of(row)
        for rows in (
            sessions.order_by("-starts_on", "reference")[:limit],
            Course.objects.for_organisation(organisation).filter(course).order_by("title", "pk")[:limit],
            Trainer.objects.for_organisation(organisation).filter(name).order_by("last_name", "first_name", "pk")[:limit],
            Subcontractor.objects.for_organisation(organisation).filter(name).order_by("name", "pk")[:limit],
        )
        for row in rows
    ]
    return found


def subject_of(row: Any) -> Linked:
    """How a session, a course, a trainer or a subcontractor is shown as the subject of a piece."""
    if isinstance(row, Session):
        return Linked("session", row, row.reference, row.course.title)
    if isinstance(row, Course):
        return Linked("course", row, row.title, row.code)
    if isinstance(row, Trainer):
        return Linked("trainer", row, str(row), "")
    return Linked("subcontractor", row, str(row), "")


def linked_subjects(document: Document) -> list[Linked]:
    """What a piece speaks of, from links read by `with_subjects`."""
    return [
        subject_of(next(row for row in (link.session, link.course, link.trainer, link.subcontractor) if row is not None))
        for link in document.subject_links.all()
    ]


def subject_by_id(organisation: Organisation, pk: UUID) -> Linked | None:
    """The session, course, trainer or subcontractor of this organisation that has this identifier."""
    for model in (Session, Course, Trainer, Subcontractor):
        row = model.objects.for_organisation(organisation).filter(pk=pk).first()
        if row is not None:
            return subject_of(row)
    return None


def covered_by(version: Version) -> list[CoveredLine]:
    """What people say that this version covers, in the order they said it; one query."""
    rows = version.covered_lines.select_related("said_by", "course", "session__course")
    return list(rows.order_by("created_at", "id"))


def about(subject_id: UUID) -> Q:
    """Condition on pieces: linked to this session, course, trainer or subcontractor."""
    links = SubjectLink.objects.filter(document=OuterRef("pk")).filter(
        Q(session=subject_id) | Q(course=subject_id) | Q(trainer=subject_id) | Q(subcontractor=subject_id)
    )
    return Q(Exists(links))


def pieces_named(organisation: Organisation, text: str) -> Q:
    """Condition on pieces of this organisation: title, type and names of files say each word of this text."""
    return saying(text, _own_words(organisation))


def speaking_of(organisation: Organisation, text: str) -> Q:
    """The same, in which what the piece speaks of may say some of the words.

    Each table is read by itself, once for each word: joined, all that is linked would be read for each piece.
    """
    own = _own_words(organisation)

    def held(word: str) -> Q:
        told, titled, named = holding("found_by")(word), holding("title_key")(word), holding("name_key")(word)
        courses = _ours(organisation, Course, titled)
        links = SubjectLink.objects.filter(
            Q(course__in=courses)
            | Q(session__in=_ours(organisation, Session, told | Q(course__in=courses)))
            | Q(trainer__in=_ours(organisation, Trainer, named))
            | Q(subcontractor__in=_ours(organisation, Subcontractor, named))
        ).order_by()
        return own(word) | Q(pk__in=links.values("document"))

    return saying(text, held)


def _own_words(organisation: Organisation) -> Callable[[str], Q]:
    labels = expectations().document_types

    def held(word: str) -> Q:
        files = Version.objects.filter(file__in=_ours(organisation, StoredFile, holding("found_by")(word))).order_by()
        types = [key for key, label in labels.items() if says(label, word)]
        return Q(title_key__contains=word) | Q(type__in=types) | Q(pk__in=files.values("document"))

    return held


def _ours(organisation: Organisation, model: Any, condition: Q) -> Any:
    return model.objects.for_organisation(organisation).filter(condition).order_by().values("pk")
