"""Several people at the same moment, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

ATTEMPTS = 500


def at_once(action: Callable[[int], object], times: int = 2) -> list[object]:
    """Run the action in several threads that start together; what each answered, or the refusal it met."""
    start = Barrier(times)

    def one(number: int) -> object:
        start.wait()
        try:
            for attempt in range(ATTEMPTS):
                try:
                    return action(number)
                except OperationalError:
                    # The database of the tests lies in memory: it refuses a second writer at once instead of making it wait.
                    if attempt == ATTEMPTS - 1:
                        raise
                    sleep(0.01)
        except ValidationError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
