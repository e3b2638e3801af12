"""kill -9 in the middle of submissions: nothing acknowledged is lost, nothing is doubled."""

import random
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from itertools import count

import pytest

from tests.faults.conftest import Program, Programs

CLIENTS = 4
FEWEST, MOST = 3, 25
ROUND_SECONDS = 30
SETTLE_SECONDS = 60


class Submitting:
    """Clients that file one application after another until told to stop. `acknowledged` holds the code each key was answered with."""

    def __init__(self, program: Program, keys: Iterator[int], round_name: str) -> None:
        self.program = program
        self.keys = keys
        self.round_name = round_name
        self.sent: set[str] = set()
        self.acknowledged: dict[str, str] = {}
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self._file) for _ in range(CLIENTS)]

    def _file(self) -> None:
        while not self.stop.is_set():
            key = f"{self.round_name}-{next(self.keys):06d}"
            self.sent.add(key)
            try:
                status, answer = self.program.file(key)
            except (OSError, HTTPException):
                time.sleep(0.01)
                continue
            if status == 201:
                self.acknowledged[key] = answer["code"]

    def wait_for(self, number: int) -> None:
        """Wait until so many were acknowledged, then for a part of the time that one more takes."""
        begun = time.monotonic()
        while len(self.acknowledged) < number:
            assert time.monotonic() - begun < ROUND_SECONDS
            time.sleep(0.001)
        time.sleep(random.random() * (time.monotonic() - begun) / number)

    def __enter__(self) -> "Submitting":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()


@pytest.mark.parametrize("rounds", [3, pytest.param(100, marks=pytest.mark.faults)])
def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(web: Programs, program: Program, rounds: int) -> None:
    moments = random.Random(rounds)
    keys = count()
    filed: dict[str, str] = {}
    before = web.count("dossiers_dossier")
    web.start("work")

    for number in range(rounds):
        with Submitting(program, keys, f"vong-{rounds}-{number}") as submitting:
            submitting.wait_for(moments.randint(FEWEST, MOST))
            web.kill("work")
            web.kill("web")
        web.start("web")
        web.start("work")
        filed |= _sent_again(program, submitting)

    assert len(set(filed.values())) == len(filed) == web.count("dossiers_dossier") - before
    _settle(web)
    assert _dossiers_without(web, "dossiers_step", "step.dossier_id = dossier.id and step.verb = 'submit'", "step") == 0
    assert web.count("dossiers_step", "verb = 'submit'") == web.count("dossiers_dossier")
    doubled = "SELECT subject FROM notices_message WHERE template = 'dossiers.submit' GROUP BY subject, channel HAVING count(*) > 1"
    assert web.ask(doubled) == []
    assert "sound" in web.live.xaso("audit", "verify")
    assert web.count("audit_auditlink") == web.count("audit_auditentry")


def _sent_again(program: Program, submitting: Submitting) -> dict[str, str]:
    """Send every application of the round again with its key, as a client does that had no answer; returns the codes by key."""
    codes = {}
    for key in sorted(submitting.sent):
        status, answer = program.file(key)
        assert status in {200, 201}, answer
        codes[key] = answer["code"]
        if key in submitting.acknowledged:
            assert (status, answer["code"]) == (200, submitting.acknowledged[key])
    return codes


def _settle(web: Programs) -> None:
    """Wait until the worker has told all facts and sealed all that was written."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while web.count("platform_outboxmessage", "done_at IS NULL") or web.count("audit_unsealedentry"):
        assert time.monotonic() < deadline, web.log("work")[-3000:]
        time.sleep(0.2)


def _dossiers_without(web: Programs, table: str, condition: str, name: str) -> int:
    return web.count("dossiers_dossier dossier", f"NOT EXISTS (SELECT 1 FROM {table} {name} WHERE {condition})")
