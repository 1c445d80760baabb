"""Spoilt files through inspection and readers, one in twenty through the doors of a running server as well.

None may end a worker, get a 500, be answered late or be remembered. HOSTILE_FILES says how many (2,000 by default, 20,000 before a parser
or a limit changes), HOSTILE_SEED which ones.
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
from typing import TYPE_CHECKING, Any

from bench.measure import FOLDER, exit_status, memory_of, prepare, report
from bench.server import Server, children_of, server, signed_in

if TYPE_CHECKING:
    from qualiopi.files.kinds import Kind

FILES = int(os.environ.get("HOSTILE_FILES", "2000"))
SEED = int(os.environ.get("HOSTILE_SEED", "1"))
SENDERS = 2
BY_DOORS = 20
LATE = 5
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
            if seconds > LATE:
                self.late.append((name, round(seconds, 1)))
            if status is None:
                self.lost += 1
            else:
                self.statuses[status] += 1


def main() -> int:
    """Read them here, then send some of them; print what became of the answers, of the worker and of the memory."""
    prepare()
    read_here()
    send_to_doors()
    return exit_status()


def read_here() -> None:
    """What is done with a file, in this process: look into each, show what we draw or tell, read it where tables are expected."""
    from bench.mutants import TABLES, mutants
    from qualiopi.exchange.reading import UnreadableFile, read_table
    from qualiopi.files.errors import RefusedFile
    from qualiopi.files.inspection import look_into
    from qualiopi.files.kinds import EVERY_KIND

    said: Counter[str] = Counter()
    unexpected, longest, memory, late, start = 0, 0.0, [], 0, time.perf_counter()
    path = FOLDER / "spoilt"
    # The server of the readers starts with the first file: what is measured is a warm one.
    path.write_bytes(b"bonjour")
    look_into(path, name="bonjour.txt", allowed=EVERY_KIND)
    for number, (name, content) in enumerate(mutants(FILES, SEED)):
        path.write_bytes(content)
        for reads_table in (False, True) if Path(name).suffix in TABLES else (False,):
            begun = time.perf_counter()
            try:
                if reads_table:
                    with path.open("rb") as file:
                        read_table(file)
                else:
                    show(path, look_into(path, name=name, allowed=EVERY_KIND).kind)
            except (RefusedFile, UnreadableFile) as refused:
                said[f"{'tableau' if reads_table else 'fichier'} : {str(refused)[:60]}"] += 1
            except Exception as error:
                unexpected += 1
                print(f"fichier {number}, {name} : {error!r}", flush=True)
            else:
                said["tableau lu" if reads_table else "fichier gardé"] += 1
            seconds = time.perf_counter() - begun
            if seconds > LATE:
                late += 1
                print(f"fichier {number}, {name} : {seconds:.1f} s", flush=True)
            longest = max(longest, seconds)
        if number in (FILES // 10, FILES - 1):
            memory.append(memory_of(os.getpid()))
    print(f"{FILES} fichiers, graine {SEED}, en {time.perf_counter() - start:.0f} s")
    for sentence, count in said.most_common():
        print(f"  {count:>6}  {sentence}")
    report("lus ici : ce qui n'est ni lu ni refusé par une phrase", unexpected, 0)
    report("lus ici : réponse la plus longue", longest, LATE, "s", f"({late} au-delà)")
    report("lus ici : mémoire, du premier dixième à la fin", memory[-1] - memory[0], 20, "Mo")


def show(path: Path, kind: "Kind") -> None:
    """What a page asks of a file that was kept: the picture of a HEIC, the words of a message."""
    from qualiopi.files.inspection import as_jpeg, read_mail
    from qualiopi.files.kinds import HEIC, MAILS

    with path.open("rb") as file:
        if kind == HEIC:
            as_jpeg(file)
        elif kind in MAILS:
            read_mail(file, media_type=kind.media_type)


def send_to_doors() -> None:
    """One in twenty of the same files, by HTTP: the answers, and the worker that gives them."""
    from bench.mutants import TABLES, mutants

    doors = lay_doors()
    log = FOLDER / "server.log"
    with log.open("wb") as written, server(log=written, longest=7200) as running:
        (worker,) = running.workers
        tokens = [csrf_token(running, door) for door in doors]
        post(running, doors[0], tokens[0], "bonjour.txt", b"bonjour")
        count, seen, turn = FILES // BY_DOORS, Seen(), threading.Lock()
        files = (file for number, file in enumerate(mutants(FILES, SEED)) if number % BY_DOORS == 0)
        memory: list[float] = []
        numbers = iter(range(count))

        def send_all() -> None:
            while True:
                with turn:
                    number = next(numbers, None)
                    if number is None:
                        return
                    name, content = next(files)
                    if number % SWEEP == 0:
                        sweep()
                    if number in (count // 10, count - 1):
                        memory.append(memory_of(worker))
                open_to = [each for each in range(len(doors)) if not doors[each].tables or Path(name).suffix in TABLES]
                chosen = open_to[number // 7 % len(open_to)]
                status, seconds = post(running, doors[chosen], tokens[chosen], name, content)
                seen.add(f"{doors[chosen].address} {name}", status, seconds)

        senders = [threading.Thread(target=send_all) for _number in range(SENDERS)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        same = children_of(running.master) == [worker]
    ends = Counter(re.findall(r"end: (\w+)", log.read_text(encoding="utf-8", errors="replace")))
    print(f"{count} envoyés ; réponses {dict(sorted(seen.statuses.items()))} ; lecteurs tombés {dict(sorted(ends.items()))}")
    for name, seconds in sorted(seen.late, key=lambda each: -each[1])[:5]:
        print(f"  {seconds} s : {name}")
    report("envoyés : sans réponse", seen.lost, 0)
    report("envoyés : réponses en 500 et plus", sum(times for status, times in seen.statuses.items() if status >= 500), 0)
    report("envoyés : processus serveurs tombés", 0 if same else 1, 0)
    report("envoyés : réponse la plus longue", seen.longest, LATE, "s", f"({len(seen.late)} au-delà)")
    report("envoyés : mémoire du serveur, du premier dixième à la fin", memory[-1] - memory[0], 20, "Mo")


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
    with closing(http.client.HTTPConnection("127.0.0.1", running.port, timeout=300)) as connection:
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
