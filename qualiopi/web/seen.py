"""What the page showed travels with the form: two people who edit one thing erase nothing of each other unseen (ADR 111).

Beside each field stands what was shown (`vu-…`). When the form comes back it is built on what is stored by then, and three values
meet for each field: seen, stored, typed. One left as it was seen takes what is stored; one that nobody else changed takes what was
typed; one that both changed is refused, with both values, and what is stored by then is what the page shows as seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.datastructures import MultiValueDict
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qualiopi.web.dates import clock, long_date, short_date
from qualiopi.web.forms import TO_CHOOSE, UNSAID, NamesEmptyChoices

SEEN = "vu-"
# A long text is read in its field; beside it, what somebody else saved is shown this far.
LONGEST_SHOWN = 2000


@dataclass(frozen=True, slots=True)
class Saving:
    """Who saved a value and when. `own`: the very person who reads it, from another window."""

    name: str
    at: datetime
    own: bool = False


def nobody_known(_name: str) -> Saving | None:
    """What a form knows by itself of who saved a field."""
    return None


class SeenField(BoundField):
    """A field drawn with what the page showed."""

    form: Remembers

    def __str__(self) -> SafeString:
        return format_html("{}{}", super().__str__(), self.seen)

    @property
    def stored(self) -> Any:
        """The value the product holds; of a file, its name."""
        if isinstance(self.field, forms.FileField):
            return self.form.stored_files.get(self.name, "")
        return self.initial

    @property
    def seen(self) -> SafeString:
        """The hidden inputs that say what is shown; a list that is empty says so."""
        if not self.form.remembers():
            return SafeString("")
        values = self._texts(self.field.prepare_value(self.stored)) or [""]
        return format_html_join("", '<input type="hidden" name="{}" value="{}">', ((self.html_initial_name, v) for v in values))

    @property
    def overtaken(self) -> bool:
        """Whether somebody else saved another value meanwhile, and another one was typed here; a field left as seen is taken as stored."""
        if not self._told or self._same(self.stored, self._was_seen):
            return False
        if not self._changed_here:
            self._take_stored()
            return False
        return isinstance(self.field, forms.FileField) or not self._same(self.stored, self.data)

    def sentence(self, saving: Saving | None) -> str:
        """Both values, and who saved the other one when it is known."""
        return both_values(saving, theirs=self._words(self.stored), mine=self._words(self.data))

    @property
    def _several(self) -> bool:
        return issubclass(self.field.hidden_widget, forms.MultipleHiddenInput)

    @property
    def _told(self) -> bool:
        """Whether the page said what it showed: a script that sends the form's own fields alone says nothing, and states them all."""
        return not self.field.disabled and self.html_initial_name in self.form.data

    @property
    def _was_seen(self) -> Any:
        sent = self.field.hidden_widget().value_from_datadict(self.form.data, MultiValueDict(), self.html_initial_name)
        return [value for value in sent if value] if self._several else _text(sent)

    @property
    def _changed_here(self) -> bool:
        return bool(self.data) if isinstance(self.field, forms.FileField) else not self._same(self._was_seen, self.data)

    def _same(self, value: Any, sent: Any) -> bool:
        """Whether what was sent means this value: boxes and choices by what was sent, the other fields by what it says."""
        value = _text(value)
        if isinstance(value, str) and not isinstance(self.field, forms.ChoiceField | forms.BooleanField | forms.FileField):
            try:
                value = self.field.to_python(value)
            except ValidationError:
                return bool(value == _text(sent))
        if isinstance(self.field, forms.FileField):
            return bool(value == sent)
        return not self.field.has_changed(value, _text(sent))

    def _take_stored(self) -> None:
        self.form.kept.add(self.name)
        if isinstance(self.field, forms.FileField):
            return
        widget: Any = self.field.widget
        if isinstance(widget, forms.CheckboxInput):
            values = ["on"] if self.stored else []
        else:
            values = self._texts(widget.format_value(self.field.prepare_value(self.stored)))
        self.form.data = with_values(self.form.data, {self.html_name: values})

    def _texts(self, value: Any) -> list[str]:
        several = value if isinstance(value, list | tuple | set | frozenset) else [value]
        return [str(each) for each in several if each is not None]

    def _words(self, value: Any) -> str:
        """A value as the page says it; empty when there is none."""
        if isinstance(self.field, forms.FileField):
            return str(getattr(value, "name", value) or "")
        if isinstance(self.field, forms.BooleanField):
            return _("coché") if self.field.to_python(value) else _("décoché")
        if isinstance(self.field, forms.ChoiceField):
            chosen = set(self._texts(self.field.prepare_value(value))) or {""}
            every: Any = self.field.choices
            pairs: list[tuple[Any, Any]] = list(flatten_choices(every))
            # « Je ne sais pas encore » is said, a choice to be made is not.
            said = [str(label).strip("-–—") for key, label in pairs if str(key) in chosen and label not in (TO_CHOOSE, UNSAID)]
            return ", ".join(said)
        try:
            value = self.field.to_python(value)
        except ValidationError:
            return str(value)
        return _said(value).strip()


class Remembers(NamesEmptyChoices):
    """A form, to be mixed in first, that edits what is stored: each of its fields says what the page showed.

    `stored_files`: by field, the name of the file that a new one would replace. `saved_by`: who saved a field, when the caller knows.
    """

    bound_field_class = SeenField
    stored_files: Mapping[str, str] = {}
    saved_by: Callable[[str], Saving | None] = staticmethod(nobody_known)
    _overtaken: list[SeenField] | None = None

    @cached_property
    def kept(self) -> set[str]:
        """Names of the fields left as they were seen, that somebody else changed meanwhile."""
        return set()

    def remembers(self) -> bool:
        """Whether there is something stored that could be erased: not yet, when the form makes a row."""
        instance = getattr(self, "instance", None)
        return instance is None or not instance._state.adding

    def add_initial_prefix(self, field_name: str) -> str:
        """`vu-` and the name of the field."""
        return f"{SEEN}{self.add_prefix(field_name)}"

    def settle(self) -> list[SeenField]:
        """Take as stored what was left as it was seen, and give the fields that both changed. Once: what follows reads the outcome."""
        if self._overtaken is None:
            asked = [field for field in self if isinstance(field, SeenField)] if self.is_bound and self.remembers() else []
            self._overtaken = [field for field in asked if field.overtaken]
        return self._overtaken

    def full_clean(self) -> None:
        """Clean what was typed, over what is stored by now."""
        overtaken = self.settle()
        super().full_clean()
        for field in overtaken:
            self.add_error(field.name, field.sentence(self.saved_by(field.name)))
        if overtaken:
            self.add_error(None, overtaken_sentence())


class RememberedRows(forms.BaseFormSet):
    """A list edited as one: what the page showed of it travels in one field, and lists go together through `settle_rows`."""

    saved_by: Callable[[str], Saving | None] = staticmethod(nobody_known)
    overtaken = ""

    @property
    def seen(self) -> SafeString:
        """The hidden input that says which rows are shown."""
        return format_html('<input type="hidden" name="{}" value="{}">', f"{SEEN}{self.prefix}", json.dumps(self._stored))

    @property
    def changed_there(self) -> bool:
        """Whether somebody else changed the list since it was shown."""
        sent = self.data.get(f"{SEEN}{self.prefix}")
        try:
            return sent is not None and _rows(json.loads(sent)) != self._stored
        except (ValueError, TypeError):
            return True

    @property
    def changed_here(self) -> bool:
        """Whether the list was changed on the page; without what it showed, it was."""
        try:
            return _rows(json.loads(self.data.get(f"{SEEN}{self.prefix}", ""))) != self._typed
        except (ValueError, TypeError):
            return True

    @property
    def agrees(self) -> bool:
        """Whether what was typed is what is stored by now."""
        return self._typed == self._stored

    def take_stored(self) -> None:
        """Show and keep the list as it is stored by now."""
        values: dict[str, list[str]] = {name: [] for name in self.data if name.startswith(f"{self.prefix}-")}
        for number, row in enumerate(self._stored):
            names = zip(self._names, row, strict=True)
            values |= {f"{self.prefix}-{number}-{name}": [value] for name, value in names}
            if self.can_order:
                values[f"{self.prefix}-{number}-ORDER"] = [str(number + 1)]
        for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
            values[f"{self.prefix}-{name}"] = [str(len(self._stored))]
        self.data = with_values(self.data, values)
        for cached in ("forms", "management_form"):
            self.__dict__.pop(cached, None)

    def clean(self) -> None:
        super().clean()
        if self.overtaken:
            raise ValidationError(self.overtaken)

    def in_words(self) -> str:
        """The stored rows, numbered."""
        told = (", ".join(cell for cell in row if cell) for row in self._stored)
        return "\u00a0; ".join(f"{number}. {row}" for number, row in enumerate(told, start=1))[:LONGEST_SHOWN]

    @property
    def _names(self) -> list[str]:
        return list(self.form.base_fields)

    @property
    def _stored(self) -> list[list[str]]:
        fields = self.form.base_fields
        shown = [[fields[name].prepare_value(row.get(name)) for name in self._names] for row in self.initial or ()]
        return _rows([["" if value is None else str(value) for value in row] for row in shown])

    @property
    def _typed(self) -> list[list[str]]:
        """The rows that say something, in the order of their ranks."""
        rows = []
        for number in range(self.total_form_count()):
            start = f"{self.prefix}-{number}-"
            rank = str(self.data.get(f"{start}ORDER", ""))
            place = int(rank) if rank.isascii() and rank.isdigit() else number + 1
            rows.append((place, number, [str(self.data.get(start + name, "")) for name in self._names]))
        return _rows([row for _place, _number, row in sorted(rows)])


def settle_rows(*lists: RememberedRows, saving_of: Callable[[], Saving | None]) -> None:
    """Settle lists that refer to each other: changed elsewhere alone, they are taken as stored; changed on both sides, they are refused.

    `saving_of`: who saved them, when it is known; asked only to be told.
    """
    if (
        not all(rows.is_bound for rows in lists)
        or not any(rows.changed_there for rows in lists)
        or all(rows.agrees for rows in lists)
    ):
        return
    if not any(rows.changed_here for rows in lists):
        for rows in lists:
            rows.take_stored()
        return
    for rows in lists:
        if rows.changed_there:
            rows.overtaken = _list_sentence(saving_of(), rows.in_words())


def both_values(saving: Saving | None, *, theirs: str, mine: str) -> str:
    """« Claire Morel a enregistré « X » à 10 h 42 pendant que vous écriviez « Y ». »"""
    said = {"theirs": _quoted(theirs), "mine": _quoted(mine)}
    if saving is None:
        return _("Quelqu’un a enregistré %(theirs)s pendant que vous écriviez %(mine)s.") % said
    said |= {"who": saving.name, "when": _when(saving.at)}
    if saving.own:
        return _("Vous avez enregistré %(theirs)s %(when)s, dans une autre fenêtre, pendant que vous écriviez %(mine)s.") % said
    return _("%(who)s a enregistré %(theirs)s %(when)s pendant que vous écriviez %(mine)s.") % said


def overtaken_sentence() -> str:
    """What happened to the whole form, and what to do."""
    return _(
        "Cette page a changé pendant que vous écriviez : rien n’est encore enregistré. Là où vous avez écrit tous les deux, les deux "
        "valeurs sont données : gardez la vôtre ou reprenez l’autre, puis enregistrez de nouveau."
    )


def with_values(data: Any, values: Mapping[str, Iterable[str]]) -> Any:
    """A copy of what was posted, with these values; none takes the name away."""
    copy = data.copy()
    for name, several in values.items():
        given = list(several)
        if not given:
            copy.pop(name, None)
        elif hasattr(copy, "setlist"):
            copy.setlist(name, given)
        else:
            copy[name] = given if len(given) > 1 else given[0]
    return copy


def _list_sentence(saving: Saving | None, theirs: str) -> str:
    if saving is None:
        said = _("Quelqu’un a enregistré cette liste pendant que vous la changiez : %(theirs)s.") % {"theirs": _quoted(theirs)}
    else:
        said = _("%(who)s a enregistré cette liste %(when)s pendant que vous la changiez : %(theirs)s.") % {
            "who": saving.name,
            "when": _when(saving.at),
            "theirs": _quoted(theirs),
        }
    return f"{said} {overtaken_sentence()}"


def _when(at: datetime) -> str:
    """« à 10 h 42 » today, « le 28 novembre 2026 à 10 h 42 » otherwise."""
    if timezone.localdate(at) == timezone.localdate():
        return _("à %(clock)s") % {"clock": clock(at)}
    return _("le %(day)s à %(clock)s") % {"day": long_date(at), "clock": clock(at)}


def _quoted(value: str) -> str:
    short = value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
    return _("« %(value)s »") % {"value": short} if value else _("un champ vide")


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{short_date(value)}, {clock(value)}"
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, Decimal | float | int):
        return str(localize(value))
    return "" if value is None else str(value)


def _text(value: Any) -> Any:
    """A text as it is compared: browsers end lines in their own way, and fields take the spaces around away."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _rows(rows: list[list[str]]) -> list[list[str]]:
    cleaned = [[_text(str(cell)) for cell in row] for row in rows]
    return [row for row in cleaned if any(row)]
