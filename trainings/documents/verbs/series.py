"""Whole sessions in one go: by a person who follows the progress, or by the clock."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.accounts.models import User
from qualiopi.background.verbs import MOST_ATTEMPTS, DatabaseAway, Presence, SupersededError, at_work
from qualiopi.journal.verbs import record
from qualiopi.post.reports import MailReport, hindrance
from qualiopi.zones import on_days_of
from trainings.documents.models import Batch, DocumentKind, Issued
from trainings.documents.queries import Target, in_force, numbers_in_force, targets_of, unfinished_batches
from trainings.documents.verbs.issuing import IssueReport, issue
from trainings.documents.verbs.sending import send, send_by_kind
from trainings.sessions.models import Session, Step
from trainings.sessions.verbs import NotSendable

logger = logging.getLogger("temoin.documents")
# How many names a sentence carries before it says « et N autres ».
NAMED = 3
LONGEST = 250


def to_issue(session: Session, kind: str) -> list[Target]:
    """Whom a kind is for and who has none in force."""
    known = numbers_in_force(session, kind)
    return [target for target in targets_of(session, kind) if target.key not in known]


def ask_for_batch(*, session: Session, kind: str, send_too: bool, actor: User | None) -> Batch:
    """Note that a kind is wanted for everybody in a session who has none; the work is done by `run_batch`. Writes the journal.

    A series of the same kind that did not end is the one given back: asked for twice, or stopped with the machine, it goes on.
    """
    with transaction.atomic():
        Session.objects.select_for_update().values("pk").get(pk=session.pk)
        unfinished = Batch.objects.filter(session=session, kind=kind, finished_at__isnull=True).first()
        batch = unfinished or Batch(organisation=session.organisation, session=session, kind=DocumentKind(kind), asked_by=actor)
        batch.send = batch.send or send_too
        if unfinished is None:
            batch.total = len(to_issue(session, kind))
        batch.full_clean()
        batch.save()
        record(
            verb="batch.asked",
            actor=actor,
            organisation_id=session.organisation_id,
            target=batch,
            details={"kind": kind, "total": batch.total},
        )
    return batch


def run_batch(*, batch_id: UUID) -> Batch:
    """Issue what a series asks for, and send it when it says so; twice changes nothing: what is issued is left out.

    The row tells the progress and, by name, who was refused. While another live worker is at it, nothing is done; once it vanished,
    whoever comes goes on where it stopped. On a failure the row says so, what is done stays, and the exception goes on; a database
    that is away is no failure, the series is given back.
    """
    with at_work() as here:
        rows = unfinished_batches().filter(pk=batch_id)
        taken = here.take(rows)
        batch: Batch = Batch.objects.select_related("session__course", "session__organisation", "asked_by").get(pk=batch_id)
        if not taken:
            return batch
        try:
            if batch.attempts > MOST_ATTEMPTS:
                _stop(
                    batch, _("La série s’est interrompue plusieurs fois. Ce qui est émis est gardé : prévenez votre assistance.")
                )
            else:
                with on_days_of(batch.session.organisation):
                    _run(batch, here)
        except SupersededError:
            logger.warning("La série %s est faite par un autre processus.", batch_id)
        except DatabaseAway:
            here.leave(rows)
            raise
        except Exception:
            logger.exception("La série de documents %s s'est arrêtée.", batch_id)
            _stop(
                batch, _("La série s’est arrêtée avant la fin. Ce qui est émis est gardé : lancez-la de nouveau pour le reste.")
            )
            raise
    return batch


def _stop(batch: Batch, sentence: str) -> None:
    batch.refused = [*batch.refused, sentence]
    waiting = Batch.objects.filter(session_id=batch.session_id, send=True, leaving_at__isnull=True, finished_at__isnull=False)
    if batch.send and waiting.exists():
        batch.refused.append(_("Des documents émis attendaient ceux-ci pour partir ensemble : envoyez-les depuis leur page."))
    Batch.objects.filter(pk=batch.pk).update(refused=batch.refused, finished_at=timezone.now(), held_by=None)


def _run(batch: Batch, here: Presence) -> None:
    session, kind = batch.session, batch.kind
    rows = Batch.objects.filter(pk=batch.pk)
    targets = to_issue(session, kind)
    # What was issued before a stop counts in the progress.
    before = max(0, batch.total - len(targets)) if batch.attempts > 1 else 0

    def tell(issued: int, _refused: int) -> None:
        here.note(rows, done=before + issued)

    batch.total = before + len(targets)
    here.note(rows, total=batch.total)
    report = issue(session=session, kind=kind, targets=targets, actor=batch.asked_by, progress=tell)
    batch.done = before + len(report.issued)
    batch.refused = [str(refusal) for refusal in report.refused]
    outcome = {"total": batch.total, "done": batch.done, "refused": batch.refused}
    if batch.send:
        together = _together(batch, here, outcome)
        if not together:
            return
        batch.refused += _sent(batch, together, here)
    batch.finished_at, batch.held_by = timezone.now(), None
    here.note(rows, **outcome, finished_at=batch.finished_at, held_by=None)


def _together(batch: Batch, here: Presence, outcome: dict[str, Any]) -> list[Batch]:
    """The series whose documents leave now, in one message a person: this one, and those of the session that waited for it.

    None while another one is still at work: it is the last one that sends, and this one ends here, under the same lock.
    """
    of_session = Batch.objects.filter(session_id=batch.session_id, send=True)
    with transaction.atomic():
        Session.objects.select_for_update().values("pk").get(pk=batch.session_id)
        if batch.leaving_at is None:
            waiting = of_session.filter(leaving_at__isnull=True).exclude(pk=batch.pk)
            if waiting.filter(finished_at__isnull=True).exists():
                here.note(Batch.objects.filter(pk=batch.pk), **outcome, finished_at=timezone.now(), held_by=None)
                return []
            batch.leaving_at = timezone.now()
            of_session.filter(leaving_at__isnull=True).update(leaving_at=batch.leaving_at)
        return list(of_session.filter(leaving_at=batch.leaving_at))


def _sent(batch: Batch, together: list[Batch], here: Presence) -> list[str]:
    """Send what these series issued, before a stop or after it, but for what has left; say for whom nothing could leave."""
    documents: list[Issued] = []
    for each in together:
        documents += in_force(each.session, each.kind).filter(created_at__gte=each.created_at).select_related("organisation")

    def still_here() -> None:
        # Whoever was taken over sends nothing more.
        here.note(Batch.objects.filter(pk=batch.pk), done=batch.done)

    return _mail_problems(send(documents=documents, actor=batch.asked_by, before_each=still_here))


def _mail_problems(mail: MailReport) -> list[str]:
    problems = [_("%(name)s : aucune adresse e-mail.") % {"name": name} for name in mail.without_address]
    if hindrance(mail):
        return [*problems, hindrance(mail)]
    return problems + [_("%(email)s : le message n’est pas parti.") % {"email": email} for email in mail.failed]


def send_steps(*, steps: Sequence[Step], now: datetime) -> dict[Step, str | Exception]:
    """Do what steps « document:<kind> » of one session say: issue to everybody concerned what is not issued yet, then send what was
    not sent, one message a person.

    Gives for each step a French sentence of what was done, or what held it back: NotSendable, naming who, when something is missing
    for somebody (what could be done is done, what remains is tried again); whatever breaks in one step stops no other one. Writes the
    journal.
    """
    outcomes: dict[Step, str | Exception] = {}
    reports: dict[Step, IssueReport] = {}
    documents: list[Issued] = []
    for step in steps:
        try:
            reports[step], ready = _issued(step, now)
        except Exception as error:
            outcomes[step] = error
        else:
            documents += ready
    mail = send_by_kind(documents=documents, actor=None)
    for step, report in reports.items():
        outcomes[step] = _outcome(report, mail.get(_kind_of(step), MailReport()))
    return outcomes


def _kind_of(step: Step) -> str:
    return step.key.partition(":")[2]


def _issued(step: Step, now: datetime) -> tuple[IssueReport, list[Issued]]:
    """What a step issued, and all that is in force of its kind. Raises NotSendable when it concerns nobody."""
    kind = _kind_of(step)
    if kind not in DocumentKind.values:
        raise NotSendable(_("Cette étape ne nomme aucun document connu."))
    session: Session = Session.objects.select_related("course", "organisation", "given_to", "subcontract", "programme").get(
        pk=step.session_id
    )
    if not targets_of(session, kind):
        raise NotSendable(_("Personne n’est encore concerné par ce document."))
    report = issue(session=session, kind=kind, targets=to_issue(session, kind), actor=None, issued_on=timezone.localdate(now))
    return report, list(in_force(session, kind).select_related("organisation"))


def _outcome(report: IssueReport, mail: MailReport) -> str | NotSendable:
    problems = [str(refusal) for refusal in report.refused] + _mail_problems(mail)
    if problems:
        return NotSendable(_told(problems))
    done = []
    if report.issued:
        done.append(ngettext("%(n)s document émis", "%(n)s documents émis", len(report.issued)) % {"n": len(report.issued)})
    if mail.sent:
        done.append(ngettext("%(n)s envoi parti", "%(n)s envois partis", mail.sent) % {"n": mail.sent})
    return f"{', '.join(done)}." if done else _("Tout était déjà émis et envoyé.")


def _told(problems: list[str]) -> str:
    """The first problems, and how many others, within what a step keeps."""
    more = len(problems) - NAMED
    others = " " + ngettext("Et %(n)s autre.", "Et %(n)s autres.", more) % {"n": more} if more > 0 else ""
    told = " ".join(problems[:NAMED])
    room = LONGEST - len(others)
    return (told if len(told) <= room else told[: room - 1].rstrip() + "…") + others
