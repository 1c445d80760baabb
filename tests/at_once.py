"""Several people at the same moment, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from tests.harness.waiting import until


def at_once(action: Callable[[int], object], times: int = 2) -> list[object]:
    """Run the action in several threads that start together; what each answered, or the refusal it met."""
    start = Barrier(times)
    answers: dict[int, object] = {}

    def attempted(number: int) -> bool:
        try:
            answers[number] = action(number)
        except OperationalError:
            # The database of the tests lies in memory: it refuses a second writer at once instead of making it wait.
            return False
        return True

    def one(number: int) -> object:
        start.wait()
        try:
            until(lambda: attempted(number), "la base accepte d’écrire")
            return answers[number]
        except ValidationError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
