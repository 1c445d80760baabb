"""What can be done with pieces of evidence. Each verb locks the piece, checks its state and writes the journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.library.models import CoveredLine, Deposit, Document, IndicatorLink, ReviewState, SubjectLink, Version
from qualiopi.accounts.models import User
from qualiopi.files.errors import RefusedFile
from qualiopi.files.models import StoredFile
from qualiopi.files.verbs import all_or_nothing, discard, receive
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import long_date
from trainings.catalogue.models import Course
from trainings.people.models import Subcontractor, Trainer
from trainings.sessions.models import Session

Upload = File[Any] | StoredFile


class AlreadyWaitingError(RefusedFile):
    """The same bytes wait to be told what they are: one of them is enough."""

    def __init__(self, waiting: Deposit) -> None:
        said = {"name": waiting.file.name, "day": long_date(waiting.created_at)}
        super().__init__(_("Le même fichier attend déjà d’être rangé : « %(name)s », arrivé le %(day)s.") % said)


def deposit(*, organisation: Organisation, upload: File[Any], actor: User | None) -> Deposit:
    """Keep a file until somebody says what it is; it proves nothing yet. Raises RefusedFile with what to do, AlreadyWaitingError when
    the same bytes wait: of two people who send them at the same moment, one is told so."""
    with all_or_nothing():
        stored = receive(organisation=organisation, upload=upload, actor=actor)
        with transaction.atomic():
            # One at a time in an organisation: what the other is adding is not seen yet.
            Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
            same = Deposit.objects.for_organisation(organisation).filter(file__sha256=stored.sha256)
            if (waiting := same.select_related("file").first()) is not None:
                raise AlreadyWaitingError(waiting)
            stored.save()
            made = Deposit.objects.create(organisation=organisation, file=stored)
            record(
                verb="deposit.received", actor=actor, organisation_id=organisation.pk, target=made, details=_fingerprint(stored)
            )
    return made


def join_deposit(
    *,
    deposit: Deposit,
    document: Document,
    actor: User | None,
    indicators: Iterable[int] = (),
    courses: Iterable[Course] = (),
    sessions: Iterable[Session] = (),
    trainers: Iterable[Trainer] = (),
    subcontractors: Iterable[Subcontractor] = (),
) -> None:
    """Link the piece that holds these bytes already, and keep them once: the deposit goes. Writes the journal of both.

    Raises ValidationError when the piece is withdrawn, or holds other bytes.
    """
    with transaction.atomic():
        if not document.versions.filter(file__sha256=deposit.file.sha256).exists():
            raise ValidationError(_("Cette pièce ne contient pas ce fichier : choisissez-en une autre, ou déposez-le."))
        link(
            document=document,
            actor=actor,
            indicators=indicators,
            courses=courses,
            sessions=sessions,
            trainers=trainers,
            subcontractors=subcontractors,
        )
        discard_deposit(deposit=deposit, actor=actor)


def discard_deposit(*, deposit: Deposit, actor: User | None) -> None:
    """Take away a file that was dropped and never filed, bytes included."""
    with transaction.atomic():
        locked = Deposit.objects.select_for_update().select_related("file").get(pk=deposit.pk)
        stored = locked.file
        record(
            verb="deposit.discarded",
            actor=actor,
            organisation_id=locked.organisation_id,
            target=locked,
            details=_fingerprint(stored),
        )
        locked.delete()
        discard(stored=stored)


def file_document(
    *,
    organisation: Organisation,
    upload: Upload,
    title: str,
    actor: User | None,
    type: str = "",  # noqa: A002 - the word of the model
    effective_on: date | None = None,
    valid_until: date | None = None,
    indicators: Iterable[int] = (),
    courses: Iterable[Course] = (),
    sessions: Iterable[Session] = (),
    trainers: Iterable[Trainer] = (),
    subcontractors: Iterable[Subcontractor] = (),
    contents: Iterable[str] = (),
    audience: str = "",
    note: str = "",
) -> Document:
    """File a piece: its first version and its links, all at once or not at all.

    `upload` is a file that comes in, or the stored file of a deposit, which is then no longer waiting. `contents` are the ticked
    lines of the checklist of its type. Raises RefusedFile for the file, ValidationError (French) for the rest.
    """
    document = Document(organisation=organisation, title=title, type=type, audience=audience, note=note, created_by=actor)
    subjects = [*courses, *sessions, *trainers, *subcontractors]
    with all_or_nothing():
        stored = _stored(organisation, upload, actor)
        with transaction.atomic():
            document.full_clean()
            document.save()
            _add_version(document, stored, effective_on, valid_until, contents, "", actor)
            numbers, labels = _link(document, indicators, subjects)
            details = {"indicators": numbers, "subjects": labels, "version": 1, **_fingerprint(stored)}
            record(verb="document.filed", actor=actor, organisation_id=organisation.pk, target=document, details=details)
    return document


def add_version(
    *,
    document: Document,
    upload: Upload,
    actor: User | None,
    effective_on: date | None = None,
    valid_until: date | None = None,
    contents: Iterable[str] = (),
    comment: str = "",
) -> Version:
    """Add the next version of a piece; the others stay. What was said of the one before is to be said again: review starts over.

    Raises RefusedFile for the file; ValidationError when the piece is withdrawn, when these bytes are those of the current
    version, or when the dates are not in order.
    """
    with all_or_nothing():
        stored = _stored(document.organisation, upload, actor)
        with transaction.atomic():
            locked = _locked(document)
            current = locked.versions.select_related("file").order_by("-number").first()
            if current is not None and current.file.sha256 == stored.sha256:
                raise ValidationError(
                    {"upload": _("Ce fichier est exactement celui de la version %(number)s.") % {"number": current.number}}
                )
            version = _add_version(locked, stored, effective_on, valid_until, contents, comment, actor)
            locked.review_state, locked.review_comment = ReviewState.NOT_REVIEWED, ""
            locked.reviewed_at = locked.reviewed_by = None
            locked.save()
            details = {"version": version.number, "comment": comment, **_fingerprint(stored)}
            record(
                verb="document.version_added", actor=actor, organisation_id=locked.organisation_id, target=locked, details=details
            )
    return version


def describe(*, document: Document, title: str, type: str, audience: str, note: str, actor: User | None) -> Document:  # noqa: A002
    """Change what is said of a piece, not what it holds. Raises ValidationError by field, or when it is withdrawn."""
    with transaction.atomic():
        locked = _locked(document)
        values = {"title": title, "type": type, "audience": audience, "note": note}
        changed = sorted(name for name, value in values.items() if getattr(locked, name) != value)
        for name, value in values.items():
            setattr(locked, name, value)
        locked.full_clean()
        locked.save()
        record(
            verb="document.changed",
            actor=actor,
            organisation_id=locked.organisation_id,
            target=locked,
            details={"fields": changed},
        )
    return locked


def link(
    *,
    document: Document,
    actor: User | None,
    indicators: Iterable[int] = (),
    courses: Iterable[Course] = (),
    sessions: Iterable[Session] = (),
    trainers: Iterable[Trainer] = (),
    subcontractors: Iterable[Subcontractor] = (),
) -> None:
    """Say that a piece speaks of these; what was said already stays as it is. Raises ValidationError when it is withdrawn, for an
    indicator that does not exist, and for something of another organisation."""
    with transaction.atomic():
        locked = _locked(document)
        numbers, labels = _link(locked, indicators, [*courses, *sessions, *trainers, *subcontractors])
        if numbers or labels:
            details = {"indicators": numbers, "subjects": labels}
            record(verb="document.linked", actor=actor, organisation_id=locked.organisation_id, target=locked, details=details)


def unlink(
    *,
    document: Document,
    actor: User | None,
    indicators: Iterable[int] = (),
    courses: Iterable[Course] = (),
    sessions: Iterable[Session] = (),
    trainers: Iterable[Trainer] = (),
    subcontractors: Iterable[Subcontractor] = (),
) -> None:
    """Take links back; those that are not there are left out. Raises ValidationError when the piece is withdrawn."""
    with transaction.atomic():
        locked = _locked(document)
        numbers = sorted(set(indicators))
        rows: list[tuple[str, list[Any]]] = [
            ("course", list(courses)),
            ("session", list(sessions)),
            ("trainer", list(trainers)),
            ("subcontractor", list(subcontractors)),
        ]
        wanted = Q(pk__in=[])
        for field, values in rows:
            wanted |= Q(**{f"{field}__in": values})
        gone = locked.indicator_links.filter(indicator__in=numbers)
        details = {
            "indicators": list(gone.values_list("indicator", flat=True)),
            "subjects": [str(row) for _field, values in rows for row in values],
        }
        # What it was said to cover of these goes with the link.
        CoveredLine.objects.filter(Q(course__in=rows[0][1]) | Q(session__in=rows[1][1]), version__document=locked).delete()
        removed = gone.delete()[0] + locked.subject_links.filter(wanted).delete()[0]
        if removed:
            record(verb="document.unlinked", actor=actor, organisation_id=locked.organisation_id, target=locked, details=details)


def review(*, document: Document, accepted: bool, comment: str, actor: User) -> Document:
    """A named person keeps or refuses the current version. Raises ValidationError for a refusal without reason, for a piece that
    is withdrawn, and for one without a file."""
    with transaction.atomic():
        locked = _locked(document)
        if not locked.versions.exists():
            raise ValidationError(_("Cette pièce n’a pas encore de fichier : déposez-le avant de la relire."))
        comment = comment.strip()
        if not accepted and not comment:
            raise ValidationError({"comment": _("Dites pourquoi vous refusez cette pièce.")})
        locked.review_state = ReviewState.ACCEPTED if accepted else ReviewState.REFUSED
        locked.review_comment, locked.reviewed_by, locked.reviewed_at = comment, actor, timezone.now()
        locked.save()
        record(
            verb="document.accepted" if accepted else "document.refused",
            actor=actor,
            organisation_id=locked.organisation_id,
            target=locked,
            details={"comment": comment},
        )
    return locked


def accept_together(*, organisation: Organisation, documents: Iterable[Document], actor: User) -> int:
    """A named person keeps several pieces they have read, in one act: all of them, or none. How many it was.

    Pieces that somebody has read since, withdrew or that lost their file are left as they are. Each writes its own line in the journal.
    """
    keys = [document.pk for document in documents]
    with transaction.atomic():
        rows = Document.objects.for_organisation(organisation).select_for_update().filter(pk__in=keys).order_by("pk")
        has_file = Exists(Version.objects.filter(document=OuterRef("pk")))
        found = list(rows.filter(has_file, withdrawn_at__isnull=True, review_state=ReviewState.NOT_REVIEWED))
        for document in found:
            document.review_state, document.reviewed_by, document.reviewed_at = ReviewState.ACCEPTED, actor, timezone.now()
            document.save()
            record(
                verb="document.accepted",
                actor=actor,
                organisation_id=organisation.pk,
                target=document,
                details={"together": len(found)},
            )
    return len(found)


def withdraw(*, document: Document, reason: str, actor: User) -> Document:
    """Take a piece out of what is shown; its versions and history stay. Raises ValidationError without a reason, or the second time."""
    with transaction.atomic():
        locked = _locked(document)
        reason = reason.strip()
        if not reason:
            raise ValidationError({"reason": _("Dites pourquoi vous retirez cette pièce.")})
        locked.withdrawn_at, locked.withdrawn_by, locked.withdrawal_reason = timezone.now(), actor, reason
        locked.save()
        record(
            verb="document.withdrawn",
            actor=actor,
            organisation_id=locked.organisation_id,
            target=locked,
            details={"reason": reason},
        )
    return locked


def _locked(document: Document) -> Document:
    locked: Document = Document.objects.select_for_update().get(pk=document.pk, organisation_id=document.organisation_id)
    if locked.withdrawn_at is not None:
        raise ValidationError(_("Cette pièce est retirée : elle ne change plus."))
    return locked


def _stored(organisation: Organisation, upload: Upload, actor: User | None) -> StoredFile:
    if not isinstance(upload, StoredFile):
        return receive(organisation=organisation, upload=upload, actor=actor)
    if upload.organisation_id != organisation.pk:
        raise ValidationError(_("Ce fichier n’existe pas dans votre organisme."))
    return upload


def _add_version(
    document: Document,
    stored: StoredFile,
    effective_on: date | None,
    valid_until: date | None,
    contents: Iterable[str],
    comment: str,
    actor: User | None,
) -> Version:
    """The next number of a locked document; the file stops waiting if it was a deposit."""
    if stored._state.adding:
        stored.save()
    number: int = (document.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = Version(
        organisation=document.organisation,
        document=document,
        number=number,
        file=stored,
        effective_on=effective_on,
        valid_until=valid_until,
        contents=sorted(set(contents)),
        comment=comment,
        created_by=actor,
    )
    version.full_clean()
    version.save()
    Deposit.objects.for_organisation(document.organisation).filter(file=stored).delete()
    return version


def _link(document: Document, indicators: Iterable[int], subjects: list[Any]) -> tuple[list[int], list[str]]:
    """Add the links that are missing; returns the numbers and the labels of those added."""
    if any(row.organisation_id != document.organisation_id for row in subjects):
        raise ValidationError(_("Cet élément n’existe pas dans votre organisme."))
    known = set(document.indicator_links.values_list("indicator", flat=True))
    numbers = sorted(set(indicators) - known)
    for number in numbers:
        added = IndicatorLink(document=document, indicator=number)
        added.full_clean()
        added.save()
    present = set(document.subject_links.values_list("course", "session", "trainer", "subcontractor"))
    taken = {key for keys in present for key in keys if key is not None}
    labels = []
    for row in {row.pk: row for row in subjects if row.pk not in taken}.values():
        SubjectLink.objects.create(document=document, **{row._meta.model_name: row})
        labels.append(str(row))
    return numbers, labels


def _fingerprint(stored: StoredFile) -> dict[str, Any]:
    return {"file": stored.name, "sha256": stored.sha256, "size": stored.size}
