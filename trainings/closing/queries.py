"""What is missing before a session can be closed, in sentences with the address where it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from trainings.attendance.queries import followed_minutes, half_day_counts
from trainings.documents.models import DocumentKind, Issued
from trainings.learning.models import Intake, IntakeKind, Moment, ObjectiveResult
from trainings.people.missions import Mission
from trainings.sessions.models import Enrolment, EnrolmentState, Session
from trainings.sessions.queries import steps_of
from trainings.surveys.models import Audience, Campaign

# Steps that the register, the results and the certificates tell by themselves: closing asks for them in sentences of their own.
ASKED_APART = {"attendance", "results", f"document:{DocumentKind.COMPLETION}"}
# Whose view a survey asks for, as the sentences name it; trainees give theirs twice.
_WHOSE_VIEW = {
    Audience.TRAINEE: _lazy("l’avis des stagiaires"),
    Audience.COMPANY: _lazy("l’avis des entreprises"),
    Audience.FUNDER: _lazy("l’avis des financeurs"),
    Audience.TRAINER: _lazy("l’avis des formateurs"),
}
_AT_ITS_MOMENT = {
    "end_of_session": _lazy("l’avis des stagiaires, à chaud"),
    "cold": _lazy("l’avis des stagiaires, à froid"),
}
# Names told in one sentence; the others are counted.
NAMES = 5


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing. `address`: name of the page that mends it, of what `pk` names; `kind`: of document, when it has one."""

    sentence: str
    address: str
    pk: UUID
    kind: str = ""


def what_is_missing_to_close(session: Session, *, now: datetime) -> list[Missing]:
    """Everything that keeps a session from being closed, in the order of its life; empty when nothing does.

    Half-days without signature or countersignature, results at the end, certificates of completion, surveys nobody answered,
    steps neither done nor set aside. What the contract with another organisation does not give us is not asked. About a dozen
    queries, whatever the number of people and of half-days.
    """
    people = people_of(session)
    if not people:
        sentence = _("Personne n’est inscrit. Inscrivez les stagiaires, ou annulez la session si elle n’a pas eu lieu.")
        return [Missing(sentence, "sessions:detail", session.pk)]
    return [
        *(_attendance(session, now) if _ours(session, Mission.ATTENDANCE) else ()),
        *(_results(session, people) if _ours(session, Mission.EVALUATION) else ()),
        *(_certificates(session, people) if _ours(session, Mission.ATTENDANCE) else ()),
        *_surveys(session),
        *_steps(session, people),
    ]


def steps_told_by_facts(session: Session, people: Sequence[Enrolment]) -> set[str]:
    """Keys of the steps that what was recorded tells, whoever did them: nobody has to say so a second time. Three queries.

    A document is there for the whole session or for each person; a questionnaire answered by each; a survey by somebody; an agreement
    or a contract signed for each; every answer given before the start has its conclusion.
    """
    told: set[str] = set()
    everybody = {each.pk for each in people}
    by_kind: dict[str, set[UUID | None]] = {}
    issued = list(
        Issued.objects.filter(session=session, cancelled_at__isnull=True, subcontractor__isnull=True)
        .order_by()
        .values_list("kind", "enrolment", "company", "signed_on")
    )
    for kind, enrolment, company, _signed_on in issued:
        if company is None:
            by_kind.setdefault(f"document:{kind}", set()).add(enrolment)
    intakes = list(Intake.objects.filter(enrolment__session=session).order_by().values_list("kind", "enrolment", "concluded_on"))
    for kind, enrolment, _concluded_on in intakes:
        by_kind.setdefault(f"intake:{kind}", set()).add(enrolment)
    told |= {key for key, given in by_kind.items() if None in given or everybody <= given}
    asked = {f"intake:{kind}" for kind in IntakeKind.values}
    if asked <= told and all(concluded_on for _kind, _enrolment, concluded_on in intakes):
        told.add("conclude")
    signed = {
        party
        for kind, *parties, signed_on in issued
        if signed_on and kind in (DocumentKind.AGREEMENT, DocumentKind.CONTRACT)
        for party in parties
        if party
    }
    if all(each.pk in signed or each.company_id in signed for each in people):
        told.add("agreement")
    answered = (
        Campaign.objects.filter(session=session, responses__isnull=False).order_by().values_list("questionnaire", flat=True)
    )
    return told | {f"survey:{questionnaire}" for questionnaire in answered.distinct()}


def steps_proved(session: Session, *, now: datetime) -> set[str]:
    """Keys of the steps whose work is recorded in full: what facts tell, and the register and the results when nothing is missing there."""
    people = people_of(session)
    if not people:
        return set()
    proved = steps_told_by_facts(session, people)
    if not any(_attendance(session, now)):
        proved.add("attendance")
    if not any(_results(session, people)):
        proved.add("results")
    return proved


def steps_without_object(people: Sequence[Enrolment]) -> dict[str, str]:
    """Keys of the steps that nobody of this session calls for, each with the reason: no company, no funder. No query."""
    without = {}
    if all(each.has_company is False for each in people):
        without["survey:company"] = _("Aucune entreprise n’est concernée.")
    if all(each.has_funder is False for each in people):
        without["survey:funder"] = _("Aucun financeur ne paie.")
    return without


def people_of(session: Session) -> list[Enrolment]:
    """Everybody who came: withdrawn people are left out."""
    return list(session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).select_related("trainee"))


def _ours(session: Session, mission: Mission) -> bool:
    """Whether this is ours to do: always, unless a contract says which missions it gives us and this is not one."""
    return not (session.run_for and session.missions) or mission in session.missions


def _attendance(session: Session, now: datetime) -> Iterator[Missing]:
    counts = half_day_counts(session, now=now)
    if not counts:
        yield Missing(
            _("Aucune demi-journée n’est prévue : prévoyez-les, pour que chacun puisse signer."),
            "sessions:schedule",
            session.pk,
        )
    unsigned = sum(count.missing for count in counts)
    if unsigned:
        places = sum(1 for count in counts if count.missing)
        yield Missing(
            ngettext(
                "Il manque une présence ou une absence, sur une demi-journée.",
                "Il manque %(unsigned)s présences ou absences, sur %(places)s demi-journées.",
                unsigned,
            )
            % {"unsigned": unsigned, "places": places},
            "attendance:session",
            session.pk,
        )
    waiting = sum(1 for count in counts if count.countersignature is None)
    if waiting:
        yield Missing(
            ngettext(
                "Une demi-journée n’est pas contresignée par le formateur.",
                "%(count)s demi-journées ne sont pas contresignées par le formateur.",
                waiting,
            )
            % {"count": waiting},
            "attendance:session",
            session.pk,
        )


def _results(session: Session, people: Sequence[Enrolment]) -> Iterator[Missing]:
    if session.programme is None:
        yield Missing(
            _("La session ne suit aucune version de programme : ses objectifs ne sont pas connus. Choisissez-la."),
            "sessions:edit",
            session.pk,
        )
        return
    objectives = session.programme.objectives.count()
    known = dict(
        ObjectiveResult.objects.filter(enrolment__session=session, moment=Moment.EXIT, objective__programme=session.programme)
        .order_by()
        .values_list("enrolment")
        .annotate(Count("objective", distinct=True))
    )
    # Whoever left on the way has no result at the end.
    waiting = [each for each in people if each.state == EnrolmentState.ENROLLED and known.get(each.pk, 0) < objectives]
    if waiting:
        yield Missing(
            _("Résultats par objectif à la sortie, à noter pour %(names)s.") % {"names": _names(waiting)},
            "learning:results",
            session.pk,
        )


def _certificates(session: Session, people: Sequence[Enrolment]) -> Iterator[Missing]:
    followed = followed_minutes(session)
    issued = set(
        Issued.objects.filter(session=session, kind=DocumentKind.COMPLETION, cancelled_at__isnull=True)
        .order_by()
        .values_list("enrolment", flat=True)
    )
    waiting = [each for each in people if followed.get(each.pk) and each.pk not in issued]
    if waiting:
        yield Missing(
            _("Certificat de réalisation à émettre pour %(names)s.") % {"names": _names(waiting)},
            "documents:kind",
            session.pk,
            DocumentKind.COMPLETION.value,
        )


def _surveys(session: Session) -> Iterator[Missing]:
    asked = Campaign.objects.filter(session=session).annotate(received=Count("responses")).order_by("opened_on", "pk")
    for campaign in asked:
        if not campaign.received and campaign.closed_on is None:
            view = _AT_ITS_MOMENT.get(campaign.questionnaire) or _WHOSE_VIEW[Audience(campaign.audience)]
            yield Missing(
                _("Personne n’a donné %(view)s : relancez, ou fermez l’enquête.") % {"view": view},
                "surveys:session",
                session.pk,
            )


def _steps(session: Session, people: Sequence[Enrolment]) -> Iterator[Missing]:
    settled = ASKED_APART | steps_told_by_facts(session, people) | set(steps_without_object(people))
    for step in steps_of(session):
        if not step.settled and step.key not in settled:
            yield Missing(
                _("« %(step)s » n’est pas fait : faites-le, ou dites pourquoi c’est sans objet.") % {"step": step.label},
                "sessions:step",
                step.pk,
            )


def _names(people: Sequence[Enrolment]) -> str:
    named = ", ".join(str(each.trainee) for each in people[:NAMES])
    more = len(people) - NAMES
    if more <= 0:
        return named
    return ngettext("%(names)s et une autre personne", "%(names)s et %(more)s autres personnes", more) % {
        "names": named,
        "more": more,
    }
