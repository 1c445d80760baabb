"""Issuing documents: checked, numbered, printed, frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.kinds import PDF
from qualiopi.files.models import StoredFile
from qualiopi.files.verbs import all_or_nothing, receive
from qualiopi.journal.verbs import Noted, record_each
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import long_date
from qualiopi.web.pdf import write_pdfs
from trainings.documents.models import DocumentKind, Issued, Style
from trainings.documents.printing import Look, blocks_of, document_html, look_of
from trainings.documents.queries import Draft, Target, current_wording, drafts_of, numbers_in_force, style_of
from trainings.documents.sheet import sheet_table
from trainings.documents.verbs.numbering import release_numbers, reserve_numbers, reserved_numbers
from trainings.documents.wording import FillingError, concluded_too_late, fill, missing_statements
from trainings.sessions.models import Session

# Rows written in one transaction: progress moves often enough, and nobody waits long for the lock.
AT_ONCE = 10
Progress = Callable[[int, int], None]
Item = TypeVar("Item")


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
    kept with their digest; rows and journal lines come by small transactions of as many queries whatever they hold, so that a stop
    leaves whole documents only; whoever goes on prints the numbers that were waiting. `issued_on`: today unless said.
    `progress(issued, refused)` is called as it goes. Raises ValidationError when a target belongs to another session.
    """
    if any(target.session.pk != session.pk for target in targets):
        raise ValidationError(_("Ce document n’est pas celui de cette session."))
    day = issued_on or timezone.localdate()
    number, body = current_wording(session.organisation, kind)
    style = style_of(session.organisation)
    report = IssueReport()
    known = numbers_in_force(session, kind)
    wanted = []
    for target in targets:
        if target.key in known:
            sentence = _("déjà émis sous le numéro %(number)s ; annulez-le pour l’émettre de nouveau.")
            report.refused.append(Refusal(target.label, [sentence % {"number": known[target.key]}]))
        else:
            wanted.append(target)
    drafts = _sound(session, kind, wanted, body, day, report, style=style)
    look = look_of(session.organisation, style)
    numbers = reserve_numbers(session=session, kind=kind, year=day.year, targets=[draft.target for draft in drafts])
    ready = [_Ready(draft, taken) for draft, taken in zip(drafts, numbers, strict=True)]
    printed = zip(ready, write_pdfs(_pages(kind, ready, body, look)), strict=True)
    for group in batched(printed, AT_ONCE):
        report.issued += _keep(session, kind, group, template=number, day=day, actor=actor, report=report)
        if progress is not None:
            progress(len(report.issued), len(report.refused))
    return report


def _sound(
    session: Session, kind: str, targets: list[Target], body: str, day: date, report: IssueReport, *, style: Style | None
) -> list[Draft]:
    """The drafts that say all they have to, while it is time; the others go to the refused."""
    drafts: list[Draft] = []
    late = concluded_too_late(session.starts_on, day) if kind == DocumentKind.CONTRACT else ""
    if late:
        report.refused += [Refusal(target.label, [late]) for target in targets]
        return drafts
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
    """Freeze some files with their rows, in seven queries; leave out those that somebody else issued meanwhile."""
    kept: list[Issued] = []
    told: list[Noted] = []
    with all_or_nothing():
        files = [_received(session.organisation, ready, kind, content, actor) for ready, content in printed]
        with transaction.atomic():
            # Whoever issues for this session waits here: what they issued is then seen below.
            Session.objects.select_for_update().values("pk").get(pk=session.pk)
            known = numbers_in_force(session, kind)
            waiting = reserved_numbers(session=session, kind=kind, year=day.year)
            for (ready, _content), file in zip(printed, files, strict=True):
                target = ready.draft.target
                if target.key in known or waiting.get(target.key) != ready.number:
                    report.refused.append(Refusal(target.label, [_("émis par quelqu’un d’autre au même instant.")]))
                    continue
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
                kept.append(issued)
                details = {"kind": kind, "session": session.reference, "for": target.label, "sha256": file.sha256}
                told.append(Noted(issued, details))
            StoredFile.objects.bulk_create([issued.file for issued in kept])
            Issued.objects.bulk_create(kept)
            release_numbers(organisation=session.organisation, numbers=[issued.number for issued in kept])
            record_each(verb="issued.created", actor=actor, organisation_id=session.organisation_id, subjects=told)
    return kept


def _received(organisation: Organisation, ready: _Ready, kind: str, content: bytes, actor: User | None) -> StoredFile:
    name = f"{_title(kind, ready)}.pdf"
    return receive(organisation=organisation, upload=ContentFile(content, name), actor=actor, allowed=frozenset({PDF}))


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of so many items, the last one of what is left."""
    waiting = iter(items)
    while group := list(islice(waiting, size)):
        yield group
