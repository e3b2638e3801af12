"""A program that calls too often waits; the others don't."""

import pytest

from xaso.kernel.errors import Refusal
from xaso.platform.call_pace import CALLS_A_MINUTE, Allowances


def calls_let_through(allowances: Allowances, key: str, *, tried: int, limit: int, at_seconds: float) -> int:
    passed = 0
    for _ in range(tried):
        try:
            allowances.take(key, limit=limit, at_seconds=at_seconds)
        except Refusal:
            continue
        passed += 1
    return passed


def test_a_minutes_calls_may_come_at_once_and_then_grow_back_evenly() -> None:
    allowances = Allowances()

    assert calls_let_through(allowances, "a", tried=200, limit=120, at_seconds=0) == 120
    assert calls_let_through(allowances, "a", tried=200, limit=120, at_seconds=10) == 20
    assert calls_let_through(allowances, "a", tried=500, limit=120, at_seconds=500) == 120


def test_it_is_told_how_long_to_wait_and_waiting_so_long_is_enough() -> None:
    allowances = Allowances()
    calls_let_through(allowances, "a", tried=6, limit=6, at_seconds=0)

    with pytest.raises(Refusal) as refused:
        allowances.take("a", limit=6, at_seconds=1)

    assert (refused.value.code, refused.value.params) == ("platform.too_many_calls", {"seconds": 9})
    allowances.take("a", limit=6, at_seconds=10)


def test_one_token_does_not_hold_back_another() -> None:
    allowances = Allowances()
    calls_let_through(allowances, "a", tried=10, limit=5, at_seconds=0)

    assert calls_let_through(allowances, "b", tried=5, limit=5, at_seconds=0) == 5


@pytest.mark.parametrize("text", ["-1", "viele", "1.5"])
def test_a_limit_that_is_no_number_is_named(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_API_CALLS_A_MINUTE", text)

    with pytest.raises(ValueError, match="XASO_API_CALLS_A_MINUTE"):
        CALLS_A_MINUTE.value()
