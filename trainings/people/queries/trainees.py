"""Reading trainees."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from qualiopi.accounts.models import User
from qualiopi.organisations.models import Organisation
from qualiopi.text import person_key
from trainings.people.models import FormerIdentity, Trainee, Trainer
from trainings.people.queries.names import people_saying

if TYPE_CHECKING:
    from trainings.sessions.models import Enrolment


def trainees_of(organisation: Organisation, *, search: str = "") -> QuerySet[Trainee]:
    """Trainees by name, with `enrolment_count`."""
    trainees: QuerySet[Trainee] = (
        Trainee.objects.for_organisation(organisation)
        .annotate(enrolment_count=Count("enrolments"))
        .order_by("last_name", "first_name", "pk")
    )
    return trainees.filter(people_saying(organisation, Trainee, search)) if search.strip() else trainees


def look_alikes(organisation: Organisation, *, first_name: str, last_name: str, email: str) -> QuerySet[Trainee]:
    """Who has this name, however it is written and in whichever order, or this e-mail address; by name, with `enrolment_count`.

    Also who had it on a page that was merged with theirs.
    """
    same = Q(name_key=person_key(first_name, last_name))
    if email:
        same |= Q(email=email.lower())
    formerly = FormerIdentity.objects.for_organisation(organisation).filter(same, trainee__isnull=False).values("trainee")
    return trainees_of(organisation).filter(same | Q(pk__in=formerly))


def trainee_of(organisation: Organisation, pk: UUID, *, led_by: User | None = None) -> Trainee:
    """One person; Trainee.DoesNotExist when they are not theirs to see. One query.

    `led_by` keeps the people enrolled in a session that this account leads as a trainer.
    """
    trainees = Trainee.objects.for_organisation(organisation)
    if led_by is not None:
        trainees = trainees.filter(pk__in=Trainee.objects.filter(enrolments__session__trainers__user=led_by).values("pk"))
    found: Trainee = trainees.get(pk=pk)
    return found


def followed_by(trainee: Trainee, *, led_by: User | None = None) -> QuerySet[Enrolment]:
    """Every session of a person, the last first, with course, company and who pays. Two queries, whatever their number.

    `led_by` keeps the sessions that this account leads as a trainer.
    """
    enrolments: QuerySet[Enrolment] = (
        trainee.enrolments.select_related("session__course", "company")
        .prefetch_related("fundings__funder")
        .order_by("-session__starts_on", "session__reference", "pk")
    )
    if led_by is not None:
        enrolments = enrolments.filter(session__in=Trainer.objects.filter(user=led_by).values("sessions"))
    return enrolments
