"""Tells by one small question whether anybody wrote to the database, so that who found nothing to do need not look everywhere again."""

import time
from collections.abc import Hashable

from django.db import Error, connection

QUESTIONS = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_current_wal_insert_lsn()"}
LONGEST_SECONDS = 2.0
"""What falls due by the clock alone, or lies in a folder, waits no longer than this."""


class Stillness:
    """Whether the database is as it was when somebody last began to look and found nothing."""

    def __init__(self, longest_seconds: float = LONGEST_SECONDS) -> None:
        self._longest_seconds = longest_seconds
        self._seen: Hashable = None
        self._until = 0.0
        self._beginning: Hashable = None

    def begin(self) -> None:
        """Note how the database stands before somebody looks: what is written while she looks counts as new."""
        self._beginning = _mark()

    def found_nothing(self) -> None:
        """Note that whoever looked since the beginning found nothing to do."""
        self._seen, self._until = self._beginning, time.monotonic() + self._longest_seconds

    def lasts(self) -> bool:
        """Tell whether there is nothing new to look for. In doubt there is."""
        return self._seen is not None and time.monotonic() < self._until and _mark() == self._seen


def _mark() -> Hashable:
    """Return what changes with each write of another connection; None where the database does not say."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUESTIONS[connection.vendor])
            row = cursor.fetchone()
    except Error:
        return None
    return (connection.connection, *row) if row else None
