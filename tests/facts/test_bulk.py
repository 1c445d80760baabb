"""What bulk reading gives is what the ORM would have given."""

import re
from datetime import date
from uuid import uuid4

import pytest

from qualiopi.identifiers import Names, as_day
from tests.architecture.house import FLOORS, files, name


def test_an_identifier_keeps_its_usual_form():
    key = uuid4()
    names = Names()
    assert (names[key], names[key.hex]) == (str(key), str(key))
    assert len(names) == 2


@pytest.mark.parametrize(
    ("value", "day"), [("2026-11-01", date(2026, 11, 1)), (date(2026, 11, 1), date(2026, 11, 1)), (None, None)]
)
def test_a_day_whatever_the_driver(value, day):
    assert as_day(value) == day


def test_no_page_switches_the_collector_of_the_process():
    """It serves every thread: what one page switches off, another switches on again in the middle of the first."""
    switched = re.compile(r"\bgc\.(disable|enable|freeze|unfreeze|set_threshold)\b")
    # When a process starts: one of the site, the one whose children read files, the one that writes a PDF and ends.
    at_the_start = {"qualiopi/apps.py", "qualiopi/sandbox/server.py", "qualiopi/web/pdf_writer.py"}
    assert {
        name(path) for path in files(".py", under=FLOORS) if switched.search(path.read_text(encoding="utf-8"))
    } == at_the_start
