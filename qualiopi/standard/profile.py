"""What an organisation says about its activity. ``None`` means: not known yet."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from qualiopi.standard.model import CATEGORIES
from qualiopi.standard.typography import french

FLAGS = (
    "certifying",
    "work_study",
    "work_based",
    "remote",
    "subcontracts_out",
    "salary_portage",
    "works_as_subcontractor",
)
_CATEGORY_LISTS = ("categories", "new_entrant_categories")


class ProfileError(ValueError):
    """A profile that can't be read. ``sentences``: every fault, in French."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = tuple(french(sentence) for sentence in sentences)
        super().__init__(" ".join(self.sentences))


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Only the listed categories are held; an empty list means that they are not known yet.

    ``certifying``: prepares for a registered certification. ``work_study``: alternance. ``work_based``: periods at the workplace.
    ``remote``: part or all at a distance. ``subcontracts_out``, ``salary_portage``: gives work out, carries salaried trainers.
    ``works_as_subcontractor``: runs sessions for another organisation. ``new_entrant_categories``: held categories in their
    first year here.
    """

    categories: frozenset[str] = frozenset()
    certifying: bool | None = None
    work_study: bool | None = None
    work_based: bool | None = None
    remote: bool | None = None
    subcontracts_out: bool | None = None
    salary_portage: bool | None = None
    works_as_subcontractor: bool | None = None
    new_entrant_categories: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        faults = [f"Catégorie inconnue : {code}." for code in sorted(self.categories - set(CATEGORIES))]
        faults += [
            f"Nouvel entrant en {code} : cette catégorie doit aussi figurer parmi les catégories exercées."
            for code in sorted(self.new_entrant_categories - self.categories)
        ]
        if faults:
            raise ProfileError(faults)

    @classmethod
    def from_data(cls, data: object) -> Self:
        """From one JSON object. An absent key means "not known yet". Raises ``ProfileError`` with every fault."""
        if not isinstance(data, Mapping):
            raise ProfileError(["Un profil est un objet JSON, entre accolades."])
        known = {field.name for field in fields(cls)}
        faults = [
            f"Rubrique inconnue : « {key} ». Rubriques admises : {', '.join(sorted(known))}." for key in data if key not in known
        ]
        values: dict[str, Any] = {}
        for key in _CATEGORY_LISTS:
            values[key] = _categories(key, data.get(key), faults)
        for key in FLAGS:
            value = data.get(key)
            if value is not None and not isinstance(value, bool):
                faults.append(f"« {key} » : répondez true, false ou null (pas encore connu), et non « {value} ».")
            values[key] = value
        if faults:
            raise ProfileError(faults)
        return cls(**values)

    def as_data(self) -> dict[str, Any]:
        """The JSON object ``from_data`` reads; categories in the order of the Code."""
        return {
            "categories": [code for code in CATEGORIES if code in self.categories],
            **{flag: getattr(self, flag) for flag in FLAGS},
            "new_entrant_categories": [code for code in CATEGORIES if code in self.new_entrant_categories],
        }


def _categories(key: str, value: object, faults: list[str]) -> frozenset[str]:
    if value is None:
        return frozenset()
    if not isinstance(value, list):
        faults.append(f'« {key} » : une liste est attendue, par exemple ["AF", "CFA"].')
        return frozenset()
    unknown = [item for item in value if item not in CATEGORIES]
    faults.extend(f"« {key} » : catégorie inconnue « {item} ». Catégories admises : {', '.join(CATEGORIES)}." for item in unknown)
    return frozenset(item for item in value if item in CATEGORIES)
