"""How the page of a session shows what stands: gestures with the button that acts, people line by line, where today is on the thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.debts.gestures import Gesture, minutes_of
from evidence.dossiers import sentences
from evidence.dossiers.gestures import Group
from evidence.dossiers.moments import Moment
from evidence.dossiers.queries.followed import PERSONAL, Followed
from evidence.dossiers.queries.standing import Standing
from evidence.dossiers.sentences import Counts
from qualiopi.web.charts import Slot, marks_row
from trainings.attendance.queries import HalfDayCount, PersonLine
from trainings.attendance.queries.register import Slot as RegisterSlot
from trainings.attendance.queries.register import SlotState
from trainings.documents.models import DocumentKind
from trainings.learning.models import IntakeKind
from trainings.sessions.models import Enrolment, EnrolmentState
from trainings.sessions.page_words import company_in_list
from trainings.surveys.questionnaire import SATISFACTION

# A row of marks stays readable up to so many half-days; beyond, figures alone.
MOST_MARKS = 14
Reach = Callable[..., str]

_ICONS: Final = {
    Gesture.FATE: "calendar-event",
    Gesture.PLAN: "calendar-event",
    Gesture.NEEDS: "clipboard-list",
    Gesture.ADAPTATIONS: "help",
    Gesture.AGREEMENTS: "signature",
    Gesture.PAPERS: "send",
    Gesture.REGISTER: "signature",
    Gesture.RESULTS: "checklist",
    Gesture.EXAMS: "certificate",
    Gesture.OPINIONS: "message-2-question",
    Gesture.PIECES: "file-plus",
    Gesture.STEPS: "check",
    Gesture.OTHERS: "list-check",
}


@dataclass(frozen=True, slots=True)
class Act:
    """A button. ``posts``: it acts at once; otherwise it opens the page where one acts."""

    label: str
    url: str
    posts: bool = False
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GestureLine:
    """One gesture as it is shown; no button for who may not do it."""

    title: str
    why: str
    when: str
    minutes: int
    icon: str
    act: Act | None
    late: bool

    @property
    def minutes_words(self) -> str:
        return ngettext("%(n)s minute", "%(n)s minutes", self.minutes) % {"n": self.minutes}


def counts_of(standing: Standing, groups: Sequence[Group]) -> Counts:
    """How many things each gesture of ``groups`` mends."""
    found, keys = standing.followed, {lack.key for group in groups for lack in group.lacks}
    gestures = {lack.gesture for group in groups for lack in group.lacks}
    over = [count for count in found.half_days if count.half_day.day < standing.today] if Gesture.REGISTER in gestures else []
    papers = 0
    if Gesture.PAPERS in gestures:
        after = any("certificate" in key or "attestation" in key for key in keys)
        kinds = (DocumentKind.COMPLETION, DocumentKind.ATTESTATION) if after else (DocumentKind.CONVOCATION,)
        people = found.people if after else found.stayed
        papers = sum(kind not in found.papers.get(each.pk, ()) for kind in kinds for each in people)
    answers = found.answers[SATISFACTION]
    return Counts(
        signatures=sum(count.missing for count in over),
        countersignatures=sum(bool(count.expected) and count.countersignature is None for count in over),
        results=len(found.stayed) - found.noted if Gesture.RESULTS in gestures else 0,
        documents=papers,
        agreements=len(unsigned(found)) if Gesture.AGREEMENTS in gestures else 0,
        needs=sum(len(found.intakes.get(each.pk, ())) < len(IntakeKind) for each in found.people)
        if Gesture.NEEDS in gestures
        else 0,
        opinions=max(0, len(found.people) - answers),
        answers=answers,
    )


def unsigned(found: Followed) -> set[UUID]:
    """Companies, and people who come by themselves, of whom no agreement nor contract came back signed."""
    parties = {each.company_id or each.pk for each in found.stayed if each.company_id or each.has_company is False}
    return parties - found.signed


def line_of(group: Group, counts: Counts, standing: Standing, *, reach: Reach, show_ways: bool) -> GestureLine:
    """One gesture worded; ``reach`` gives the address of a view, "" for who may not open it."""
    n = sentences.count_of(group, counts)
    return GestureLine(
        title=sentences.title_of(group, counts),
        why=_why(group, sentences.title_of(group, counts)),
        when=sentences.due_words(group, today=standing.today),
        minutes=minutes_of(group.gesture, n),
        icon=_ICONS[group.gesture],
        act=_act(group, counts, standing, reach=reach, show_ways=show_ways),
        late=group.late,
    )


def _why(group: Group, title: str) -> str:
    """What is said of it, the first two things that its title does not say."""
    words = [words for words in dict.fromkeys(lack.words for lack in group.lacks) if words.rstrip(".") != title]
    return " ".join(each if each.endswith((".", "!", "?")) else f"{each}." for each in words[:2])


def _act(group: Group, counts: Counts, standing: Standing, *, reach: Reach, show_ways: bool) -> Act | None:
    session, found = standing.session, standing.followed
    slug, pk = session.organisation.slug, session.pk

    def posting(label: str, name: str, *more: str, **fields: str) -> Act | None:
        url = reach(name, slug, pk, *more)
        return Act(label, url, posts=True, fields=fields) if url else None

    live = standing.moment is not Moment.CLOSED
    if live and group.gesture is Gesture.OPINIONS and SATISFACTION not in found.closed and _asks_trainees(group):
        unsent = [each for each in found.stayed if each.pk not in found.invited]
        if unsent:
            return posting(_("Demander les avis"), "surveys:invite", **{"from": "session"})
        words = ngettext("Relancer %(n)s personne", "Relancer %(n)s personnes", counts.opinions)
        return posting(words % {"n": counts.opinions}, "surveys:remind", **{"from": "session"})
    if live and group.gesture is Gesture.PAPERS and counts.documents:
        after = any("certificate" in lack.key or "attestation" in lack.key for lack in group.lacks)
        words = ngettext("Émettre et envoyer", "Émettre et envoyer les %(n)s", counts.documents) % {"n": counts.documents}
        if after:
            return posting(words, "documents:issue_moment", "apres", send="1")
        return posting(words, "documents:issue", DocumentKind.CONVOCATION.value, send="1")
    if group.gesture is Gesture.NEEDS and counts.needs and standing.moment in (Moment.BEFORE, Moment.RUNNING):
        return posting(_("Envoyer le questionnaire"), "learning:send")
    if live and group.gesture is Gesture.STEPS:
        key = group.lacks[0].key.partition(":")[2]
        step = next((each for each in standing.steps if each.key == key), None)
        url = reach("sessions:tick_step", slug, step.pk) if step else ""
        return Act(_("C’est fait"), url, posts=True) if url else None
    if live and group.gesture is Gesture.REGISTER and counts.signatures and standing.moment is Moment.ENDED:
        words = ngettext("Demander la signature", "Demander les %(n)s signatures", counts.signatures) % {"n": counts.signatures}
        return posting(words, "attendance:send_links", waiting="1")
    if group.gesture is Gesture.OTHERS:
        return Act(_("Ouvrir le dossier"), reach("dossiers:detail", slug, pk))
    if not live and group.gesture is not Gesture.PIECES:
        return None  # it changes no more
    way = group.way
    label = {
        Gesture.REGISTER: _("Faire signer") if counts.signatures else _("Contresigner"),
        Gesture.RESULTS: _("Noter les résultats"),
        Gesture.AGREEMENTS: _("Préparer les conventions"),
        Gesture.NEEDS: _("Noter les réponses") if counts.needs else _("Lire les réponses"),
    }.get(group.gesture, way.label)
    return Act(label, way.url) if show_ways or group.gesture in _TRAINERS else None


# What whoever leads the session may do, even who sees nothing of what the audit expects.
_TRAINERS = (Gesture.REGISTER, Gesture.RESULTS)


def _asks_trainees(group: Group) -> bool:
    """Whether the opinions that lack are those of the trainees, at the end."""
    return any(SATISFACTION in lack.key or lack.key in _ASKED for lack in group.lacks)


_ASKED = ("trainees_asked", "session_has_answers", "non_respondents_reminded")


@dataclass(frozen=True, slots=True)
class PersonTold:
    """One line of the list of people: words of each column, and whether a hole is told."""

    enrolment: Enrolment
    company: str
    grey: bool
    left: str
    needs: str
    needs_hole: bool
    marks: SafeString
    presence: str
    presence_hole: str
    results: str
    results_hole: str
    asked: str
    papers: str


def person_told(line: PersonLine, standing: Standing, counts: Counts) -> PersonTold:
    """What is recorded of one person."""
    found, each = standing.followed, line.enrolment
    company = company_in_list(each)
    here = each.state != EnrolmentState.WITHDRAWN
    answered = found.intakes.get(each.pk, set())
    slots = [slot_of(slot) for slot in line.slots] if here else []
    begun = [slot for slot in slots if slot not in (Slot.TO_COME, Slot.AWAY)]
    signed = sum(slot in (Slot.SIGNED, Slot.LATE) for slot in slots)
    owed = sum(slot is Slot.AWAITED for slot in slots)
    noted = found.results.get(each.pk, (0, 0))[0]
    stayed = each.state == EnrolmentState.ENROLLED
    lacks = standing.moment in (Moment.ENDED, Moment.CLOSED) and stayed and noted < found.objectives
    papers = len(found.papers.get(each.pk, set()) & set(PERSONAL))
    return PersonTold(
        enrolment=each,
        company=company.words,
        grey=company.grey,
        left="" if stayed else str(each.get_state_display()),
        needs=_needs(answered) if here else "",
        needs_hole=here and not answered,
        marks=marks_row(slots) if len(slots) <= MOST_MARKS else SafeString(""),
        presence=f"{signed}/{len(begun)}" if begun else "",
        presence_hole=ngettext("%(n)s à signer", "%(n)s à signer", owed) % {"n": owed} if owed else "",
        results=f"{noted}/{found.objectives}" if found.objectives and here else "",
        results_hole=ngettext("%(n)s à noter", "%(n)s à noter", found.objectives - noted) % {"n": found.objectives - noted}
        if lacks
        else "",
        asked=_("demandé") if each.pk in found.invited else "",
        papers=f"{papers}/{len(PERSONAL)}" if here else "",
    )


def slot_of(slot: RegisterSlot) -> Slot:
    """The mark of one half-day of one person."""
    if slot.mark is not None:
        if slot.state != SlotState.PRESENT:
            return Slot.ABSENT
        return Slot.LATE if slot.mark.late else Slot.SIGNED
    return {SlotState.LEFT: Slot.AWAY, SlotState.TO_COME: Slot.TO_COME}.get(slot.state, Slot.AWAITED)


def _needs(answered: set[str]) -> str:
    if set(IntakeKind.values) <= answered:
        return _("dit, positionné")
    if IntakeKind.NEEDS in answered:
        return _("dit")
    return _("positionné") if answered else _("à recueillir")


@dataclass(frozen=True, slots=True)
class Heads:
    """Under the name of each column, its total."""

    needs: str
    presence: str
    results: str
    opinions: str
    papers: str


def heads_of(standing: Standing) -> Heads:
    """The totals of the whole session, whatever page of people is shown."""
    found = standing.followed
    people = len(found.people)
    begun: list[HalfDayCount] = found.begun
    expected = sum(count.expected for count in begun)
    papers = sum(len(found.papers.get(each.pk, set()) & set(PERSONAL)) for each in found.people)
    return Heads(
        needs=_of(found.answered(IntakeKind.NEEDS), people),
        presence=_of(sum(count.present for count in begun), expected),
        results=_of(found.noted, len(found.stayed)),
        opinions=_of(found.answers[SATISFACTION], people),
        papers=_of(papers, people * len(PERSONAL)),
    )


def _of(n: int, d: int) -> str:
    return _("%(n)s sur %(d)s") % {"n": n, "d": d} if d else ""
