"""Personal links to the questions asked before the start: sent by hand or by the clock, at most one message a week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.post.reports import MailReport, hindrance, named, told
from qualiopi.post.rounds import send_all
from trainings.learning.emails import WORDS, IntakeLink
from trainings.learning.models import IntakeKind
from trainings.learning.queries.intake import NOTHING_TO_ASK, Before, before_of
from trainings.sessions.models import EnrolmentState, LinkPurpose, Session, Step
from trainings.sessions.verbs import NotSendable, personal_links

# A message a week at most to the same person: own practice, as for surveys.
BETWEEN_MESSAGES = timedelta(days=7)


def send_links(
    *, session: Session, site: str, actor: User | None, now: datetime, kinds: Iterable[str] = tuple(IntakeKind.values)
) -> MailReport:
    """Send their personal link to the people of a session who have not answered one of these `kinds`.

    A first message, or a reminder to those already written to; nobody gets two in a week. `site`: where the product is reached. Raises
    ValidationError when the session is a draft, closed, cancelled or postponed, or when its links would have expired. Side effects:
    e-mails, stamped only once they left; writes the journal.
    """
    wanted = set(kinds)
    today = timezone.localdate(now)
    if session.state in NOTHING_TO_ASK:
        raise ValidationError(
            _("La session %(reference)s est au stade « %(state)s » : il n’y a rien à demander avant elle.")
            % {"reference": session.reference, "state": session.get_state_display()}
        )
    lines = [
        line
        for line in before_of(session)
        if line.enrolment.state == EnrolmentState.ENROLLED and wanted.intersection(line.missing)
    ]
    report = MailReport(without_address=[str(line.enrolment.trainee) for line in lines if not line.enrolment.trainee.email])
    reachable = [line for line in lines if line.enrolment.trainee.email]
    due = [line for line in reachable if _is_due(line, now)]
    report.too_recent = len(reachable) - len(due)
    given = personal_links(session=session, enrolments=[line.enrolment for line in due], purpose=LinkPurpose.INTAKE, today=today)
    if any(link.link.expires_on < today for link in given.values()):
        raise ValidationError(_("Les liens de cette session ont expiré : personne ne pourrait plus répondre."))
    messages = (IntakeLink(session=session, given=one, kinds=wanted, site=site) for one in given.values())
    send_all(messages, report=report, now=now)
    if report.sent or report.failed:
        record(
            verb="intake.sent",
            actor=actor,
            organisation_id=session.organisation_id,
            target=session,
            details={"sent": report.sent, "failed": len(report.failed)},
        )
    return report


def _is_due(line: Before, now: datetime) -> bool:
    return line.last_message is None or line.last_message <= now - BETWEEN_MESSAGES


def send_step(*, step: Step, now: datetime) -> str:
    """Do what the clock found due: « intake:needs » or « intake:positioning ». A French sentence of what was done.

    Raises NotSendable (a French sentence) when something is missing; the clock keeps it and tries again.
    """
    kind = step.key.partition(":")[2]
    if kind not in IntakeKind.values:
        raise NotSendable(_("Cette étape ne dit pas quoi demander : faites-la à la main, puis cochez-la."))
    session = step.session
    try:
        report = send_links(session=session, site=settings.SITE_URL, actor=None, now=now, kinds=[kind])
    except ValidationError as error:
        raise NotSendable(" ".join(error.messages)) from error
    if not session.enrolments.filter(state=EnrolmentState.ENROLLED).exists():
        raise NotSendable(_("Personne n’est encore inscrit : inscrivez les stagiaires, l’envoi suivra."))
    if report.printed:
        raise NotSendable(hindrance(report))
    if report.sent == 0 and report.failed:
        raise NotSendable(
            _(
                "Aucun message n’est parti : le serveur de messagerie ne répond pas, ou les a refusés. L’envoi sera tenté de nouveau."
            )
        )
    if report.sent == 0 and report.without_address and not report.too_recent:
        names = named(report.without_address, 3)
        raise NotSendable(_("Aucune adresse e-mail pour %(names)s : ajoutez-la, ou faites un entretien.") % {"names": names})
    return sentence_of(report)


def sentence_of(report: MailReport) -> str:
    """What a sending did, in one French sentence or two."""
    return " ".join(sentence for _level, sentence in told(report, WORDS))
