"""The fingerprint of a line of the register: SHA-256 of its canonical text and of the fingerprint before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from trainings.attendance.models import Mark


def canonical(mark: Mark) -> str:
    """What a line says, as one text: the same line always gives the same one. Reads the half-day and the file of the line.

    The day and the hours of the half-day are in it: moving a half-day that was signed would make its lines say something else.
    The number is not: the order of lines is what the chain itself holds.
    """
    half_day = mark.half_day
    told = {
        "session": str(mark.session_id),
        "half_day": str(mark.half_day_id),
        "day": half_day.day.isoformat(),
        "from": half_day.starts_at.strftime("%H:%M"),
        "to": half_day.ends_at.strftime("%H:%M"),
        "enrolment": _said(mark.enrolment_id),
        "trainer": _said(mark.trainer_id),
        "kind": str(mark.kind),
        "method": str(mark.method),
        "minutes": mark.minutes,
        "signed_at": _instant(mark.signed_at),
        "received_at": _instant(mark.created_at),
        "late": mark.late,
        "reason": mark.reason,
        "drawing": mark.drawing,
        "address": mark.address,
        "once": str(mark.once),
        "supersedes": _said(mark.supersedes_id),
        "file": mark.file.sha256 if mark.file is not None else None,
        "made_by": _said(mark.made_by_id),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint_of(mark: Mark, previous: str) -> str:
    """The fingerprint of a line that follows the one whose fingerprint is `previous` ("" for the first)."""
    return sealed(canonical(mark), previous)


def sealed(text: str, previous: str) -> str:
    """The same, of the canonical text of a line."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def _said(value: object) -> str | None:
    return None if value is None else str(value)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
