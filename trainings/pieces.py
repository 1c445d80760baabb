"""The files that the work itself left on this floor, with what they speak of. What was said about adaptations is never among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import as_date, short_date
from trainings.attendance.models import ConnectionReport, Mark
from trainings.catalogue.models import Accreditation
from trainings.documents.models import DocumentKind, Issued
from trainings.learning.models import Evaluation
from trainings.people.models import RecordKind, Subcontract, TrainerRecord
from trainings.sessions.models import Session


class Kept(NamedTuple):
    """One file. It speaks of a session, a course, a trainer or a subcontractor: exactly one of the four is named."""

    title: str
    dated_on: date | None
    valid_until: date | None
    name: str
    path: str
    size: int
    sha256: str
    crc32: int
    session: tuple[str, str] | None = None  # reference, title of its course
    course: str = ""
    trainer: str = ""
    subcontractor: str = ""


_FILE = ("name", "path", "size", "sha256", "crc32")


def _columns(file: str = "file") -> tuple[str, ...]:
    return tuple(f"{file}__{column}" for column in _FILE)


def kept_pieces(organisation: Organisation, *, until: date) -> Iterator[Kept]:
    """Every file of the organisation, made by this day, in nine queries whatever their number."""
    yield from _of_sessions(organisation, None, until)
    accreditations = Accreditation.objects.for_organisation(organisation).filter(file__isnull=False, valid_from__lte=until)
    for reference, course, start, end, *file in accreditations.order_by("pk").values_list(
        "reference", "course__title", "valid_from", "valid_until", *_columns()
    ):
        yield _piece(file, _("Habilitation %(reference)s") % {"reference": reference}, start, end, course=course)
    kinds = dict(RecordKind.choices)
    records = TrainerRecord.objects.for_organisation(organisation).filter(
        Q(dated_on__isnull=True) | Q(dated_on__lte=until), file__isnull=False, withdrawn_at__isnull=True
    )
    for kind, title, first_name, last_name, dated_on, end, *file in records.order_by("pk").values_list(
        "kind", "title", "trainer__first_name", "trainer__last_name", "dated_on", "valid_until", *_columns()
    ):
        yield _piece(file, f"{kinds[kind]}, {title}", dated_on, end, trainer=f"{first_name} {last_name}".strip())
    contracts = Subcontract.objects.for_organisation(organisation).filter(file__isnull=False, valid_from__lte=until)
    for reference, name, signed_on, end, *file in contracts.order_by("pk").values_list(
        "reference", "subcontractor__name", "signed_on", "valid_until", *_columns()
    ):
        yield _piece(file, _("Contrat %(reference)s") % {"reference": reference}, signed_on, end, subcontractor=name)


def pieces_of_session(organisation: Organisation, session: UUID, *, until: date) -> list[Kept]:
    """The files of one session, the last ones first, in six queries."""
    found = _of_sessions(organisation, session, until)
    return sorted(found, key=lambda piece: (piece.dated_on or date.min, piece.title), reverse=True)


def _of_sessions(organisation: Organisation, session: UUID | None, until: date) -> Iterator[Kept]:
    """Of every session when none is given."""
    only = {} if session is None else {"session": session}
    kinds = dict(DocumentKind.choices)
    issued = Issued.objects.for_organisation(organisation).filter(**only, issued_on__lte=until, cancelled_at__isnull=True)
    about = ("session__reference", "session__course__title")
    for kind, number, day, reference, course, *file in issued.order_by("pk").values_list(
        "kind", "number", "issued_on", *about, *_columns()
    ):
        yield _piece(file, _capital(f"{kinds[kind]} {number}"), day, None, session=(reference, course))
    signed = issued.filter(signed_file__isnull=False, signed_on__lte=until)
    for kind, number, day, reference, course, *file in signed.order_by("pk").values_list(
        "kind", "number", "signed_on", *about, *_columns("signed_file")
    ):
        title = _("%(document)s, exemplaire signé") % {"document": _capital(f"{kinds[kind]} {number}")}
        yield _piece(file, title, day, None, session=(reference, course))
    yield from _scans(organisation, only, until)
    reports = ConnectionReport.objects.for_organisation(organisation).filter(
        **{f"half_day__{name}": value for name, value in only.items()}, half_day__day__lte=until
    )
    for tool, day, reference, course, *file in reports.order_by("pk").values_list(
        "tool", "half_day__day", "half_day__session__reference", "half_day__session__course__title", *_columns()
    ):
        title = _("Relevé de connexion %(tool)s du %(day)s") % {"tool": tool, "day": short_date(day)}
        yield _piece(file, title, day, None, session=(reference, course))
    evaluations = Evaluation.objects.for_organisation(organisation).filter(**only, file__isnull=False, held_on__lte=until)
    for title, day, reference, course, *file in evaluations.order_by("pk").values_list("title", "held_on", *about, *_columns()):
        yield _piece(file, _("Évaluation : %(title)s") % {"title": title}, day, None, session=(reference, course))
    sessions: QuerySet[Session] = Session.objects.for_organisation(organisation).filter(contract_file__isnull=False)
    if session is not None:
        sessions = sessions.filter(pk=session)
    for day, reference, course, *file in sessions.order_by("pk").values_list(
        "contract_signed_on", "reference", "course__title", *_columns("contract_file")
    ):
        yield _piece(file, _("Contrat avec l’organisme client"), day, None, session=(reference, course))


def _scans(organisation: Organisation, only: dict[str, UUID], until: date) -> Iterator[Kept]:
    """A scanned sheet is the file of many lines of the register: it is one piece."""
    lines = Mark.objects.for_organisation(organisation).filter(**only, file__isnull=False, half_day__day__lte=until)
    rows: Any = (
        lines.order_by()
        .values_list("session__reference", "session__course__title", *_columns())
        .annotate(last_at=Max("created_at"))
        .order_by("file__path")
    )
    for reference, course, *file, last_at in rows:
        yield _piece(file, _("Feuille d’émargement numérisée"), as_date(last_at), None, session=(reference, course))


def _piece(
    file: list[Any],
    title: str,
    dated_on: date | None,
    valid_until: date | None,
    *,
    session: tuple[str, str] | None = None,
    course: str = "",
    trainer: str = "",
    subcontractor: str = "",
) -> Kept:
    """`file`: the columns of `_FILE`."""
    name, path, size, sha256, crc32 = file
    return Kept(title, dated_on, valid_until, name, path, size, sha256, crc32, session, course, trainer, subcontractor)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
