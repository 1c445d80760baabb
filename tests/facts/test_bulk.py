"""What bulk reading gives is what the ORM would have given."""

import gc
from datetime import date
from uuid import uuid4

import pytest

from qualiopi.identifiers import Names, as_day, without_collection


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


def test_collection_comes_back_even_after_a_failure():
    def fail():
        with without_collection(), without_collection():
            assert not gc.isenabled()
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    assert gc.isenabled()
