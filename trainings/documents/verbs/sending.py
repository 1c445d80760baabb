"""Sending documents by e-mail, with a link each; noting that they were opened."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.links import LinkRefusedError, fingerprint
from qualiopi.post.reports import MailReport
from qualiopi.post.rounds import send_all
from trainings.documents.emails import DocumentLinks
from trainings.documents.links import sending_token
from trainings.documents.models import DocumentKind, Issued, Sending
from trainings.documents.queries import issued_of, sending_behind
from trainings.documents.wording import Recipients, facts_of
from trainings.people.models import Trainee
from trainings.sessions.models import EnrolmentState, Session

# The same button pressed twice is one wish.
SAME_CLICK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Addressee:
    label: str
    email: str
    trainee: Trainee | None = None


def send(
    *, documents: Sequence[Issued], actor: User | None, again: bool = False, before_each: Callable[[], None] | None = None
) -> MailReport:
    """Send documents of one session to whom each is for, with a personal link; a document for the whole session goes to everybody.

    All that is for one person leaves in one message; the report counts messages. Without `again`, whoever was sent a document is left
    out; with it, whoever was sent it within the minute. What did not leave before leaves now, by the same link. Cancelled documents do
    not leave. `before_each`: called before each message; what it raises stops the sending. Side effects: one sending for each document
    and person, stamped only once it left, one e-mail for each person; writes the journal, one line per document.
    """
    report, _by_kind = _send(documents, actor=actor, again=again, before_each=before_each)
    return report


def send_by_kind(*, documents: Sequence[Issued], actor: User | None) -> dict[str, MailReport]:
    """The same, with a report for each kind of document: who got it, or did not, whatever was in the same message."""
    _report, by_kind = _send(documents, actor=actor)
    return by_kind


def _send(
    documents: Sequence[Issued], *, actor: User | None, again: bool = False, before_each: Callable[[], None] | None = None
) -> tuple[MailReport, dict[str, MailReport]]:
    report, by_kind = MailReport(), {document.kind: MailReport() for document in documents}
    if not documents:
        return report, by_kind
    pks = [document.pk for document in documents]
    to_send: list[Sending] = []
    with transaction.atomic():
        # Two people who send at once: the second waits, then finds the same sendings, and each leaves once.
        list(Issued.objects.filter(pk__in=pks).select_for_update().order_by("pk").values_list("pk"))
        found = list(issued_of(documents[0].organisation).filter(pk__in=pks, cancelled_at__isnull=True).order_by("number"))
        everybody = _enrolled({document.session_id: document.session for document in found if _for_session(document)})
        for document in found:
            addressees = everybody.get(document.session_id, [])
            to_send += _prepared(document, addressees, by_kind[document.kind], again=again)
        _keep(to_send)
    report.already = sum(each.already for each in by_kind.values())
    report.without_address = list(dict.fromkeys(name for each in by_kind.values() for name in each.without_address))
    if to_send:
        _leave(to_send, report, actor=actor, before_each=before_each)
    for sending in to_send:
        _note(sending, by_kind[sending.document.kind], report)
    return report, by_kind


def _keep(to_send: Sequence[Sending]) -> None:
    """Write the rows of what is to leave; those of a try before get the days of a new one."""
    Sending.objects.bulk_create([each for each in to_send if each._state.adding])
    Sending.objects.bulk_update([each for each in to_send if not each._state.adding], ["token_hash", "expires_on", "problem"])


def _note(sending: Sending, of_kind: MailReport, report: MailReport) -> None:
    """What became of one document for one person."""
    name = str(sending.trainee or sending.email)
    if sending.sent_at is not None:
        of_kind.written.append(name)
    elif sending.email in report.failed:
        of_kind.failed.append(sending.email)
        of_kind.unreachable, of_kind.printed = report.unreachable, report.printed
    else:
        of_kind.taken.append(name)


def _for_session(document: Issued) -> bool:
    return facts_of(document.kind).recipients is Recipients.SESSION


def _enrolled(sessions: dict[uuid.UUID, Session]) -> dict[uuid.UUID, list[_Addressee]]:
    return {
        pk: [
            _Addressee(str(each.trainee), each.trainee.email, each.trainee)
            for each in session.enrolments.filter(state=EnrolmentState.ENROLLED).select_related("trainee")
        ]
        for pk, session in sessions.items()
    }


def _addressees(document: Issued, everybody: list[_Addressee]) -> list[_Addressee]:
    if document.kind == DocumentKind.ATTENDANCE_SHEET:
        return []
    if document.enrolment is not None:
        trainee = document.enrolment.trainee
        return [_Addressee(str(trainee), trainee.email, trainee)]
    party = document.company or document.subcontractor
    return [_Addressee(party.name, party.email)] if party is not None else everybody


def _prepared(document: Issued, everybody: list[_Addressee], report: MailReport, *, again: bool) -> list[Sending]:
    """Rows of what is to leave for one document; that of a try that failed serves again."""
    since = timezone.now() - SAME_CLICK
    had: set[str] = set()
    tried: dict[str, Sending] = {}
    for sending in document.sendings.all():
        if sending.sent_at is None:
            tried[sending.email] = sending
        elif not again or sending.sent_at > since:
            had.add(sending.email)
    prepared = []
    for addressee in _addressees(document, everybody):
        if not addressee.email:
            report.without_address.append(addressee.label)
        elif addressee.email in had:
            report.already += 1
        else:
            had.add(addressee.email)
            sending = tried.get(addressee.email) or Sending(
                pk=uuid.uuid4(), organisation=document.organisation, trainee=addressee.trainee, email=addressee.email
            )
            sending.document, sending.problem = document, ""
            sending.token_hash = fingerprint(sending_token(sending.pk))
            sending.expires_on = timezone.localdate() + timedelta(days=settings.DOCUMENT_LINK_DAYS)
            prepared.append(sending)
    return prepared


def _leave(to_send: list[Sending], report: MailReport, *, actor: User | None, before_each: Callable[[], None] | None) -> None:
    """Send what was prepared, one message a person; what does not leave says why and can be sent again. The journal tells what left,
    whatever breaks."""
    together: dict[tuple[str, uuid.UUID | None], list[Sending]] = {}
    for sending in to_send:
        together.setdefault((sending.email, sending.trainee_id), []).append(sending)

    def messages() -> Iterator[DocumentLinks]:
        for sendings in together.values():
            if before_each is not None:
                before_each()
            yield DocumentLinks(sendings=sendings, site=settings.SITE_URL)

    try:
        send_all(messages(), report=report)
    finally:
        left: dict[uuid.UUID, list[Sending]] = {}
        for sending in to_send:
            if sending.sent_at is not None:
                left.setdefault(sending.document_id, []).append(sending)
        _record_sent(left, actor=actor)


def _record_sent(left: Mapping[uuid.UUID, list[Sending]], *, actor: User | None) -> None:
    with transaction.atomic():
        for sendings in left.values():
            document, emails = sendings[0].document, [sending.email for sending in sendings]
            record(
                verb="issued.sent",
                actor=actor,
                organisation_id=document.organisation_id,
                target=document,
                details={"to": emails[:20], "count": len(emails)},
            )


def open_received(*, token: str, today: date | None = None) -> Sending:
    """The document behind a link, noted as opened the first time. Raises LinkRefusedError for a link that gives nothing.

    Writes the journal at the first opening: « opened » is what indicator 9 asks to show.
    """
    found = sending_behind(token, today=today or timezone.localdate())
    if found is None or not found.is_open:
        raise LinkRefusedError(found.state if found else None)
    sending = found.row
    with transaction.atomic():
        first = Sending.objects.filter(pk=sending.pk, opened_at__isnull=True).update(opened_at=timezone.now())
        if first:
            record(
                verb="issued.opened",
                actor=None,
                organisation_id=sending.organisation_id,
                target=sending.document,
                details={"by": sending.email},
            )
    return sending


def check_sendable(document: Issued) -> None:
    """Raise ValidationError when a document goes to nobody by e-mail."""
    if document.cancelled_at is not None:
        raise ValidationError(_("Ce document est annulé : émettez-le de nouveau, puis envoyez le nouveau."))
    if document.kind == DocumentKind.ATTENDANCE_SHEET:
        raise ValidationError(_("La feuille d’émargement ne s’envoie pas : téléchargez-la."))
