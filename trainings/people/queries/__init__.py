"""Reading people."""

from trainings.people.queries.records import (
    Door,
    LinkState,
    Unqualified,
    door,
    first_session_on,
    record_of,
    records_of,
    required_of,
    unqualified_sessions,
    waiting_records,
)
from trainings.people.queries.subcontracting import (
    CpfShare,
    GivenSession,
    blanks_of,
    cpf_share,
    given_sessions,
    subcontract_of,
    subcontractors_of,
)
from trainings.people.queries.trainees import followed_by, trainee_of, trainees_of
from trainings.people.queries.trainers import trainers_of

__all__ = [
    "CpfShare",
    "Door",
    "GivenSession",
    "LinkState",
    "Unqualified",
    "blanks_of",
    "cpf_share",
    "door",
    "first_session_on",
    "followed_by",
    "given_sessions",
    "record_of",
    "records_of",
    "required_of",
    "subcontract_of",
    "subcontractors_of",
    "trainee_of",
    "trainees_of",
    "trainers_of",
    "unqualified_sessions",
    "waiting_records",
]
