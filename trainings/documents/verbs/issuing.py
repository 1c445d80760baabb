"""Issuing documents: checked, numbered, printed, frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.kinds import PDF
from qualiopi.files.models import StoredFile
from qualiopi.files.verbs import all_or_nothing, receive
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import long_date
from qualiopi.web.pdf_pool import write_pdfs
from trainings.documents.models import Counter, DocumentKind, Issued, Style
from trainings.documents.printing import Look, blocks_of, document_html, look_of
from trainings.documents.queries import Draft, Target, current_wording, drafts_of, in_force, key_of, style_of
from trainings.documents.sheet import sheet_table
from trainings.documents.wording import FillingError, facts_of, fill, missing_statements
from trainings.sessions.models import Session

# Rows written in one transaction: progress moves often enough, and nobody waits long for the lock.
AT_ONCE = 10
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody whose document could not be issued, and one sentence per reason."""

    label: str
    sentences: list[str]

    def __str__(self) -> str:
        return f"{self.label} : {' '.join(self.sentences)}"


@dataclass(slots=True)
class IssueReport:
    """What an issue gave: the documents in the order of their targets, and who was refused."""

    issued: list[Issued] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Ready:
    draft: Draft
    number: str


def issue(
    *,
    session: Session,
    kind: str,
    targets: Sequence[Target],
    actor: User | None,
    issued_on: date | None = None,
    progress: Progress | None = None,
) -> IssueReport:
    """Issue a document of this kind to each target that has none in force, and say why not for the others.

    Mandatory statements are looked for in each document before it gets a number. Files are written as PDF/UA on every processor,
    kept with their digest; rows and journal lines come by small transactions, so that a stop leaves whole documents only (numbers
    taken for the rest are not given again). `issued_on`: today in Paris unless said. `progress(issued, refused)` is called as it
    goes. Raises ValidationError when a target belongs to another session.
    """
    if any(target.session.pk != session.pk for target in targets):
        raise ValidationError(_("Ce document n’est pas celui de cette session."))
    day = issued_on or timezone.localdate()
    number, body = current_wording(session.organisation, kind)
    style = style_of(session.organisation)
    report = IssueReport()
    known = {key_of(issued): issued.number for issued in in_force(session, kind)}
    wanted = []
    for target in targets:
        if target.key in known:
            sentence = _("déjà émis sous le numéro %(number)s ; annulez-le pour l’émettre de nouveau.")
            report.refused.append(Refusal(target.label, [sentence % {"number": known[target.key]}]))
        else:
            wanted.append(target)
    drafts = _sound(session, kind, wanted, body, day, report, style=style)
    look = look_of(session.organisation, style)
    taken = take_numbers(organisation=session.organisation, kind=kind, year=day.year, count=len(drafts))
    ready = [_Ready(draft, taken[place]) for place, draft in enumerate(drafts)]
    printed = zip(ready, write_pdfs(_pages(kind, ready, body, look)), strict=True)
    for group in _by(printed, AT_ONCE):
        report.issued += _keep(session, kind, group, template=number, day=day, actor=actor, report=report)
        if progress is not None:
            progress(len(report.issued), len(report.refused))
    return report


def _sound(
    session: Session, kind: str, targets: list[Target], body: str, day: date, report: IssueReport, *, style: Style | None
) -> list[Draft]:
    """The drafts that say all they have to; the others go to the refused."""
    drafts = []
    for draft in drafts_of(session, kind, targets, style=style):
        draft.context["document"]["date"] = long_date(day)
        try:
            filled = fill(body, kind, draft.context, _blocks(kind, draft))
        except FillingError as error:
            report.refused.append(Refusal(draft.target.label, [str(error)]))
            continue
        missing = missing_statements(kind, draft.context, body, filled)
        if missing:
            report.refused.append(Refusal(draft.target.label, [str(each) for each in missing]))
        else:
            drafts.append(draft)
    return drafts


def _pages(kind: str, ready: Sequence[_Ready], body: str, look: Look) -> Iterator[str]:
    for each in ready:
        each.draft.context["document"]["numero"] = each.number
        filled = fill(body, kind, each.draft.context, _blocks(kind, each.draft))
        title = _title(kind, each)
        yield document_html(kind=kind, number=each.number, title=title, filled=filled, look=look)


def _blocks(kind: str, draft: Draft) -> dict[str, str]:
    return blocks_of(kind, draft.context, table=sheet_table(draft.register) if draft.register else "")


def _title(kind: str, ready: _Ready) -> str:
    label = str(DocumentKind(kind).label)
    return f"{label[:1].upper()}{label[1:]} {ready.number}, {ready.draft.target.label}"


def take_numbers(*, organisation: Organisation, kind: str, year: int, count: int) -> list[str]:
    """The next numbers of a kind in a year: « CR-2026-0042 ». Each is given once, even to two who ask at once.

    What is taken and not used stays unused: a gap tells nothing wrong, a number on two documents would.
    """
    if not count:
        return []
    with transaction.atomic():
        Counter.objects.get_or_create(organisation=organisation, kind=kind, year=year)
        counter = Counter.objects.select_for_update().get(organisation=organisation, kind=kind, year=year)
        first = counter.last + 1
        counter.last += count
        counter.save(update_fields=["last"])
    prefix = facts_of(kind).prefix
    return [f"{prefix}-{year}-{number:04d}" for number in range(first, first + count)]


def _keep(
    session: Session,
    kind: str,
    printed: list[tuple[_Ready, bytes]],
    *,
    template: int,
    day: date,
    actor: User | None,
    report: IssueReport,
) -> list[Issued]:
    """Freeze some files with their rows; leave out those that somebody else issued meanwhile."""
    kept = []
    with all_or_nothing():
        files = [_received(session.organisation, ready, kind, content, actor) for ready, content in printed]
        with transaction.atomic():
            # Whoever issues for this session waits here: what they issued is then seen below.
            Session.objects.select_for_update().get(pk=session.pk)
            known = {key_of(issued) for issued in in_force(session, kind)}
            for (ready, _content), file in zip(printed, files, strict=True):
                target = ready.draft.target
                if target.key in known:
                    report.refused.append(Refusal(target.label, [_("émis par quelqu’un d’autre au même instant.")]))
                    continue
                file.save()
                issued = Issued(
                    organisation=session.organisation,
                    kind=kind,
                    number=ready.number,
                    session=session,
                    enrolment=target.enrolment,
                    company=target.company,
                    subcontractor=target.subcontractor,
                    file=file,
                    template_number=template,
                    issued_on=day,
                    issued_by=actor,
                )
                issued.save()
                record(
                    verb="issued.created",
                    actor=actor,
                    organisation_id=session.organisation_id,
                    target=issued,
                    details={"kind": kind, "session": session.reference, "for": target.label, "sha256": file.sha256},
                )
                kept.append(issued)
    return kept


def _received(organisation: Organisation, ready: _Ready, kind: str, content: bytes, actor: User | None) -> StoredFile:
    name = f"{_title(kind, ready)}.pdf"
    return receive(organisation=organisation, upload=ContentFile(content, name), actor=actor, allowed=frozenset({PDF}))


def _by(items: Iterator[tuple[_Ready, bytes]], size: int) -> Iterator[list[tuple[_Ready, bytes]]]:
    while group := list(islice(items, size)):
        yield group
