"""Builders and fakes for tests of this room and of rooms above."""

import json
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from xaso.apps.notices.actions.calls import ask_to_call
from xaso.apps.notices.actions.queue import send
from xaso.apps.notices.adapters import WaysOut
from xaso.apps.notices.jobs import deliver_due
from xaso.apps.notices.models import Call, Incoming, Message
from xaso.apps.notices.shapes import Recipient
from xaso.apps.notices.wording import declare

CODE = "testing.ready"
TEXTS: dict[str, dict[str, Any]] = {
    "sms": {"vi": "Hồ sơ %(code)s đã có kết quả.", "en": "Application %(code)s is ready."},
    "email": {
        "vi": {"subject": "Hồ sơ %(code)s", "body": "Đã có kết quả hồ sơ %(code)s."},
        "en": {"subject": "Application %(code)s", "body": "Application %(code)s is ready."},
    },
}


declare(CODE, TEXTS)


def queued(commune_id: UUID, now: datetime, *, key: str = "key", **recipient: str) -> list[Message]:
    """Queue the test notice and return its messages, SMS first."""
    person = {"name": "Giàng A Pao", "phone": "0912345678", "email": "pao@example.org"} | recipient
    send(
        commune_id=commune_id,
        recipient=Recipient(**person),
        template=CODE,
        params={"code": "XS-261123-0007"},
        subject="dossier:1",
        idempotency_key=key,
        now=now,
    )
    return list(Message.objects.filter(idempotency_key=key).order_by("-channel"))


def sent_about(subject: str) -> list[str]:
    """Return what messages about a subject say to their readers, whole."""
    return list(Message.objects.filter(subject=subject).values_list("body", flat=True))


def waiting_call(commune_id: UUID, now: datetime, *, key: str = "call", subject: str = "dossier:1", **recipient: str) -> Call:
    """Queue a call and return it."""
    person = {"name": "Giàng A Pao", "phone": "0912345678"} | recipient
    text = "Kính chào anh chị. Hồ sơ mang mã XS-261123-0007 đã có kết quả."
    ask_to_call(commune_id=commune_id, recipient=Recipient(**person), text=text, subject=subject, idempotency_key=key, now=now)
    return Call.objects.get(commune_id=commune_id, idempotency_key=key)


def calls_shown(commune_id: UUID) -> list[tuple[str, str]]:
    """Return state and text of a commune's calls, in order."""
    return list(Call.objects.filter(commune_id=commune_id).order_by("created_at", "id").values_list("state", "text"))


def last_incoming() -> Incoming:
    """Return the SMS that came last."""
    return Incoming.objects.latest("received_at", "id")


def fates() -> list[str]:
    """Return what became of each SMS that came, in order."""
    return list(Incoming.objects.order_by("received_at", "id").values_list("fate", flat=True))


def messages_count() -> int:
    """Return how many messages there are."""
    return Message.objects.count()


class FakeSms:
    """Keeps what it was given; raises what `failures` holds, one for each call, first."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.sent: list[tuple[str, str, str]] = []

    def send(self, *, phone: str, text: str, reference: str) -> str:
        """Take the text."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((phone, text, reference))
        return f"fake-{len(self.sent)}"


@dataclass(frozen=True)
class StandInCentre:
    """The stand-in for a message centre as a test sees it, by its control."""

    port: int
    control_port: int

    def seen(self) -> dict[str, Any]:
        """Return everything that came, and how the stand-in behaves."""
        return self._ask(None)

    def tell(self, **wanted: Any) -> dict[str, Any]:
        """Change its conduct (`mode="slow"`) or let it do something (`do="enquire"`)."""
        return self._ask(wanted)

    def wait_for(self, condition: Callable[[dict[str, Any]], object], seconds: float = 5) -> dict[str, Any]:
        """Return what came as soon as the condition holds for it. Raises AssertionError when it never does."""
        end = time.monotonic() + seconds
        while not condition(seen := self.seen()):
            assert time.monotonic() < end, seen
            time.sleep(0.02)
        return seen

    def reset(self) -> None:
        """Let it behave well, forget everything and be alone."""
        self.tell(mode="normal", times=0, receipts="delivered", ids="hex", options=1, do="forget")
        self.tell(do="hang-up")

    def _ask(self, wanted: dict[str, Any] | None) -> dict[str, Any]:
        body = None if wanted is None else urllib.parse.urlencode(wanted).encode()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.control_port}/", body, timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
        return found


@contextmanager
def stand_in_centre(*options: str) -> Iterator[StandInCentre]:
    """Run the stand-in for a message centre as its own program."""
    command = [sys.executable, "-m", "xaso_standins.smsc", "--port", "0", "--control-port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            _name, port, _control, control_port = process.stdout.readline().split()
            yield StandInCentre(int(port), int(control_port))
        finally:
            process.terminate()


def sms_texts(commune_id: UUID) -> list[str]:
    """Return the SMS of a commune that are queued or were sent, in order."""
    return list(Message.objects.filter(commune_id=commune_id, channel="sms").order_by("id").values_list("body", flat=True))


def deliver_through(seen: Callable[[str, str], None], now: datetime) -> int:
    """Let the worker deliver what waits, showing each phone and text while it is on its way; returns how many it sent."""

    class Showing:
        def send(self, *, phone: str, text: str, reference: str) -> str:
            seen(phone, text)
            return ""

    return deliver_due(now, ways=WaysOut(Showing(), None))
