"""Whether a proof dates from the right moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple, Protocol

from evidence.engine.dates import Period, months_before
from evidence.engine.facts import DocumentFacts
from qualiopi.standard.expectations import Inherited, Timing, TimingRule


class Verdict(IntEnum):
    """What one proof is worth, worst first. From ``OLD`` on, it satisfies; to be read, it is at best at risk."""

    NONE = 0
    NOT_ADOPTED = 1  # published by the network, not taken up here
    UNDATED = 2  # it exists, and one can't tell whether it came in time
    TO_READ = 3  # filed, and nobody accepted it nor ticked what it holds
    OLD = 4
    LATE = 5
    GOOD = 6


@dataclass(frozen=True, slots=True)
class Days:
    """The days of the subject: of a session, or none for the organisation."""

    first: date | None = None
    last: date | None = None


def last_day(rule: TimingRule, days: Days) -> date | None:
    """The last day on which what a rule counts from a session may be made; None where it counts from nothing of it."""
    match rule.rule:
        case Timing.BEFORE_START if days.first is not None:
            return days.first - timedelta(days=1)
        case Timing.BY_FIRST_DAY | Timing.ON_SESSION_DAYS:
            return days.first
        case Timing.AFTER_START if days.first is not None:
            return days.first + timedelta(days=rule.days)
        case Timing.AFTER_END | Timing.AFTER_EVENT if days.last is not None:
            return days.last + timedelta(days=rule.days)
        case _:
            return None


class Dated(Protocol):
    """What a verdict looks at besides the day a proof dates from."""

    @property
    def valid_until(self) -> date | None: ...

    @property
    def reviewed_on(self) -> date | None: ...


class Lasting(NamedTuple):
    """Until when a recorded fact holds, and when somebody last looked at it."""

    valid_until: date | None = None
    reviewed_on: date | None = None


_LASTING = Lasting()
_MOMENT_MATTERS = (Timing.BEFORE_START, Timing.BY_FIRST_DAY, Timing.IN_PERIOD, Timing.IN_LAST_MONTHS)


# What is owed after the end or an event, or about a session on its way, is made no earlier than its first day.
_NOT_BEFORE_THE_FIRST_DAY = (Timing.AFTER_END, Timing.AFTER_EVENT, Timing.IN_PERIOD, Timing.IN_LAST_MONTHS)


class Clock:
    """Judges documents and recorded facts under one timing rule.

    ``today``: what is dated later is worth nothing. ``as_of``: the day on which age and validity are looked at; today, or a later one
    to tell what will have to be renewed by then.
    """

    def __init__(
        self,
        rule: TimingRule,
        *,
        inherited: Inherited,
        as_of: date,
        today: date,
        period: Period,
        grace_days: int,
        checklist: frozenset[str] = frozenset(),
        oldest_months: int | None = None,
    ) -> None:
        self.rule = rule
        self.inherited = inherited
        self.as_of = as_of
        self.today = today
        self.period = period
        self.grace_days = grace_days
        self.checklist = checklist
        self.oldest_months = oldest_months
        self.has_deadline = rule.rule in (Timing.AFTER_START, Timing.AFTER_END)
        self.open_from = today - timedelta(days=rule.days)
        self.recent_after = months_before(as_of, rule.months) if rule.months else None
        self.old_after = months_before(as_of, rule.old_until_months) if rule.old_until_months else None
        self.reviewed_after = months_before(as_of, rule.review_months) if rule.review_months else None
        judges: dict[Timing, Callable[[Dated, date, Days], Verdict]] = {
            Timing.ON_AUDIT_DATE: self._in_force,
            Timing.IN_PERIOD: self._in_period,
            Timing.IN_LAST_MONTHS: self._in_last_months,
            Timing.BEFORE_START: self._before_start,
            Timing.BY_FIRST_DAY: self._before_start,
            Timing.AFTER_START: self._within_days,
            Timing.AFTER_END: self._within_days,
            Timing.AFTER_EVENT: lambda proof, day, days: Verdict.GOOD,
            Timing.ON_SESSION_DAYS: self._on_session_days,
        }
        self._judge = judges[rule.rule]

    def document(self, document: DocumentFacts, days: Days, *, read: bool = False) -> Verdict:
        """What a document is worth for a subject. Dated after the day of reading, it is worth nothing. ``read``: somebody read it,
        even if nobody accepted it."""
        day = document.effective_on
        if document.network is not None:
            verdict, day = self._network(document)
            if verdict is not Verdict.GOOD:
                return verdict
        verdict = self._worth(document, day, days)
        if verdict is Verdict.GOOD and self._outdated_version(document):
            verdict = Verdict.OLD
        verdict = self._counting(verdict)
        return Verdict.TO_READ if verdict >= Verdict.OLD and not (read or self._was_read(document)) else verdict

    def _was_read(self, document: DocumentFacts) -> bool:
        """A named person accepted it, whenever that was, or ticked every line that is asked for; adopted from the network, it is."""
        ticked = bool(self.checklist) and self.checklist <= document.contents
        return document.accepted or ticked or document.network is not None

    def fact(self, day: date | None, days: Days, lasting: Lasting = _LASTING) -> Verdict:
        """What a recorded fact is worth, under the same rule as a document. Recorded after the day of reading, it is worth nothing."""
        return self._counting(self._worth(lasting, day, days))

    def _worth(self, proof: Dated, day: date | None, days: Days) -> Verdict:
        if day is not None and (day > self.today or self._implausible(proof, day, days)):
            return Verdict.NONE
        if self.rule.since is not None and not self._looked_at_since(proof, day, self.rule.since):
            return Verdict.NONE
        if day is None:
            if self.rule.rule is Timing.ON_AUDIT_DATE and self._expired(proof):
                return Verdict.NONE
            return Verdict.UNDATED if self.rule.rule in _MOMENT_MATTERS else Verdict.OLD
        return self._judge(proof, day, days)

    def _implausible(self, proof: Dated, day: date, days: Days) -> bool:
        """Dated before what it proves, too long before it, or no longer valid by then."""
        first = days.first
        if first is None or self.rule.rule is Timing.ON_SESSION_DAYS:
            return False
        if self.rule.rule in _NOT_BEFORE_THE_FIRST_DAY and day < first:
            return True
        if self.oldest_months is not None and day < months_before(first, self.oldest_months):
            return True
        needed = (days.last if self.rule.every_day else None) or first
        return proof.valid_until is not None and proof.valid_until < max(first, min(needed, self.today))

    def _counting(self, verdict: Verdict) -> Verdict:
        """An old or a late proof, where the rule says that it is none."""
        if (verdict is Verdict.OLD and not self.rule.old_counts) or (verdict is Verdict.LATE and not self.rule.late_counts):
            return Verdict.NONE
        return verdict

    def _network(self, document: DocumentFacts) -> tuple[Verdict, date | None]:
        """A document of the network counts from its adoption, or as a collected item, or not at all."""
        if document.network is None or self.inherited is Inherited.NEVER:
            return Verdict.NONE, None
        if self.inherited is Inherited.ITEM_ONLY:
            return Verdict.GOOD, document.effective_on
        adopted_on = document.network.adopted_on
        if adopted_on is None or adopted_on > self.today:
            return Verdict.NOT_ADOPTED, None
        return Verdict.GOOD, adopted_on

    def _outdated_version(self, document: DocumentFacts) -> bool:
        """A newer version of the network has waited too long to be adopted."""
        network = document.network
        if network is None or network.newer_version_on is None or self.inherited is not Inherited.ALLOWED:
            return False
        return network.newer_version_on + timedelta(days=self.grace_days) < self.as_of

    def renewable_from(self) -> date:
        """The first day from which a new proof would still do on the day looked at."""
        ages = [day for day in (self.recent_after, self.reviewed_after) if day is not None]
        since = max(ages) + timedelta(days=1) if ages else self.today
        return max(since, self.period.start if self.rule.rule is Timing.IN_PERIOD else since, self.today)

    def _looked_at(self, proof: Dated, day: date | None) -> date | None:
        reviewed = proof.reviewed_on
        if reviewed is not None and reviewed <= self.today and (day is None or reviewed > day):
            return reviewed
        return day

    def _looked_at_since(self, proof: Dated, day: date | None, since: date) -> bool:
        looked_at = self._looked_at(proof, day)
        return looked_at is not None and looked_at >= since

    def _expired(self, proof: Dated) -> bool:
        return proof.valid_until is not None and proof.valid_until < self.as_of

    def _in_force(self, proof: Dated, day: date, days: Days) -> Verdict:
        if self._expired(proof):
            return Verdict.NONE
        if self.reviewed_after is not None:
            looked_at = self._looked_at(proof, day)
            if looked_at is None or looked_at <= self.reviewed_after:
                return Verdict.OLD
        return Verdict.GOOD

    def _in_period(self, proof: Dated, day: date, days: Days) -> Verdict:
        return Verdict.GOOD if day >= self.period.start else Verdict.NONE

    def _in_last_months(self, proof: Dated, day: date, days: Days) -> Verdict:
        if self.recent_after is None or day > self.recent_after:
            return Verdict.GOOD
        return Verdict.OLD if self.old_after is not None and day > self.old_after else Verdict.NONE

    def _before_start(self, proof: Dated, day: date, days: Days) -> Verdict:
        if days.first is None:
            return Verdict.GOOD
        in_time = day < days.first or (self.rule.rule is Timing.BY_FIRST_DAY and day == days.first)
        return Verdict.GOOD if in_time else Verdict.LATE

    def _within_days(self, proof: Dated, day: date, days: Days) -> Verdict:
        deadline = self.deadline(days)
        return Verdict.LATE if deadline is not None and self.rule.days and day > deadline else Verdict.GOOD

    def _on_session_days(self, proof: Dated, day: date, days: Days) -> Verdict:
        """No end of validity recorded: valid from its date on."""
        first = days.first
        # What lies after the day of reading never counts.
        needed_until = first if first is None or not self.rule.every_day else max(first, min(days.last or first, self.today))
        if first is None or needed_until is None:
            return Verdict.NONE
        covers = day <= first and (proof.valid_until is None or proof.valid_until >= needed_until)
        return Verdict.GOOD if covers else Verdict.NONE

    def deadline(self, days: Days) -> date | None:
        """The last day on which the proof may be made; None where nothing is owed by a day, or the session still runs."""
        if self.rule.rule is Timing.AFTER_START or (
            self.rule.rule is Timing.AFTER_END and days.last is not None and days.last < self.today
        ):
            return last_day(self.rule, days)
        return None

    def still_open(self, days: Days) -> bool:
        """Whether the deadline has not passed. Without a deadline, the proof is owed at once."""
        if self.rule.rule is Timing.AFTER_START:
            return days.first is not None and days.first >= self.open_from
        return days.last is not None and self.open_from <= days.last < self.today

    def owed(self, days: Days) -> bool:
        """Whether the proof is due: a session that still runs owes nothing by a day counted from its end."""
        if self.rule.rule is Timing.AFTER_END:
            return days.last is not None and days.last < self.open_from
        if self.rule.rule is Timing.AFTER_START:
            return days.first is not None and days.first < self.open_from
        return True

    def too_early(self, made_on: date | None, days: Days) -> bool:
        """Whether a recorded proof is dated before what it proves."""
        first = days.first
        return made_on is not None and first is not None and made_on < first and self.rule.rule in _NOT_BEFORE_THE_FIRST_DAY

    def late(self, made_on: date | None, days: Days) -> bool:
        """Whether a recorded proof came after its deadline. Where no day was given, there is no deadline to miss."""
        if not self.rule.days or made_on is None:
            return False
        deadline = self.deadline(days)
        return deadline is not None and made_on > deadline
