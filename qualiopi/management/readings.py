"""How columns are read, on the command line: what was chosen, and what else could be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.management.base import CommandError

from qualiopi.exchange.judging import READINGS, WORDS
from qualiopi.text import comparison_key


def chosen_readings(choices: Sequence[str]) -> dict[str, str]:
    """Heading -> reading, from « TITRE=LECTURE ». Raises ``CommandError``."""
    found = {}
    for choice in choices:
        heading, separator, reading = choice.rpartition("=")
        if not separator:
            raise CommandError(f"« {choice} » : écrivez TITRE=LECTURE.")
        found[heading] = reading
    return found


def chosen_words(choices: Sequence[str], headings: Sequence[str]) -> dict[str, dict[str, str]]:
    """Heading -> comparison key of a word -> what it becomes, from « TITRE:MOT=VALEUR ». Raises ``CommandError``."""
    found: dict[str, dict[str, str]] = {}
    for choice in choices:
        named, separator, value = choice.rpartition("=")
        # A heading may hold a colon of its own: the longest one that begins the choice.
        heading = max((heading for heading in headings if named.startswith(f"{heading}:")), key=len, default="")
        if not separator or not heading:
            raise CommandError(f"« {choice} » : écrivez TITRE:MOT=VALEUR, avec le titre d’une colonne du fichier.")
        found.setdefault(heading, {})[comparison_key(named[len(heading) + 1 :])] = value
    return found


def refuse_unknown_choices(options: Mapping[str, Any], readings: Sequence[Mapping[str, Any]]) -> None:
    """Raise ``CommandError`` for a reading or a value that the column does not have: it would be ignored in silence."""
    by_heading = {told["column"]: told for told in readings}
    for heading, reading in options.get(READINGS, {}).items():
        possible = by_heading.get(heading, {}).get("readings", {})
        if reading not in possible:
            raise CommandError(_possible(f"« {reading} » n’est pas une lecture de la colonne « {heading} »", possible))
    for heading, words in options.get(WORDS, {}).items():
        told = by_heading.get(heading, {})
        known = {comparison_key(word["word"]) for word in told.get("words", [])}
        for word, value in words.items():
            if word not in known:
                raise CommandError(f"« {word} » n’est pas un mot à préciser de la colonne « {heading} ».")
            if value not in told["choices"]:
                raise CommandError(_possible(f"« {value} » n’est pas une valeur de la colonne « {heading} »", told["choices"]))


def _possible(sentence: str, choices: Mapping[str, str]) -> str:
    if not choices:
        return f"{sentence} : elle n’a pas de choix."
    return f"{sentence}. Possibles : {', '.join(f'{key} ({label})' for key, label in choices.items())}."


def other_readings(readings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """For each doubt, the option that chooses another reading or says what a word becomes."""
    for told in readings:
        heading = told["column"]
        if told["doubt"]:
            for key, label in told["readings"].items():
                if key != told["chosen"]:
                    yield f'    autre lecture, --reading "{heading}={key}" : {label}'
        words = [word["word"] for word in told["words"]] if told["doubt"] else []
        if words:
            values = ", ".join(f"{key} ({label})" for key, label in told["choices"].items())
            yield f'    autre valeur d’un mot, --word "{heading}:{words[0]}=VALEUR" : {values}'
