"""Reading documents: for whom they are, what they say, what was issued."""

from trainings.documents.guards import blocking_certificate
from trainings.documents.queries.contexts import Draft, drafts_of
from trainings.documents.queries.issued import (
    Door,
    DoorState,
    KindLine,
    Line,
    State,
    batch_of,
    current_wording,
    door,
    in_force,
    issued_of,
    lines_of,
    overview,
    state_of,
    style_of,
    versions_of,
)
from trainings.documents.queries.targets import Target, key_of, targets_of, uncertain_people

__all__ = [
    "Door",
    "DoorState",
    "Draft",
    "KindLine",
    "Line",
    "State",
    "Target",
    "batch_of",
    "blocking_certificate",
    "current_wording",
    "door",
    "drafts_of",
    "in_force",
    "issued_of",
    "key_of",
    "lines_of",
    "overview",
    "state_of",
    "style_of",
    "targets_of",
    "uncertain_people",
    "versions_of",
]
