"""Who found nothing to do looks again when somebody wrote, or when the longest time is over."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xaso.kernel.identifiers import uuid7
from xaso.platform import worker
from xaso.platform.models import Counter
from xaso.platform.stillness import QUESTIONS, Stillness

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 200
"""On PostgreSQL another database of the server may be written to meanwhile: a look too many, never one too few."""


def somebody_writes() -> None:
    def there() -> None:
        try:
            Counter.objects.create(commune_id=uuid7(), series="số", period="2026", value=1)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(there).result()


def looked_in_vain(*, longest_seconds: float = 60) -> Stillness:
    """Return one that found nothing."""
    stillness = Stillness(longest_seconds)
    stillness.begin()
    stillness.found_nothing()
    return stillness


def lasting() -> Stillness:
    """Return one that was seen to last."""
    return next(stillness for stillness in (looked_in_vain() for _ in range(TRIES)) if stillness.lasts())


def test_nothing_is_known_at_first() -> None:
    assert not Stillness().lasts()


def test_it_lasts_until_somebody_writes() -> None:
    stillness = lasting()

    somebody_writes()

    assert not stillness.lasts()


def test_what_is_written_while_one_looks_is_looked_at_again() -> None:
    stillness = Stillness()
    stillness.begin()
    somebody_writes()
    stillness.found_nothing()

    assert not stillness.lasts()


def test_it_ends_by_itself() -> None:
    assert not looked_in_vain(longest_seconds=0).lasts()


def test_after_the_connection_was_lost_one_looks_again() -> None:
    stillness = lasting()
    connection.close()

    assert not stillness.lasts()


class Pauses(threading.Event):
    """Ends no sooner than its acts are done, one in each pause of the worker; waits for nothing."""

    def __init__(self, *acts: Callable[[], object]) -> None:
        super().__init__()
        self._acts = list(acts)

    def wait(self, timeout: float | None = None) -> bool:
        """Do the next act."""
        self._acts.pop(0)()
        if not self._acts:
            self.set()
        return True


def test_a_worker_with_nothing_to_do_asks_one_question_and_looks_everywhere_once_somebody_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("others may write to the server meanwhile")
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", None)
    connection.close()
    counts: list[int] = []

    def note() -> None:
        counts.append(len(asked))

    with CaptureQueriesContext(connection) as asked:
        worker.work(Pauses(note, note, somebody_writes, note))

    assert asked.captured_queries[counts[0]]["sql"] == QUESTIONS["sqlite"]
    assert counts[1] - counts[0] == 1
    assert counts[2] - counts[1] > len(worker.steps) / 3
