"""The queue before SQLite's write lock: all get their turn; while it is held for long, some threads are left for other things."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError

from xaso.platform.sqlite3.base import MOST_PATIENT, SHORT_SECONDS, Turn

LONG_SECONDS = 8.0
THREADS = 2 * MOST_PATIENT


def take(turn: Turn, seconds: float = LONG_SECONDS) -> tuple[bool, float]:
    """Take the turn and give it back; returns whether it came and after how long."""
    begun = time.monotonic()
    try:
        turn.take(seconds)
    except OperationalError:
        return False, time.monotonic() - begun
    turn.give_back()
    return True, time.monotonic() - begun


@contextmanager
def held(turn: Turn) -> Iterator[None]:
    """Hold the turn in another thread."""
    has_it, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        turn.take(1)
        has_it.set()
        let_go.wait()
        turn.give_back()

    holder = threading.Thread(target=hold)
    holder.start()
    has_it.wait()
    try:
        yield
    finally:
        let_go.set()
        holder.join()


def test_while_the_turn_is_held_only_some_wait_long_and_the_others_are_told_soon(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "turn")
    with ThreadPoolExecutor(THREADS - 1) as pool:
        with held(turn):
            waiting = [pool.submit(take, turn) for _ in range(THREADS - 1)]
            time.sleep(SHORT_SECONDS * 2)
            early = [one.result() for one in waiting if one.done()]
        answers = [one.result() for one in waiting]

    assert len(early) == THREADS - 1 - MOST_PATIENT
    assert not any(came for came, _seconds in early)
    assert [came for came, _seconds in answers].count(True) == MOST_PATIENT
    assert take(turn)[0]


def test_a_crowd_that_writes_quickly_is_served_whole(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "turn")
    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(lambda _number: take(turn), range(400)))

    assert all(came for came, _seconds in answers)


def test_even_the_patient_are_told_in_the_end(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "turn")
    with held(turn):
        came, seconds = take(turn, seconds=0.3)

    assert not came
    assert seconds == pytest.approx(0.3, abs=0.25)
