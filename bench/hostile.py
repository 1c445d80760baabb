"""Spoilt files sent to every door of a running server: none ends a worker, none gets a 500, none is answered late.

HOSTILE_FILES says how many (2,000 by default, 20,000 before a parser or a limit changes), HOSTILE_SEED which ones.
"""

import http.client
import os
import re
import sys
import threading
import time
import uuid
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import time as hour
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.measure import FOLDER, exit_status, memory_of, note, prepare, report
from bench.server import Server, children_of, server, signed_in

FILES = int(os.environ.get("HOSTILE_FILES", "2000"))
SEED = int(os.environ.get("HOSTILE_SEED", "1"))
SENDERS = 4
# The trainer's link takes so many before somebody looks at them: they are looked at meanwhile.
SWEEP = 100


@dataclass(frozen=True, slots=True)
class Door:
    """Where files are sent: address, name of the field, what goes with it, the cookie of who sends."""

    address: str
    field: str
    other: dict[str, str]
    cookie: str
    tables: bool


@dataclass
class Seen:
    """What the answers were."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    statuses: Counter[int] = field(default_factory=Counter)
    lost: int = 0
    longest: float = 0.0
    late: list[tuple[str, float]] = field(default_factory=list)

    def add(self, name: str, status: int | None, seconds: float) -> None:
        """One more answer; None when there was none."""
        with self.lock:
            self.longest = max(self.longest, seconds)
            if seconds > 5:
                self.late.append((name, round(seconds, 1)))
            if status is None:
                self.lost += 1
            else:
                self.statuses[status] += 1


def main() -> int:
    """Send them, and print what became of the answers and of the worker."""
    prepare()
    from bench.mutants import TABLES, mutants

    doors = lay_doors()
    log = FOLDER / "server.log"
    with log.open("wb") as written, server(log=written, longest=7200) as running:
        (worker,) = running.workers
        tokens = [csrf_token(running, door) for door in doors]
        seen, files, turn = Seen(), mutants(FILES, SEED), threading.Lock()
        memory: list[float] = []
        numbers = iter(range(FILES))

        def send_all() -> None:
            while True:
                with turn:
                    number = next(numbers, None)
                    if number is None:
                        return
                    name, content = next(files)
                    if number % SWEEP == 0:
                        sweep()
                    if number in (FILES // 10, FILES - 1):
                        memory.append(memory_of(worker))
                        print(f"{number} fichiers, {memory[-1]:.0f} Mo", flush=True)
                open_to = [each for each in range(len(doors)) if not doors[each].tables or Path(name).suffix in TABLES]
                chosen = open_to[number // 7 % len(open_to)]
                status, seconds = post(running, doors[chosen], tokens[chosen], name, content)
                seen.add(f"{doors[chosen].address} {name}", status, seconds)

        start = time.perf_counter()
        senders = [threading.Thread(target=send_all) for _number in range(SENDERS)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        spent = time.perf_counter() - start
        same = children_of(running.master) == [worker]
    ends = Counter(re.findall(r"end: (\w+)", log.read_text(encoding="utf-8", errors="replace")))
    print(f"{FILES} fichiers en {spent:.0f} s, graine {SEED} ; réponses {dict(sorted(seen.statuses.items()))}")
    print(f"lecteurs tombés : {dict(sorted(ends.items()))}")
    for name, seconds in sorted(seen.late, key=lambda each: -each[1])[:5]:
        print(f"  {seconds} s : {name}")
    report("sans réponse", seen.lost, 0)
    report("réponses en 500 et plus", sum(count for status, count in seen.statuses.items() if status >= 500), 0)
    report("processus serveurs tombés", 0 if same else 1, 0)
    report("réponse la plus longue", seen.longest, 5, "s")
    report("mémoire du processus serveur, du premier dixième à la fin", memory[-1] - memory[0], 20, "Mo")
    note("fichiers par seconde", FILES / spent)
    return exit_status()


def lay_doors() -> list[Door]:
    """A deposit, an import, a report of connection and the link of a trainer, with who may use them."""
    from django.urls import reverse
    from django.utils import timezone

    from bench.dataset import build, quality_manager
    from trainings.people.links import current_token
    from trainings.people.models import Trainer
    from trainings.people.verbs import trainer_link
    from trainings.sessions.models import DayPart, HalfDay, Session

    organisation = build("mesure", 3)
    cookie, slug = signed_in(quality_manager(organisation)), organisation.slug
    day = timezone.localdate() - timedelta(days=2)
    session = Session.objects.create(
        organisation=organisation, course=Session.objects.first().course, reference="ATTAQUE", starts_on=day, ends_on=day
    )
    hours = {"part": DayPart.MORNING, "starts_at": hour(9), "ends_at": hour(12, 30)}
    morning = HalfDay.objects.create(organisation=organisation, session=session, day=day, remote=True, **hours)
    link = trainer_link(trainer=Trainer.objects.for_organisation(organisation).first(), actor=None)
    return [
        Door(reverse("library:upload", args=[slug]), "files", {}, cookie, tables=False),
        Door(reverse("drop:start", args=[current_token(link)]), "file", {"kind": "cv"}, "", tables=False),
        Door(reverse("imports:upload", args=[slug, "enrolments"]), "file", {}, cookie, tables=True),
        Door(reverse("attendance:remote", args=[slug, morning.pk]), "file", {}, cookie, tables=True),
    ]


def sweep() -> None:
    """Somebody looked at what the trainer sent, and kept none of it."""
    from django.db import connection

    from trainings.people.models import TrainerRecord

    TrainerRecord.objects.filter(dropped=True).delete()
    connection.close()


def csrf_token(running: Server, door: Door) -> str:
    """The token that the form of this door carries."""
    with closing(http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)) as connection:
        connection.request("GET", door.address, headers={"Cookie": door.cookie})
        page = connection.getresponse()
        text = page.read().decode()
        cookie = page.getheader("Set-Cookie", "")
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text)
    secret = re.search(r"csrftoken=(\w+)", cookie)
    assert token is not None, (door.address, page.status)
    assert secret is not None, (door.address, cookie)
    return f"{token[1]} {secret[1]}"


def post(running: Server, door: Door, token: str, name: str, content: bytes) -> tuple[int | None, float]:
    """Send a file as a form does; the status of the answer (None: none came) and its seconds."""
    form, secret = token.split()
    boundary = uuid.uuid4().hex
    fields = {"csrfmiddlewaretoken": form, **door.other}
    body = b"".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    )
    body += (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{door.field}"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    body += content + f"\r\n--{boundary}--\r\n".encode()
    headers: dict[str, Any] = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Cookie": f"{door.cookie}; csrftoken={secret}".lstrip("; "),
    }
    start = time.perf_counter()
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", running.port, timeout=120)) as connection:
            connection.request("POST", door.address, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, time.perf_counter() - start
    except (OSError, http.client.HTTPException):
        return None, time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
