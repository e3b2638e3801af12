"""Appends messages to a file, one JSON object a line, for the demo and for trying: nothing leaves the machine.

SMS to the commune come from files too: `xaso text-in` puts them there.
"""

import fcntl
import json
import os
from datetime import datetime
from pathlib import Path

from xaso.apps.notices.ports import Arrived, Unavailable
from xaso.kernel.identifiers import uuid7
from xaso.platform import clock


class FileSms:
    """Appends each SMS to `sms.jsonl` in the folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "sms.jsonl"
        self.incoming = folder / "incoming"

    def send(self, *, phone: str, text: str, reference: str) -> str:
        """Write the text down. Raises Unavailable when the disk does not take it."""
        _append(self.path, {"phone": phone, "text": text, "reference": reference}, clock.now())
        return f"file:{reference}"

    def text_in(self, phone: str, text: str) -> None:
        """Do what a citizen's phone would: send the commune an SMS."""
        self.incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self.incoming / f"{uuid7()}.writing"
        unfinished.write_text(json.dumps({"phone": phone, "text": text}, ensure_ascii=False), encoding="utf-8")
        unfinished.rename(unfinished.with_suffix(".json"))

    def arrived(self) -> list[Arrived]:
        """Return what lies there, oldest first."""
        found = []
        for path in sorted(self.incoming.glob("*.json")):
            written = json.loads(path.read_text(encoding="utf-8"))
            found.append(Arrived(written["phone"], written["text"].encode(), "utf8", key=path.name, handle=path))
        return found

    def take(self, arrived: Arrived) -> None:
        """Remove the file."""
        arrived.handle.unlink(missing_ok=True)


class FileEmail:
    """Appends each e-mail to `email.jsonl` in the folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "email.jsonl"

    def send(self, *, name: str, address: str, title: str, body: str, reference: str) -> str:
        """Write the letter down. Raises Unavailable when the disk does not take it."""
        line = {"name": name, "address": address, "title": title, "body": body, "reference": reference}
        _append(self.path, line, clock.now())
        return f"file:{reference}"


def _append(path: Path, line: dict[str, str], at: datetime) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as target:
            fcntl.flock(target, fcntl.LOCK_EX)
            target.write(json.dumps({"at": at.isoformat(), **line}, ensure_ascii=False) + "\n")
            target.flush()
            os.fsync(target.fileno())
    except OSError as error:
        raise Unavailable(str(error)) from error
