"""The processes that write PDFs end with the one that started them, even when it says nothing."""

import os
import subprocess
import sys

from django.conf import settings

from tests.harness.waiting import until
from tests.standing.processes import descendants, runs

RENDER = """
import signal
from itertools import repeat
import django
django.setup()
from qualiopi.web.pdf import write_pdfs
if __name__ == "__main__":
    documents = write_pdfs(repeat("<!DOCTYPE html><html lang='fr'><title>Essai</title><p>Essai</p>", 50), workers=2)
    next(documents)
    print("un", flush=True)
    signal.pause()
"""


def two(pids):
    """These processes when they are two; nothing as long as they are not."""
    return pids if len(pids) == 2 else []


def test_a_pool_ends_when_its_owner_is_killed(tmp_path):
    script = tmp_path / "render.py"
    script.write_text(RENDER)
    owner = subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(settings.BASE_DIR), "DJANGO_SETTINGS_MODULE": "qualiopi.settings.test"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "un\n"
        # Two that write, and nothing else. The second one may still be looking for its libraries, by processes that end.
        pool = until(lambda: two(descendants(owner.pid)), "deux processus qui écrivent, et aucun autre")
    finally:
        owner.kill()
        owner.communicate()
    until(lambda: not any(runs(pid) for pid in pool), "la fin de la réserve")
    assert [pid for pid in pool if runs(pid)] == []
