"""The pack of 3,000 files of 200 KB through the application server, beside one static file of the same bytes."""

import hashlib
import os
import statistics
import sys
import threading
import time
import zlib
from pathlib import Path
from typing import Any

from bench.measure import exit_status, memory_growth, note, prepare, queries, report
from bench.server import Answer, Server, fetch, server, signed_in

FEW, FILES = 30, 3_000
TIMES, AT_ONCE = 4, 3


def main() -> int:
    """Lay the files, build the pack, download it alone, then three times at once while another page answers."""
    prepare()
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from bench.dataset import lay_pieces, plain_organisation, quality_manager

    counts = {}
    for number in (FEW, FILES):
        organisation = plain_organisation(f"mesure-{number}")
        lay_pieces(organisation, number, fill)
        with queries() as built:
            pack = make_pack(organisation)
        user = quality_manager(organisation)
        path = reverse("packs:download", args=[organisation.slug, pack.pk])
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        with queries() as sent:
            size = sum(len(piece) for piece in client.get(path).streaming_content)
        assert size == pack.size
        counts[number] = (len(sent), len([sql for sql, _, _ in built if not sql.startswith(("SAVEPOINT", "RELEASE"))]))
    report("requêtes du téléchargement", counts[FILES][0], 20)
    report(f"requêtes du téléchargement de plus qu'avec {FEW} fichiers", counts[FILES][0] - counts[FEW][0], 0)
    note("requêtes de la préparation, en arrière-plan", counts[FILES][1], "", f"(avec {FEW} fichiers : {counts[FEW][1]})")

    # The same bytes, so that both are files of the same length out of the same cache.
    static = Path(settings.STATIC_ROOT) / "pack.zip"
    with static.open("wb") as target:
        target.writelines(client.get(path).streaming_content)
    with server() as running:
        compare_with_static(running, path, signed_in(user), pack.size)
    with server(workers=2) as running:
        three_at_once(running, path, signed_in(user), pack.size)
    return exit_status()


def compare_with_static(running: Server, path: str, cookie: str, size: int) -> None:
    """Download both in turn."""
    from django.conf import settings

    static = f"{settings.STATIC_URL}pack.zip"
    fetch(running.port, path, cookie=cookie)  # what is loaded once is loaded
    with memory_growth(*running.workers) as grown:
        pairs = [
            (
                checked(fetch(running.port, path, cookie=cookie), size),
                checked(fetch(running.port, static), size),
            )
            for _ in range(TIMES)
        ]
        growth = grown()
    ours, plain = min(pair[0].total for pair in pairs), min(pair[1].total for pair in pairs)
    report("premier octet du dossier", min(pair[0].first_byte for pair in pairs), 0.5, "s")
    rates = f"({size / ours / 1e6:.0f} Mo/s / {size / plain / 1e6:.0f} Mo/s)"
    report("temps du dossier / temps du fichier statique", ours / plain, 1.5, "x", rates)
    report("mémoire prise par le processus serveur", growth, 64, "Mo")


def three_at_once(running: Server, path: str, cookie: str, size: int) -> None:
    """How long another page waits while three people download."""
    alone = waiting(running, 20)
    downloads: list[Answer] = []
    threads = [
        threading.Thread(target=lambda: downloads.append(checked(fetch(running.port, path, cookie=cookie), size)))
        for _ in range(AT_ONCE)
    ]
    with memory_growth(*running.workers) as grown:
        for thread in threads:
            thread.start()
        meanwhile = []
        while any(thread.is_alive() for thread in threads):
            meanwhile += waiting(running, 1)
        growth = grown()
    assert len(downloads) == AT_ONCE
    detail = (
        f"(médiane {statistics.median(meanwhile):.3f} s sur {len(meanwhile)} pages ; seule : {statistics.median(alone):.3f} s)"
    )
    report(f"attente d'une autre page pendant {AT_ONCE} dossiers", max(meanwhile), 1, "s", detail)
    report(f"mémoire prise pendant {AT_ONCE} dossiers", growth, 64, "Mo")


def waiting(running: Server, times: int) -> list[float]:
    """Seconds another page takes, each time."""
    from django.urls import reverse

    found = []
    for _ in range(times):
        answer = fetch(running.port, reverse("grids:compare"))
        assert answer.status == 200
        found.append(answer.total)
        time.sleep(0.02)
    return found


def checked(answer: Answer, size: int) -> Answer:
    """The answer, once it is known to be whole."""
    assert (answer.status, answer.size) == (200, size), answer
    return answer


def fill(file: Any) -> None:
    """Write bytes that nothing compresses, and say so on the row."""
    from django.conf import settings

    content = os.urandom(file.size)
    path = Path(settings.MEDIA_ROOT) / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    file.sha256, file.crc32 = hashlib.sha256(content).hexdigest(), zlib.crc32(content)


def make_pack(organisation: Any) -> Any:
    """Ask for the pack and make it, as the background task does."""
    from bench.dataset import AUDIT_DATE
    from evidence.packs.verbs import ask_for_pack, build_pack

    return build_pack(pack_id=ask_for_pack(organisation=organisation, audit_date=AUDIT_DATE, actor=None).pk)


if __name__ == "__main__":
    sys.exit(main())
