"""Sample data with which this room's parts stand on `/kieu-mau/`: nobody's number, and nothing that can be moved."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from xaso.apps.queue import rules, words
from xaso.apps.queue.queries import Standing
from xaso.kernel.identifiers import uuid7

AT = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)


def citizens() -> dict[str, Any]:
    """Return what a slip, the screen and the machine show."""
    standing = Standing(3, rules.Wait(5, 20))
    group = SimpleNamespace(id=uuid7(), name=_("Khai sinh, kết hôn, khai tử"), letter="A")
    calls = [
        {"key": f"mau-{number}", "label": f"A{number:03d}", "counter": number % 3 + 1, "at": "09:15", "say": []} for number in (17, 16, 15)
    ]
    return {
        "ticket": SimpleNamespace(label="A018", group=group, taken_at=AT, day=date(2026, 11, 23)),
        "standing": standing,
        "wait_words": words.waiting_words(standing),
        "address": "https://xa.example.vn/lay-so/mau/",
        "screen": {"calls": calls, "next": ["A018", "B004", "A019"], "waiting": 3},
        "rows": [
            {"group": group, "icon": "people", "is_open": True, "say": "", "key": uuid7()},
            {"group": SimpleNamespace(id=uuid7(), name=_("Việc khác")), "icon": "chat", "is_open": False, "say": "", "key": uuid7()},
        ],
        "token": "mau",
        "digits": "1234567890",
    }


def officials() -> dict[str, Any]:
    """Return what a clerk sees of the number at her counter."""
    group = SimpleNamespace(id=uuid7(), name=_("Khai sinh, kết hôn, khai tử"), letter="A")
    other = SimpleNamespace(id=uuid7(), name=_("Việc khác"), letter="B")
    present = SimpleNamespace(id=uuid7(), label="A017", group=group, called_at=AT, times_called=2, priority=True)
    return {"counter": SimpleNamespace(id=uuid7(), number=1), "present": present, "others": [other]}
