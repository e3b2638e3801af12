"""A citizen's phone for the demo (`xaso text-in`): puts an SMS where the demo commune takes them in, and waits for the answer."""

import json
import time
from pathlib import Path

from xaso.apps.notices import rules
from xaso.apps.notices.adapters import ways_out
from xaso.apps.notices.adapters.file import FileSms


def text_in(phone: str, text: str, *, wait_seconds: float = 10.0) -> list[str] | None:
    """Send the text and return what was answered in time; None where SMS do not come from files, as they do in the demo."""
    way = ways_out().incoming
    if not isinstance(way, FileSms):
        return None
    address = rules.sendable_phone(phone) or phone
    before = len(_answers(way.path, address))
    way.text_in(phone, text)
    end = time.monotonic() + wait_seconds
    while not (answers := _answers(way.path, address)[before:]) and time.monotonic() < end:
        time.sleep(0.2)
    return answers


def _answers(path: Path, phone: str) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line["text"] for line in map(json.loads, lines) if line["phone"] == phone]
