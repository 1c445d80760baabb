"""1,000 answers to a survey, sixteen at a time, to two processes under the settings of production: none refused, none lost."""

import http.client
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.measure import exit_status, note, prepare, report

PEOPLE = 1_000
AT_ONCE = 16
WORKERS = 2
# A page and its cookie carry the same secret: enough for the protection of forms, without asking for the pages first.
SECRET = "a" * 32
ASKED_BEFORE = {"overall": "4", "objectives": "5", "pace": "3", "trainer": "5", "conditions": "partly"}
LAST_PAGE = 6


@dataclass
class Phone:
    """One person on the last page: the link that was given to them, what their browser kept so far, a word that nobody else writes."""

    token: str
    word: str
    kept: str

    def send(self, port: int) -> str:
        """Send the questionnaire as the front end in HTTPS hands it over: the status, « merci » when it was taken."""
        fields = {"recommendation": "9", "comment": self.word, "go": "next", "csrfmiddlewaretoken": SECRET}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{self.kept}; csrftoken={SECRET}",
            "Origin": f"https://127.0.0.1:{port}",
            "X-Forwarded-Proto": "https",
        }
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        try:
            connection.request("POST", f"/s/{self.token}/?q={LAST_PAGE}&lang=fr", body=urlencode(fields), headers=headers)
            response = connection.getresponse()
            response.read()
            thanked = response.status == 302 and "/merci/" in response.headers.get("Location", "")
            return "merci" if thanked else str(response.status)
        finally:
            connection.close()


def main() -> int:
    """Let everybody answer, half by the link of their session and half by one of their own; count what was taken and what is kept."""
    prepare()
    from django.db import connection

    from bench.server import server
    from trainings.surveys.models import Response

    phones = [Phone(token, f"Mot {number}", filled(token)) for number, token in enumerate(links())]
    in_production()
    with server(workers=WORKERS) as running, ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        start = time.perf_counter()
        answers = list(pool.map(lambda phone: phone.send(running.port), phones))
        seconds = time.perf_counter() - start
    through = {phone.word for phone, answer in zip(phones, answers, strict=True) if answer == "merci"}
    kept = Counter(Response.objects.values_list("comment", flat=True))
    report("réponses refusées", len(phones) - len(through), 0, detail=f"({connection.vendor} : {dict(Counter(answers))})")
    report("réponses perdues", len(through - set(kept)), 0)
    report("réponses doublées", kept.total() - len(kept), 0)
    note("réponses par seconde", len(phones) / seconds, "/s")
    return exit_status()


def filled(token: str) -> str:
    """The cookie of a browser in which the five pages before the last one were answered."""
    from django.http import HttpResponse
    from django.test import RequestFactory

    from trainings.surveys import phone

    response = HttpResponse()
    request = RequestFactory().get("/", secure=True)
    phone.write_progress(response, request, token, phone.Progress(given=dict(ASKED_BEFORE)))
    return response.cookies.output(header="", attrs=[]).strip()


def in_production() -> None:
    """From here on, the processes that we start have the settings of production, with the files that they serve."""
    from django.conf import settings

    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "qualiopi.settings.production",
        # The links that were given derive from it.
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"], check=True)


def links() -> list[str]:
    """The token that each person holds."""
    from datetime import timedelta

    from django.utils import timezone

    from qualiopi.links import derive, fingerprint
    from qualiopi.organisations.models import Organisation
    from trainings.catalogue.models import Course
    from trainings.people.models import Trainee
    from trainings.sessions.models import Enrolment, Session
    from trainings.surveys.models import Invitation
    from trainings.surveys.queries import current_session_token
    from trainings.surveys.verbs import open_campaign

    today = timezone.localdate()
    organisation = Organisation.objects.create(name="Mesure", slug="mesure")
    course = Course.objects.create(organisation=organisation, title="Formation mesurée", category="AF")
    given: list[str] = []
    for reference in ("S-LIEN", "S-PERSONNES"):
        session = Session.objects.create(
            organisation=organisation, course=course, reference=reference, starts_on=today, ends_on=today, state="done"
        )
        trainees = Trainee.objects.bulk_create(
            Trainee(
                organisation=organisation, first_name="Personne", last_name=f"Inventée {n}", name_key=f"inventee {n} {reference}"
            )
            for n in range(PEOPLE // 2)
        )
        enrolled = Enrolment.objects.bulk_create(
            Enrolment(organisation=organisation, session=session, trainee=each) for each in trainees
        )
        campaign = open_campaign(session=session, actor=None)
        if reference == "S-LIEN":
            given += [current_session_token(campaign)] * len(enrolled)
            continue
        for each in enrolled:
            token = derive("bench", 15, each.pk)
            Invitation.objects.create(
                organisation=organisation,
                campaign=campaign,
                enrolment=each,
                token_hash=fingerprint(token),
                expires_on=today + timedelta(days=30),
            )
            given.append(token)
    return given


if __name__ == "__main__":
    sys.exit(main())
