"""Pauses, verdicts, signatures, topics."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from xaso.apps.webhooks import rules, sealing

AT = datetime(2021, 2, 25, 14, 55, 30, tzinfo=UTC)


def test_a_signature_is_that_of_standard_webhooks() -> None:
    """The example that libraries of Standard Webhooks hold themselves to."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", '{"test": 2432232314}'
    assert int(AT.timestamp()) == 1614264930
    at = AT + timedelta(seconds=400)
    expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    assert rules.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, body) == expected


def test_each_secret_that_holds_signs() -> None:
    old, new = sealing.new_secret(), sealing.new_secret()

    headers = rules.headers([new, old], "e-1", AT, "{}")

    key = base64.b64decode(old.removeprefix("whsec_"))
    by_old = base64.b64encode(hmac.new(key, b"e-1.1614264930.{}", hashlib.sha256).digest()).decode()
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("e-1", "1614264930")
    assert headers["webhook-signature"].split()[1] == f"v1,{by_old}"
    assert len(set(headers["webhook-signature"].split())) == 2


def test_secrets_are_long_and_kept_sealed() -> None:
    secret = sealing.new_secret()
    sealed = sealing.seal(secret)

    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret not in sealed
    assert sealing.unseal(sealed) == secret
    assert len(sealed) <= 300
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(sealed[:-4] + "AAA=")


def test_pauses_grow_and_end_after_three_days() -> None:
    pauses = [rules.pause_after(attempt, 0.5) for attempt in range(1, rules.MAX_ATTEMPTS + 1)]

    assert pauses[-1] is None
    grown = [pause for pause in pauses if pause]
    assert grown == sorted(grown) == list(rules.PAUSES)
    assert timedelta(days=3) < sum(grown, timedelta()) < timedelta(days=4)


@pytest.mark.parametrize(("luck", "factor"), [(0.0, 0.8), (0.5, 1.0), (1.0, 1.2)])
def test_pauses_are_spread(luck: float, factor: float) -> None:
    assert rules.pause_after(4, luck) == timedelta(hours=2) * factor


def test_a_receiver_may_ask_for_more_patience_up_to_a_day() -> None:
    assert rules.pause_after(1, 0.5, timedelta(minutes=9)) == timedelta(minutes=9)
    assert rules.pause_after(4, 0.5, timedelta(minutes=9)) == timedelta(hours=2)
    assert rules.pause_after(1, 0.5, timedelta(days=400)) == timedelta(days=1)
    assert rules.pause_after(rules.MAX_ATTEMPTS, 0.5, timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "succeed"),
        (299, "succeed"),
        (300, "miss"),
        (302, "miss"),
        (404, "miss"),
        (410, "give_up"),
        (429, "miss"),
        (503, "miss"),
        (None, "miss"),
    ],
)
def test_only_2xx_is_received_and_only_410_is_never(status: int | None, verdict: str) -> None:
    assert rules.verdict(status) == verdict


@pytest.mark.parametrize(
    ("topics", "wanted"),
    [(["dossiers.accept"], True), (["dossiers.*"], True), (["dossiers.acc"], False), (["dossiers"], False), ([], False)],
)
def test_topics_are_wanted_by_name_or_by_room(topics: list[str], wanted: bool) -> None:
    assert rules.wants(topics, "dossiers.accept") is wanted
