"""Truth tables over every profile, against an independent table written the plain way."""

from itertools import chain, combinations, product

import pytest

from qualiopi.standard.applicability import Answer, applicability
from qualiopi.standard.grids import grid
from qualiopi.standard.profile import Profile

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
CODES = ("AF", "BC", "VAE", "CFA")
SUBSETS = [frozenset(subset) for subset in chain.from_iterable(combinations(CODES, size) for size in range(5))]
THREE = (True, False, None)
CFA_ONLY = {14, 15, 20, 29, 33}


def either(*values: bool | None) -> Answer:
    if True in values:
        return YES
    return UNKNOWN if None in values else NO


def table(held: frozenset[str], certifying: object, study: object, based: object, out: object, portage: object) -> list[Answer]:
    """The 33 answers, indicator by indicator, as a person would work them out from the decree."""
    answers = []
    for number in range(1, 34):
        if number == 27:
            answer = either(out, portage)
        elif number in {3, 7, 8, 13, 16, 28} | CFA_ONLY and not held:
            answer = UNKNOWN
        elif number in CFA_ONLY:
            answer = YES if "CFA" in held else NO
        elif number in (3, 16):
            answer = YES if held & {"VAE", "CFA"} else either(certifying) if "AF" in held else NO
        elif number == 7:
            answer = YES if "CFA" in held else either(certifying) if "AF" in held else NO
        elif number == 8:
            answer = YES if held & {"AF", "CFA"} else NO
        elif number == 13:
            answer = YES if "CFA" in held else either(study) if "AF" in held else NO
        elif number == 28:
            answer = YES if "CFA" in held else either(based, study) if "AF" in held else NO
        else:
            answer = YES
        answers.append(answer)
    return answers


@pytest.mark.parametrize("held", SUBSETS, ids=lambda held: "+".join(sorted(held)) or "nothing known")
def test_every_profile_in_both_grids(held: frozenset[str]) -> None:
    former, current = grid("2019"), grid("2026")
    for certifying, study, based, out, portage in product(THREE, repeat=5):
        profile = Profile(
            categories=held,
            certifying=certifying,
            work_study=study,
            work_based=based,
            subcontracts_out=out,
            salary_portage=portage,
        )
        expected = table(held, certifying, study, based, out, portage)
        assert [entry.answer for entry in applicability(current, profile)] == expected, profile
        assert [entry.answer for entry in applicability(former, profile)] == expected[:32], profile


@pytest.mark.parametrize("held", SUBSETS, ids=lambda held: "+".join(sorted(held)) or "nothing known")
def test_remote_and_being_a_subcontractor_change_no_answer(held: frozenset[str]) -> None:
    for certifying, study, based, out, portage in product((True, None), repeat=5):
        flags = {
            "certifying": certifying, "work_study": study, "work_based": based, "subcontracts_out": out, "salary_portage": portage,
        }  # fmt: skip
        plain = [entry.answer for entry in applicability(grid("2026"), Profile(categories=held, **flags))]
        for remote, subcontractor in product(THREE, repeat=2):
            profile = Profile(categories=held, remote=remote, works_as_subcontractor=subcontractor, **flags)
            assert [entry.answer for entry in applicability(grid("2026"), profile)] == plain


def test_each_answer_has_a_reason_and_a_source() -> None:
    for held, flag in product(SUBSETS, THREE):
        profile = Profile(
            categories=held, certifying=flag, work_study=flag, work_based=flag, subcontracts_out=flag, salary_portage=flag,
            works_as_subcontractor=flag,
        )  # fmt: skip
        for entry in applicability(grid("2026"), profile):
            assert entry.reason.rstrip()[-1] in ".?", entry
            assert entry.source, entry
            assert "’" in entry.reason or "'" not in entry.reason, entry


def reasons(**flags: object) -> dict[int, str]:
    return {
        entry.number: entry.reason.replace("\u00a0", " ").replace("\u202f", " ")
        for entry in applicability(grid("2026"), Profile(**flags))
    }


def test_the_reason_tells_what_decided() -> None:
    found = reasons(categories=frozenset({"AF", "VAE"}), certifying=False, work_study=True)
    assert found[3] == "La VAE mène toujours à une certification."
    assert found[7] == "Aucune de vos actions ne mène à une certification professionnelle enregistrée (RNCP ou RS)."
    assert found[8] == "Concerne vos actions de formation."
    assert found[13] == "Vous menez des formations en alternance."
    assert found[14] == "Ne concerne que l’apprentissage : ce n’est pas votre activité."
    assert found[27] == "À préciser : confiez-vous des actions à des sous-traitants, ou recourez-vous au portage salarial ?"
    assert found[28] == "Vos prestations comprennent des périodes en entreprise ou en situation de travail."


def test_without_categories_the_reason_asks_for_them() -> None:
    found = reasons(certifying=True)
    assert (
        found[3]
        == "À préciser : quelles catégories d’actions exercez-vous ? Concerne les actions de formation, la VAE et l’apprentissage."
    )
    assert found[1] == "Concerne toutes les catégories d’actions."


def test_a_subcontractor_reads_its_own_rule_where_the_indicator_concerns_it() -> None:
    found = reasons(categories=frozenset({"AF"}), certifying=False, works_as_subcontractor=True)
    assert found[5].endswith(
        "Quand vous êtes sous-traitant : le sous-traitant montre qu’il tient compte des objectifs fixés par le donneur d’ordre."
    )
    assert "sous-traitant" not in found[3]
