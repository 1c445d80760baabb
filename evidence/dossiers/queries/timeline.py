"""Who did what when, in the order of time: one line per act, acts of many people on one day counted on one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.library.models import ReviewState, Version
from qualiopi.web.dates import short_date
from trainings.attendance.models import ConnectionReport, FollowUp, FollowUpSubject, Mark, MarkKind
from trainings.documents.models import DocumentKind, Issued, Sending
from trainings.learning.models import (
    Evaluation,
    ExamResult,
    Intake,
    IntakeDecision,
    IntakeKind,
    ObjectiveResult,
    SessionNeed,
)
from trainings.sessions.models import (
    DayPart,
    Enrolment,
    EnrolmentState,
    PastDeparture,
    Session,
    SessionChange,
    SessionState,
    Step,
)
from trainings.surveys.models import Campaign, Invitation, Response
from trainings.surveys.questionnaire import shipped


@dataclass(frozen=True, slots=True)
class Event:
    """One line. `day` and `at`: Europe/Paris; `at`: when the hour is known; `who`: empty when it happened by itself or is counted."""

    day: date
    what: str
    who: str = ""
    detail: str = ""
    at: time | None = None


def events_of(session: Session) -> list[Event]:
    """Everything recorded about a session, oldest first. Nineteen queries whatever the number of people."""
    found = [
        *_changes(session),
        *_steps(session),
        *_before(session),
        *_departures(session),
        *_attendance(session),
        *_learning(session),
        *_documents(session),
        *_surveys(session),
        *_filed(session),
    ]
    return sorted(found, key=lambda event: (event.day, event.at or time.max))


def _told(moment: datetime, what: str, person: Any, detail: str = "") -> Event:
    """An act of one person, at its hour."""
    local = timezone.localtime(moment)
    return Event(local.date(), what, str(person) if person is not None else "", detail, local.time())


def _per_day(rows: QuerySet[Any], moment: str, *keys: str) -> QuerySet[Any]:
    """Rows counted by day (Europe/Paris) and by these columns."""
    counted: QuerySet[Any] = (
        rows.annotate(day=TruncDate(moment)).values_list("day", *keys).annotate(n=Count("pk")).order_by("day", *keys)
    )
    return counted


def _changes(session: Session) -> Iterator[Event]:
    yield _told(session.created_at, _("Session créée"), None)
    for row in SessionChange.objects.filter(session=session).select_related("made_by").order_by("created_at"):
        moved = row.from_starts_on != row.to_starts_on or row.from_ends_on != row.to_ends_on
        what = _("Dates déplacées") if moved else _("Session %(state)s") % {"state": SessionState(row.to_state).label}
        yield _told(row.created_at, what, row.made_by, row.reason)


def _steps(session: Session) -> Iterator[Event]:
    rows = Step.objects.filter(session=session, done_at__isnull=False, automatic=False).select_related("done_by")
    for row in rows.order_by("done_at"):
        if row.done_at is None:
            continue
        yield _told(row.done_at, row.label, row.done_by, row.skipped_reason)


def _before(session: Session) -> Iterator[Event]:
    rows = Intake.objects.filter(enrolment__session=session).values_list("answered_on", "kind").annotate(n=Count("pk"))
    for day, kind, n in rows.order_by("answered_on", "kind"):
        if kind == IntakeKind.NEEDS:
            what = ngettext("%(n)s personne dit ses besoins", "%(n)s personnes disent leurs besoins", n)
        else:
            what = ngettext("%(n)s personne se positionne", "%(n)s personnes se positionnent", n)
        yield Event(day, what % {"n": n})
    decided = Intake.objects.filter(enrolment__session=session, concluded_on__isnull=False).values_list(
        "concluded_on", "decision"
    )
    decisions = dict(IntakeDecision.choices)
    for day, decision, n in decided.annotate(n=Count("enrolment", distinct=True)).order_by("concluded_on", "decision"):
        what = ngettext(
            "D’après ses réponses, pour %(n)s personne : %(what)s", "D’après leurs réponses, pour %(n)s personnes : %(what)s", n
        )
        yield Event(day, what % {"n": n, "what": decisions[decision]})
    for need in SessionNeed.objects.filter(session=session).select_related("recorded_by", "company").order_by("recorded_on"):
        what = _("Besoin recueilli : %(who)s") % {"who": need.company or _("le groupe")}
        yield Event(need.recorded_on, what, str(need.recorded_by or ""), need.conclusion)


def _departures(session: Session) -> Iterator[Event]:
    """Who left, counted; who came back after leaving."""
    states = dict(EnrolmentState.choices)
    gone = (
        Enrolment.objects.filter(session=session, ended_on__isnull=False).values_list("ended_on", "state").annotate(n=Count("pk"))
    )
    back = PastDeparture.objects.filter(enrolment__session=session).values_list("left_on", "came_back_on", "state")
    for day, state, n in gone.order_by("ended_on", "state"):
        what = ngettext("%(n)s départ : %(what)s", "%(n)s départs : %(what)s", n)
        yield Event(day, what % {"n": n, "what": states[state]})
    for left_on, came_back_on, state in back.order_by("left_on", "came_back_on"):
        yield Event(left_on, _("Départ : %(what)s") % {"what": states[state]})
        yield Event(came_back_on, _("Retour d’une personne partie le %(day)s") % {"day": short_date(left_on)})


def _attendance(session: Session) -> Iterator[Event]:
    standing = Mark.objects.filter(session=session, superseded_by__isnull=True)
    signed = standing.filter(kind=MarkKind.PRESENT).values_list("half_day__day", "half_day__part", "half_day__starts_at")
    parts = dict(DayPart.choices)
    for day, part, start, n in signed.annotate(n=Count("pk")).order_by("half_day__day", "half_day__starts_at"):
        what = ngettext("%(n)s présence signée, %(part)s", "%(n)s présences signées, %(part)s", n)
        yield Event(day, what % {"n": n, "part": parts[part]}, at=start)
    countersigned = standing.filter(kind=MarkKind.COUNTERSIGNED).select_related("half_day", "trainer").order_by("number")
    for mark in countersigned:
        what = _("Demi-journée contresignée, %(part)s") % {"part": parts[mark.half_day.part]}
        on_the_day = timezone.localdate(mark.signed_at) == mark.half_day.day
        late = "" if on_the_day else _("pour le %(day)s") % {"day": short_date(mark.half_day.day)}
        yield _told(mark.signed_at, what, mark.trainer, late)
    corrected = Mark.objects.filter(session=session, supersedes__isnull=False)
    for day, n in _per_day(corrected, "created_at"):
        what = ngettext("%(n)s ligne d’émargement corrigée", "%(n)s lignes d’émargement corrigées", n)
        yield Event(day, what % {"n": n})
    subjects = dict(FollowUpSubject.choices)
    followed = FollowUp.objects.filter(enrolment__session=session).values_list("contacted_on", "subject").annotate(n=Count("pk"))
    for day, subject, n in followed.order_by("contacted_on", "subject"):
        what = ngettext("%(n)s personne contactée : %(why)s", "%(n)s personnes contactées : %(why)s", n)
        yield Event(day, what % {"n": n, "why": subjects[subject]})
    for report in ConnectionReport.objects.filter(half_day__session=session).select_related("created_by").order_by("created_at"):
        yield _told(report.created_at, _("Relevé de connexion déposé (%(tool)s)") % {"tool": report.tool}, report.created_by)


def _learning(session: Session) -> Iterator[Event]:
    for row in Evaluation.objects.filter(session=session).order_by("held_on", "pk"):
        yield Event(row.held_on, _("Évaluation : %(title)s") % {"title": row.title})
    results = ObjectiveResult.objects.filter(enrolment__session=session).values_list("dated_on", "recorded_by__full_name")
    for day, who, n in results.annotate(n=Count("enrolment", distinct=True)).order_by("dated_on", "recorded_by__full_name"):
        what = ngettext("Acquis notés pour %(n)s personne", "Acquis notés pour %(n)s personnes", n)
        yield Event(day, what % {"n": n}, who or "")
    sat = ExamResult.objects.filter(enrolment__session=session, exam_on__isnull=False, sat=True).values_list("exam_on")
    for day, n, passed in sat.annotate(n=Count("pk"), passed=Count("pk", filter=Q(passed=True))).order_by("exam_on"):
        what = ngettext("%(n)s personne passe la certification", "%(n)s personnes passent la certification", n)
        detail = ngettext("%(n)s certification obtenue", "%(n)s certifications obtenues", passed) % {"n": passed}
        yield Event(day, what % {"n": n}, "", detail)


def _documents(session: Session) -> Iterator[Event]:
    kinds = dict(DocumentKind.choices)
    issued = Issued.objects.filter(session=session).values_list("issued_on", "kind", "issued_by__full_name")
    for day, kind, who, n in issued.annotate(n=Count("pk")).order_by("issued_on", "kind", "issued_by__full_name"):
        yield Event(day, _("Émis : %(what)s") % {"what": kinds[kind]}, who or "", _of_them(n))
    cancelled = Issued.objects.filter(session=session, cancelled_at__isnull=False).select_related("cancelled_by")
    for row in cancelled.order_by("cancelled_at", "pk"):
        what = _("Annulé : %(what)s") % {"what": f"{kinds[row.kind]} {row.number}"}
        if row.cancelled_at is not None:
            yield _told(row.cancelled_at, what, row.cancelled_by, row.cancellation_reason)
    signed = Issued.objects.filter(session=session, signed_on__isnull=False, cancelled_at__isnull=True)
    for day, kind, n in signed.values_list("signed_on", "kind").annotate(n=Count("pk")).order_by("signed_on", "kind"):
        yield Event(day, _("Signé par l’autre partie : %(what)s") % {"what": kinds[kind]}, "", _of_them(n))
    sent = Sending.objects.filter(document__session=session, sent_at__isnull=False)
    for day, kind, n in _per_day(sent, "sent_at", "document__kind"):
        yield Event(day, _("Envoyé : %(what)s") % {"what": kinds[kind]}, "", _of_them(n))
    opened = Sending.objects.filter(document__session=session, opened_at__isnull=False)
    for day, kind, n in _per_day(opened, "opened_at", "document__kind"):
        yield Event(day, _("Ouvert par qui l’a reçu : %(what)s") % {"what": kinds[kind]}, "", _of_them(n))


def _of_them(n: int) -> str:
    """How many documents, when there are several."""
    return ngettext("%(n)s exemplaire", "%(n)s exemplaires", n) % {"n": n} if n > 1 else ""


def _surveys(session: Session) -> Iterator[Event]:
    titles = {key: str(questionnaire.title) for key, questionnaire in shipped().items()}
    campaigns = Campaign.objects.filter(session=session).select_related("created_by").order_by("opened_on", "pk")
    for row in campaigns:
        title = titles.get(row.questionnaire, row.questionnaire)
        yield Event(row.opened_on, _("Enquête ouverte : %(title)s") % {"title": title}, str(row.created_by or ""))
    reminded = Invitation.objects.filter(campaign__session=session, reminded_at__isnull=False)
    for day, n in _per_day(reminded, "reminded_at"):
        what = ngettext("%(n)s personne relancée pour l’enquête", "%(n)s personnes relancées pour l’enquête", n)
        yield Event(day, what % {"n": n})
    answers = Response.objects.filter(campaign__session=session, answered_on__isnull=False).values_list("campaign__questionnaire")
    for questionnaire, last, n in answers.annotate(last=Max("answered_on"), n=Count("pk")).order_by("campaign__questionnaire"):
        what = ngettext("%(n)s réponse reçue : %(title)s", "%(n)s réponses reçues : %(title)s", n)
        yield Event(last, what % {"n": n, "title": titles.get(questionnaire, questionnaire)})


def _filed(session: Session) -> Iterator[Event]:
    """Pieces that the organisation stands by: refused and withdrawn ones are no part of the dossier, nor of its story."""
    versions = Version.objects.filter(document__subject_links__session=session, document__withdrawn_at__isnull=True)
    for row in (
        versions.exclude(document__review_state=ReviewState.REFUSED)
        .select_related("document", "created_by")
        .order_by("created_at", "pk")
        .distinct()
    ):
        what = _("Pièce déposée : %(title)s") if row.number == 1 else _("Nouvelle version : %(title)s")
        yield _told(row.created_at, what % {"title": row.document.title}, row.created_by)
