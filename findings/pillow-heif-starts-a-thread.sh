#!/usr/bin/env bash
# One expects a picture to be decoded in the thread that asks when decode_threads is 1 ("maximum number of threads to use for decoding").
# pillow-heif 1.8.1 (libheif 1.23.6, libde265 1.1.3) starts one more thread whatever is asked, 0 and 1 included: where a process may start
# none (RLIMIT_NPROC, which counts threads, and holds every user but root), no HEIC picture can be read.
# Seen on 30 November 2026. The product forbids processes by a filter of system calls that lets threads be (qualiopi/sandbox/seccomp.py).
set -euo pipefail
[ -d /proc/self/task ] || exit 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 pillow-heif==1.8.1 || exit 2
cat >"$folder/try.py" <<'PYTHON'
import io
import os
import sys
import threading

import pillow_heif
from PIL import Image

target = io.BytesIO()
pillow_heif.from_pillow(Image.effect_noise((1600, 1200), 80).convert("RGB")).save(target, quality=50)


def most_threads(asked: int) -> int:
    """Threads beyond our two while a picture is decoded: the one that decodes and the one that counts."""
    pillow_heif.options.DECODE_THREADS = asked
    counts, done, ready = [0], threading.Event(), threading.Event()

    def count() -> None:
        before = len(os.listdir("/proc/self/task"))
        ready.set()
        while not done.is_set():
            counts.append(len(os.listdir("/proc/self/task")) - before)

    counter = threading.Thread(target=count)
    counter.start()
    ready.wait()
    pillow_heif.open_heif(io.BytesIO(target.getvalue())).to_pillow()
    done.set()
    counter.join()
    return max(counts)


pillow_heif.open_heif(io.BytesIO(target.getvalue())).to_pillow()
found = {asked: most_threads(asked) for asked in (0, 1)}
print("pillow-heif", pillow_heif.__version__, pillow_heif.libheif_info()["libheif"], pillow_heif.libheif_info()["decoders"])
print("Expected: no other thread when 0 or 1 is asked.")
print("Threads more, by what was asked:", found)
sys.exit(0 if min(found.values()) >= 1 else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
