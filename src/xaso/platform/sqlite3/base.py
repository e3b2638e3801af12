"""Django's own SQLite backend, with a queue in front of write transactions, and a memory for what it makes of queries.

SQLite lets one transaction write at a time; whoever finds it busy sleeps and looks again, longer each time, so that under load the busy
ones go on and the sleepers starve for seconds. Here a transaction first takes the turn: a lock between the threads of a process, then a
lock on a file between processes, which wake the next one at once. Programs that know nothing of the turn are met as ever, by SQLite's
own waiting.
"""

import fcntl
import os
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

IN_MEMORY = ("", ":memory:")
MOST_PATIENT = 8
"""So many threads of a process may wait long for their turn. The others are turned away soon, so that some are left to read."""
SHORT_SECONDS = 1.0
LONGEST_REMEMBERED = 4000
"""Characters. Longer queries bear lists of values, and hardly come again."""


class Turn:
    """The right to write, of one process at a time and one thread in it. The system frees it when a process dies."""

    def __init__(self, path: Path) -> None:
        self._threads = threading.Lock()
        self._path = path
        self._file: int | None = None
        self._patient = threading.BoundedSemaphore(MOST_PATIENT)

    def take(self, seconds: float) -> None:
        """Wait for the turn. Raises OperationalError when this process had it for too long: `seconds`, or less if many wait."""
        if not self._threads.acquire(blocking=False):
            self._wait(seconds)
        try:
            if self._file is None:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._threads.release()
            raise

    def _wait(self, seconds: float) -> None:
        may_be_patient = self._patient.acquire(blocking=False)
        try:
            if not self._threads.acquire(timeout=seconds if may_be_patient else min(seconds, SHORT_SECONDS)):
                raise OperationalError("database is locked")
        finally:
            if may_be_patient:
                self._patient.release()

    def give_back(self) -> None:
        """Let the next one write."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        if self._threads.locked():
            self._threads.release()

    def begin_anew(self) -> None:
        """In a forked child: leave the parent's turn alone, and have a file and a lock of one's own."""
        if self._file is not None:
            os.close(self._file)
        self._file = None
        self._threads = threading.Lock()
        self._patient = threading.BoundedSemaphore(MOST_PATIENT)


_turns: dict[str, Turn] = {}
_turns_lock = threading.Lock()


def turn_of(database: str) -> Turn:
    """Return this process's turn for a database file."""
    with _turns_lock:
        if database not in _turns:
            _turns[database] = Turn(Path(f"{database}-turn"))
        return _turns[database]


def _after_fork() -> None:
    for turn in _turns.values():
        turn.begin_anew()


os.register_at_fork(after_in_child=_after_fork)


@lru_cache(maxsize=256)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that remembers how SQLite writes the places of values in queries that come again and again."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """Return the query as SQLite writes it."""
        if param_names is None and len(query) <= LONGEST_REMEMBERED:
            return _with_question_marks(query)
        converted: str = super().convert_query(query, param_names=param_names)
        return converted


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that queues for each transaction."""

    _turn: Turn | None = None

    def create_cursor(self, name: str | None = None) -> Cursor:
        """Return a cursor; SQLite gives it no name."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        name = str(self.settings_dict["NAME"])
        if name not in IN_MEMORY and "mode=memory" not in name:
            turn = turn_of(name)
            turn.take(float(self.settings_dict["OPTIONS"].get("timeout", 5.0)))
            self._turn = turn
        self._giving_back_on_failure(super()._start_transaction_under_autocommit)  # type: ignore[misc]

    def _commit(self) -> None:
        self._giving_back_on_failure(super()._commit)  # type: ignore[misc]
        self._give_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_back()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_back()

    def _giving_back_on_failure(self, step: Callable[[], Any]) -> None:
        try:
            step()
        except BaseException:
            if not self.connection or not self.connection.in_transaction:
                self._give_back()
            raise

    def _give_back(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.give_back()
