"""The lines of the page that closes a session: what it says of each thing, and the fields that go with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.closing.forms import ClosingForm, absence_name, result_name, step_name, wish_name
from evidence.closing.plan import Doing, Plan
from evidence.debts.gestures import Gesture, minutes_of
from evidence.readiness.links import Way
from qualiopi.web.dates import long_date
from qualiopi.web.typography import capitalised, in_words, some

_GESTURES = {
    Doing.SIGNATURES: Gesture.REGISTER,
    Doing.RESULTS: Gesture.RESULTS,
    Doing.ADAPTATIONS: Gesture.ADAPTATIONS,
    Doing.OPINIONS: Gesture.OPINIONS,
    Doing.DOCUMENTS: Gesture.PAPERS,
}
# So many names are told; beyond, how many more.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of a line with what it is about."""

    label: str
    field: BoundField


@dataclass(frozen=True, slots=True)
class ActLine:
    """One thing done from the page. ``ticked``: the field that says whether; None where giving the answers says it."""

    title: str
    text: str
    end: str
    minutes: int
    tick: BoundField | None
    ways: tuple[Way, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenUp:
    """One thing that will not have happened: the tick, how it is said, the reason."""

    title: str
    text: str
    tick: BoundField
    kind: BoundField | None
    why: BoundField


def act_lines(plan: Plan, form: ClosingForm) -> list[ActLine]:
    """What is done now, in order."""
    return [_act(doing, plan, form) for doing in plan.doing]


def _act(doing: Doing, plan: Plan, form: ClosingForm) -> ActLine:
    title, text, end, n = _told(doing, plan)
    choices: tuple[Choice, ...] = ()
    if doing is Doing.RESULTS:
        choices = tuple(Choice(f"{who.trainee}, {what.text}", form[result_name(who.pk, what.pk)]) for who, what in plan.results)
    elif doing is Doing.ADAPTATIONS:
        choices = tuple(Choice(str(who.trainee), form[wish_name(who.pk)]) for who in plan.to_ask)
    tick = None if choices else form[doing.value]
    return ActLine(title, text, end, minutes_of(_GESTURES[doing], n), tick, plan.ways[doing], choices)


def _told(doing: Doing, plan: Plan) -> tuple[str, str, str, int]:
    """The title of an act, what it is about, what happens, how many things it mends."""
    if doing is Doing.SIGNATURES:
        names = list(dict.fromkeys(str(person.trainee) for _half_day, person in plan.unsaid))
        n = len(plan.unsaid)
        title = ngettext("Demander une signature", "Demander %(n)s signatures", n) % {"n": in_words(n, feminine=True)}
        sent = ngettext("Un message part.", "%(n)s messages partent.", len(names)) % {"n": len(names)}
        return title, some(names, most=NAMED), sent, n
    if doing is Doing.RESULTS:
        n = len(plan.results)
        title = ngettext("Noter un résultat", "Noter %(n)s résultats", n) % {"n": in_words(n)}
        return title, _("Ce que chacun sait faire, à la fin, objectif par objectif."), "", n
    if doing is Doing.ADAPTATIONS:
        n = len(plan.to_ask)
        title = ngettext(
            "Noter la réponse d’une personne sur ses besoins", "Noter la réponse de %(n)s personnes sur leurs besoins", n
        ) % {"n": in_words(n)}
        return title, _("La question d’un besoin d’adaptation n’a pas été posée. Un besoin se note sur sa page."), "", n
    if doing is Doing.OPINIONS:
        title = _("Demander les avis")
        told = ngettext("%(n)s personne", "%(n)s personnes", plan.people) % {"n": plan.people}
        return title, _("L’enquête de fin de session n’est pas partie. Les réponses ne vous retiennent pas."), told, plan.people
    n = plan.documents
    title = ngettext("Émettre et envoyer un document", "Émettre et envoyer %(n)s documents", n) % {"n": in_words(n)}
    text = _("Certificats de réalisation et attestations de fin de formation.")
    if plan.waits:
        text += " " + _("Ils partent quand la dernière signature est là.")
    return title, text, "", n


def given_up_lines(plan: Plan, form: ClosingForm) -> list[GivenUp]:
    """What may be said not to happen: each signature that lacks, each step of one's own left open."""
    lines = [
        GivenUp(
            _("La signature de %(person)s") % {"person": person.trainee},
            capitalised(f"{long_date(half_day.day, weekday=True)}, {half_day.get_part_display()}."),
            form[name],
            form[f"{name}-kind"],
            form[f"{name}-why"],
        )
        for half_day, person in plan.unsaid
        if (name := absence_name(half_day.pk, person.pk))
    ]
    lines += [
        GivenUp(step.label, _("Étape laissée ouverte : elle ne retient pas la session."), form[name], None, form[f"{name}-why"])
        for step in plan.steps
        if (name := step_name(step.pk))
    ]
    return lines


@dataclass(frozen=True, slots=True)
class LaterLine:
    """Something that leaves by itself: its day, in two words for a small calendar, and what it is."""

    day: str
    month: str
    title: str
    whole: str


def later_lines(plan: Plan) -> list[LaterLine]:
    """What leaves by itself, the first days first."""
    return [
        LaterLine(f"{step.due_on.day}", date_format(step.due_on, "M").lower(), step.label, long_date(step.due_on))
        for step in sorted(plan.later, key=lambda step: (step.due_on, step.label))
    ]
