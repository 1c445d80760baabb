"""A status as data, for the command line and for whoever reads it elsewhere: everything that is missing, nothing shortened."""

from __future__ import annotations

from typing import Any

from evidence.engine.result import ExpectationResult, IndicatorStatus
from evidence.readiness.links import way_to_mend


def as_data(organisation: str, status: IndicatorStatus) -> dict[str, Any]:
    """One indicator as JSON values. `url` leads where a hole is mended; `expectations` names all that it lacks. `status` is today's
    reading; `renewals` what is good today and will have lapsed on the audit date: until when, and from when to do it again."""
    by_key = {result.expectation.key: result.expectation for result in status.expectations}
    return {
        "number": status.number,
        "applicable": status.applicable.value,
        "status": status.status.value,
        "expected": status.expected,
        "observed": status.observed,
        "missing": [
            {
                "kind": missing.kind.value,
                "reference": missing.reference,
                "label": missing.label,
                "url": way_to_mend(organisation, by_key[missing.expectation_key], missing.kind, missing.subject_id).url,
                "expectation": missing.expectation_key,
                "expectations": list(missing.expectation_keys),
                "sentence": missing.sentence,
            }
            for missing in status.missing
        ],
        "reasons": list(status.reasons),
        "renewals": [
            {
                "kind": renewal.subject.kind.value,
                "reference": renewal.subject.reference,
                "label": renewal.subject.label,
                "expectation": renewal.expectation_key,
                "until": renewal.until.isoformat(),
                "from": renewal.again_from.isoformat(),
                "sentence": renewal.sentence,
            }
            for renewal in status.renewals
        ],
        "next_action": status.next_action,
        "due_on": status.due_on.isoformat() if status.due_on else None,
        "provisional": status.provisional,
        "expectations": [
            {
                "key": result.expectation.key,
                "outcome": result.outcome.value,
                "observed": result.observed,
                "n": result.n,
                "d": result.d,
                "needed": result.needed,
                "counts": counted_noun(result),
                "read_by": {
                    subject.reference: list(result.read_by[subject.id])
                    for subject in result.subjects
                    if subject.id in result.read_by and not result.expectation.sensitive
                },
            }
            for result in status.expectations
        ],
    }


def counted_noun(result: ExpectationResult) -> str:
    """What `n` and `d` count, in French and in the plural: "inscrits", "sessions terminées"; "" where a person looks instead."""
    words = result.expectation.wording
    return words.many if words else ""
