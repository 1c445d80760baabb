"""Reading documents: for whom they are, what they say, what was issued."""

from trainings.documents.guards import blocking_certificate
from trainings.documents.queries.contexts import Draft, drafts_of
from trainings.documents.queries.issued import (
    BatchState,
    KindLine,
    Line,
    State,
    batch_of,
    batch_states,
    current_wording,
    in_force,
    issued_of,
    lines_of,
    numbers_in_force,
    overview,
    recent_batches,
    sending_behind,
    state_of,
    style_of,
    unfinished_batches,
    versions_of,
)
from trainings.documents.queries.targets import Target, key_of, targets_of, uncertain_people

__all__ = [
    "BatchState",
    "Draft",
    "KindLine",
    "Line",
    "State",
    "Target",
    "batch_of",
    "batch_states",
    "blocking_certificate",
    "current_wording",
    "drafts_of",
    "in_force",
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
    "unfinished_batches",
    "versions_of",
]
