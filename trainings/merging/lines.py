"""What two pages of one person say, field by field, and what the one that is kept will say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.template.defaultfilters import floatformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from qualiopi.web.dates import short_date
from trainings.merging.relations import blank
from trainings.people.models import Trainee, Trainer
from trainings.sessions.models import Enrolment

KEPT, GONE = "kept", "gone"
# Chosen together: half a departure, or a status without its subcontractor, would say something false.
GROUPS: dict[type[Model], tuple[tuple[str, ...], ...]] = {
    Trainee: (
        ("civility",), ("first_name",), ("last_name",), ("birth_name",), ("birth_date",), ("email",), ("phone",), ("postcode",),
    ),
    Trainer: (
        ("first_name",), ("last_name",), ("email",), ("phone",), ("titles",), ("status", "subcontractor"), ("activity_number",),
        ("user",),
    ),
    Enrolment: (
        ("company", "has_company"), ("has_funder",), ("trainee_type",), ("aim",), ("price",), ("joined_on",),
        ("state", "ended_on", "end_reason", "end_action"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field, or several that go together, of both pages. `key` names the choice; `differs`: both say something, and not the same."""

    key: str
    label: str
    kept: str
    gone: str
    names: tuple[str, ...]
    differs: bool
    # Without a choice to make, which side says something.
    side: str

    def side_of(self, choices: Mapping[str, str]) -> str:
        """The side whose value stays; KeyError when it has to be chosen and was not."""
        return choices[self.key] if self.differs else self.side


def lines_of(kept: Any, gone: Any, *, prefix: str = "", of: str = "") -> list[FieldLine]:
    """Every line of two rows of one model; `prefix` for its choices, `of`: the words before each label."""
    found = []
    for names in GROUPS[type(kept)]:
        here, there = _values(kept, names), _values(gone, names)
        said_here, said_there = not _silent(here), not _silent(there)
        label = capfirst(str(kept._meta.get_field(names[0]).verbose_name))
        found.append(
            FieldLine(
                key=prefix + names[0],
                label=_("%(of)s : %(what)s") % {"of": of, "what": label.lower()} if of else label,
                kept=shown(kept, names),
                gone=shown(gone, names),
                names=names,
                differs=said_here and said_there and here != there,
                side=GONE if said_there and not said_here else KEPT,
            )
        )
    return found


def chosen(lines: Iterable[FieldLine], kept: Any, gone: Any, choices: Mapping[str, str]) -> dict[str, Any]:
    """The values that stay, by field. Raises KeyError for a choice that was not made."""
    sides = {KEPT: kept, GONE: gone}
    return {name: getattr(sides[line.side_of(choices)], name) for line in lines for name in line.names}


def shown(row: Any, names: tuple[str, ...]) -> str:
    """The words of one or several values that go together, "" when nothing is said."""
    return ", ".join(text for text in (_text(row, name) for name in names) if text)


def _values(row: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _silent(values: tuple[Any, ...]) -> bool:
    return all(blank(value) for value in values)


def _text(row: Any, name: str) -> str:
    value = getattr(row, name)
    field = row._meta.get_field(name)
    if blank(value) or (name == "has_company" and row.company_id is not None):
        return ""
    if field.choices:
        return capfirst(str(getattr(row, f"get_{name}_display")()))
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Decimal):
        return f"{floatformat(value, '2g')} €"
    return str(value)
