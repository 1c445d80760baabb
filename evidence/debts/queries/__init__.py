"""What is owed, by whom, since when: worked out of the board that is kept of today. A constant number of queries."""

from evidence.debts.queries.line import Owed
from evidence.debts.queries.owed import owed_in
from evidence.debts.queries.people import Person, Pile, people_owing, piles_of
from evidence.debts.queries.today import Today, next_day_of, today_of

__all__ = ["Owed", "Person", "Pile", "Today", "next_day_of", "owed_in", "people_owing", "piles_of", "today_of"]
