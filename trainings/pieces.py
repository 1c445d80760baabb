"""The files that the work itself left on this floor, with what they speak of. What was said about adaptations is never among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.accounts.models import User
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import as_date, short_date
from trainings.attendance.models import ConnectionReport, Mark
from trainings.catalogue.models import Accreditation
from trainings.documents.models import DocumentKind, Issued
from trainings.learning.models import Evaluation
from trainings.people.models import RecordKind, Subcontract, Trainer, TrainerRecord
from trainings.sessions.models import Enrolment, EnrolmentState, Session, SessionState
from trainings.sessions.queries import sessions_of
from trainings.states import CALLED_OFF


class Nature(models.TextChoices):
    """What a file is; in the order in which a dossier shows them."""

    ISSUED = "issued", gettext_lazy("document émis")
    SIGNED = "signed", gettext_lazy("exemplaire signé")
    CLIENT_CONTRACT = "client_contract", gettext_lazy("contrat avec l’organisme client")
    SHEET = "sheet", gettext_lazy("feuille d’émargement numérisée")
    CONNECTIONS = "connections", gettext_lazy("relevé de connexion")
    EVALUATION = "evaluation", gettext_lazy("évaluation")
    ACCREDITATION = "accreditation", gettext_lazy("habilitation d’une formation")
    TRAINER = "trainer", gettext_lazy("dossier d’un intervenant")
    SUBCONTRACT = "subcontract", gettext_lazy("contrat de sous-traitance")


# What whoever leads a session made or may read of it; contracts are between organisations.
OPEN_TO_TRAINERS = frozenset({Nature.ISSUED, Nature.SIGNED, Nature.SHEET, Nature.CONNECTIONS, Nature.EVALUATION})
# What a trainer's file tells about one session; yearly interviews and training are about the person, not about it.
_OF_A_SESSION = (RecordKind.CV, RecordKind.DIPLOMA, RecordKind.QUALIFICATION)


class KeptFile(NamedTuple):
    """The stored file: what finds it, and what tells whether it is still the same."""

    pk: UUID
    name: str
    path: str
    size: int
    sha256: str
    crc32: int
    media_type: str


class Kept(NamedTuple):
    """One file. `about`: the session, course, trainer or subcontractor it speaks of, and only one of the four is named.

    `kind`: of the document issued or of the line of a trainer's file, empty for other natures. `whom`: the person or the company a
    document was issued for, empty when it is for all.
    """

    nature: Nature
    title: str
    whom: str
    dated_on: date | None
    valid_until: date | None
    file: KeptFile
    about: UUID
    session: tuple[str, str] | None = None  # reference, title of its course
    draft: bool = False
    course: str = ""
    trainer: str = ""
    subcontractor: str = ""
    kind: str = ""


class Chosen(NamedTuple):
    """Some files: of these natures; of documents issued and of trainers' files, of these kinds."""

    natures: frozenset[Nature]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which files: all of an organisation, those of one session, or the one behind a stored file."""

    organisation: Organisation
    until: date | None = None
    session: Session | None = None
    files: frozenset[UUID] | None = None
    drafts: bool = True
    chosen: Chosen | None = None

    def has(self, *natures: Nature) -> bool:
        """Whether files of one of these natures are wanted."""
        return self.chosen is None or not self.chosen.natures.isdisjoint(natures)

    def of_kinds(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Rows of the kinds wanted."""
        return rows if self.chosen is None else rows.filter(kind__in=self.chosen.kinds)

    def of_session(self, rows: QuerySet[Any], *, day: str, session: str = "session", file: str = "file") -> QuerySet[Any]:
        """Rows of the session wanted, or of all of them."""
        if self.session is not None:
            rows = rows.filter(**{session: self.session})
        if not self.drafts:
            rows = rows.exclude(**{f"{session}__state": SessionState.DRAFT})
        return self.narrowed(rows, day=day, file=file)

    def narrowed(self, rows: QuerySet[Any], *, day: str = "", file: str = "file") -> QuerySet[Any]:
        """Rows with a file, of the day wanted at the latest."""
        rows = rows.filter(**{f"{file}__isnull": False})
        if self.files is not None:
            rows = rows.filter(**{f"{file}__in": self.files})
        if self.until is not None and day:
            rows = rows.filter(**{f"{day}__lte": self.until})
        return rows.order_by("pk")


_FILE = KeptFile._fields


def _columns(file: str = "file") -> tuple[str, ...]:
    return tuple(f"{file}__{column}" for column in _FILE)


def kept_pieces(organisation: Organisation, *, until: date, chosen: Chosen | None = None) -> Iterator[Kept]:
    """Every file of the organisation, or those chosen, made by this day, in nine queries at most. Drafts are nobody's evidence."""
    yield from _found(_Wanted(organisation, until=until, drafts=False, chosen=chosen))


def count_kept(organisation: Organisation, *, until: date) -> Counter[tuple[Nature, str]]:
    """How many files `kept_pieces` would give, by nature and kind; nine queries, which bring no file."""
    wanted = _Wanted(organisation, until=until, drafts=False)
    found: Counter[tuple[Nature, str]] = Counter()
    for nature, _day, _file, issued in _issued_rows(wanted):
        for kind, number in issued.order_by().values_list("kind").annotate(number=Count("pk")):
            found[nature, kind] = number
    records = _trainer_record_rows(wanted).order_by().values_list("kind").annotate(number=Count("pk"))
    found.update({(Nature.TRAINER, kind): number for kind, number in records})
    others: dict[Nature, QuerySet[Any, Any]] = {
        Nature.SHEET: _sheet_rows(wanted).values("session", "file").distinct(),
        Nature.CONNECTIONS: _connection_rows(wanted),
        Nature.EVALUATION: _evaluation_rows(wanted),
        Nature.CLIENT_CONTRACT: _client_contract_rows(wanted),
        Nature.ACCREDITATION: _accreditation_rows(wanted),
        Nature.SUBCONTRACT: _subcontract_rows(wanted),
    }
    found.update({(nature, ""): rows.count() for nature, rows in others.items()})
    return +found


def pieces_of_session(session: Session, *, until: date) -> list[Kept]:
    """The files of one session, of its course's accreditation, its trainers' qualifications and its subcontract.

    Seven queries, and one for each of the two contracts that it has.
    """
    return list(_found(_Wanted(session.organisation, until=until, session=session)))


def kept_piece(organisation: Organisation, file: UUID) -> Kept | None:
    """What a stored file of the organisation is here; None for a file that no work left, or that no longer counts."""
    return next(_found(_Wanted(organisation, files=frozenset({file}))), None)


def kept_among(organisation: Organisation, files: Iterable[UUID]) -> dict[UUID, Kept]:
    """Stored file -> what it is here, for those that the work left; nine queries at most, none for no file."""
    wanted = frozenset(files)
    return {piece.file.pk: piece for piece in _found(_Wanted(organisation, files=wanted))} if wanted else {}


def opens_to_trainer(piece: Kept, organisation: Organisation, user: User) -> bool:
    """Whether an account that sees its own sessions alone may open a file: of a session it leads, or of its own file; one query."""
    if piece.session is not None:
        led = sessions_of(organisation, led_by=user).filter(pk=piece.about)
        return piece.nature in OPEN_TO_TRAINERS and led.exists()
    if piece.nature == Nature.TRAINER:
        own: bool = Trainer.objects.for_organisation(organisation).filter(pk=piece.about, user=user).exists()
        return own
    return False


def _found(wanted: _Wanted) -> Iterator[Kept]:
    sources = (
        (_issued, (Nature.ISSUED, Nature.SIGNED)),
        (_sheets, (Nature.SHEET,)),
        (_connections, (Nature.CONNECTIONS,)),
        (_evaluations, (Nature.EVALUATION,)),
        (_client_contracts, (Nature.CLIENT_CONTRACT,)),
        (_accreditations, (Nature.ACCREDITATION,)),
        (_trainer_records, (Nature.TRAINER,)),
        (_subcontracts, (Nature.SUBCONTRACT,)),
    )
    for source, natures in sources:
        if wanted.has(*natures):
            yield from source(wanted)


_ABOUT = ("session__pk", "session__reference", "session__course__title", "session__state")
_WHOM = ("enrolment__trainee__first_name", "enrolment__trainee__last_name", "company__name", "subcontractor__name")


def _issued_rows(wanted: _Wanted) -> Iterator[tuple[Nature, str, str, QuerySet[Issued]]]:
    """Documents issued, then their signed copies: the nature, the columns of the day and of the file, and the rows."""
    standing = wanted.of_kinds(Issued.objects.for_organisation(wanted.organisation).filter(cancelled_at__isnull=True))
    if wanted.files is None:
        # Nobody who was never trained is named as evidence; whoever works here finds their papers among those of the session.
        withdrawn = Enrolment.objects.filter(organisation=wanted.organisation, state=EnrolmentState.WITHDRAWN).order_by()
        standing = standing.filter(
            Q(enrolment__isnull=True) | (~Q(enrolment__in=withdrawn.values("pk")) & ~Q(session__state__in=CALLED_OFF))
        )
    for nature, day, file in ((Nature.ISSUED, "issued_on", "file"), (Nature.SIGNED, "signed_on", "signed_file")):
        yield nature, day, file, wanted.of_session(standing, day=day, file=file)


def _issued(wanted: _Wanted) -> Iterator[Kept]:
    kinds = {kind: str(label) for kind, label in DocumentKind.choices}
    for nature, day, file, rows in _issued_rows(wanted):
        for kind, number, on, first_name, last_name, company, subcontractor, *rest in rows.values_list(
            "kind", "number", day, *_WHOM, *_ABOUT, *_columns(file)
        ):
            title = _capital(f"{kinds[kind]} {number}")
            if nature == Nature.SIGNED:
                title = _("%(document)s, exemplaire signé") % {"document": title}
            whom = f"{first_name} {last_name}".strip() if last_name else company or subcontractor or ""
            yield _of_one_session(nature, title, on, rest, whom=whom, kind=kind)


def _sheet_rows(wanted: _Wanted) -> QuerySet[Mark]:
    return wanted.of_session(Mark.objects.for_organisation(wanted.organisation), day="half_day__day").order_by()


def _sheets(wanted: _Wanted) -> Iterator[Kept]:
    """A scanned sheet is the file of many lines of the register: it is one piece."""
    rows: Any = _sheet_rows(wanted).values_list(*_ABOUT, *_columns()).annotate(last_at=Max("created_at")).order_by("file__path")
    for *rest, last_at in rows:
        yield _of_one_session(Nature.SHEET, _("Feuille d’émargement numérisée"), as_date(last_at), rest)


def _connection_rows(wanted: _Wanted) -> QuerySet[ConnectionReport]:
    reports = ConnectionReport.objects.for_organisation(wanted.organisation)
    return wanted.of_session(reports, day="half_day__day", session="half_day__session")


def _connections(wanted: _Wanted) -> Iterator[Kept]:
    about = tuple(f"half_day__{column}" for column in _ABOUT)
    for tool, day, *rest in _connection_rows(wanted).values_list("tool", "half_day__day", *about, *_columns()):
        title = _("Relevé de connexion %(tool)s du %(day)s") % {"tool": tool, "day": short_date(day)}
        yield _of_one_session(Nature.CONNECTIONS, title, day, rest)


def _evaluation_rows(wanted: _Wanted) -> QuerySet[Evaluation]:
    return wanted.of_session(Evaluation.objects.for_organisation(wanted.organisation), day="held_on")


def _evaluations(wanted: _Wanted) -> Iterator[Kept]:
    for title, day, *rest in _evaluation_rows(wanted).values_list("title", "held_on", *_ABOUT, *_columns()):
        yield _of_one_session(Nature.EVALUATION, _("Évaluation : %(title)s") % {"title": title}, day, rest)


def _client_contract_rows(wanted: _Wanted) -> QuerySet[Session]:
    rows = wanted.narrowed(Session.objects.for_organisation(wanted.organisation), file="contract_file")
    if wanted.session is not None:
        rows = rows.filter(pk=wanted.session.pk)
    return rows if wanted.drafts else rows.exclude(state=SessionState.DRAFT)


def _client_contracts(wanted: _Wanted) -> Iterator[Kept]:
    if wanted.session is not None and wanted.session.contract_file_id is None:
        return
    about = ("pk", "reference", "course__title", "state")
    for whom, day, *rest in _client_contract_rows(wanted).values_list(
        "run_for", "contract_signed_on", *about, *_columns("contract_file")
    ):
        yield _of_one_session(Nature.CLIENT_CONTRACT, _("Contrat avec l’organisme client"), day, rest, whom=whom)


def _accreditation_rows(wanted: _Wanted) -> QuerySet[Accreditation]:
    rows = wanted.narrowed(Accreditation.objects.for_organisation(wanted.organisation), day="valid_from")
    return rows if wanted.session is None else rows.filter(course=wanted.session.course_id)


def _accreditations(wanted: _Wanted) -> Iterator[Kept]:
    for reference, start, end, about, course, *file in _accreditation_rows(wanted).values_list(
        "reference", "valid_from", "valid_until", "course__pk", "course__title", *_columns()
    ):
        title = _("Habilitation %(reference)s") % {"reference": reference}
        yield Kept(Nature.ACCREDITATION, title, "", start, end, KeptFile(*file), about, course=course)


def _trainer_record_rows(wanted: _Wanted) -> QuerySet[TrainerRecord]:
    """What a trainer sent and nobody looked at yet proves nothing."""
    rows = wanted.narrowed(TrainerRecord.objects.for_organisation(wanted.organisation)).filter(withdrawn_at__isnull=True)
    rows = wanted.of_kinds(rows.exclude(dropped=True, checked_at__isnull=True))
    if wanted.until is not None:
        rows = rows.filter(Q(dated_on__isnull=True) | Q(dated_on__lte=wanted.until))
    if wanted.session is not None:
        rows = rows.filter(trainer__sessions=wanted.session, kind__in=_OF_A_SESSION)
    return rows


def _trainer_records(wanted: _Wanted) -> Iterator[Kept]:
    kinds = {kind: str(label) for kind, label in RecordKind.choices}
    for kind, title, start, end, about, first_name, last_name, *file in _trainer_record_rows(wanted).values_list(
        "kind", "title", "dated_on", "valid_until", "trainer__pk", "trainer__first_name", "trainer__last_name", *_columns()
    ):
        name = f"{first_name} {last_name}".strip()
        yield Kept(
            Nature.TRAINER, _capital(f"{kinds[kind]}, {title}"), "", start, end, KeptFile(*file), about, trainer=name, kind=kind
        )


def _subcontract_rows(wanted: _Wanted) -> QuerySet[Subcontract]:
    rows = wanted.narrowed(Subcontract.objects.for_organisation(wanted.organisation), day="valid_from")
    return rows if wanted.session is None else rows.filter(sessions=wanted.session)


def _subcontracts(wanted: _Wanted) -> Iterator[Kept]:
    if wanted.session is not None and wanted.session.subcontract_id is None:
        return
    for reference, start, end, about, name, *file in _subcontract_rows(wanted).values_list(
        "reference", "signed_on", "valid_until", "subcontractor__pk", "subcontractor__name", *_columns()
    ):
        title = _("Contrat %(reference)s") % {"reference": reference}
        yield Kept(Nature.SUBCONTRACT, title, "", start, end, KeptFile(*file), about, subcontractor=name)


def _of_one_session(nature: Nature, title: str, day: date | None, rest: list[Any], *, whom: str = "", kind: str = "") -> Kept:
    """`rest`: the columns of `_ABOUT`, then those of the file."""
    about, reference, course, state, *file = rest
    draft = state == SessionState.DRAFT
    return Kept(nature, title, whom, day, None, KeptFile(*file), about, session=(reference, course), draft=draft, kind=kind)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
