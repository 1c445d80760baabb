"""What holds whatever the organisation: worlds are made by hypothesis, and every indicator is judged."""

import os
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.engine import statuses
from evidence.engine.evaluate import asked_of, surroundings
from evidence.engine.facts import Cover, Facts, Modality
from evidence.engine.result import Mark, Outcome
from evidence.engine.seen import Memory
from qualiopi.standard.book import expectations
from qualiopi.standard.grids import grid_for
from tests.engine.builders import course, document, facts, profile, session, subcontractors, trainer, work
from trainings.facts.rows import Asked, Departure, People, Record

AUDIT, TODAY = date(2028, 3, 15), date(2028, 2, 20)
# From the additions of 2026 on: every rule holds on every day. Four years bring the same days of the same months back.
FROM, UNTIL, FOUR_YEARS = date(2027, 1, 4), date(2028, 4, 30), timedelta(days=1461)
WHO = profile("AF", "CFA", certifying=True, remote=True, subcontracts_out=True, work_study=True)
RANK = {Outcome.INSUFFICIENT: 0, Outcome.AT_RISK: 1, Outcome.DEMONSTRABLE: 2}
SESSION_KINDS = (
    "attendance_sheet",
    "need_analysis",
    "learning_evaluation",
    "completion_certificate",
    "agreement",
    "subcontract",
    "survey_answers",
    "survey_summary",
    "teaching_evaluation",
    "apprentice_handbook",
)
COURSE_KINDS = ("survey_summary", "teaching_evaluation", "programme_sheet")
TRAINER_KINDS = ("qualification", "trainer_review", "compliance_charter")
ORGANISATION_KINDS = (
    "internal_rules", "watch_log", "complaint_procedure", "positioning_procedure", "welcome_booklet", "apprentice_handbook",
)  # fmt: skip
TITLES = (frozenset({"habilitation"}), frozenset({"titre"}))
COVERED = ("attendance_and_follow_up_traced", "session_need_analysed", "end_certificates_issued")

days = st.dates(FROM, UNTIL)
# The same worlds each time, unless more are asked for: EXAMPLES=3000 draws so many others.
MORE = os.environ.get("EXAMPLES", "")
fast = settings(
    max_examples=int(MORE or 25),
    derandomize=not MORE,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@st.composite
def worked(draw, first, last):
    people = st.integers(0, 4).map(lambda number: People(number, last if number else None))
    return work(
        first, last, people=draw(st.integers(0, 4)), needs=draw(people), told=draw(people), evaluated=draw(people),
        certified=draw(people), half_days_held=2, half_days=2, lines_expected=8, lines=draw(st.integers(0, 8)),
        countersigned=draw(st.integers(0, 2)), register_on=last, remote_held=2, remote_expected=8, lines_timed=draw(st.integers(0, 8)),
        departures=draw(st.sampled_from([(), (Departure(first),), (Departure(first, first),), (Departure(None),)])),
        withdrawn=draw(st.integers(0, 2)),
    )  # fmt: skip


@st.composite
def one_session(draw, identifier):
    first = draw(days)
    last = first + timedelta(days=draw(st.integers(0, 90)))
    answers = draw(st.integers(0, 3))
    mean = draw(st.sampled_from([None, Decimal(1), Decimal(4)]))
    of_the_last = last if answers else None
    return session(
        identifier, last,
        first_day=first, enrolled=draw(st.sampled_from([0, 4])),
        asked=Asked(last, answers, of_the_last, of_the_last, mean),
        course_id=draw(st.sampled_from(["c1", "c2"])), modality=draw(st.sampled_from(["", *Modality])), hours=Decimal(21),
        given_to_id=draw(st.sampled_from([None, "externe"])),
        trainer_ids=draw(st.sampled_from([(), ("t1",), ("t1", "t2")])), work=draw(worked(first, last)),
    )  # fmt: skip


@st.composite
def one_document(draw, identifier, *, accepted=None, dated=None):
    of, kinds = draw(
        st.sampled_from(
            [("session", SESSION_KINDS), ("course", COURSE_KINDS), ("trainer", TRAINER_KINDS), ("indicator", ORGANISATION_KINDS)]
        )
    )
    kind = draw(st.sampled_from(kinds))
    links = {
        "session": {"session_ids": (draw(st.sampled_from(["s0", "s1", "s2", "s3"])),)},
        "course": {"course_ids": (draw(st.sampled_from(["c1", "c2"])),)},
        "trainer": {"trainer_ids": (draw(st.sampled_from(["t1", "t2"])),), "words": draw(st.sampled_from(TITLES))},
        "indicator": {"indicators": frozenset(expectations().indicators_of(kind))},
    }[of]
    on = draw(days if dated else st.one_of(st.none(), days))
    read = draw(st.booleans()) if accepted is None else accepted
    by = draw(st.sampled_from(["", "Maëlle", "Nolwenn"])) if read else ""
    return document(kind, on, id=identifier, accepted=read, read_by=by, **links)


@st.composite
def covering(draw, filed):
    """A line of a hole that somebody says one of these documents covers."""
    return Cover(
        expectation_key=draw(st.sampled_from(COVERED)),
        subject_id=draw(st.sampled_from(["s0", "s1"])),
        document_id=draw(st.sampled_from([one.id for one in filed])),
        line=draw(st.sampled_from(["e1", "e2"])),
        person=draw(st.sampled_from(["Maëlle", "Nolwenn"])),
    )


@st.composite
def somebody(draw, identifier, **fields):
    """A trainer with titles, one of which may cover another in other words."""
    records = tuple(
        Record(
            draw(st.sampled_from(["qualification", "charter", "interview", "cv"])), draw(st.sampled_from(TITLES)), draw(days),
            draw(st.one_of(st.none(), st.just(UNTIL))), True, "Titre", draw(st.sampled_from([(), TITLES[:1]])),
        )
        for _place in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    return trainer(identifier, records=records, **fields)


@st.composite
def worlds(draw):
    held = tuple(draw(one_session(f"s{place}")) for place in range(draw(st.integers(0, 4))))
    filed = tuple(draw(one_document(f"d{place}")) for place in range(draw(st.integers(0, 6))))
    said = tuple(draw(covering(filed)) for _place in range(draw(st.integers(0, 3)))) if filed else ()
    return facts(
        sessions=held,
        documents=filed,
        covers=said,
        lacking={(key, of): frozenset({"e1", "e2"}) for key in COVERED for of in ("s0", "s1")},
        courses=(
            course("c1", required=draw(st.sampled_from([frozenset(), TITLES[0]]))),
            course("c2", category=draw(st.sampled_from(["CFA", None])), certifying=True),
        ),
        trainers=(draw(somebody("t1")), draw(somebody("t2", subcontractor=None, carried=draw(st.sampled_from([None, True]))))),
        subcontractors=subcontractors("Externe"),
        audits=(),
        never_audited=True,
    )


def read(known: Facts, by: timedelta = timedelta()):
    as_of = AUDIT + by
    return statuses(grid_for(as_of), WHO, known, as_of=as_of, observed_on=TODAY + by)


def answer(found):
    """What an answer says, without the days in its words."""
    return [
        (one.number, one.status, [(each.expectation.key, each.outcome, each.n, each.d, each.marks) for each in one.expectations])
        for one in found
    ]


def lowered(known, other):
    """The expectations that stand lower in the second world.

    Where more is proved, and what is not known yet now decides between two statuses, neither of which is lower, nothing is.
    """
    before, after = ({each.expectation.key: each for one in read(world) for each in one.expectations} for world in (known, other))
    return {
        key: (was.outcome, after[key].outcome)
        for key, was in before.items()
        if was.outcome in RANK
        and RANK.get(after[key].outcome, -1) < RANK[was.outcome]
        and not (after[key].outcome is Outcome.CANNOT_BE_JUDGED and after[key].n > was.n and Mark.TO_CLARIFY in after[key].marks)
    }


@fast
@given(worlds())
def test_two_readings_of_one_state_are_equal(known):
    assert read(known) == read(known)


@fast
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(known, chance):
    def mixed(rows):
        return tuple(chance.sample(rows, len(rows)))

    other = replace(
        known,
        sessions=mixed(known.sessions),
        documents=mixed(known.documents),
        courses=mixed(known.courses),
        trainers=mixed(known.trainers),
        covers=mixed(known.covers),
    )
    assert read(other) == read(known)


@fast
@given(worlds(), one_document("added", accepted=True, dated=True))
def test_adding_a_proof_never_lowers_anything(known, proof):
    assert lowered(known, replace(known, documents=(*known.documents, proof))) == {}


@fast
@given(worlds(), one_document("added", accepted=False, dated=True))
def test_filing_what_nobody_has_read_yet_never_lowers_anything_either(known, proof):
    assert lowered(known, replace(known, documents=(*known.documents, proof))) == {}


@fast
@given(worlds(), st.data())
def test_saying_what_a_document_covers_never_lowers_anything(known, data):
    if not known.documents:
        return
    said = data.draw(covering(known.documents))
    assert lowered(known, replace(known, covers=(*known.covers, said))) == {}


@fast
@given(worlds(), one_session("other"), st.sampled_from(["cancelled", "long past", "to come"]))
def test_an_unrelated_session_changes_nothing(known, other, why):
    """Cancelled, over long before the period, or to come in a year: nothing is read in it."""
    if why == "cancelled":
        other = other._replace(held=False)
    else:
        start = date(2015, 3, 2) if why == "long past" else date(2029, 3, 5)
        other = other._replace(
            first_day=start, last_day=start, asked=other.asked._replace(first_on=start, last_on=start), work=work(start, start)
        )
    # A subcontractor with a session planned is under contract, a carried trainer who has one planned shows that there is one, and a
    # course known by its sessions is on sale: those are related.
    carried = {one.id for one in known.trainers if one.carried}
    leading = tuple(one for one in other.trainer_ids if one not in carried)
    other = other._replace(given_to_id=None, trainer_ids=leading)
    assert answer(read(replace(known, sessions=(*known.sessions, other)))) == answer(read(known))


@fast
@given(worlds(), st.integers(1, 700))
def test_how_far_the_audit_is_changes_nothing_of_where_one_stands(known, later):
    """The second reading is apart; what it says will lapse, between today and the audit, is good today."""
    at_once, found = (
        statuses(grid_for(day), WHO, known, as_of=day, observed_on=TODAY) for day in (TODAY, TODAY + timedelta(days=later))
    )
    assert answer(found) == answer(at_once)
    assert [one.renewals for one in at_once] == [()] * len(at_once)
    for one in found:
        for renewal in one.renewals:
            assert TODAY <= renewal.until < TODAY + timedelta(days=later)


def moved(known: Facts, by: timedelta) -> Facts:
    """Every date of these facts, shifted."""

    def shift(value):
        if isinstance(value, date):
            return value + by
        if isinstance(value, tuple):
            each = [shift(one) for one in value]
            return type(value)(*each) if hasattr(value, "_fields") else tuple(each)
        if hasattr(value, "__dataclass_fields__"):
            return replace(value, **{name: shift(getattr(value, name)) for name in value.__dataclass_fields__})
        return value

    return shift(known)


@fast
@given(worlds())
def test_shifting_every_date_with_the_audit_shifts_the_answer(known):
    assert answer(read(moved(known, FOUR_YEARS), FOUR_YEARS)) == answer(read(known))


@fast
@given(worlds(), st.data())
def test_what_is_remembered_of_sessions_is_what_would_be_seen_again(known, data):
    """Some sessions change, others come or go; where nothing else around them did, the rest is not looked at again."""
    memory = Memory()
    assert remembering(known, memory) == read(known)
    places = range(len(known.sessions))
    changed = data.draw(st.sets(st.sampled_from(places))) if known.sessions else set()
    rows = [data.draw(one_session(one.id)) if place in changed else one for place, one in enumerate(known.sessions)]
    rows += [data.draw(one_session("s9"))] if data.draw(st.booleans()) else []
    other = replace(known, sessions=tuple(rows[data.draw(st.integers(0, 1)) :]))
    if around_sessions(other) != around_sessions(known):
        return
    memory.forget({one.id for one in {*known.sessions} ^ {*other.sessions}})
    looks = memory.looks
    assert remembering(other, memory) == read(other)
    if other == known:
        assert memory.looks == looks


def remembering(known, memory):
    return statuses(grid_for(AUDIT), WHO, known, as_of=AUDIT, observed_on=TODAY, memory=memory)


def around_sessions(known):
    return surroundings(grid_for(AUDIT), WHO, known, as_of=AUDIT, observed_on=TODAY)


def said_of(result, session):
    """All that a page shows of one session in a result."""
    subject = next(subject for subject in result.subjects if subject.id == session)
    return (
        subject,
        result.mark_by_subject[session],
        session in result.kept,
        result.by_a_file(session),
        result.read_by.get(session),
        result.clarifications.get(session),
        result.due_dates.get(session),
        result.sentence(subject),
        result.lacking.get(session),
        result.shown,
    )


@fast
@given(worlds())
def test_one_session_read_alone_says_what_all_say_of_it(known):
    grid = grid_for(AUDIT)
    whole = [result for status in read(known) for result in status.expectations if result.expectation.of_a_session]
    for one in known.sessions:
        alone = asked_of(grid, WHO, known, one.id, as_of=AUDIT, observed_on=TODAY)
        assert {each.expectation.key: said_of(each, one.id) for each in alone if not each.expectation.sensitive} == {
            each.expectation.key: said_of(each, one.id)
            for each in whole
            if one.id in each.mark_by_subject and not each.expectation.sensitive
        }
