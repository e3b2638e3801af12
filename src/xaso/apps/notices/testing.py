"""Builders and fakes for tests of this room and of rooms above."""

from datetime import datetime
from typing import Any
from uuid import UUID

from xaso.apps.notices.actions.queue import send
from xaso.apps.notices.models import Message
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
