"""The variables of each kind of document: their names in templates, what they are, an example.

Names are French words without accents: they are written by the people of the organisation, in their templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from qualiopi.web.typography import french_spaces
from trainings.documents.models import DocumentKind as K

_SOURCE = Path(__file__).with_name("variables.yaml")


@dataclass(frozen=True, slots=True)
class Variable:
    """One piece of information. `block`: made by us (a table, a place to sign), it stands alone on its line."""

    name: str
    explanation: str
    example: str = ""
    block: bool = False


@dataclass(frozen=True, slots=True)
class ListVariable:
    """Something that repeats; a template goes through it with a loop."""

    name: str
    explanation: str
    fields: tuple[Variable, ...]
    example: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Variables that begin with the same word: `stagiaire.nom`, `stagiaire.prenom`."""

    name: str
    title: str
    variables: tuple[Variable | ListVariable, ...]


_COMMON = ("organisme", "document", "formation", "session")
_GROUPS = {
    K.AGREEMENT: (*_COMMON, "entreprise", "tarif", "convention"),
    K.CONTRACT: (*_COMMON, "stagiaire", "tarif", "mentions", "convention"),
    K.PROGRAMME: _COMMON,
    K.CONVOCATION: (*_COMMON, "stagiaire"),
    K.WELCOME: _COMMON,
    K.RULES: _COMMON,
    K.ATTENDANCE_SHEET: (*_COMMON, "emargement"),
    K.COMPLETION: (*_COMMON, "stagiaire", "realisation"),
    K.ATTESTATION: (*_COMMON, "stagiaire", "realisation", "acquis"),
    K.SUBCONTRACT: (*_COMMON, "sous_traitant", "contrat", "convention"),
}


@cache
def _all() -> dict[str, Group]:
    read = yaml.safe_load(_SOURCE.read_text(encoding="utf-8"))
    return {
        name: Group(name, said["title"], tuple(_variable(*line) for line in said["variables"].items()))
        for name, said in read.items()
    }


def _variable(name: str, said: dict[str, Any]) -> Variable | ListVariable:
    explanation = french_spaces(said["says"]).replace("'", "’")
    if "fields" in said:
        fields = tuple(Variable(field, french_spaces(words).replace("'", "’")) for field, words in said["fields"].items())
        rows = tuple({field: _shown(value) for field, value in row.items()} for row in said["example"])
        return ListVariable(name, explanation, fields, rows)
    return Variable(name, explanation, _shown(said.get("example", "")), block=said.get("block", False))


def _shown(text: str) -> str:
    return french_spaces(text).replace("'", "’")


@cache
def groups_of(kind: str) -> tuple[Group, ...]:
    """What a template of this kind may say, in the order in which it is shown beside the editor."""
    return tuple(_all()[name] for name in _GROUPS[K(kind)])


@cache
def schema_of(kind: str) -> Mapping[str, Mapping[str, Variable | ListVariable]]:
    """Group, then name, to the variable."""
    return {group.name: {variable.name: variable for variable in group.variables} for group in groups_of(kind)}


def example_of(kind: str) -> dict[str, Any]:
    """An invented context of this kind, of the same shape as a real one."""
    return {
        group.name: {
            variable.name: [dict(row) for row in variable.example] if isinstance(variable, ListVariable) else variable.example
            for variable in group.variables
        }
        for group in groups_of(kind)
    }


def blank_of(kind: str) -> dict[str, dict[str, Any]]:
    """Every variable of this kind with nothing to say: what is not known is empty, never absent."""
    return {
        group.name: {variable.name: [] if isinstance(variable, ListVariable) else "" for variable in group.variables}
        for group in groups_of(kind)
    }
