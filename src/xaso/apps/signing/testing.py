"""For tests of this room and of others: the stand-in authority with its time-stamp server, taken into use here."""

from datetime import datetime

import pytest

from xaso.apps.signing import proving
from xaso.apps.signing.keys import keys_directory
from xaso.apps.signing.stampers import find_stamper
from xaso.apps.signing.tests.standin import Standin, running

__all__ = ["Standin", "add_stamps", "be_patient", "running", "take_into_use"]


def take_into_use(standin: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program behave, trust its authority, and name its time-stamp server."""
    standin.control(stamps="good", clock="0", stamper_for="stamps")
    trusted = keys_directory() / "trusted"
    trusted.mkdir(parents=True, exist_ok=True)
    (trusted / "tsa.pem").write_bytes(standin.get("/root.pem"))
    monkeypatch.setenv("XASO_TIME_STAMP_ADDRESS", f"{standin.address}/tsa")
    monkeypatch.setenv("XASO_TIME_STAMP_SECONDS", "1")
    be_patient()


def be_patient() -> None:
    """Let the server be asked at once, though it failed a moment ago."""
    stamper = find_stamper()
    assert stamper is not None
    stamper.rest_no_longer()


def add_stamps(now: datetime) -> int:
    """Do what the worker does for papers that lack a time stamp; return how many got one."""
    return proving.prove_now(now)
