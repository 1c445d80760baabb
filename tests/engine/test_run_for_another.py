"""Sessions that one runs as another organisation's subcontractor: what it hands over is a proof."""

from datetime import date

import pytest

from evidence.engine.result import Mark, Outcome
from tests.engine.builders import document, facts, judged, session
from tests.engine.lived import mark
from trainings.facts.rows import NOBODY


def world(kind, *, for_another=True, **work):
    brief = document(kind, date(2026, 9, 1), session_ids=("s1",))
    return facts(
        sessions=(session(run_for_another=for_another, client_id="client" if for_another else None, **work),), documents=(brief,)
    )


@pytest.mark.parametrize("for_another", [True, False])
@pytest.mark.parametrize("key", ["session_positioning_done", "course_objectives_evaluable", "adaptation_question_asked"])
def test_a_brief_of_the_client_proves_what_it_asks_for(key, for_another):
    known = world("client_brief", for_another=for_another, work=session().work._replace(asked=NOBODY))
    assert mark(judged(key, known)) is (Mark.SATISFIED if for_another else Mark.MISSING)


@pytest.mark.parametrize(("for_another", "outcome"), [(True, Outcome.DEMONSTRABLE), (False, Outcome.INSUFFICIENT)])
def test_the_disability_network_of_the_client(for_another, outcome):
    assert judged("disability_network_identified", world("disability_network", for_another=for_another)).outcome is outcome
