"""One thing owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed. `trainers` or `user` can mend it; with neither, the team does.

    `key`: what it is; `session` is empty for what is of nobody's session; `of_file`: a piece of a trainer's file.
    """

    key: str
    what: str
    since: date
    indicator: int | None
    session: str
    label: str
    url: str
    action: str
    trainers: tuple[str, ...] = ()
    user: str = ""
    of_file: bool = False
