"""A photograph and a small file deposited: what a child process costs, against decoding the same bytes where one stands."""

import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from bench.measure import FOLDER, exit_status, prepare, report

TIMES = 9
POINTS = (4000, 3000)
NUMBERS = count(1)


def photograph(path: Path) -> None:
    """Twelve million points that compress no better than what a phone takes."""
    from PIL import Image

    Image.effect_noise(POINTS, 50).convert("RGB").save(path, quality=85)


def alter(path: Path) -> None:
    """Write another number after the picture: bytes that nobody deposited yet."""
    with path.open("ab") as file:
        file.write(next(NUMBERS).to_bytes(8))


def waited(action: Callable[[], None]) -> float:
    """Seconds that who sends a file waits: the child works beside us, so the clock of the wall tells."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> int:
    """Deposit them with the verb of the pages, and do by hand what it does with the bytes, in turn."""
    prepare()
    from django.core.files.base import File
    from PIL import Image

    from bench.dataset import plain_organisation
    from evidence.library.verbs import deposit

    organisation = plain_organisation("mesure")
    large, small = FOLDER / "photo.jpg", FOLDER / "petite.png"
    photograph(large)
    Image.new("RGB", (40, 30)).save(small)

    def ours(path: Path) -> None:
        alter(path)
        with path.open("rb") as file:
            deposit(organisation=organisation, upload=File(file, name=path.name), actor=None)

    def bare(path: Path) -> None:
        (FOLDER / "copie").write_bytes(path.read_bytes())
        with Image.open(FOLDER / "copie") as picture:
            picture.load()

    ours(small)
    for what, path in (("une photographie", large), ("une petite image", small)):
        pairs = [(waited(lambda path=path: ours(path)), waited(lambda path=path: bare(path))) for _ in range(TIMES)]  # type: ignore[misc]
        kept, alone = (min(times) for times in zip(*pairs, strict=True))
        detail = f"({kept * 1000:.0f} ms / {alone * 1000:.0f} ms)"
        report(f"{what} déposée, de plus que la copier et la décoder", (kept - alone) * 1000, 60, "ms", detail)
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
