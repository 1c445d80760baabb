"""Of which nature a funder is, from its name."""

from __future__ import annotations

from trainings.people.models import FunderKind

# The first word found in a funder's name says of which nature it is.
FUNDER_KINDS = (
    ("cpf", FunderKind.CPF),
    ("compte personnel", FunderKind.CPF),
    ("france travail", FunderKind.FRANCE_TRAVAIL),
    ("pole emploi", FunderKind.FRANCE_TRAVAIL),
    ("region", FunderKind.REGION),
    ("conseil regional", FunderKind.REGION),
    ("fifpl", FunderKind.FAF),
    ("fif pl", FunderKind.FAF),
    ("agefice", FunderKind.FAF),
    ("fafcea", FunderKind.FAF),
    ("vivea", FunderKind.FAF),
    ("opco", FunderKind.OPCO),
    ("afdas", FunderKind.OPCO),
    ("atlas", FunderKind.OPCO),
    ("akto", FunderKind.OPCO),
    ("constructys", FunderKind.OPCO),
    ("ocapiat", FunderKind.OPCO),
    ("uniformation", FunderKind.OPCO),
    ("etat", FunderKind.STATE),
    ("fse", FunderKind.STATE),
)


def funder_kind(key: str) -> FunderKind:
    """The nature of a funder, from the comparison key of its name."""
    padded = f" {key} "
    return next((kind for word, kind in FUNDER_KINDS if f" {word} " in padded), FunderKind.OTHER)
