"""200 signatures that arrive at once: none lost, none doubled, and how fast beside a view that adds one row, under the same server."""

import http.client
import os
import sys
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median
from urllib.parse import urlencode

from bench.measure import exit_status, note, prepare, report

AT_ONCE = 200
ROUNDS = 15
# Each person sends twice the same signature, as a phone does that did not hear the answer.
WORKERS = 2
DRAWING = "M58 118 " + " ".join(f"L{60 + step % 240} {50 + step * 7 % 90}" for step in range(180))
# A page and its cookie carry the same secret: enough for the protection of forms, without asking for 200 pages first.
SECRET = "a" * 32
HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Accept": "application/json",
    "Cookie": f"csrftoken={SECRET}",
}


def send(port: int, path: str, fields: dict[str, str]) -> int:
    """Post a form on a connection of its own, as another phone would; return the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("POST", path, body=urlencode(fields | {"csrfmiddlewaretoken": SECRET}), headers=HEADERS)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def burst(port: int, posts: list[tuple[str, dict[str, str]]]) -> tuple[float, Counter[int]]:
    """Send all of them at the same moment; seconds until the last answer, and the statuses."""
    together = threading.Barrier(len(posts) + 1)

    def one(post: tuple[str, dict[str, str]]) -> int:
        together.wait()
        return send(port, *post)

    with ThreadPoolExecutor(max_workers=len(posts)) as pool:
        answers = [pool.submit(one, post) for post in posts]
        together.wait()
        start = time.perf_counter()
        statuses = Counter(answer.result() for answer in answers)
        return time.perf_counter() - start, statuses


def main() -> int:
    """Send bursts of signatures and of bare rows by turns; print the throughputs and their ratio, and count what was kept."""
    prepare()
    from django.db import connection
    from django.urls import reverse
    from django.utils import timezone

    from bench.bare import CREATE
    from bench.server import server
    from trainings.attendance.models import Chain, Mark
    from trainings.attendance.queries.integrity import check
    from trainings.sessions.models import HalfDay

    with connection.cursor() as cursor:
        cursor.execute(CREATE)
    session, tokens = furnish()
    today = timezone.localdate()
    ours: list[float] = []
    bare: list[float] = []
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare_settings"
    with server(workers=WORKERS) as running:
        for number in range(ROUNDS + 1):
            half_day = HalfDay.objects.create(
                organisation_id=session.organisation_id,
                session=session,
                day=today - timedelta(days=number + 1),
                part="am",
                starts_at="09:00",
                ends_at="12:30",
            )
            said = {"kind": "present", "drawing": DRAWING, "why": "network", "half_day": str(half_day.pk)}
            signatures = [(reverse("sign:start", args=[token]), said | {"once": str(uuid.uuid4())}) for token in tokens]
            rows = [("/mesure/", said | {"once": str(uuid.uuid4())}) for _ in tokens]
            signed, statuses = burst(running.port, signatures)
            assert statuses == {200: AT_ONCE}, statuses
            added, statuses = burst(running.port, rows)
            assert statuses == {200: AT_ONCE}, statuses
            if number:  # the first round warms the workers up
                ours.append(signed)
                bare.append(added)
            # The same signatures once more: each phone is answered as the first time, and nothing is added.
            _again, statuses = burst(running.port, signatures)
            assert statuses == {200: AT_ONCE}, statuses
    expected = AT_ONCE * (ROUNDS + 1)
    lines = Mark.objects.filter(session=session)
    report("signatures perdues", expected - lines.values("half_day", "enrolment").distinct().count(), 0)
    report("signatures doublées", lines.count() - lines.values("half_day", "enrolment").distinct().count(), 0)
    report("lignes altérées, manquantes ou déplacées", len(list(check(session))), 0)
    assert Chain.objects.get(session=session).length == expected
    # By turns, so that both meet the same hours of the machine; medians, for one lucky burst says nothing.
    signed_rate, bare_rate = AT_ONCE / median(ours), AT_ONCE / median(bare)
    note("signatures par seconde", signed_rate, "/s")
    note("lignes nues par seconde", bare_rate, "/s")
    report("débit d'une ligne nue / débit des signatures", bare_rate / signed_rate, 2, "x", f"({connection.vendor})")
    return exit_status()


def furnish():
    """A session of 200 people; returns it with the token of each personal link."""
    from datetime import timedelta

    from django.utils import timezone

    from qualiopi.organisations.models import Organisation
    from trainings.attendance.queries import expected_people
    from trainings.catalogue.models import Course
    from trainings.people.models import Trainee
    from trainings.sessions.models import Enrolment, LinkPurpose, Session
    from trainings.sessions.verbs import personal_links

    today = timezone.localdate()
    organisation = Organisation.objects.create(name="Mesure", slug="mesure")
    course = Course.objects.create(organisation=organisation, title="Formation mesurée", category="AF")
    session = Session.objects.create(
        organisation=organisation,
        course=course,
        reference="S-MESURE",
        starts_on=today - timedelta(days=20),
        ends_on=today,
        state="running",
    )
    trainees = [
        Trainee(organisation=organisation, first_name="Personne", last_name=f"Inventée {n}", name_key=f"inventee {n} personne")
        for n in range(AT_ONCE)
    ]
    Trainee.objects.bulk_create(trainees)
    Enrolment.objects.bulk_create(Enrolment(organisation=organisation, session=session, trainee=each) for each in trainees)
    given = personal_links(session=session, enrolments=expected_people(session), purpose=LinkPurpose.ATTENDANCE)
    return session, [each.token for each in given.values()]


if __name__ == "__main__":
    sys.exit(main())
