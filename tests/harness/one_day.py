"""Midnight may come while the tests play: for what plays in one process the day on which they were collected goes on.

Many modules say once, as they are read, which day is today. A test that starts processes of the product, or a browser, which have clocks of
their own, reads the true time: it says which day it is when it plays.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

Clock = Callable[[], datetime]
# From half an hour before midnight on, time goes eight times slower: four hours before the next day, and no two moments become one.
LAST_PART, SLOWER = timedelta(minutes=30), 8


def one_day(clock: Clock) -> Clock:
    """The same clock, which goes slower at the end of the day that it tells now."""
    paris = timezone.get_default_timezone()
    today = timezone.localtime(clock(), paris)
    slow_from = (today + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0) - LAST_PART

    def now() -> datetime:
        moment = clock()
        # Its zone is that of every other reading.
        return moment if moment < slow_from else slow_from.astimezone(moment.tzinfo) + (moment - slow_from) / SLOWER

    return now


_KEPT = one_day(timezone.now)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    if item.get_closest_marker("browser") or item.get_closest_marker("true_clock"):
        return (yield)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(timezone, "now", _KEPT)
        return (yield)
