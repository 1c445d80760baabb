"""What a report leads one to say to who checks it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.exchange.reading import Note, NoteKind
from qualiopi.exchange.reading.tables import MOST_LINES
from qualiopi.web.dates import clock
from trainings.attendance.moments import begins, ends
from trainings.attendance.reports.people import Seen, Stretch, union_minutes
from trainings.sessions.models import HalfDay

# How many names or lines a sentence lists.
LISTED = 8
# Hours that are all early, or all late, by so much are perhaps those of another time zone.
SHIFT = timedelta(minutes=45)


def listed(words: Iterable[object]) -> str:
    """Words between commas; a long list is cut and says so."""
    every = [str(word) for word in words]
    return ", ".join(every[:LISTED]) + (_(" et %(n)s autres") % {"n": len(every) - LISTED} if len(every) > LISTED else "")


def length(seconds: float) -> str:
    """« 3 h 45 », « 15 min »."""
    minutes = round(seconds / 60)
    return _("%(n)s min") % {"n": minutes} if minutes < 60 else f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"


def unknown_rows(lines: list[int]) -> list[Note]:
    """Rows that belong to no list of people."""
    if not lines:
        return []
    sentence = ngettext(
        "La ligne %(first)s n’est pas de la liste des participants : elle n’est pas lue.",
        "%(n)s lignes, à partir de la ligne %(first)s, ne sont pas de la liste des participants : elles ne sont pas lues.",
        len(lines),
    )
    return [Note(NoteKind.LEFT_OUT, sentence % {"n": len(lines), "first": lines[0]}, tuple(lines[:MOST_LINES]))]


def left_out(lines: list[int]) -> list[Note]:
    """Rows that could not be read."""
    if not lines:
        return []
    lines = sorted(lines)
    sentence = ngettext(
        "La ligne %(lines)s est laissée de côté : le nom, l’arrivée ou le départ y manque, ou ne se lit pas.",
        "Les lignes %(lines)s sont laissées de côté : le nom, l’arrivée ou le départ y manque, ou ne se lit pas.",
        len(lines),
    )
    return [Note(NoteKind.LEFT_OUT, sentence % {"lines": listed(lines)}, tuple(lines[:MOST_LINES]))]


def never_came(names: list[str]) -> list[Note]:
    """People who registered, and whom the tool did not see."""
    if not names:
        return []
    sentence = ngettext(
        "Une personne inscrite n’est pas venue, dit l’outil : %(names)s.",
        "%(n)s personnes inscrites ne sont pas venues, dit l’outil : %(names)s.",
        len(names),
    )
    return [Note(NoteKind.LEFT_OUT, sentence % {"n": len(names), "names": listed(names)})]


def still_there(names: list[str]) -> list[Note]:
    """People whose departure the report does not tell."""
    if not names:
        return []
    sentence = _(
        "Le relevé ne dit pas quand %(names)s a quitté la réunion : seul ce qu’il prouve est compté. Corrigez les minutes si vous savez "
        "mieux."
    )
    return [Note(NoteKind.DOUBT, sentence % {"names": listed(dict.fromkeys(names))})]


def never_admitted(people: list[Seen]) -> list[Note]:
    """People who stayed in the waiting room."""
    sentence = _("%(name)s : %(length)s en salle d’attente, jamais dans la réunion. C’est une absence.")
    return [Note(NoteKind.LEFT_OUT, sentence % {"name": person.name, "length": length(person.waited)}) for person in people]


def waited(people: list[Seen]) -> list[Note]:
    """Time in the waiting room before one was let in."""
    if not people:
        return []
    names = listed(f"{person.name} ({length(person.waited)})" for person in people)
    return [Note(NoteKind.LEFT_OUT, _("Le temps passé en salle d’attente ne compte pas : %(names)s.") % {"names": names})]


def overlapping(twice: list[Seen]) -> list[Note]:
    """One name connected twice at once: two devices, or two people."""
    if not twice:
        return []
    sentence = _(
        "Deux connexions en même temps, comptées une fois : %(names)s. Deux appareils, ou deux personnes du même nom ? Vérifiez, et notez "
        "l’autre personne à la main."
    )
    return [Note(NoteKind.DOUBT, sentence % {"names": listed(person.name for person in twice)})]


def shared_address(email: str, people: list[Seen]) -> Note:
    """One address for several people."""
    sentence = _("L’adresse %(email)s sert à %(n)s personnes (%(names)s) : chacune est comptée à part.")
    told = {"email": email, "n": len(people), "names": listed(person.name for person in people)}
    return Note(NoteKind.READ_AS, sentence % told)


def shortened(name: str, person: Seen) -> Note:
    """Two names on one address, of which one says less of the other."""
    sentence = _("« %(name)s » et « %(full)s » sont sur l’adresse %(email)s : une seule personne, sous deux noms.")
    return Note(NoteKind.READ_AS, sentence % {"name": name, "full": person.name, "email": person.email})


def dayless() -> Note:
    """Hours alone."""
    return Note(NoteKind.DOUBT, _("Ce relevé ne dit pas le jour : ses heures sont prises pour celles de la demi-journée."))


def incomplete(name: str, detail: float, whole: float) -> Note:
    """The stays of somebody do not make what the tool says in all."""
    sentence = _(
        "%(name)s : les activités n’expliquent que %(detail)s sur les %(whole)s que dit l’outil. La première arrivée, le dernier départ "
        "et le total sont retenus."
    )
    return Note(NoteKind.DOUBT, sentence % {"name": name, "detail": length(detail), "whole": length(whole)})


def shared_out(people: list[Seen], half_day: HalfDay, elsewhere: Sequence[Stretch]) -> list[Note]:
    """People of whom the tool tells less in all than what lies between arrival and departure, when several half-days are concerned."""
    start, end = begins(half_day), ends(half_day)
    unsure = [
        person
        for person in people
        if any(union_minutes(person.stretches, *other) for other in elsewhere)
        and person.minutes(start, end, elsewhere) < union_minutes(person.stretches, start, end)
    ]
    sentence = _(
        "%(name)s : de %(joined)s à %(left)s, mais %(length)s en tout. Le relevé ne dit pas quand ; ces minutes sont partagées entre les "
        "demi-journées. Déposez le rapport avec les activités, ou corrigez."
    )
    return [
        Note(
            NoteKind.DOUBT,
            sentence % {"name": person.name, "joined": clock(joined), "left": clock(left), "length": length(person.told)},
        )
        for person in unsure
        for joined, left in filter(None, [person.span])
    ]


def shifted(people: list[Seen], half_day: HalfDay) -> list[Note]:
    """Hours that are all early, or all late, on the half-day: perhaps those of another time zone."""
    stretches = [stretch for person in people for stretch in person.stretches]
    first, last = min(joined for joined, _left in stretches), max(left for _joined, left in stretches)
    early, late = begins(half_day) - first, ends(half_day) - last
    if not (early >= SHIFT and late >= SHIFT) and not (early <= -SHIFT and late <= -SHIFT):
        return []
    sentence = _(
        "La réunion va de %(first)s à %(last)s, la demi-journée de %(start)s à %(end)s : si l’outil est réglé sur un autre fuseau "
        "horaire, réglez-le sur votre heure locale et exportez de nouveau."
    )
    hours = {"first": clock(first), "last": clock(last), "start": clock(half_day.starts_at), "end": clock(half_day.ends_at)}
    return [Note(NoteKind.DOUBT, sentence % hours)]
