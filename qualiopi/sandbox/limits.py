"""How much the reading of one file may cost, and what is said when it costs more."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

MEGABYTE = 1024 * 1024
# A workbook full to our own bounds takes about one second of processor per megabyte; twice that leaves room for a slow machine.
SECONDS_PER_MEGABYTE = 2
# Parsers work and never wait: their processor time is what bounds them. The clock is for a machine so busy that they get little of it.
CLOCK_PER_PROCESSOR = 4


class Cause(StrEnum):
    """Why a child gave no answer."""

    MEMORY = "memory"
    TIME = "time"
    OUTPUT = "output"
    CRASH = "crash"
    BUSY = "busy"


class Died(Exception):
    """The child ended before it had said everything; `detail` is for the log, never for a page."""

    def __init__(self, cause: Cause, detail: str = "") -> None:
        super().__init__(f"{cause}: {detail}" if detail else str(cause))
        self.cause = cause
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one child: memory in bytes beyond what it starts with, processor in whole seconds, seconds on the clock, bytes it may answer.

    `threads`: its parser starts some whatever it is asked.
    """

    memory: int
    processor: int
    clock: float
    output: int
    threads: bool = False


def limits_for(size: int, *, output: int, threads: bool = False) -> Limits:
    """The limits for a file of `size` bytes: a small one gets little time, a large one what it may need; `output` in bytes."""
    processor = settings.PARSER_SECONDS + SECONDS_PER_MEGABYTE * size // MEGABYTE
    return Limits(
        memory=settings.PARSER_MEMORY_MB * MEGABYTE,
        processor=min(processor, settings.PARSER_LONGEST_SECONDS),
        clock=CLOCK_PER_PROCESSOR * settings.PARSER_LONGEST_SECONDS,
        output=output,
        threads=threads,
    )
