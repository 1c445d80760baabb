"""Where an organisation stands: one indicator, or all those of the grid. Pure: no clock, no query."""

from dataclasses import replace
from datetime import date

from evidence.engine import sentences
from evidence.engine.choosing import LATEST_GRID, deniable
from evidence.engine.combination import combine, leading
from evidence.engine.facts import Facts
from evidence.engine.judge import Judge
from evidence.engine.pieces import Shelved, shelved
from evidence.engine.result import ExpectationResult, IndicatorStatus, Outcome, Status
from evidence.engine.seen import Around, Memory, around
from evidence.engine.setting_aside import outranked
from evidence.engine.situation import Situation
from qualiopi.standard.applicability import Answer, Applicability, applicability, applies
from qualiopi.standard.book import expectations
from qualiopi.standard.model import Grid, Indicator
from qualiopi.standard.profile import Profile
from qualiopi.standard.typography import french

_FILL_THE_PROFILE = "Complétez le profil d'activité de l'organisme."
_HISTORY_UNKNOWN = "On ne sait pas si un audit a déjà eu lieu : la période regardée est d'un cycle entier."


def statuses(
    grid: Grid,
    profile: Profile,
    facts: Facts,
    *,
    as_of: date,
    observed_on: date,
    since: date | None = None,
    memory: Memory | None = None,
) -> tuple[IndicatorStatus, ...]:
    """The status of every indicator of the grid, in order.

    ``as_of``: the audit date; it chooses the grid. ``observed_on``: the day the facts are read. Everything is judged as it stands on the
    earlier of the two; for an audit to come, ``renewals`` tells what will have lapsed by then. Both are days of the organisation.
    ``since``: a day from which the audit period begins at the latest, for whoever asks about one session. ``memory``: what was seen of
    the same sessions in the same ``surroundings``; it is filled with what had to be looked at.
    """
    judge = Judge(_situation(grid, profile, facts, as_of, observed_on, since), memory=memory)
    answers = applicability(grid, profile)
    return tuple(_status(judge, indicator, answer) for indicator, answer in zip(grid.indicators, answers, strict=True))


def status(grid: Grid, profile: Profile, facts: Facts, number: int, *, as_of: date, observed_on: date) -> IndicatorStatus:
    """The status of one indicator. Raises ``KeyError`` for a number the grid does not have."""
    indicator = grid.indicator(number)
    return _status(_judge(grid, profile, facts, as_of, observed_on), indicator, applies(indicator, profile))


def asked_of(
    grid: Grid, profile: Profile, facts: Facts, session: str, *, as_of: date, observed_on: date
) -> tuple[ExpectationResult, ...]:
    """What is asked of one session: the results of ``statuses`` that name it, with this one alone in them.

    Marks, sentences and readers are those of ``statuses``; the counts and the outcome, which speak of everybody, are not to be read.
    """
    situation = _situation(grid, profile, facts, as_of, observed_on)
    judge, found = Judge(situation, only=session), []
    for indicator, answer in zip(grid.indicators, applicability(grid, profile), strict=True):
        if _heard(judge, indicator, answer)[0].answer is Answer.NO or judge.chooser.setting_aside.said_of(indicator).holds:
            continue
        asked = situation.book.of_indicator(indicator.number, grid.id)
        results = (judge.judge(expectation) for expectation in asked if expectation.of_a_session)
        found += [result for result in results if result is not None and session in result.mark_by_subject]
    return tuple(found)


def concerned(grid: Grid, profile: Profile, facts: Facts, *, as_of: date, observed_on: date) -> tuple[Applicability, ...]:
    """Whether each indicator of the grid concerns the organisation, in order: what ``statuses`` says of it, without judging anything.

    Of ``facts``, only what may show the conditions ``denied`` by the profile is looked at, and what the audit period depends on.
    """
    judge = _judge(grid, profile, facts, as_of, observed_on)
    answers = zip(grid.indicators, applicability(grid, profile), strict=True)
    return tuple(_heard(judge, indicator, answer)[0] for indicator, answer in answers)


def denied(grid: Grid, profile: Profile) -> frozenset[str]:
    """The conditions that the profile does not grant and on which an indicator depends; facts may show them all the same."""
    answers = zip(grid.indicators, applicability(grid, profile), strict=True)
    return frozenset(deniable(indicator, profile) for indicator, answer in answers if answer.answer is not Answer.YES) - {""}


def _heard(judge: Judge, indicator: Indicator, answer: Applicability) -> tuple[Applicability, list[str]]:
    """What the profile says once facts were heard, and those that contradict it: they win over its "no" and over its silence."""
    contradictions = judge.chooser.contradictions(indicator) if answer.answer is not Answer.YES else []
    return (replace(answer, answer=Answer.YES, reason=contradictions[0]) if contradictions else answer), contradictions


def surroundings(grid: Grid, profile: Profile, facts: Facts, *, as_of: date, observed_on: date) -> Around:
    """All that ``statuses`` looks at beside the row of a session to tell what is seen of it."""
    return around(_situation(grid, profile, facts, as_of, observed_on))


def _situation(
    grid: Grid, profile: Profile, facts: Facts, as_of: date, observed_on: date, since: date | None = None
) -> Situation:
    return Situation(
        grid=grid, profile=profile, facts=facts, book=expectations(), as_of=as_of, observed_on=observed_on, since=since
    )


def _judge(grid: Grid, profile: Profile, facts: Facts, as_of: date, observed_on: date) -> Judge:
    return Judge(_situation(grid, profile, facts, as_of, observed_on))


def _status(judge: Judge, indicator: Indicator, answer: Applicability) -> IndicatorStatus:
    situation = judge.situation
    asked = situation.book.of_indicator(indicator.number, situation.grid.id)
    results = tuple(result for result in (judge.judge(expectation) for expectation in asked) if result is not None)
    aside = judge.chooser.setting_aside.said_of(indicator)
    # The indicator is judged, and says which fact contradicts the profile.
    answer, contradictions = _heard(judge, indicator, answer)
    if answer.answer is Answer.NO or aside.holds:
        return _not_applicable(judge, indicator, answer, aside.sentence if aside.holds else "")
    value, said = combine(results)
    reasons = [*contradictions, *said]
    if answer.answer is Answer.UNKNOWN:
        value = Status.CANNOT_BE_JUDGED
        reasons.insert(0, answer.reason)
    if aside.sentence:
        reasons.insert(0, outranked(aside))
    reasons += _reasons(results, value)
    if value in (Status.AT_RISK, Status.INSUFFICIENT) and indicator.major_only:
        reasons.append(sentences.MAJOR_ONLY)
    if situation.history_unknown and any(result.expectation.period == "audit_period" for result in results):
        certified_on = situation.certified_before
        reasons.append(sentences.since_certificate(certified_on) if certified_on else _HISTORY_UNKNOWN)
    lead = leading(results)
    action = _action(results, lead)
    if answer.answer is Answer.UNKNOWN:
        action = french(_FILL_THE_PROFILE)
    provisional, because = _provisional(judge, results)
    return IndicatorStatus(
        number=indicator.number,
        applicable=answer.answer,
        status=value,
        expected=" ".join(result.expectation.expected for result in results),
        observed=" ".join(result.observed for result in results if result.observed),
        reasons=tuple(dict.fromkeys(french(reason) for reason in reasons)),
        next_action=action,
        # What would do better on what is demonstrable is an offer: nothing is due.
        due_on=situation.mend_by if action and value is not Status.DEMONSTRABLE else None,
        provisional=provisional,
        because=because,
        expectations=results,
        leading=lead,
        mend_by=situation.mend_by,
        renewals=tuple(
            sorted(
                (renewal for result in results for renewal in result.renewals),
                key=lambda renewal: (renewal.until, renewal.subject.label, renewal.expectation_key),
            )
        ),
        may_set_aside=tuple(ground.key for ground in judge.chooser.setting_aside.grounds(indicator)),
        pieces=_pieces(judge, indicator, results),
    )


def _pieces(judge: Judge, indicator: Indicator, results: tuple[ExpectationResult, ...] = ()) -> tuple[Shelved, ...]:
    index = judge.measurer.index
    counted = {piece for result in results if not result.expectation.sensitive for piece in result.document_ids}
    linked = index.by_indicator.get(indicator.number, ())
    return shelved(linked, (index.by_id[piece] for piece in counted), until=judge.situation.as_of)


def _not_applicable(judge: Judge, indicator: Indicator, answer: Applicability, by_hand: str) -> IndicatorStatus:
    """The profile says no and no fact says yes, or a named person said so."""
    reasons = [answer.reason] if answer.answer is Answer.NO else []
    reasons += [by_hand] if by_hand else []
    return IndicatorStatus(
        number=indicator.number,
        applicable=answer.answer,
        status=Status.NOT_APPLICABLE,
        expected=indicator.expected_level,
        observed="",
        reasons=tuple(reasons),
        next_action="",
        due_on=None,
        provisional=False,
        because=(),
        expectations=(),
        leading=None,
        mend_by=judge.situation.mend_by,
        set_by_hand=by_hand,
        pieces=_pieces(judge, indicator),
    )


def _reasons(results: tuple[ExpectationResult, ...], value: Status) -> list[str]:
    """What makes the status first, then what weighs on it, then what is neutral, each naming its expectation."""
    weighing = sorted(
        (Outcome.INSUFFICIENT, Outcome.AT_RISK, Outcome.CANNOT_BE_JUDGED), key=lambda outcome: outcome.value != value.value
    )
    found = [reason for outcome in weighing for result in results if result.outcome is outcome for reason in result.reasons]
    shown = [result for result in results if result.outcome is Outcome.DEMONSTRABLE]
    found += [reason for result in shown for reason in result.reasons]
    if value is Status.DEMONSTRABLE:
        # What is good has its reasons too: what was seen.
        found += [result.observed for result in shown if result.observed]
    neutral = (Outcome.TO_COME, Outcome.WITHOUT_OBJECT, Outcome.PUT_OFF, Outcome.NOT_TRACKED)
    for result in results:
        if result.outcome in neutral:
            found += [f"{result.expectation.expected} {reason}" for reason in result.reasons]
    return found


def _action(results: tuple[ExpectationResult, ...], lead: ExpectationResult | None) -> str:
    """That of the worst expectation; when all is demonstrable, that of the holes that remain all the same."""
    if lead is None:
        return ""
    if lead.next_action:
        return lead.next_action
    if lead.outcome is not Outcome.DEMONSTRABLE:
        return ""
    remaining = sorted(
        (result for result in results if result.next_action), key=lambda result: (-len(result.missing), result.expectation.key)
    )
    return remaining[0].next_action if remaining else ""


def _provisional(judge: Judge, results: tuple[ExpectationResult, ...]) -> tuple[bool, tuple[str, ...]]:
    """Concerns the 2026 grid only: what rests on reading guide V9, on no guide at all, or waits for an order."""
    if judge.situation.grid.id != LATEST_GRID:
        return False, ()
    keys = dict.fromkeys(result.expectation.basis.because for result in results if result.expectation.basis.because is not None)
    return bool(keys), tuple(judge.situation.book.provisional[key] for key in keys)
