"""What is there, but not whole, is said as it is: never "nothing at all" beside what somebody recorded."""

from datetime import date

import pytest

from evidence.engine.facts import Modality
from tests.engine.builders import AUDIT, course, facts, judged, plain, profile, session
from tests.engine.lived import of_work
from tests.engine.test_recorded import REGISTER, sheet
from trainings.facts.rows import People, Right, Version


def said(found):
    """What lacks of the only subject, without its name."""
    (subject,) = found.missing
    return plain(found.sentence(subject)).removeprefix(f"{plain(subject.label)} : ")


@pytest.mark.parametrize(
    ("key", "lacks", "expected"),
    [
        ("course_programme_designed", None, "ni programme détaillé ni déroulé pédagogique."),
        ("course_programme_designed", {"sequences"}, "le programme en vigueur ne dit pas tout (séquences)."),
        (
            "course_programme_designed",
            {"modality", "sequence_lengths", "skills"},
            "le programme en vigueur ne dit pas tout (modalité (présentiel, distance, mixte), durée des séquences).",
        ),
        ("course_objectives_evaluable", None, "objectifs absents, ou sans modalité d'évaluation."),
        (
            "course_objectives_evaluable",
            {"assessment_of_each"},
            "le programme en vigueur ne dit pas tout (évaluation de chaque objectif).",
        ),
        ("course_objectives_evaluable", {"objectives"}, "le programme en vigueur ne dit pas tout (objectifs)."),
        ("certification_mapping", {"skills"}, "le programme en vigueur ne dit pas tout (compétences visées)."),
    ],
)
def test_of_a_programme(key, lacks, expected):
    programme = None if lacks is None else Version(date(2026, 1, 1), frozenset(lacks))
    known = facts(courses=(course(certifying=True, programme=programme),))
    assert said(judged(key, known, profile(certifying=True))) == expected


def test_of_a_programme_held_at_a_distance():
    programme = Version(date(2026, 1, 1), frozenset({"remote_work_and_time"}), remote=True)
    found = judged("course_programme_designed", facts(courses=(course(programme=programme),)))
    assert said(found) == "le programme en vigueur ne dit pas tout (travaux à distance et temps estimé)."


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "aucune relecture de l'information publique depuis un an."),
        ({"proofread_on": date(2026, 9, 1)}, "relue le 1er sept. 2026, sans dire si tout ce qui est publié dit la même chose."),
        (
            {"proofread_on": date(2026, 9, 1), "said_alike": False},
            "relue le 1er sept. 2026, et tout ce qui est publié ne dit pas la même chose.",
        ),
    ],
)
def test_of_a_proofreading(fields, expected):
    known = facts(courses=(course(sheet=sheet(**fields)),))
    assert said(judged("public_information_proofread", known, today=AUDIT)) == expected


@pytest.mark.usefixtures("additions_always_asked")
@pytest.mark.parametrize(
    ("registered", "expected"),
    [
        ((date(2024, 1, 1), None), "aucune habilitation ni convention du certificateur valable au démarrage."),
        (
            (date(2026, 10, 2), None),
            "commence alors que la certification n'est enregistrée qu'à partir du 2 oct. 2026.",
        ),
        (
            (date(2024, 1, 1), date(2026, 9, 30)),
            "commence alors que la certification n'est enregistrée que jusqu'au 30 sept. 2026.",
        ),
    ],
)
def test_of_a_certification(registered, expected):
    rights = () if registered == (date(2024, 1, 1), None) else (Right(date(2024, 1, 1)),)
    held = course(certifying=True, rights=rights, registered_on=registered[0], registered_until=registered[1])
    known = facts(courses=(held,), sessions=(session(),))
    assert said(judged("certification_right_2026", known, profile(certifying=True))) == expected


@pytest.mark.usefixtures("additions_always_asked")
@pytest.mark.parametrize(
    ("timed", "expected"),
    [
        (0, "aucune preuve que les modules à distance ont été suivis."),
        (31, "31 suivis à distance notés, ou absences, sur 32."),
    ],
)
def test_of_what_was_followed_at_a_distance(timed, expected):
    found = of_work(
        "remote_following_verified_2026",
        profile(remote=True),
        session_fields={"modality": Modality.REMOTE},
        **{**REGISTER, "remote_held": 4, "remote_expected": 32, "lines_timed": timed},
    )
    assert said(found) == expected


REMOTE = {"modality": Modality.REMOTE}


@pytest.mark.usefixtures("additions_always_asked")
@pytest.mark.parametrize(
    ("key", "work", "of_session", "expected"),
    [
        ("session_need_analysed", {}, {}, (0, 8)),
        ("session_need_analysed", {"needs": People(5, date(2026, 9, 1))}, {}, (5, 8)),
        ("session_need_analysed", {}, {"enrolled": 0}, None),
        # There, but too late to prove anything: how many there are is not what lacks.
        ("session_need_analysed", {"needs": People(8, date(2026, 10, 1))}, {}, None),
        ("attendance_and_follow_up_traced", {**REGISTER, "lines": 31}, {}, (31, 32)),
        ("attendance_and_follow_up_traced", {**REGISTER, "lines": 31, "countersigned": 3}, {}, (31, 32)),
        ("attendance_and_follow_up_traced", {**REGISTER, "countersigned": 3}, {}, (3, 4)),
        ("attendance_and_follow_up_traced", {**REGISTER, "lines": 0, "countersigned": 0}, {}, (0, 32)),
        ("remote_following_verified_2026", {"remote_held": 4, "remote_expected": 32, "lines_timed": 31}, REMOTE, (31, 32)),
        ("remote_following_verified_2026", {"remote_held": 4, "remote_expected": 32}, REMOTE, (0, 32)),
        ("session_trainer_assigned", {}, {"trainer_ids": ()}, None),
    ],
)
def test_how_many_of_how_many(key, work, of_session, expected):
    found = of_work(key, profile(remote=True), session_fields=of_session, **work)
    assert [found.counts.get(subject.id) for subject in found.missing] == [expected]
