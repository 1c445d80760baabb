"""What the work itself proves of trainers, subcontractors, enrolments and the organisation: one truth table each."""

from datetime import date
from decimal import Decimal

import pytest

from evidence.engine.result import Mark, Outcome
from tests.engine.builders import (
    AUDIT,
    course,
    document,
    facts,
    judged,
    parties,
    piece,
    plain,
    profile,
    session,
    subcontractors,
    trainer,
    unanswered,
    work,
)
from tests.engine.lived import FIRST, LAST, mark, of_work
from trainings.facts.rows import Contract, Departure, People, Record

CV = Record("cv", frozenset(), date(2025, 1, 1))
DIPLOMA = Record("diploma", frozenset())


class TestPeople:
    @pytest.mark.parametrize(
        ("records", "expected"),
        [
            ((CV, DIPLOMA), Mark.SATISFIED),
            ((CV,), Mark.SATISFIED),  # the same piece proves as much as when it is filed
            ((Record("qualification", frozenset(), date(2025, 1, 1)),), Mark.SATISFIED),
            ((DIPLOMA,), Mark.OLD),  # nobody dated it
            ((Record("cv", frozenset(), date(2023, 1, 1)), DIPLOMA), Mark.OLD),
            ((Record("interview", frozenset(), date(2026, 1, 1)),), Mark.MISSING),
            ((), Mark.MISSING),
        ],
    )
    def test_profile(self, records, expected):
        assert mark(judged("trainer_profile_on_file", facts(trainers=(trainer(records=records),)))) is expected

    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            (Record("training", frozenset(), date(2025, 1, 1)), Mark.SATISFIED),
            (Record("interview", frozenset(), date(2026, 1, 1)), Mark.SATISFIED),
            (Record("training", frozenset(), date(2024, 12, 15)), Mark.MISSING),
            (Record("training", frozenset(), date(2026, 12, 16)), Mark.MISSING),  # after the audit
            (CV, Mark.MISSING),
        ],
    )
    def test_development(self, record, expected):
        known = facts(trainers=(trainer(records=(record,), first_session_on=date(2020, 1, 1)),))
        assert mark(judged("staff_development_done", known, today=AUDIT)) is expected

    @pytest.mark.parametrize(("concluded", "expected"), [(True, Mark.SATISFIED), (False, Mark.MISSING)])
    def test_an_observation_shows_mastery_once_concluded(self, concluded, expected):
        record = Record("interview", frozenset(), date(2026, 3, 1), None, concluded)
        known = facts(
            trainers=(trainer(records=(record,)),),
            sessions=(unanswered(session()),),
        )
        assert mark(judged("trainer_mastery_checked", known)) is expected

    @pytest.mark.parametrize(
        ("kinds", "expected"),
        [(("charter", "interview"), Mark.SATISFIED), (("charter",), Mark.MISSING), (("interview",), Mark.MISSING)],
    )
    def test_carried_trainers(self, kinds, expected):
        records = tuple(Record(kind, frozenset(), date(2026, 1, 1)) for kind in kinds)
        known = facts(trainers=(trainer(carried=True, records=records),))
        assert mark(judged("carried_trainer_checked", known, profile(salary_portage=True))) is expected


def contract(**fields):
    base = {
        "id": "k1", "signed_on": date(2026, 1, 5), "valid_from": date(2026, 1, 5), "valid_until": date(2026, 12, 31),
        "lists_missions": True, "keeps_to_standard": True,
    }  # fmt: skip
    return Contract(**{**base, **fields})


def given(subcontractor=None, *, contracts=(), session_fields=(), **fields):
    own = subcontractors("Externe")[0]
    held = type(own)(id=own.id, name=own.name, contracts=contracts, **fields)
    return facts(
        subcontractors=(held,),
        sessions=(session(given_to_id=own.id, **dict(session_fields)),),
    )


OUT = profile(subcontracts_out=True)


class TestSubcontracting:
    @pytest.mark.parametrize(
        ("held", "expected"),
        [
            ((contract(),), Mark.SATISFIED),
            ((contract(lists_missions=False),), Mark.MISSING),
            ((contract(signed_on=LAST),), Mark.MISSING),  # never late: signed afterwards, it covers nothing
            ((contract(signed_on=date(2026, 9, 30)),), Mark.SATISFIED),
            ((contract(valid_until=FIRST),), Mark.MISSING),
            ((contract(valid_until=FIRST), contract(id="k2", valid_from=LAST)), Mark.SATISFIED),  # one carries the other on
            ((contract(valid_from=date(2019, 1, 1), signed_on=date(2019, 1, 1), valid_until=date(2021, 12, 31)),), Mark.MISSING),
            ((), Mark.MISSING),
        ],
    )
    def test_contract(self, held, expected):
        assert mark(judged("session_subcontract_on_file", given(contracts=held), OUT)) is expected

    @pytest.mark.parametrize(
        ("held", "expected"),
        [
            ((contract(),), Mark.SATISFIED),
            ((contract(keeps_to_standard=False),), Mark.MISSING),
            ((contract(valid_until=date(2026, 12, 14)),), Mark.SATISFIED),  # in force today
            ((contract(valid_until=date(2026, 11, 22)),), Mark.MISSING),
            ((contract(keeps_to_standard=False), contract(id="k2")), Mark.MISSING),  # each of those in force
        ],
    )
    def test_clause_of_the_contract_in_force(self, held, expected):
        """The days of November: the audit is to come, one reads on the 23rd."""
        known = given(contracts=held, session_fields={"first_day": date(2026, 11, 2), "ended": date(2026, 11, 3)})
        assert mark(judged("subcontract_traces_compliance_2026", known, OUT)) is expected

    @pytest.mark.parametrize(
        ("fields", "cpf", "expected"),
        [
            ({}, 0, Mark.MISSING),
            ({"checked_on": date(2026, 1, 1)}, 0, Mark.SATISFIED),
            ({"checked_on": date(2025, 1, 1)}, 0, Mark.OLD),
            ({"checked_on": date(2026, 1, 1)}, 2, Mark.MISSING),
            ({"checked_on": date(2026, 1, 1), "certified_until": LAST}, 2, Mark.SATISFIED),
            ({"checked_on": date(2026, 1, 1), "certified_until": FIRST}, 2, Mark.MISSING),  # it ends on the way
            ({"checked_on": date(2026, 1, 1), "certified_until": date(2026, 9, 30)}, 2, Mark.MISSING),
            ({"checked_on": date(2026, 1, 1), "exempted": True}, 2, Mark.SATISFIED),
        ],
    )
    def test_yearly_check(self, fields, cpf, expected):
        known = given(session_fields={"enrolled_cpf_only": cpf}, **fields)
        assert mark(judged("subcontractor_checked", known, OUT)) is expected

    @pytest.mark.parametrize(("named", "until"), [(True, date(2021, 12, 31)), (True, FIRST), (False, date(2021, 12, 31))])
    def test_a_contract_that_ended_is_named_with_its_dates(self, named, until):
        """Even the one by which the session was given: it covers its own days, and no others."""
        held = contract(signed_on=date(2019, 1, 7), valid_from=date(2019, 1, 7), valid_until=until)
        known = given(contracts=(held,), session_fields={"contract_id": "k1"} if named else {})
        found = judged("session_subcontract_on_file", known, OUT)
        said = "il ne couvre pas les jours de la mission." in plain(found.sentence(found.missing[0]))
        assert (found.outcome, said) == (Outcome.INSUFFICIENT, named)

    @pytest.mark.parametrize(
        ("clause", "until", "outcome"),
        [
            (True, None, Outcome.DEMONSTRABLE),
            (False, None, Outcome.INSUFFICIENT),
            (False, date(2026, 11, 22), Outcome.WITHOUT_OBJECT),
        ],
    )
    def test_a_framework_contract_in_force_without_any_session_planned(self, clause, until, outcome):
        known = given(contracts=(contract(keeps_to_standard=clause, valid_until=until),))
        assert judged("subcontract_traces_compliance_2026", known, OUT).outcome is outcome

    @pytest.mark.parametrize(("until", "expected"), [(date(2026, 10, 2), Mark.SATISFIED), (FIRST, Mark.MISSING)])
    def test_a_file_covers_the_days_of_the_mission_too(self, until, expected):
        known = given()
        filed = document("subcontract", date(2026, 1, 5), valid_until=until, session_ids=("s1",))
        known = type(known)(
            organisation=known.organisation, courses=known.courses, sessions=known.sessions, trainers=known.trainers,
            subcontractors=known.subcontractors, documents=(filed,),
        )  # fmt: skip
        assert mark(judged("session_subcontract_on_file", known, OUT)) is expected

    @pytest.mark.parametrize("as_of", [date(2026, 12, 15), date(2026, 11, 10)])
    def test_a_session_planned_later_spoils_no_check(self, as_of):
        """Checked in September, certified until the end of the year; the CPF pays a session of March."""
        planned = session("s2", date(2027, 3, 3), given_to_id="externe", enrolled_cpf_only=2)
        known = given(checked_on=date(2026, 9, 15), certified_until=date(2026, 12, 31))
        known = type(known)(
            organisation=known.organisation, courses=known.courses, sessions=(*known.sessions, planned), trainers=known.trainers,
            subcontractors=known.subcontractors,
        )  # fmt: skip
        assert mark(judged("subcontractor_checked", known, OUT, as_of=as_of)) is Mark.SATISFIED

    @pytest.mark.parametrize(
        ("until", "said"),
        [
            (date(2026, 9, 30), "le certificat Qualiopi valable jusqu'au 30 sept. 2026 ne couvre pas S1"),
            (None, "aucun certificat Qualiopi enregistré pour S1"),
        ],
    )
    def test_the_sentence_names_the_certificate_and_its_end(self, until, said):
        known = given(session_fields={"enrolled_cpf_only": 2}, checked_on=date(2026, 9, 15), certified_until=until)
        found = judged("subcontractor_checked", known, OUT)
        sentence = plain(found.sentence(found.missing[0]))
        assert sentence.startswith(f"Externe : contrôle du 15 sept. 2026, mais {said}")


class TestEnrolments:
    @pytest.mark.parametrize(
        ("key", "fields", "expected"),
        [
            ("adaptation_question_asked", {"asked": People(8, FIRST)}, (8, 8, Mark.SATISFIED)),
            ("adaptation_question_asked", {"asked": People(8, LAST)}, (8, 8, Mark.LATE)),
            ("adaptation_question_asked", {"asked": People(5, FIRST)}, (5, 8, Mark.MISSING)),
            ("trainee_results_by_objective", {"by_objective": People(6, LAST)}, (6, 8, Mark.MISSING)),
            ("trainee_results_by_objective", {"by_objective": People(6, LAST), "completed": 6}, (6, 6, Mark.SATISFIED)),
            ("end_certificates_issued", {"certified": People(8, date(2026, 11, 2))}, (8, 8, Mark.LATE)),
            ("end_certificates_issued", {"certified": People()}, (0, 8, Mark.MISSING)),
        ],
    )
    def test_people_are_counted_by_session(self, key, fields, expected):
        found = of_work(key, **fields)
        assert (found.n, found.d, mark(found)) == expected

    def test_missing_people_are_a_number_beside_their_session(self):
        found = of_work("adaptation_question_asked", asked=People(5, FIRST))
        assert [subject.reference for subject in found.missing] == ["S1"]
        assert plain(found.sentence(found.missing[0])).endswith(" reste à poser à 3 inscrits.")

    def test_what_is_not_due_is_left_out_and_not_said_to_be_there(self):
        """Two of eight have it, the others have time: two of two count, and the session still has some to come."""
        known = facts(sessions=(session(ended=date(2026, 11, 20), work=work(certified=People(2, date(2026, 11, 20)))),))
        found = judged("end_certificates_issued", known)
        assert (found.n, found.d, mark(found)) == (2, 2, Mark.TO_COME)

    def test_a_document_of_the_session_speaks_of_everybody(self):
        certificate = document("completion_certificate", LAST, session_ids=("s1",))
        known = facts(sessions=(session(work=work(certified=People())),), documents=(certificate,))
        found = judged("end_certificates_issued", known)
        assert (found.n, found.d, found.document_ids) == (8, 8, (certificate.id,))

    @pytest.mark.parametrize(
        ("departures", "expected"),
        [
            ((), (0, 0, Outcome.WITHOUT_OBJECT)),
            ((Departure(FIRST, date(2026, 10, 5)),), (1, 1, Outcome.DEMONSTRABLE)),
            ((Departure(FIRST, date(2026, 10, 9)),), (1, 1, Outcome.DEMONSTRABLE)),  # late, and noticed
            ((Departure(FIRST),), (0, 1, Outcome.INSUFFICIENT)),
            ((Departure(None),), (0, 1, Outcome.INSUFFICIENT)),
            ((Departure(date(2026, 11, 20)),), (0, 0, Outcome.WITHOUT_OBJECT)),  # still to be followed
        ],
    )
    def test_absences_and_departures(self, departures, expected):
        known = facts(sessions=(session(hours=Decimal(21), work=work(departures=departures)),))
        found = judged("absences_and_dropouts_followed", known)
        assert (found.n, found.d, found.outcome) == expected

    def test_short_sessions_are_not_asked(self):
        known = facts(sessions=(session(work=work(departures=(Departure(FIRST),))), session("s2", hours=Decimal(21))))
        assert judged("absences_and_dropouts_followed", known).d == 0

    @pytest.mark.parametrize(
        ("key", "fields", "expected"),
        [
            ("disability_needs_answered", {"needs_declared": 2, "needs_answered": People(2, FIRST)}, (2, 2)),
            ("disability_needs_answered", {"needs_declared": 2, "needs_answered": People(1, FIRST)}, (1, 2)),
            ("adaptations_carried_out", {"adapted": 2, "carried_out": 1}, (1, 2)),
        ],
    )
    def test_what_is_sensitive_names_nobody_and_no_session(self, key, fields, expected):
        found = of_work(key, **fields)
        assert (found.n, found.d) == expected
        assert [subject.kind for subject in found.subjects] == ["organisation"]
        assert not any("S1" in found.sentence(subject) for subject in found.missing)

    @pytest.mark.parametrize("key", ["disability_needs_answered", "adaptations_carried_out"])
    def test_when_nobody_was_asked_nothing_is_known(self, key):
        assert of_work(key, asked=People()).outcome is Outcome.CANNOT_BE_JUDGED


class TestOrganisation:
    def test_published_rates_are_results(self):
        known = facts(courses=(course(certifying=True, rates_on=(date(2026, 9, 1),)),))
        outcomes = {
            key: judged(key, known, profile(certifying=True)).outcome
            for key in ("results_indicators_chosen", "results_published", "results_method_shown_2026")
        }
        assert set(outcomes.values()) == {Outcome.DEMONSTRABLE}

    def test_rates_published_before_the_decree_say_nothing_of_their_method(self):
        known = facts(courses=(course(certifying=True, rates_on=(date(2026, 8, 3),)),))
        assert judged("results_method_shown_2026", known, profile(certifying=True)).outcome is Outcome.INSUFFICIENT

    @pytest.mark.parametrize(
        ("asked_on", "expected"), [(None, Mark.MISSING), (date(2026, 9, 1), Mark.SATISFIED), (date(2025, 6, 1), Mark.MISSING)]
    )
    def test_a_company_is_asked_by_an_invitation(self, asked_on, expected):
        company = parties("Brasserie")[0]
        company = type(company)(id=company.id, name=company.name, asked_on=asked_on)
        known = facts(companies=(company,), sessions=(session(company_ids=(company.id,)),))
        assert mark(judged("companies_asked", known)) is expected

    def test_the_teaching_team_is_asked_by_an_invitation(self):
        known = facts(trainers=(trainer(asked_on=date(2026, 9, 1)), trainer("t2")), sessions=(session(trainer_ids=("t1", "t2")),))
        found = judged("teaching_team_asked", known)
        assert (found.marks, found.kept) == ((Mark.SATISFIED, Mark.MISSING), {"t1"})

    def test_a_piece_filed_still_does(self):
        known = facts(documents=(piece("results_page", 2),))
        assert judged("results_indicators_chosen", known).outcome is Outcome.DEMONSTRABLE
