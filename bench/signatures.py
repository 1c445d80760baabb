"""200 signatures that arrive at once: none lost, none doubled, and how fast beside a view that adds one row, under the same server."""

import http.client
import os
import sys
import threading
import time
import uuid
from collections import Counter, defaultdict
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

    from bench.bare import CREATE
    from bench.server import server
    from trainings.attendance.models import Chain, Mark
    from trainings.attendance.queries.integrity import check

    with connection.cursor() as cursor:
        cursor.execute(CREATE)
    session, tokens = furnish("S-MESURE")
    other, _tokens = furnish("S-NUE")
    people = list(other.enrolments.values_list("pk", flat=True))
    took: defaultdict[str, list[float]] = defaultdict(list)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare_settings"
    with server(workers=WORKERS) as running:
        for number in range(ROUNDS + 1):
            said = {"kind": "present", "drawing": DRAWING, "why": "network", "half_day": str(half_day(session, number).pk)}
            line = {
                "organisation_id": other.organisation_id,
                "session_id": other.pk,
                "half_day_id": half_day(other, number).pk,
                "kind": "present",
                "method": "drawn",
                "drawing": DRAWING,
                "reason": "Le réseau était coupé",
            }
            bursts = {
                "ours": [(reverse("sign:start", args=[token]), said | {"once": str(uuid.uuid4())}) for token in tokens],
                "bare": [("/mesure/", said | {"once": str(uuid.uuid4())}) for _ in tokens],
                "same": [
                    ("/mesure/ligne/", line | {"once": uuid.uuid4(), "enrolment_id": pk, "number": number * AT_ONCE + place})
                    for place, pk in enumerate(people, start=1)
                ],
            }
            for name, posts in bursts.items():
                seconds, statuses = burst(running.port, posts)
                assert statuses == {200: AT_ONCE}, (name, statuses)
                if number:  # the first round warms the workers up
                    took[name].append(seconds)
            # The same signatures once more: each phone is answered as the first time, and nothing is added.
            _again, statuses = burst(running.port, bursts["ours"])
            assert statuses == {200: AT_ONCE}, statuses
    expected = AT_ONCE * (ROUNDS + 1)
    lines = Mark.objects.filter(session=session)
    report("signatures perdues", expected - lines.values("half_day", "enrolment").distinct().count(), 0)
    report("signatures doublées", lines.count() - lines.values("half_day", "enrolment").distinct().count(), 0)
    report("lignes altérées, manquantes ou déplacées", len(list(check(session))), 0)
    assert Chain.objects.get(session=session).length == expected
    # By turns, so that all meet the same hours of the machine; medians, for one lucky burst says nothing.
    rates = {name: AT_ONCE / median(seconds) for name, seconds in took.items()}
    note("signatures par seconde", rates["ours"], "/s")
    note("lignes de la même table par seconde, sans rien lire ni vérifier", rates["same"], "/s")
    note("lignes nues de trois colonnes par seconde", rates["bare"], "/s")
    report("débit de la même ligne / débit des signatures", rates["same"] / rates["ours"], 2, "x", f"({connection.vendor})")
    report("débit d'une ligne de trois colonnes / débit des signatures", rates["bare"] / rates["ours"], 2, "x")
    return exit_status()


def half_day(session, number):
    """One more half-day of a session, of a day of its own."""
    from django.utils import timezone

    from trainings.sessions.models import HalfDay

    return HalfDay.objects.create(
        organisation_id=session.organisation_id,
        session=session,
        day=timezone.localdate() - timedelta(days=number + 1),
        part="am",
        starts_at="09:00",
        ends_at="12:30",
    )


def furnish(reference):
    """A session of 200 people; returns it with the token of each personal link."""
    from django.utils import timezone

    from qualiopi.organisations.models import Organisation
    from trainings.attendance.queries import expected_people
    from trainings.catalogue.models import Course
    from trainings.people.models import Trainee
    from trainings.sessions.models import Enrolment, LinkPurpose, Session
    from trainings.sessions.verbs import personal_links

    today = timezone.localdate()
    organisation, _made = Organisation.objects.get_or_create(name="Mesure", slug="mesure")
    course, _made = Course.objects.get_or_create(organisation=organisation, title="Formation mesurée", category="AF")
    session = Session.objects.create(
        organisation=organisation,
        course=course,
        reference=reference,
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
