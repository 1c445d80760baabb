"""The expectations hold together, and a wrong line is refused and named."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from qualiopi.standard.book import expectations
from qualiopi.standard.expectation_loader import load_expectations
from qualiopi.standard.expectations import DatedValue, NewEntrant, Setting, Work
from qualiopi.standard.grids import DATA, grid, standard
from qualiopi.standard.located import StandardDataError

FOLDER = DATA / "expectations"
SOFT = "\xad"


def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "expectations"))


def refused(folder: Path) -> StandardDataError:
    with pytest.raises(StandardDataError) as caught:
        load_expectations(folder, standard())
    assert str(caught.value).startswith(f"{caught.value.path.name}, line {caught.value.line}: ")
    return caught.value


def change(folder: Path, name: str, before: str, after: str) -> int:
    """Change the first line that holds ``before``; its number."""
    path = folder / name
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines) if before in line)
    lines[number] = lines[number].replace(before, after, 1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return number + 1


def test_no_indicator_is_silent() -> None:
    for identifier in ("2019", "2026"):
        asked = {
            indicator.number: expectations().of_indicator(indicator.number, identifier)
            for indicator in grid(identifier).indicators
        }
        assert [number for number, found in asked.items() if not found] == []


def test_how_many_there_are() -> None:
    found = expectations().expectations
    assert (len(found), sum(e.document is not None for e in found)) == (97, 84)
    assert [e.key for e in found if e.key.endswith("_2026") is not (e.grids == {"2026"})] == []


def test_a_new_entrant_is_asked_for_what_is_written() -> None:
    found = expectations().expectations
    later = {e.indicator for e in found if e.new_entrant is NewEntrant.LATER}
    assert later == {2, 3, 11, 13, 14, 19, 22, 24, 25, 26, 32}


def test_each_says_by_what_short_name_who_mends_it_and_where() -> None:
    found = expectations().expectations
    names = {e.key: e.short for e in found}
    assert [key for key, short in names.items() if not 0 < len(short.replace(SOFT, "")) <= 32 or "'" in short] == []
    # Of those that stand side by side in the columns of the sessions, none has the name of another.
    columns = [short for key, short in names.items() if expectations().by_key[key].of_a_session]
    assert len(set(columns)) == len(columns)
    assert {e.work for e in found} == set(Work)
    assert len(Work) == 10


def test_the_documents_that_serve_an_indicator() -> None:
    book = expectations()
    assert book.indicators_of("survey_summary") == (30, 32)
    assert book.checklist_of("risk_analysis") == ("risks", "rating", "measures")
    used = {kind for e in book.expectations if e.document for kind in e.document.types}
    assert set(book.document_types) == used


@pytest.mark.parametrize(
    ("day", "value"), [(date(2025, 1, 1), None), (date(2026, 1, 1), 10), (date(2026, 12, 31), 10), (date(2027, 1, 1), 12)]
)
def test_a_setting_is_dated(day: date, value: int | None) -> None:
    values = (DatedValue(date(2026, 1, 1), 10), DatedValue(date(2027, 1, 1), 12))
    assert Setting(key="x", unit="days", basis="practice", because=None, values=values).value_on(day) == value


def test_the_thresholds_of_orders_not_found_are_not_known() -> None:
    settings = expectations().settings
    unknown = [key for key, setting in settings.items() if setting.value_on(date(2026, 11, 23)) is None]
    assert unknown == ["pedagogical_referent_threshold", "permanent_hours_threshold"]
    assert {settings[key].because for key in unknown} == {"order_not_found"}


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        ("indicator_30.yaml", "population: sessions_finished", "population: sessions_ended", "unknown population"),
        ("indicator_30.yaml", "period: audit_period", "period: last_year", "unknown period 'last_year'"),
        ("indicator_16.yaml", "[certifying]", "[certified]", "unknown condition 'certified'"),
        ("indicator_16.yaml", "[certifying_course]", "[certified_course]", "unknown condition 'certified_course'"),
        ("indicator_30.yaml", "survey_summary]", "survey_digest]", "unknown document type 'survey_digest'"),
        ("indicator_08.yaml", "contents: [tool,", "contents: [tools_used,", "unknown checklist line 'tools_used'"),
        ("indicator_30.yaml", "[no_session_under_way]", "[no_session]", "unknown unknown fact 'no_session'"),
        ("indicator_30.yaml", "{session} :", "{seance} :", "unknown placeholder {seance} for a session"),
        ("indicator_30.yaml", "{session} :", "La session :", "a subject is named"),
        ("indicator_30.yaml", "at_risk: 0.8", "at_risk: 1.1", "a share goes from 0 to 1"),
        ("indicator_30.yaml", "demonstrable: 0.9", "demonstrable: 0.4", "'at_risk' is above 'demonstrable'"),
        ("indicator_30.yaml", "indicator: 30", "indicator: 34", "unknown indicator 34"),
        ("indicator_33.yaml", "grids: ['2026']", "grids: ['2019', '2026']", "grid 2019 has no indicator 33"),
        ("indicator_08.yaml", "categories: [AF, CFA]", "categories: [AF, BC]", "indicator 8 concerns"),
        ("indicator_08.yaml", "categories: [AF, CFA]", "categories: [AF, APP]", "unknown category 'APP'"),
        ("indicator_08.yaml", "rule: by_first_day", "rule: on_monday", "unknown timing 'on_monday'"),
        ("indicator_08.yaml", "weight: blocking", "weight: heavy", "unknown weight 'heavy'"),
        ("indicator_08.yaml", "kind: document", "kind: either", "the ways described don't agree"),
        ("indicator_08.yaml", "provisional: false", "provisional: true", "what is provisional says why"),
        ("indicator_08.yaml", "inherited: allowed", "inherited: sometimes", "unknown value 'sometimes'"),
        ("indicator_08.yaml", "mended_by: team", "mended_by: auditor", "unknown person 'auditor'"),
        ("indicator_08.yaml", "work: library", "work: gardening", "unknown work 'gardening'"),
        ("indicator_08.yaml", "short:", "long:", "'short' is missing"),
        ("indicator_10.yaml", "closes: [attendance]", "closes: [signing]", "unknown step 'signing'"),
        ("indicator_10.yaml", "closing: before_due", "closing: never", "unknown value 'never'"),
        ("indicator_05.yaml", "    work: card", "    closing: awaited\n    work: card", "is of a session"),
        ("indicator_08.yaml", "source: law", "source: rumour", "unknown basis 'rumour'"),
        ("indicator_08.yaml", "expected:", "expects:", "'expected' is missing"),
        ("vocabulary.yaml", "level: organisation", "level: galaxy", "unknown level 'galaxy'"),
        ("indicator_12.yaml", "none_is_insufficient: true", "none_is_enough: true", "unknown key 'none_is_enough'"),
        ("indicator_12.yaml", "weight: contributing", "weight: blocking", "is of a contributing expectation"),
        ("indicator_22.yaml", "demonstrable: 1.0", "demonstrable: 0.9", "of a major-only indicator is demonstrable at all"),
        ("indicator_09.yaml", "given_to_all: [welcome_booklet]", "given_to_all: [cv]", "unknown type 'cv'"),
        ("rules.yaml", "indicators: [12]", "indicators: [12, 44]", "not [44]"),
        ("rules.yaml", "says:", "said:", "'says' is missing"),
        ("settings.yaml", "basis: practice", "basis: habit", "unknown basis 'habit'"),
        ("settings.yaml", "value: 12", "value: douze", "a whole number is expected"),
    ],
)
def test_a_wrong_value_is_refused(tmp_path: Path, name: str, before: str, after: str, message: str) -> None:
    folder = copy(tmp_path)
    line = change(folder, name, before, after)
    error = refused(folder)
    assert error.path.name == name
    assert message in str(error)
    # The line of the value; of the entry when a key is absent, of the lower limit when two disagree.
    assert error.line == line or any(word in message for word in ("missing", "above", "is of a contributing", "at all"))


def test_the_rules_of_an_indicator() -> None:
    book = expectations()
    assert {"all_is_asked"} <= {rule.key for rule in book.rules_of(1)}
    assert ["none_is_insufficient" in {rule.key for rule in book.rules_of(number)} for number in (11, 12)] == [False, True]
    assert [rule.key for rule in book.rules.values() if not rule.says.endswith(".") or "'" in rule.says] == []


def test_an_expectation_there_twice_is_refused(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    line = change(folder, "indicator_31.yaml", "key: complaint_register_kept", "key: complaint_procedure_known")
    error = refused(folder)
    assert (error.line, "is there twice" in str(error)) == (line, True)


def test_a_silent_indicator_is_refused(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "indicator_29.yaml").unlink()
    assert "indicator 29 of grid 2019 expects nothing" in str(refused(folder))


def test_a_rule_for_new_entrants_belongs_to_their_indicators(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    change(folder, "indicator_31.yaml", "    inherited: allowed", "    inherited: allowed\n    new_entrant: later")
    assert "indicator 31 has no rule for new entrants" in str(refused(folder))


def test_sentences_are_french_sentences() -> None:
    for expectation in expectations().expectations:
        for sentence in (expectation.expected, expectation.missing_sentence, expectation.next_action):
            assert sentence.endswith((".", ".)")), (expectation.key, sentence)
            assert "(s)" not in sentence, expectation.key
            assert "'" not in sentence, expectation.key
            assert "conforme " not in sentence, expectation.key


def test_what_to_do_names_its_thing() -> None:
    """Read alone on a first page, "cette procédure" is none."""
    pointing = re.compile(r"\b(cette(?! année)|cet|ces)\b", re.IGNORECASE)
    assert [each.key for each in expectations().expectations if pointing.search(each.next_action)] == []


def test_what_is_shown_of_subjects_agrees_with_one_and_with_many():
    """ "1 sous-traitant actif contrôlés": a page puts the same words after one subject and after several."""
    shown = {each.key: each.wording.shown for each in expectations().by_key.values() if each.wording and each.wording.shown}
    assert len(shown) > 30
    assert {key: words for key, words in shown.items() if words.split()[0] not in ("avec", "au", "aux", "à")} == {}
