"""How much a file may hold before it is refused. Bounds memory, whatever the file pretends to be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadLimits:
    """Limits of one reading; sizes in bytes."""

    file_size: int = 20 * 1024 * 1024
    unpacked_size: int = 200 * 1024 * 1024
    archive_members: int = 2_000
    rows: int = 100_000
    columns: int = 300
    cells: int = 1_500_000


DEFAULT_LIMITS = ReadLimits()
