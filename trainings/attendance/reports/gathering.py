"""Putting together what the lines of a report tell of one person, without taking two people for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from qualiopi.exchange.reading import Note
from qualiopi.text import comparison_key, person_key
from trainings.attendance.reports import sentences
from trainings.attendance.reports.people import Seen, Stretch

# Teams rounds each stay by itself: section 3 may say a little less in all than section 2.
ROUNDING = 90
# Beyond, an address is that of a room or of a company: the names on it are not compared.
MOST_ON_ADDRESS = 20
# Seconds under which two connections that touch are one that was lost and found again.
OVERLAP = 60


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of a report. `told`: seconds, as the tool says; `whole`: from first arrival to last departure, gaps unsaid."""

    name: str
    names: tuple[str, ...]
    email: str
    stretch: Stretch
    told: float
    waiting: bool
    whole: bool

    @property
    def key(self) -> tuple[str, str]:
        """What tells somebody from somebody else: address and every name displayed."""
        return self.email, person_key(" ".join(self.names), "")


def trust_activities(lines: list[ReportLine]) -> tuple[list[ReportLine], list[Note]]:
    """Of people told of twice, the stays rather than the whole: section 3 of Teams tells the truth, as long as all of it is there.

    Whose stays make less in all than the tool says is known by the whole alone, and told.
    """
    stays: dict[str, list[ReportLine]] = defaultdict(list)
    for line in lines:
        if not line.whole:
            stays[line.key[1]].append(line)
    kept: list[ReportLine] = []
    dropped: set[int] = set()
    known: dict[int, str] = {}
    notes: list[Note] = []
    for line in (line for line in lines if line.whole):
        # Section 3 does not always bear the address that section 2 has.
        detail = [stay for stay in stays[line.key[1]] if stay.email == line.email or not (stay.email and line.email)]
        in_detail = sum(stay.told for stay in detail)
        if detail and in_detail + ROUNDING >= line.told:
            known |= {id(stay): line.email for stay in detail if not stay.email}
            continue
        kept.append(line)
        if detail:
            dropped |= {id(stay) for stay in detail}
            notes.append(sentences.incomplete(line.name, in_detail, line.told))
    told_of = [line for line in lines if not line.whole and id(line) not in dropped]
    return kept + [replace(line, email=known.get(id(line), line.email)) for line in told_of], notes


def gather(lines: Iterable[ReportLine]) -> tuple[list[Seen], list[Note]]:
    """One person per address and name; two names on one address are two people, unless one name only shortens the other."""
    people: dict[tuple[str, str], Seen] = {}
    for line in lines:
        person = people.setdefault(line.key, Seen(line.name, line.names, line.email))
        if line.waiting:
            person.waited += (line.stretch[1] - line.stretch[0]).total_seconds()
        else:
            person.stretches.append(line.stretch)
            person.told += line.told
    together, shortened = _merged(list(people.values()))
    twice = [person for person in together if person.overlap > OVERLAP]
    for person in twice:
        person.told -= person.overlap
    return together, [*_waited(together), *_shared(together), *shortened, *sentences.overlapping(twice)]


def _merged(people: list[Seen]) -> tuple[list[Seen], list[Note]]:
    """The same people, those who are one put together: a name with and without its address, a name and its short form on one address.

    The second is told.
    """
    kept: list[Seen] = []
    shortened: list[Note] = []
    on_address: dict[str, list[Seen]] = defaultdict(list)
    named: dict[tuple[str, ...], list[Seen]] = defaultdict(list)
    for person in sorted(people, key=lambda each: (each.email == "", -len(each.name))):
        words = _words(person)
        if person.email:
            same = [each for each in on_address[person.email][:MOST_ON_ADDRESS] if _shortens(words, _words(each))]
        else:
            same = [each for each in named[words] if each.email]
        if len(same) == 1:
            if words != _words(same[0]):
                shortened.append(sentences.shortened(person.name, same[0]))
            same[0].stretches += person.stretches
            same[0].told += person.told
            same[0].waited += person.waited
            continue
        kept.append(person)
        on_address[person.email].append(person)
        named[words].append(person)
    order = {id(person): place for place, person in enumerate(people)}
    return sorted(kept, key=lambda each: order[id(each)]), shortened


def _words(person: Seen) -> tuple[str, ...]:
    return tuple(sorted(set(comparison_key(" ".join(person.names)).split())))


def _shortens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether one name says less of the other: « Anaïs » or « Anaïs L » for « Anaïs Lefèvre », but not « Ana Lefèvre »."""
    return bool(short) and all(any(word == part or (len(part) == 1 and word[0] == part) for word in full) for part in short)


def _waited(people: list[Seen]) -> list[Note]:
    never = [person for person in people if person.waited and not person.stretches]
    then_in = [person for person in people if person.waited and person.stretches]
    return [*sentences.never_admitted(never), *sentences.waited(then_in)]


def _shared(people: list[Seen]) -> list[Note]:
    by_email: dict[str, list[Seen]] = defaultdict(list)
    for person in people:
        if person.email:
            by_email[person.email].append(person)
    notes = []
    for email, several in by_email.items():
        if len(several) > 1:
            for person in several:
                person.shared = True
            notes.append(sentences.shared_address(email, several))
    return notes
