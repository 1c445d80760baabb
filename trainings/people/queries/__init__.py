"""Reading people."""

from trainings.people.queries.former import formerly, known_as, look_behind_merged, person_formerly
from trainings.people.queries.names import people_saying
from trainings.people.queries.parties import parties_of, party_named, unreachable_of, with_counts
from trainings.people.queries.records import (
    Unqualified,
    first_session_on,
    record_of,
    records_of,
    required_of,
    requirements_of,
    trainer_behind,
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
from trainings.people.queries.trainees import followed_by, look_alikes, trainee_of, trainees_of
from trainings.people.queries.trainers import trainers_of

__all__ = [
    "CpfShare",
    "GivenSession",
    "Unqualified",
    "blanks_of",
    "cpf_share",
    "first_session_on",
    "followed_by",
    "formerly",
    "given_sessions",
    "known_as",
    "look_alikes",
    "look_behind_merged",
    "parties_of",
    "party_named",
    "people_saying",
    "person_formerly",
    "record_of",
    "records_of",
    "required_of",
    "requirements_of",
    "subcontract_of",
    "subcontractors_of",
    "trainee_of",
    "trainees_of",
    "trainer_behind",
    "trainers_of",
    "unqualified_sessions",
    "unreachable_of",
    "waiting_records",
    "with_counts",
]
