"""What the search finds of sessions, and of the people enrolled in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.organisations.enums import Capability as C
from qualiopi.search.kinds import Hit, Kind, Reader
from qualiopi.web.dates import long_date, period
from trainings.people.models import Trainee
from trainings.people.queries import people_saying
from trainings.sessions.models import Enrolment, Session, SessionTrainer
from trainings.sessions.queries import sessions_named
from trainings.states import NOT_HELD

_BORN = {"mme": gettext_lazy("née le %(day)s"), "m": gettext_lazy("né le %(day)s"), "": gettext_lazy("naissance : %(day)s")}


class Trainees(Kind):
    """By name, birth name, address or phone. A trainer finds those of their sessions, by their name alone."""

    title = gettext_lazy("stagiaires")
    icon = "users"
    capabilities = (C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)

    def hits(self, reader: Reader, text: str, most: int) -> Sequence[Hit]:
        everything = reader.allows(C.VIEW_SESSIONS)
        rows = Trainee.objects.for_organisation(reader.organisation)
        enrolments = Enrolment.objects.select_related("session__course", "company").order_by("-session__starts_on", "pk")
        if not everything:
            led = SessionTrainer.objects.filter(trainer__user=reader.user).values("session")
            enrolments = enrolments.filter(session__in=led)
            rows = rows.filter(pk__in=Enrolment.objects.filter(session__in=led).order_by().values("trainee"))
        found = (
            rows.filter(people_saying(reader.organisation, Trainee, text, names_alone=not everything))
            .order_by("last_name", "first_name", "pk")
            .prefetch_related(Prefetch("enrolments", queryset=enrolments, to_attr="latest_first"))[:most]
        )
        return [
            Hit(
                title=str(row),
                url=reverse("people:trainee", args=[reader.organisation.slug, row.pk]),
                detail=" · ".join(_told_apart(row, row.latest_first, whole=everything)),
            )
            for row in found
        ]

    def list_url(self, reader: Reader) -> str:
        return reverse("people:trainees", args=[reader.organisation.slug]) if reader.allows(C.VIEW_SESSIONS) else ""


def _told_apart(trainee: Trainee, enrolments: list[Enrolment], *, whole: bool) -> list[str]:
    """What tells somebody from a namesake: birth, company, last session; their address when their birth is not known."""
    said = []
    last = enrolments[0] if enrolments else None
    if whole and trainee.birth_date:
        said.append(_BORN[trainee.civility] % {"day": long_date(trainee.birth_date)})
    if whole and last and last.company:
        said.append(last.company.name)
    if last:
        said.append(f"{last.session.reference}, {last.session.course.title}")
    if whole and trainee.email and not trainee.birth_date:
        said.append(trainee.email)
    return said


class Sessions(Kind):
    """By reference, course, place or client; a trainer finds those they lead. Their list finds them by who leads or sends too."""

    title = gettext_lazy("sessions")
    icon = "calendar-event"
    capabilities: ClassVar[tuple[C, ...]] = (C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)

    def hits(self, reader: Reader, text: str, most: int) -> Sequence[Hit]:
        rows = Session.objects.for_organisation(reader.organisation)
        if not reader.allows(C.VIEW_SESSIONS):
            rows = rows.filter(pk__in=SessionTrainer.objects.filter(trainer__user=reader.user).values("session"))
        found = (
            rows.filter(sessions_named(reader.organisation, text))
            .select_related("course")
            .prefetch_related("trainers")
            .order_by("-starts_on", "reference", "pk")[:most]
        )
        slug = reader.organisation.slug
        return [session_hit(row, reverse("dossiers:session", args=[slug, row.pk])) for row in found]

    def list_url(self, reader: Reader) -> str:
        return reverse("agenda:index", args=[reader.organisation.slug])


def session_hit(session: Session, url: str) -> Hit:
    """A session with its course and trainers; one that is not held says so."""
    days = period(session.starts_on, session.ends_on or session.starts_on) if session.starts_on else _("dates à fixer")
    trainers = ", ".join(str(trainer) for trainer in session.trainers.all())
    return Hit(
        title=session.course.title,
        url=url,
        detail=" · ".join(filter(None, [session.reference, days, session.place, trainers])),
        mark=session.get_state_display() if session.state in NOT_HELD else "",
    )
