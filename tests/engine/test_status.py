"""The whole answer for one indicator: holes, next action, due date, provisional marks, declarations by hand."""

from datetime import date

import pytest

from evidence.engine import statuses
from evidence.engine.result import Mark, Outcome, Status, SubjectKind
from qualiopi.standard.grids import grid_for
from tests.engine.builders import (
    AUDIT,
    FORMER_AUDIT,
    TODAY,
    course,
    document,
    facts,
    indicator,
    judged,
    piece,
    plain,
    profile,
    session,
    sessions,
    unanswered,
)


def holed(number, holes):
    """So many sessions, of which those at these places never got an answer."""
    return tuple(unanswered(one) if place in holes else one for place, one in enumerate(sessions(number)))


def test_exactly_the_seventeen_sessions_without_answer_are_named():
    holes = {3, 4, 9, 17, 21, 30, 44, 45, 46, 71, 88, 90, 101, 120, 133, 148, 149}
    found = indicator(30, facts(sessions=holed(150, holes)))
    named = [hole.reference for hole in found.missing if hole.kind is SubjectKind.SESSION]
    assert named == [f"S{place}" for place in sorted(holes)]
    assert (len(found.missing), found.missing_count) == (17, 17)


def test_a_subject_is_named_once_with_all_its_sentences():
    hole = indicator(30, facts(sessions=holed(3, {1}))).missing[0]
    assert [plain(sentence) for sentence in hole.sentences] == [
        f"{plain(hole.label)} : l'avis des bénéficiaires n'a pas été demandé.",
        f"{plain(hole.label)} : aucune réponse au questionnaire de fin de session.",
    ]
    assert hole.expectation_keys == ("trainees_asked", "session_has_answers")
    assert hole.next_action == f"Envoyez le questionnaire de fin de session aux bénéficiaires de {hole.label}."


def test_a_hole_is_named_even_when_the_share_is_good_enough():
    tally = holed(20, {5})
    found = judged("session_has_answers", facts(sessions=tally))
    assert (found.outcome, [subject.reference for subject in found.missing]) == (Outcome.DEMONSTRABLE, ["S5"])
    assert found.tally == tuple(place != 5 for place in range(20))


def test_each_piece_missing_from_the_organisation_is_a_hole_of_its_own():
    found = indicator(31, facts())
    assert [(hole.kind, hole.reference, plain(hole.label)) for hole in found.missing] == [
        ("organisation", "complaint_procedure_known", "Procédure difficultés, réclamations et aléas"),
        ("organisation", "complaint_register_kept", "Registre des réclamations et aléas"),
    ]


def test_late_old_to_come_and_to_clarify_are_apart_from_holes():
    known = facts(
        sessions=(
            session("late", date(2026, 9, 1)),
            session("undated", date(2026, 9, 2)),
            session("due", date(2026, 9, 3)),
            session("young", date(2026, 11, 20)),
        ),
        documents=(
            document("attendance_sheet", date(2026, 9, 30), session_ids=("late",)),
            document("attendance_sheet", None, session_ids=("undated",)),
        ),
    )
    found = indicator(10, known)
    assert [hole.reference for hole in found.missing if hole.kind is SubjectKind.SESSION] == ["DUE"]
    assert [notice.subject.reference for notice in found.late] == ["LATE"]
    assert [notice.subject.reference for notice in found.old] == ["UNDATED"]
    assert [(notice.subject.reference, notice.due_on) for notice in found.to_come] == [("YOUNG", date(2026, 12, 5))]
    result = next(result for result in found.expectations if result.expectation.key == "attendance_and_follow_up_traced")
    assert (result.n, result.d) == (2, 3)
    assert result.mark_by_subject["young"] is Mark.TO_COME


def test_a_deadline_not_passed_does_not_hide_a_proof_already_there():
    known = facts(
        sessions=(session(ended=date(2026, 11, 20)),),
        documents=(document("attendance_sheet", date(2026, 11, 20), session_ids=("s1",)),),
    )
    assert judged("attendance_and_follow_up_traced", known).outcome is Outcome.DEMONSTRABLE


@pytest.mark.parametrize(("on", "outcome"), [(None, Outcome.CANNOT_BE_JUDGED), (date(2026, 9, 1), Outcome.DEMONSTRABLE)])
def test_an_undated_document_where_the_moment_matters(on, outcome):
    known = facts(documents=(document("need_analysis", on, session_ids=("s1",)),))
    found = indicator(4, known)
    assert found.status.value == outcome.value
    assert [plain(notice.sentence).split(" : ")[-1] for notice in found.to_clarify] == (
        [] if on else ["date du document à préciser."]
    )


def test_an_old_proof_counts_and_is_at_best_at_risk():
    found = judged("internal_rules_in_force", facts(documents=(piece("internal_rules", 9, date(2023, 1, 1)),)))
    assert (found.outcome, found.n, found.marks, found.missing) == (Outcome.AT_RISK, 1, (Mark.OLD,), ())
    assert [plain(reason) for reason in found.reasons] == ["Une preuve au moins est ancienne ou sans date."]


@pytest.mark.parametrize(
    ("holes", "expected"),
    [
        ((), ""),
        (
            (1,),
            "Ajoutez le recueil du besoin de S1, Cours c1, 29 au 30 sept. 2026 (questionnaire, entretien ou demande du client).",
        ),
        ((0, 1), "Ajoutez le recueil du besoin de 2 sessions commencées (questionnaire, entretien ou demande du client)."),
    ],
)
def test_the_next_action_names_one_subject_and_counts_several(holes, expected):
    three = sessions(3)
    covered = tuple(one.id for place, one in enumerate(three) if place not in holes)
    known = facts(sessions=three, documents=(document("need_analysis", date(2026, 9, 1), session_ids=covered),))
    found = indicator(4, known)
    assert (plain(found.next_action), found.due_on) == (expected, date(2026, 11, 23) if expected else None)


@pytest.mark.parametrize(
    ("as_of", "today", "due_on"),
    [
        (date(2027, 3, 18), TODAY, date(2027, 2, 16)),
        (AUDIT, TODAY, TODAY),
        (FORMER_AUDIT, TODAY, TODAY),
        (date(2026, 12, 23), TODAY, TODAY),
        (date(2026, 12, 24), TODAY, date(2026, 11, 24)),
    ],
)
def test_a_hole_is_mended_thirty_days_before_the_audit_or_at_once(as_of, today, due_on):
    assert indicator(4, facts(), as_of=as_of, today=today).due_on == due_on


@pytest.mark.parametrize(
    ("number", "as_of", "provisional", "words"),
    [
        (1, FORMER_AUDIT, False, []),
        (30, FORMER_AUDIT, False, []),
        (18, FORMER_AUDIT, False, []),
        (6, AUDIT, False, []),
        (30, AUDIT, True, ["guide de lecture V9"]),
        (1, AUDIT, True, ["qu'aucun guide paru"]),
        (19, AUDIT, True, ["qu'aucun guide paru", "arrêté"]),
    ],
)
def test_what_is_provisional_concerns_the_2026_grid(number, as_of, provisional, words):
    found = indicator(number, facts(sessions=sessions(2)), profile(remote=True), as_of=as_of)
    said = " ".join(plain(sentence) for sentence in found.because)
    assert (found.provisional, [word for word in words if word not in said], bool(said)) == (provisional, [], provisional)


# -- applicability -----------------------------------------------------------------------------------------------------


def test_not_applicable_says_why():
    found = indicator(29, facts())
    assert (found.applicable, found.status, found.expectations, found.missing) == ("no", Status.NOT_APPLICABLE, (), ())
    assert [plain(reason) for reason in found.reasons] == ["Ne concerne que l'apprentissage : ce n'est pas votre activité."]


def test_an_unknown_applicability_cannot_be_judged_and_shows_the_results_all_the_same():
    found = indicator(27, facts(), profile(subcontracts_out=None, salary_portage=False))
    assert (found.applicable, found.status) == ("unknown", Status.CANNOT_BE_JUDGED)
    assert plain(found.reasons[0]).startswith("À préciser : confiez-vous des actions à des sous-traitants")
    assert [result.expectation.key for result in found.expectations] != []


def test_every_indicator_of_the_grid_gets_an_answer():
    for as_of in (FORMER_AUDIT, AUDIT):
        grid = grid_for(as_of)
        for who in (profile(), profile("AF", "BC", "VAE", "CFA", certifying=True, subcontracts_out=True, salary_portage=True)):
            for known in (facts(), facts(sessions=(), courses=(), trainers=())):
                found = statuses(grid, who, known, as_of=as_of, observed_on=TODAY)
                assert [one.number for one in found] == [one.number for one in grid.indicators]
                assert [one.number for one in found if not one.observed and not one.reasons] == []
                assert [one.number for one in found if "{" in one.observed + one.next_action + " ".join(one.reasons)] == []


def test_an_unknown_number_is_refused():
    with pytest.raises(KeyError):
        indicator(33, facts(), as_of=FORMER_AUDIT)


def test_a_major_only_indicator_says_so_when_something_is_wrong():
    sentence = "Tout manquement constaté sur cet indicateur est une non-conformité majeure."
    said = {number: sentence in [plain(reason) for reason in indicator(number, facts()).reasons] for number in (4, 9)}
    assert said == {4: True, 9: False}


def test_courses_on_sale():
    archived, young, old = course("archived", archived_on=TODAY), course("young"), course("old")
    known = facts(
        courses=(
            archived,
            course("kept"),
            course("young", known_by_sessions_only=True),
            course("old", known_by_sessions_only=True),
        ),
        sessions=(session("a", course_id=young.id), session("b", date(2025, 11, 1), course_id=old.id)),
    )
    assert [s.reference for s in judged("public_sheet_complete", known).missing] == ["Cours kept", "Cours young"]


def test_what_would_do_better_on_what_is_demonstrable_is_due_on_no_day():
    """Nine sessions of ten are enough; the tenth is still a hole, with its day. The action comes from what lacks."""
    ten = sessions(10)
    results = document("positioning_result", date(2026, 9, 1), session_ids=tuple(one.id for one in ten[1:]))
    found = indicator(8, facts(sessions=ten, documents=(results, piece("positioning_procedure", 8))))
    assert (found.status, found.due_on, bool(found.next_action)) == (Status.DEMONSTRABLE, None, True)
    assert (found.acting.next_action, len(found.acting.missing)) == (found.next_action, 1)
    assert [hole.due_on for hole in found.missing] == [found.mend_by]
