"""What can be done with people."""

from trainings.people.verbs.links import (
    DROPPED_KINDS,
    NotDeliveredError,
    ask_new_link,
    drop,
    renew_link,
    send_link,
    trainer_link,
)
from trainings.people.verbs.parties import change_party, create_party, find_or_create_company, find_or_create_funder
from trainings.people.verbs.records import accept_record, add_record, refuse_record, say_covers, withdraw_record
from trainings.people.verbs.subcontracting import (
    review_subcontractor,
    save_subcontract,
    save_subcontractor,
    subcontractor_of_trainer,
)
from trainings.people.verbs.trainees import LookAlikes, change_trainee, create_trainee, find_or_create_trainee
from trainings.people.verbs.trainers import save_trainer

__all__ = [
    "DROPPED_KINDS",
    "LookAlikes",
    "NotDeliveredError",
    "accept_record",
    "add_record",
    "ask_new_link",
    "change_party",
    "change_trainee",
    "create_party",
    "create_trainee",
    "drop",
    "find_or_create_company",
    "find_or_create_funder",
    "find_or_create_trainee",
    "refuse_record",
    "renew_link",
    "review_subcontractor",
    "save_subcontract",
    "save_subcontractor",
    "save_trainer",
    "say_covers",
    "send_link",
    "subcontractor_of_trainer",
    "trainer_link",
    "withdraw_record",
]
