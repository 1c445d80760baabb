"""Which indicators concern an organisation, from its profile. Pure rules; each answer carries its reason in French."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qualiopi.standard.model import CATEGORIES, Condition, Grid, Indicator
from qualiopi.standard.profile import Profile
from qualiopi.standard.typography import french


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Applicability:
    """Whether an indicator concerns the organisation. ``reason``: a French sentence; ``source``: the text it rests on."""

    number: int
    answer: Answer
    reason: str
    source: str


_NAMES = {"AF": "les actions de formation", "BC": "les bilans de compétences", "VAE": "la VAE", "CFA": "l'apprentissage"}
_HELD = {"AF": "vos actions de formation", "BC": "vos bilans de compétences", "VAE": "la VAE", "CFA": "l'apprentissage"}
_CAPITALISED = {"AF": "La formation", "BC": "Le bilan de compétences", "VAE": "La VAE", "CFA": "L'apprentissage"}


def applicability(grid: Grid, profile: Profile) -> list[Applicability]:
    """One answer per indicator of the grid, in order.

    A category of action counts only if the profile lists it. Apprenticeship and VAE always lead to a certification;
    apprenticeship is always work-study with periods at the workplace, and work-study includes such periods. An empty list of
    categories means that they are not known: what depends on them is ``unknown``.
    """
    return [applies(indicator, profile) for indicator in grid.indicators]


def applies(indicator: Indicator, profile: Profile) -> Applicability:
    """The answer for one indicator, with its reason and source."""
    answer, reason, source = _judge(indicator, profile)
    if profile.works_as_subcontractor and answer is not Answer.NO:
        reason = f"{reason} Quand vous êtes sous-traitant : {_lower_first(indicator.subcontractor)}"
    return Applicability(number=indicator.number, answer=answer, reason=_printed(reason), source=_printed(source))


@lru_cache(maxsize=1024)
def _printed(text: str) -> str:
    """The same few hundred sentences of the standard, read on every page."""
    return french(text)


def _judge(indicator: Indicator, profile: Profile) -> tuple[Answer, str, str]:
    condition = indicator.condition
    if indicator.common:
        if condition is None:
            return Answer.YES, "Concerne toutes les catégories d'actions.", indicator.reference
        return (*_by_flags(condition, profile), condition.source)
    concerned = _in_order(indicator.categories)
    if not profile.categories:
        return (
            Answer.UNKNOWN,
            f"À préciser : quelles catégories d'actions exercez-vous ? Concerne {_list(concerned)}.",
            indicator.reference,
        )
    held = [code for code in concerned if code in profile.categories]
    if not held:
        return Answer.NO, f"Ne concerne que {_list(concerned)} : ce n'est pas votre activité.", indicator.reference
    if condition is None:
        return Answer.YES, f"Concerne {_join([_HELD[code] for code in held])}.", indicator.reference
    always = [code for code in held if code in condition.always_for]
    if always:
        return Answer.YES, condition.always.format(category=_CAPITALISED[always[0]]), condition.source
    return (*_by_flags(condition, profile), condition.source)


def _by_flags(condition: Condition, profile: Profile) -> tuple[Answer, str]:
    values = [getattr(profile, flag) for flag in condition.profile_flags]
    if any(values):
        return Answer.YES, condition.yes
    if None in values:
        return Answer.UNKNOWN, condition.unknown
    return Answer.NO, condition.no


def _in_order(codes: frozenset[str]) -> list[str]:
    return [code for code in CATEGORIES if code in codes]


def _list(codes: list[str]) -> str:
    return _join([_NAMES[code] for code in codes])


def _join(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
