"""Hands SMS to gammu-smsd, which drives a USB modem, and takes in those that it received, through the folders of its files service.

A message is a file in the outbox; the daemon sends it and moves it to `sent` or `error`. Gammu's own gammu-smsd-inject writes the file,
since the daemon itself guesses wrongly whether a plain text needs marks. The file's name holds our reference, so that a message which lies
in one of the folders already is not handed over again.

What people send lies in the inbox, UTF-8, one file for each piece of a long SMS; pieces of one have all but the end of the name in common.
"""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import structlog

from xaso.apps.notices.ports import Arrived, Fate, Receipt, Unavailable
from xaso.kernel.sms import UCS2, measure

log = structlog.get_logger(__name__)

OUR_FILE = re.compile(r"OUTC_\d{10,11}_[0-9a-f]{32}\.smsbackup")
RECEIVED = re.compile(r"(IN\d{8}_\d{6}_\d+_(.+))_\d+\.txt")
WRITTEN_AFTER_SECONDS = 2.0
"""After so long without a new piece the daemon has written all there are: it writes them at once."""
LARGEST_PIECE_BYTES = 2000
FATES: dict[str, Fate] = {"error": "undelivered", "sent": "passed_on"}
LOOK_SECONDS = 5.0
FORGOTTEN_AFTER_SECONDS = 30 * 86_400
INJECT_SECONDS = 10
INJECT_RC = """[gammu]
port = /dev/null
connection = none
[smsd]
service = files
logfile = /dev/null
outboxpath = {folder}/
"""


@dataclass
class GammuSms:
    """The folder that holds `inbox`, `outbox`, `sent` and `error`.

    A daemon that leaves a file lying longer than `stuck_seconds` does not work.
    """

    spool: Path
    stuck_seconds: float = 900
    look_seconds: float = LOOK_SECONDS
    written_after_seconds: float = WRITTEN_AFTER_SECONDS
    _next_look_at: float = 0.0
    _next_inbox_at: float = 0.0

    def send(self, *, phone: str, text: str, reference: str) -> str:
        """Put the message into the outbox and return its file's name. Raises Unavailable when the daemon does not empty it."""
        name = f"OUTC_{phone}_{UUID(reference).hex}.smsbackup"
        try:
            if not any((self.spool / folder / name).exists() for folder in ("outbox", "sent")):
                self._refuse_when_stuck()
                self._put(name, phone, text)
        except (OSError, subprocess.SubprocessError) as error:
            raise Unavailable(f"{type(error).__name__}: {error}") from error
        return name

    def reports(self) -> list[Receipt]:
        """Return what the daemon has put away since, looking every few seconds."""
        if time.monotonic() < self._next_look_at:
            return []
        self._next_look_at = time.monotonic() + self.look_seconds
        try:
            return list(self._put_away())
        except OSError as error:
            log.warning("gammu_spool_unreadable", why=str(error))
            return []

    def acknowledge(self, receipt: Receipt, *, is_known: bool) -> None:
        """Remove the file, since it holds a phone number. One that nobody knows stays a while: a worker may have died before noting it."""
        path: Path = receipt.handle
        try:
            if is_known or time.time() - path.stat().st_mtime > FORGOTTEN_AFTER_SECONDS:
                path.unlink()
        except OSError as error:
            log.warning("gammu_file_not_removed", why=str(error))

    def arrived(self) -> list[Arrived]:
        """Return the SMS that the daemon received, looking every few seconds."""
        if time.monotonic() < self._next_inbox_at:
            return []
        self._next_inbox_at = time.monotonic() + self.look_seconds
        try:
            return list(self._received())
        except OSError as error:
            log.warning("gammu_spool_unreadable", why=str(error))
            return []

    def take(self, arrived: Arrived) -> None:
        """Remove the files of an SMS that is written down."""
        for path in arrived.handle:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                log.warning("gammu_file_not_removed", why=str(error))

    def _received(self) -> Iterator[Arrived]:
        inbox = self.spool / "inbox"
        named = [(match, path) for path in sorted(inbox.iterdir()) if (match := RECEIVED.fullmatch(path.name))]
        for (key, phone), group in groupby(named, lambda one: one[0].groups()):
            paths = [path for _match, path in group]
            if time.time() - max(path.stat().st_mtime for path in paths) >= self.written_after_seconds:
                octets = b"".join(path.read_bytes()[:LARGEST_PIECE_BYTES] for path in paths)
                yield Arrived(phone, octets, "utf8", key=key, handle=paths)

    def _refuse_when_stuck(self) -> None:
        waiting = [entry.stat().st_mtime for entry in os.scandir(self.spool / "outbox") if entry.name.startswith("OUT")]
        if waiting and time.time() - min(waiting) > self.stuck_seconds:
            raise Unavailable(f"gammu-smsd does not empty its outbox: {len(waiting)} messages wait")

    def _put(self, name: str, phone: str, text: str) -> None:
        """Let the message be written beside its place and move it there, so that the daemon never reads half of it."""
        with TemporaryDirectory(dir=self.spool / "outbox", prefix=".xaso-") as folder:
            written = _injected(Path(folder), phone, text)
            written.chmod(0o644)  # the daemon is another user; the folder itself keeps everybody else out
            (self.spool / "error" / name).unlink(missing_ok=True)
            written.rename(self.spool / "outbox" / name)

    def _put_away(self) -> Iterator[Receipt]:
        for folder, fate in FATES.items():
            for entry in os.scandir(self.spool / folder):
                if OUR_FILE.fullmatch(entry.name):
                    detail = "gammu-smsd: error" if fate == "undelivered" else ""
                    yield Receipt(entry.name, fate, detail, handle=Path(entry.path))


def _injected(folder: Path, phone: str, text: str) -> Path:
    """Return the file that gammu-smsd-inject made of the message; the text goes by standard input, where no list of processes shows it."""
    configuration = folder / "rc"
    configuration.write_text(INJECT_RC.format(folder=folder))
    coding = ["-unicode"] if measure(text).encoding == UCS2 else []
    subprocess.run(
        ["gammu-smsd-inject", "--config", str(configuration), "TEXT", phone, "-autolen", str(len(text) * 2), *coding],
        input=text.encode(),
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        timeout=INJECT_SECONDS,
        check=True,
    )
    return next(folder.glob("OUT*.smsbackup"))
