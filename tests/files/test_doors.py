"""Which doors take photographs of phones and messages: each decides."""

import pytest

from qualiopi.files.kinds import EML, EVERY_KIND, HEIC, MSG, TABLES, accept_attribute
from trainings.attendance.verbs.remote import REPORTS
from trainings.attendance.verbs.sheets import SHEETS
from trainings.documents.verbs.keeping import SIGNED_COPIES
from trainings.documents.verbs.wording import LOGOS
from trainings.people.verbs import DROPPED_KINDS


@pytest.mark.parametrize(
    ("door", "photographs", "messages"),
    [
        pytest.param(EVERY_KIND, True, True, id="evidence, contracts, evaluations"),
        pytest.param(SHEETS, True, False, id="scanned attendance sheets"),
        pytest.param(SIGNED_COPIES, True, False, id="signed copies of documents"),
        pytest.param(DROPPED_KINDS, True, False, id="the trainer's link"),
        pytest.param(LOGOS, False, False, id="the logo"),
        pytest.param(TABLES, False, False, id="imports"),
        pytest.param(REPORTS, False, False, id="reports of connection"),
    ],
)
def test_each_door_says_what_it_takes(door, photographs, messages):
    assert (HEIC in door, EML in door, MSG in door) == (photographs, messages, messages)
    accepted = accept_attribute(door).split(",")
    assert (".heic" in accepted, ".eml" in accepted, ".msg" in accepted) == (photographs, messages, messages)
