"""Reads the expectations and refuses, naming file and line, what is unknown, repeated, contradictory or out of order."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from qualiopi.standard.expectations import (
    STEPS,
    Basis,
    Closing,
    DocumentWay,
    Expectation,
    ExpectationBook,
    Inherited,
    Kind,
    Measure,
    NewEntrant,
    Person,
    RunForAnother,
    Timing,
    TimingRule,
    Weight,
    Wording,
    Work,
)
from qualiopi.standard.located import Block, Reader
from qualiopi.standard.model import CATEGORIES, Standard
from qualiopi.standard.vocabulary_loader import BASES, Vocabulary, load_vocabulary, pair

SUBJECTS = ("organisation", "course", "session", "enrolment", "trainer", "subcontract", "audience", "site")
LINKS = (
    "organisation",
    "course",
    "session",
    "trainer",
    "subcontract",
    "site",
    "session_or_its_trainer",
    "subcontract_or_its_trainer",
)
ITEMS = ("categories_held", "published_results", "teaching_evaluations")
AUDIENCES = ("company", "funder", "trainer")
MISSIONS = (
    "programme_design", "welcome", "attendance", "support", "evaluation", "work_study", "certification", "resources",
)  # fmt: skip
_DOCUMENT_FLAGS = ("each_counts_one", "counts_by_contents")
_LATE_IS_NO_PROOF = (Timing.BEFORE_START, Timing.BY_FIRST_DAY)

_REQUIRED = (
    "key", "indicator", "grids", "categories", "expected", "subject", "population", "period", "kind", "measure", "timing", "basis",
    "missing_sentence", "next_action", "weight", "short", "mended_by", "work",
)  # fmt: skip
_OPTIONAL = (
    "profile_conditions", "subject_conditions", "items", "recorded", "document", "new_entrant_measure", "if_empty",
    "cannot_be_judged_when", "new_entrant", "run_for_another", "mission", "inherited", "sensitive", "detail", "next_action_many",
    "wording", "none_is_insufficient", "closes", "closing",
)  # fmt: skip


def load_expectations(folder: Path, standard: Standard) -> ExpectationBook:
    """Read ``indicator_*.yaml`` of the folder. Raises ``StandardDataError``; an indicator without expectation is refused too."""
    vocabulary = load_vocabulary(folder, standard)
    found: dict[str, Expectation] = {}
    for path in sorted(folder.glob("indicator_*.yaml")):
        reader = Reader(path)
        content = reader.load()
        reader.only(content, required=("expectations",))
        for block in reader.blocks(content, "expectations"):
            expectation = _Entry(reader, block, vocabulary, standard).read()
            if expectation.key in found:
                raise reader.fail(block.lines["key"], f"expectation {expectation.key!r} is there twice")
            found[expectation.key] = expectation
    expectations = tuple(sorted(found.values(), key=lambda expectation: expectation.indicator))
    for grid in standard.grids:
        for indicator in grid.indicators:
            if not any(e.indicator == indicator.number and grid.id in e.grids for e in expectations):
                raise Reader(folder).fail(1, f"indicator {indicator.number} of grid {grid.id} expects nothing")
    return ExpectationBook(
        expectations=expectations,
        by_key=MappingProxyType({expectation.key: expectation for expectation in expectations}),
        **{
            field.name: getattr(vocabulary, field.name)
            for field in fields(ExpectationBook)
            if field.name not in ("expectations", "by_key")
        },
    )


class _Entry:
    """Reads one expectation."""

    def __init__(self, reader: Reader, block: Block, vocabulary: Vocabulary, standard: Standard) -> None:
        self.reader = reader
        self.block = block
        self.vocabulary = vocabulary
        self.standard = standard

    def read(self) -> Expectation:
        reader, block, known = self.reader, self.block, self.vocabulary
        reader.only(block, required=_REQUIRED, optional=_OPTIONAL)
        subject = reader.name(block, "subject", SUBJECTS, "subject")
        measure = self._measure("measure")
        population = reader.name(block, "population", known.populations, "population")
        expectation = Expectation(
            key=reader.text(block, "key"),
            indicator=self._indicator(),
            grids=self._grids(),
            categories=self._categories(),
            expected=reader.text(block, "expected"),
            subject=subject,
            population=population,
            period=reader.name(block, "period", known.periods, "period"),
            profile_conditions=reader.names(block, "profile_conditions", known.profile_conditions, "condition"),
            subject_conditions=reader.names(block, "subject_conditions", known.subject_conditions, "condition"),
            items=reader.name(block, "items", ITEMS, "items") if "items" in block else None,
            kind=Kind(reader.name(block, "kind", tuple(Kind), "kind")),
            recorded=reader.optional_text(block, "recorded"),
            document=self._document() if "document" in block else None,
            measure=measure,
            new_entrant_measure=self._measure("new_entrant_measure") if "new_entrant_measure" in block else None,
            timing=self._timing(),
            empty_is_without_object="if_empty" in block
            and reader.name(block, "if_empty", ("without_object",), "result") == "without_object",
            unknown_facts=reader.names(block, "cannot_be_judged_when", known.unknown_facts, "unknown fact"),
            basis=self._basis(),
            new_entrant=NewEntrant(self._choice("new_entrant", tuple(NewEntrant), NewEntrant.AS_USUAL)),
            run_for_another=RunForAnother(self._choice("run_for_another", tuple(RunForAnother), RunForAnother.AS_USUAL)),
            mission=reader.name(block, "mission", MISSIONS, "mission") if "mission" in block else None,
            inherited=Inherited(self._choice("inherited", tuple(Inherited), Inherited.NEVER)),
            sensitive=reader.flag(block, "sensitive"),
            detail=reader.name(block, "detail", ("enrolment",), "detail") if "detail" in block else None,
            missing_sentence=self._sentence("missing_sentence", subject),
            next_action=self._sentence("next_action", subject),
            next_action_many=self._sentence("next_action_many", subject, "count") if "next_action_many" in block else "",
            wording=self._wording(population, measure) if "wording" in block else None,
            weight=Weight(reader.name(block, "weight", tuple(Weight), "weight")),
            short=reader.text(block, "short"),
            mended_by=Person(reader.name(block, "mended_by", tuple(Person), "person")),
            work=Work(reader.name(block, "work", tuple(Work), "work")),
            closes=reader.names(block, "closes", STEPS, "step"),
            closing=Closing(self._choice("closing", (Closing.BEFORE_DUE, Closing.AWAITED), Closing.WHEN_DUE)),
            none_is_insufficient=reader.flag(block, "none_is_insufficient"),
            line=block.line,
        )
        self._check(expectation)
        return expectation

    def _choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        return self.reader.name(self.block, key, known, "value") if key in self.block else default

    def _indicator(self) -> int:
        number = self.reader.number(self.block, "indicator")
        if not any(grid.has(number) for grid in self.standard.grids):
            raise self.reader.fail(self.block.lines["indicator"], f"unknown indicator {number}")
        return number

    def _grids(self) -> frozenset[str]:
        grids = self.reader.names(self.block, "grids", [grid.id for grid in self.standard.grids], "grid")
        number = self.block["indicator"]
        for grid in self.standard.grids:
            if grid.id in grids and not grid.has(number):
                raise self.reader.fail(self.block.lines["grids"], f"grid {grid.id} has no indicator {number}")
        return frozenset(grids)

    def _categories(self) -> frozenset[str]:
        categories = frozenset(self.reader.names(self.block, "categories", CATEGORIES, "category"))
        number = self.block["indicator"]
        concerned = self.standard.grids[-1].indicator(number).categories
        if not categories or not categories <= concerned:
            raise self.reader.fail(
                self.block.lines["categories"], f"indicator {number} concerns {sorted(concerned)}, not {sorted(categories)}"
            )
        return categories

    def _measure(self, key: str) -> Measure:
        reader = self.reader
        block = reader.block(self.block, key)
        reader.only(block, required=("type", "demonstrable", "at_risk"))
        share = reader.name(block, "type", ("share", "count"), "measure") == "share"
        limits = [block["demonstrable"], block["at_risk"]]
        for name, limit in zip(("demonstrable", "at_risk"), limits, strict=True):
            if isinstance(limit, bool) or not isinstance(limit, int | float) or limit <= 0 or (share and limit > 1):
                raise reader.fail(block.lines[name], f"{name!r}: a share goes from 0 to 1, a count is 1 or more")
        if limits[1] > limits[0]:
            raise reader.fail(block.lines["at_risk"], "'at_risk' is above 'demonstrable'")
        return Measure(share=share, demonstrable=float(limits[0]), at_risk=float(limits[1]))

    def _timing(self) -> TimingRule:
        reader = self.reader
        block = reader.block(self.block, "timing")
        reader.only(
            block,
            required=("rule",),
            optional=(
                "days",
                "months",
                "old_until_months",
                "review_months",
                "late",
                "old",
                "dated_or_reviewed_since",
                "days_covered",
                "no_older_than",
            ),
        )
        rule = Timing(reader.name(block, "rule", tuple(Timing), "timing"))
        needed = {
            Timing.IN_LAST_MONTHS: "months",
            Timing.AFTER_START: "days",
            Timing.AFTER_END: "days",
            Timing.AFTER_EVENT: "days",
            Timing.ON_SESSION_DAYS: "days_covered",
        }.get(rule)
        if needed and needed not in block:
            raise reader.fail(block.line, f"timing {rule.value!r} needs {needed!r}")
        months, old_until = reader.optional_number(block, "months"), reader.optional_number(block, "old_until_months")
        if old_until is not None and (months is None or old_until <= months):
            raise reader.fail(block.lines["old_until_months"], "'old_until_months' must be above 'months'")
        late = reader.name(block, "late", ("missing", "notice"), "value") if "late" in block else None
        old = reader.name(block, "old", ("missing", "at_risk"), "value") if "old" in block else None
        return TimingRule(
            rule=rule,
            days=reader.optional_number(block, "days") or 0,
            months=months,
            old_until_months=old_until,
            review_months=reader.optional_number(block, "review_months"),
            late_counts=late == "notice" if late else rule not in _LATE_IS_NO_PROOF,
            old_counts=old != "missing",
            since=reader.day(block, "dated_or_reviewed_since"),
            no_older_than=reader.name(block, "no_older_than", tuple(self.vocabulary.settings), "setting")
            if "no_older_than" in block
            else None,
            every_day="days_covered" in block
            and reader.name(block, "days_covered", ("first_day", "every_day"), "days") == "every_day",
        )

    def _document(self) -> DocumentWay:
        reader, known = self.reader, self.vocabulary
        block = reader.block(self.block, "document")
        reader.only(
            block,
            required=("types", "linked_to"),
            optional=("contents", "audience", "given_to_all", "of_the_year", *_DOCUMENT_FLAGS),
        )
        types = reader.names(block, "types", known.document_types, "document type")
        return DocumentWay(
            types=types,
            linked_to=reader.name(block, "linked_to", LINKS, "link"),
            contents=reader.names(block, "contents", known.contents, "checklist line"),
            each_counts_one=reader.flag(block, "each_counts_one"),
            counts_by_contents=reader.flag(block, "counts_by_contents"),
            audience=reader.name(block, "audience", AUDIENCES, "audience") if "audience" in block else None,
            given_to_all=reader.names(block, "given_to_all", types, "type"),
            of_the_year=reader.names(block, "of_the_year", types, "type"),
        )

    def _basis(self) -> Basis:
        reader = self.reader
        block = reader.block(self.block, "basis")
        reader.only(block, required=("source", "reference", "provisional"), optional=("because",))
        provisional = reader.flag(block, "provisional")
        because = reader.name(block, "because", self.vocabulary.provisional, "reason") if "because" in block else None
        if provisional is not (because is not None):
            raise reader.fail(block.lines["provisional"], "what is provisional says why, and only that")
        return Basis(
            source=reader.name(block, "source", BASES, "basis"),
            reference=reader.text(block, "reference"),
            provisional=provisional,
            because=because,
        )

    def _sentence(self, key: str, subject: str, *more: str) -> str:
        sentence = self.reader.text(self.block, key)
        known = {*self.vocabulary.placeholders["any"], *self.vocabulary.placeholders.get(subject, ()), *more}
        for _text, name, _format, _conversion in Formatter().parse(sentence):
            if name is not None and name not in known:
                raise self.reader.fail(self.block.lines[key], f"{key!r}: unknown placeholder {{{name}}} for a {subject}")
        return sentence

    def _wording(self, population: str, measure: Measure) -> Wording:
        reader = self.reader
        block = reader.block(self.block, "wording")
        base = self.vocabulary.populations[population]
        feminine = reader.flag(block, "feminine", default=base.feminine)
        if measure.share:
            reader.only(block, required=("with", "verbs"), optional=("nouns", "feminine"))
            one, many = pair(reader, block, "nouns") if "nouns" in block else (base.one, base.many)
            verbs = reader.items(block, "verbs")
            if len(verbs) != 3:
                raise reader.fail(block.lines["verbs"], "'verbs': one, many and none are expected")
            return Wording(
                one=one, many=many, feminine=feminine, shown=reader.text(block, "with"),
                verb_one=verbs[0], verb_many=verbs[1], verb_none=verbs[2],
            )  # fmt: skip
        reader.only(block, required=("nouns",), optional=("seen",))
        one, many = pair(reader, block, "nouns")
        return Wording(one=one, many=many, feminine=feminine, seen=reader.optional_text(block, "seen") or "")

    def _check(self, expectation: Expectation) -> None:
        """What only the whole entry shows."""
        lines = self.block.lines
        ways = {Kind.RECORDED: (True, False), Kind.DOCUMENT: (False, True), Kind.EITHER: (True, True)}[expectation.kind]
        if (expectation.recorded is not None, expectation.document is not None) != ways:
            raise self.reader.fail(lines["kind"], f"kind {expectation.kind.value!r} and the ways described don't agree")
        if expectation.document is not None and expectation.document.linked_to != "site" and expectation.wording is None:
            raise self.reader.fail(self.block.line, "'wording' is missing")
        if expectation.closing is not Closing.WHEN_DUE and not expectation.of_a_session:
            raise self.reader.fail(lines["closing"], "'closing' is of a session or of the people in it")
        if expectation.wording and expectation.subject != "organisation" and not expectation.next_action_many:
            raise self.reader.fail(self.block.line, "'next_action_many' is missing")
        if expectation.none_is_insufficient and expectation.blocking:
            raise self.reader.fail(lines["none_is_insufficient"], "'none_is_insufficient' is of a contributing expectation")
        indicator = self.standard.grids[-1].indicator(expectation.indicator)
        if indicator.major_only and expectation.blocking and expectation.measure.share and expectation.measure.demonstrable < 1:
            raise self.reader.fail(lines["measure"], "a blocking share of a major-only indicator is demonstrable at all")
        if (expectation.run_for_another is RunForAnother.MISSIONS) is not (expectation.mission is not None):
            raise self.reader.fail(self.block.line, "'mission' goes with 'run_for_another: missions'")
        if (
            expectation.new_entrant is not NewEntrant.AS_USUAL
            and expectation.indicator not in self.standard.new_entrant.indicators
        ):
            raise self.reader.fail(lines["new_entrant"], f"indicator {expectation.indicator} has no rule for new entrants")
        names_subject = any(
            "{" + name + "}" in expectation.missing_sentence for name in self._own_placeholders(expectation.subject)
        )
        if expectation.subject != "organisation" and names_subject is expectation.sensitive:
            raise self.reader.fail(lines["missing_sentence"], "a subject is named, unless the expectation is sensitive")

    def _own_placeholders(self, subject: str) -> tuple[str, ...]:
        placeholders: Mapping[str, tuple[str, ...]] = self.vocabulary.placeholders
        return placeholders.get(subject, ())
