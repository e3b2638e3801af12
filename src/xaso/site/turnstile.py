"""Lets pages be computed one after the other in a worker: threads that share an interpreter only make each other late."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

READING = frozenset({"GET", "HEAD"})
PATIENCE_SECONDS = 0.2
"""Who waited so long goes in all the same: a page that waits for an outside system must not hold up those that don't."""


class Turnstile:
    """A WSGI application that lets `at_a_time` readers into another one; who sends something is not held up."""

    def __init__(self, application: Application, *, at_a_time: int) -> None:
        self._application = application
        self._free = threading.Semaphore(at_a_time)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer the request when it is its turn."""
        if environ["REQUEST_METHOD"] not in READING:
            return self._application(environ, start_response)
        entered = self._free.acquire(timeout=PATIENCE_SECONDS)
        try:
            return self._application(environ, start_response)
        finally:
            if entered:
                self._free.release()
