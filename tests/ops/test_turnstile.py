"""The turnstile before the pages: readers one after the other, nobody for long, senders at once."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from xaso.site.turnstile import PATIENCE_SECONDS, Turnstile

LONG = 10.0


class _Counted:
    """An application that tells how many are inside, and keeps `/slow` waiting until told."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.slow_is_inside = threading.Event()
        self.inside = self.most = 0
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        if environ["PATH_INFO"] == "/slow":
            self.slow_is_inside.set()
            assert self.go_on.wait(LONG)
        with self._lock:
            self.inside -= 1
        return [environ["PATH_INFO"].encode()]


def _ask(turnstile: Turnstile, path: str, method: str = "GET") -> Iterable[bytes]:
    return turnstile({"REQUEST_METHOD": method, "PATH_INFO": path}, lambda *_: None)


def _in_thread(turnstile: Turnstile, path: str) -> threading.Thread:
    thread = threading.Thread(target=_ask, args=(turnstile, path))
    thread.start()
    return thread


def test_readers_go_in_one_after_the_other() -> None:
    counted = _Counted()
    turnstile = Turnstile(counted, at_a_time=1)

    readers = [_in_thread(turnstile, "/quick") for _ in range(20)]
    for reader in readers:
        reader.join(LONG)

    assert counted.most == 1


def test_who_sends_is_not_held_up_by_a_reader() -> None:
    counted = _Counted()
    turnstile = Turnstile(counted, at_a_time=1)
    slow = _in_thread(turnstile, "/slow")
    assert counted.slow_is_inside.wait(LONG)

    assert _ask(turnstile, "/sent", method="POST") == [b"/sent"]
    assert counted.most == 2

    counted.go_on.set()
    slow.join(LONG)


def test_a_reader_that_waits_for_an_outside_system_keeps_others_for_a_moment_only() -> None:
    assert PATIENCE_SECONDS <= 0.5
    counted = _Counted()
    turnstile = Turnstile(counted, at_a_time=1)
    slow = _in_thread(turnstile, "/slow")
    assert counted.slow_is_inside.wait(LONG)

    assert _ask(turnstile, "/quick") == [b"/quick"]

    counted.go_on.set()
    slow.join(LONG)


def test_a_page_that_fails_leaves_the_way_free() -> None:
    def failing(_environ: dict[str, Any], _start_response: Callable[..., Any]) -> Iterable[bytes]:
        raise RuntimeError("a fault of the page")

    turnstile = Turnstile(failing, at_a_time=1)
    for _ in range(3):
        with pytest.raises(RuntimeError, match="a fault of the page"):
            _ask(turnstile, "/fails")
    assert turnstile._free.acquire(blocking=False)
