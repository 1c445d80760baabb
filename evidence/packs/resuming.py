"""What the making of a pack leaves as it goes, so that whoever takes it up goes on where it stood: pieces compared, then the plan."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from evidence.packs.plan import SETTLED_AFTER, is_intact, seal_of

CHECKED, MADE = "checked.jsonl", "made.json"


class Checked:
    """Pieces already compared with their digest, each with the seal it bore then: one that still bears it is not read again."""

    def __init__(self, folder: str) -> None:
        """`folder`: that of the pack, under MEDIA_ROOT."""
        self.path = Path(settings.MEDIA_ROOT) / folder / CHECKED
        self.path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        self.seals: dict[str, list[str]] = {}
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                # The last line may be cut: it was being written when the process vanished.
                if line.endswith("]"):
                    source, sha256, seal = json.loads(line)
                    self.seals[source] = [sha256, seal]

    def is_intact(self, source: str, sha256: str) -> bool:
        """Whether a file under MEDIA_ROOT still gives this digest."""
        try:
            # Before the reading that vouches for its bytes: what changes afterwards breaks it.
            seal = seal_of(source, settled_before=time.time() - SETTLED_AFTER)
        except FileNotFoundError:
            return False
        if seal and self.seals.get(source) == [sha256, seal]:
            return True
        if not is_intact(source, sha256):
            return False
        if seal:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps([source, sha256, seal]) + "\n")
        return True


@dataclass(frozen=True, slots=True)
class Made:
    """A pack whose plan is kept, and whose archive is still to be read whole. `previous`: key of the pack it names, if any."""

    digest: str
    files: int
    missing: int
    altered: list[str]
    previous: str | None

    def save(self, folder: str) -> None:
        """Keep it beside the plan: whole, or not at all."""
        path = Path(settings.MEDIA_ROOT) / folder / MADE
        written = path.with_suffix(".new")
        written.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        os.replace(written, path)

    @classmethod
    def load(cls, folder: str) -> Made | None:
        """What `save` kept, None when the pack did not come that far."""
        try:
            return cls(**json.loads((Path(settings.MEDIA_ROOT) / folder / MADE).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None


def forget(folder: str) -> None:
    """Take away what only served to go on: the pack is ready, or begins again."""
    for name in (CHECKED, MADE):
        (Path(settings.MEDIA_ROOT) / folder / name).unlink(missing_ok=True)
