"""Reading documents: for whom they are, what they say, what was issued."""

from trainings.documents.guards import blocking_certificate
from trainings.documents.queries.contexts import Draft, drafts_of
from trainings.documents.queries.issued import (
    BATCH_SILENCE,
    KindLine,
    Line,
    State,
    batch_of,
    current_wording,
    in_force,
    is_stalled,
    issued_of,
    lines_of,
    numbers_in_force,
    overview,
    recent_batches,
    sending_behind,
    state_of,
    style_of,
    versions_of,
)
from trainings.documents.queries.targets import Target, key_of, targets_of, uncertain_people

__all__ = [
    "BATCH_SILENCE",
    "Draft",
    "KindLine",
    "Line",
    "State",
    "Target",
    "batch_of",
    "blocking_certificate",
    "current_wording",
    "drafts_of",
    "in_force",
    "is_stalled",
    "issued_of",
    "key_of",
    "lines_of",
    "numbers_in_force",
    "overview",
    "recent_batches",
    "sending_behind",
    "state_of",
    "style_of",
    "targets_of",
    "uncertain_people",
    "versions_of",
]
