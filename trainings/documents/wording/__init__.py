"""The wording of the documents: which variables a kind has, what a template may say, what it becomes once filled."""

from trainings.documents.wording.checking import Problem, check, variables_used
from trainings.documents.wording.contract import concluded_too_late, first_payment, withdrawal_ends
from trainings.documents.wording.filling import Filled, FillingError, fill
from trainings.documents.wording.kinds import KindFacts, Recipients, facts_of
from trainings.documents.wording.shipped import shipped_body
from trainings.documents.wording.statements import Statement, missing_from_template, missing_statements, statements_of
from trainings.documents.wording.variables import Group, ListVariable, Variable, example_of, groups_of

__all__ = [
    "Filled",
    "FillingError",
    "Group",
    "KindFacts",
    "ListVariable",
    "Problem",
    "Recipients",
    "Statement",
    "Variable",
    "check",
    "concluded_too_late",
    "example_of",
    "facts_of",
    "fill",
    "first_payment",
    "groups_of",
    "missing_from_template",
    "missing_statements",
    "shipped_body",
    "statements_of",
    "variables_used",
    "withdrawal_ends",
]
