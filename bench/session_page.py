"""The page of a session of 300 people and 40 half-days, each signed: how many queries, and its time against the bare SQL."""

from __future__ import annotations

import hashlib
import sys
import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bench.measure import bare_sql, compare, exit_status, note, prepare, queries, report

if TYPE_CHECKING:
    from qualiopi.organisations.models import Organisation
    from trainings.people.models import Trainer
    from trainings.sessions.models import Session

PEOPLE, HALF_DAYS, MOST_QUERIES = 300, 40, 30
FIRST_DAY = date(2026, 9, 7)


def build(organisation: Organisation, *, trainer: Trainer, first_day: date) -> Session:
    """A session of that many people and half-days, with its steps and one signature of each person for each half-day but the last."""
    from datetime import datetime

    from django.utils import timezone

    from trainings.attendance.models import Mark, MarkKind, MarkMethod
    from trainings.catalogue.models import Course
    from trainings.people.models import Trainee
    from trainings.sessions.calendar import OpenDays, propose
    from trainings.sessions.models import Enrolment
    from trainings.sessions.verbs import make_session

    course = Course.objects.create(organisation=organisation, title="Longue formation de mesure")
    slots = propose(first_day, last=first_day + timedelta(days=80), days=OpenDays()).slots[:HALF_DAYS]
    session = make_session(organisation=organisation, course=course, slots=slots, trainers=[trainer], actor=None)
    trainees = Trainee.objects.bulk_create(
        Trainee(organisation=organisation, first_name="Personne", last_name=f"De Mesure {n:03d}", name_key=f"de mesure {n:03d}")
        for n in range(PEOPLE)
    )
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(organisation=organisation, session=session, trainee=trainee) for trainee in trainees
    )
    half_days = list(session.half_days.all())[:-1]
    Mark.objects.bulk_create(
        Mark(
            organisation=organisation,
            session=session,
            number=number,
            half_day=half_day,
            enrolment=enrolment,
            kind=MarkKind.PRESENT,
            method=MarkMethod.CONFIRMED,
            signed_at=timezone.make_aware(datetime.combine(half_day.day, half_day.ends_at)),
            once=uuid.uuid5(enrolment.pk, str(half_day.pk)),
            fingerprint=hashlib.sha256(str(number).encode()).hexdigest(),
        )
        for number, (half_day, enrolment) in enumerate(((h, e) for h in half_days for e in enrolments), start=1)
    )
    return session


def main() -> int:
    """Lay the session down, open its page as a quality manager, print queries and ratio."""
    prepare()
    from django.test import Client
    from django.urls import reverse

    from bench.dataset import plain_organisation, quality_manager
    from trainings.people.models import Trainer

    organisation = plain_organisation("mesure-session")
    trainer = Trainer.objects.create(organisation=organisation, first_name="Yann", last_name="Mesuré")
    session = build(organisation, trainer=trainer, first_day=FIRST_DAY)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(quality_manager(organisation), backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("dossiers:session", args=[organisation.slug, session.pk])
    assert client.get(address).status_code == 200
    with queries() as made:
        client.get(address)
    report(f"requêtes de la page, {PEOPLE} stagiaires, {HALF_DAYS} demi-journées", len(made), MOST_QUERIES)
    page, bare = compare(lambda: client.get(address), lambda: bare_sql(made), times=5)
    note("temps de la page / temps du SQL nu", page / bare, "x", f"({page:.3f} s / {bare:.3f} s)")
    note("page, sans compression", len(client.get(address).content) / 1000, "ko")
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
