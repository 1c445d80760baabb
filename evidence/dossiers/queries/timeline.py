"""Who did what when, in the order of time: one line per act, acts of many people on one day counted on one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.dossiers.queries.acts import MOVED, Act, acts_of
from qualiopi.web.dates import short_date
from trainings.attendance.models import FollowUpSubject
from trainings.attendance.queries import Count
from trainings.documents.models import DocumentKind
from trainings.learning.models import IntakeDecision, IntakeKind
from trainings.sessions.models import DayPart, EnrolmentState, Session, SessionState
from trainings.surveys.questionnaire import shipped

Acts = Mapping[str, list[Act]]


@dataclass(frozen=True, slots=True)
class Event:
    """One line. `day`, `at`: of the organisation; `at`: when the hour is known; `who`: empty when it happened by itself or is counted."""

    day: date
    what: str
    who: str = ""
    detail: str = ""
    at: time | None = None


def events_of(session: Session, count: Count, filed: list[Any]) -> list[Event]:
    """Everything recorded about a session, oldest first; one query. ``count``: its register; ``filed``: the versions about it."""
    acts = acts_of(session)
    found = [
        _told(session.created_at, _("Session créée"), ""),
        *_before(acts),
        *_departures(acts),
        *_attendance(acts, count),
        *_learning(acts),
        *_documents(acts),
        *_surveys(acts),
        *_filed(filed),
    ]
    return sorted(found, key=lambda event: (event.day, event.at or time.max))


def _told(moment: datetime | None, what: str, who: str, detail: str = "") -> Event:
    """An act of one person, at its hour."""
    assert moment is not None  # noqa: S101  (such acts are read with their hour)
    local = timezone.localtime(moment)
    return Event(local.date(), what, who, detail, local.time())


def _on(day: date | None, what: str, who: str = "", detail: str = "") -> Event:
    """What is known by its day alone."""
    assert day is not None  # noqa: S101  (such acts are read with their day)
    return Event(day, what, who, detail)


def _before(acts: Acts) -> Iterator[Event]:
    for act in acts["changed"]:
        what = _("Dates déplacées") if act.key == MOVED else _("Session %(state)s") % {"state": SessionState(act.key).label}
        yield _told(act.at, what, act.who, act.words)
    for act in acts["done"]:
        yield _told(act.at, act.name, act.who, act.words)
    for act in acts["answered"]:
        if act.key == IntakeKind.NEEDS:
            what = ngettext("%(n)s personne dit ses besoins", "%(n)s personnes disent leurs besoins", act.n)
        else:
            what = ngettext("%(n)s personne se positionne", "%(n)s personnes se positionnent", act.n)
        yield _on(act.day, what % {"n": act.n})
    decisions = dict(IntakeDecision.choices)
    for act in acts["concluded"]:
        what = ngettext(
            "D’après ses réponses, pour %(n)s personne : %(what)s",
            "D’après leurs réponses, pour %(n)s personnes : %(what)s",
            act.n,
        )
        yield _on(act.day, what % {"n": act.n, "what": decisions[act.key]})
    for act in acts["need"]:
        yield _on(act.day, _("Besoin recueilli : %(who)s") % {"who": act.name or _("le groupe")}, act.who, act.words)


def _departures(acts: Acts) -> Iterator[Event]:
    """Who left, counted; who came back after leaving."""
    states = dict(EnrolmentState.choices)
    for act in acts["left"]:
        what = ngettext("%(n)s départ : %(what)s", "%(n)s départs : %(what)s", act.n)
        yield _on(act.day, what % {"n": act.n, "what": states[act.key]})
    for act in acts["came_back"]:
        yield _on(act.day, _("Départ : %(what)s") % {"what": states[act.key]})
        left_on = short_date(act.day) if act.day else ""
        yield _on(act.again_on, _("Retour d’une personne partie le %(day)s") % {"day": left_on})


def _attendance(acts: Acts, count: Count) -> Iterator[Event]:
    parts = dict(DayPart.choices)
    half_days = count.half_days
    for half_day in half_days.values():
        n = count.present[str(half_day.pk)]
        if n:
            what = ngettext("%(n)s présence signée, %(part)s", "%(n)s présences signées, %(part)s", n)
            yield Event(half_day.day, what % {"n": n, "part": parts[half_day.part]}, at=half_day.starts_at)
    for mark in count.countersigned:
        half_day = half_days[mark.half_day]
        what = _("Demi-journée contresignée, %(part)s") % {"part": parts[half_day.part]}
        on_the_day = timezone.localdate(mark.signed_at) == half_day.day
        late = "" if on_the_day else _("pour le %(day)s") % {"day": short_date(half_day.day)}
        yield _told(mark.signed_at, what, mark.trainer, late)
    for day, n in sorted(Counter(timezone.localdate(moment) for moment in count.corrected_at).items()):
        what = ngettext("%(n)s ligne d’émargement corrigée", "%(n)s lignes d’émargement corrigées", n)
        yield Event(day, what % {"n": n})
    subjects = dict(FollowUpSubject.choices)
    for act in acts["followed"]:
        what = ngettext("%(n)s personne contactée : %(why)s", "%(n)s personnes contactées : %(why)s", act.n)
        yield _on(act.day, what % {"n": act.n, "why": subjects[act.key]})
    for act in acts["reported"]:
        yield _told(act.at, _("Relevé de connexion déposé (%(tool)s)") % {"tool": act.name}, act.who)


def _learning(acts: Acts) -> Iterator[Event]:
    for act in acts["evaluated"]:
        yield _on(act.day, _("Évaluation : %(title)s") % {"title": act.name})
    for act in acts["noted"]:
        what = ngettext("Acquis notés pour %(n)s personne", "Acquis notés pour %(n)s personnes", act.n)
        yield _on(act.day, what % {"n": act.n}, act.who)
    for act in acts["sat"]:
        what = ngettext("%(n)s personne passe la certification", "%(n)s personnes passent la certification", act.n)
        detail = ngettext("%(n)s certification obtenue", "%(n)s certifications obtenues", act.passed) % {"n": act.passed}
        yield _on(act.day, what % {"n": act.n}, "", detail)


def _documents(acts: Acts) -> Iterator[Event]:
    kinds = dict(DocumentKind.choices)
    for act in acts["issued"]:
        yield _on(act.day, _("Émis : %(what)s") % {"what": kinds[act.key]}, act.who, _of_them(act.n))
    for act in acts["cancelled"]:
        yield _told(act.at, _("Annulé : %(what)s") % {"what": f"{kinds[act.key]} {act.name}"}, act.who, act.words)
    for act in acts["signed"]:
        yield _on(act.day, _("Signé par l’autre partie : %(what)s") % {"what": kinds[act.key]}, "", _of_them(act.n))
    for act in acts["sent"]:
        yield _on(act.day, _("Envoyé : %(what)s") % {"what": kinds[act.key]}, "", _of_them(act.n))
    for act in acts["opened"]:
        yield _on(act.day, _("Ouvert par qui l’a reçu : %(what)s") % {"what": kinds[act.key]}, "", _of_them(act.n))


def _of_them(n: int) -> str:
    """How many documents, when there are several."""
    return ngettext("%(n)s exemplaire", "%(n)s exemplaires", n) % {"n": n} if n > 1 else ""


def _surveys(acts: Acts) -> Iterator[Event]:
    titles = {key: str(questionnaire.title) for key, questionnaire in shipped().items()}
    for act in acts["surveyed"]:
        yield _on(act.day, _("Enquête ouverte : %(title)s") % {"title": titles.get(act.key, act.key)}, act.who)
    for act in acts["reminded"]:
        what = ngettext("%(n)s personne relancée pour l’enquête", "%(n)s personnes relancées pour l’enquête", act.n)
        yield _on(act.day, what % {"n": act.n})
    received: Counter[str] = Counter()
    last: dict[str, date | None] = {}
    for act in acts["opinions"]:
        received[act.key] += act.n
        last[act.key] = act.day
    for questionnaire, n in sorted(received.items()):
        what = ngettext("%(n)s réponse reçue : %(title)s", "%(n)s réponses reçues : %(title)s", n)
        yield _on(last[questionnaire], what % {"n": n, "title": titles.get(questionnaire, questionnaire)})


def _filed(filed: list[Any]) -> Iterator[Event]:
    """Pieces that the organisation stands by: refused and withdrawn ones are no part of the dossier, nor of its story."""
    for row in sorted((row for row in filed if row.shelf == "session"), key=lambda row: (row.created_at, row.pk)):
        what = _("Pièce déposée : %(title)s") if row.number == 1 else _("Nouvelle version : %(title)s")
        yield _told(row.created_at, what % {"title": row.document.title}, str(row.created_by or ""))
