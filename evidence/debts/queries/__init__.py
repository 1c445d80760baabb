"""What is owed, by whom, since when: worked out of the board that is kept of today. A constant number of queries."""

from evidence.debts.queries.line import Owed
from evidence.debts.queries.owed import STEP, owed_in, owed_of, way_of_step
from evidence.debts.queries.people import Person, Pile, people_owing, piles_of, trainers_reminded
from evidence.debts.queries.today import Today, next_day_of, today_of

__all__ = [
    "STEP",
    "Owed",
    "Person",
    "Pile",
    "Today",
    "next_day_of",
    "owed_in",
    "owed_of",
    "people_owing",
    "piles_of",
    "today_of",
    "trainers_reminded",
    "way_of_step",
]
