"""One expectation, from selection to result: chosen first, then measured. The order of the steps is that of the rules."""

from __future__ import annotations

from dataclasses import replace

from evidence.engine import sentences
from evidence.engine.choosing import Chooser
from evidence.engine.measuring import Measurer
from evidence.engine.recorded import is_tracked
from evidence.engine.renewals import renewals
from evidence.engine.result import ExpectationResult, Outcome
from evidence.engine.seen import Memory
from evidence.engine.situation import Situation
from qualiopi.standard.expectations import Expectation


class Judge:
    """Judges the expectations of one situation."""

    def __init__(self, situation: Situation, *, only: str = "", memory: Memory | None = None) -> None:
        self.situation = situation
        self.chooser = Chooser(situation, only=only)
        self.measurer = Measurer(self.chooser, memory)

    def judge(self, expectation: Expectation) -> ExpectationResult | None:
        """None: it is not asked of this organisation."""
        if not self.chooser.is_asked(expectation):
            return None
        put_off = self.chooser.is_put_off(expectation)
        if not is_tracked(expectation):
            if put_off:
                return ExpectationResult(expectation, Outcome.PUT_OFF, reasons=(sentences.PUT_OFF,))
            # No room follows it yet: it is printed, and changes no status.
            return ExpectationResult(expectation, Outcome.NOT_TRACKED, reasons=(sentences.NOT_TRACKED,))
        result = self._measured_unless_in_doubt(expectation)
        if expectation.of_a_session:
            result = replace(result, asked=self.chooser.populations.asked(expectation))
        if put_off:
            return replace(result, outcome=Outcome.PUT_OFF, reasons=(sentences.PUT_OFF,), next_action="")
        return replace(result, renewals=renewals(self.measurer, result)) if result.judged else result

    def _measured_unless_in_doubt(self, expectation: Expectation) -> ExpectationResult:
        doubt = self.chooser.doubt(expectation)
        if doubt is not None:
            return ExpectationResult(expectation, Outcome.CANNOT_BE_JUDGED, reasons=doubt.reasons, next_action=doubt.next_action)
        result = self.measurer.measured(expectation)
        said = self.chooser.contradicted(expectation)
        return replace(result, reasons=(*said, *result.reasons)) if said else result
