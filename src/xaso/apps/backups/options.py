"""Settings of this room: where backups go, who can open them, when they are made and when their lack is an alarm."""

from pathlib import Path

from xaso.apps.backups.age import Recipient
from xaso.platform.options import Option, declare


def _recipients(text: str) -> tuple[Recipient, ...]:
    return tuple(Recipient.read(part) for part in text.replace(",", " ").split())


def _hour(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 23:
        raise ValueError("must be an hour from 0 to 23")
    return int(text)


def _from_one(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ValueError("must be a whole number from 1 on")
    return int(text)


FOLDER = declare(
    Option[Path | None](
        "XASO_BACKUP_FOLDER",
        None,
        Path,
        "path",
        "folder of backups, best on another disk; it must be there. Empty: none are made by themselves",
    )
)
RECIPIENTS = declare(
    Option[tuple[Recipient, ...]](
        "XASO_BACKUP_RECIPIENTS",
        (),
        _recipients,
        "public keys age1…",
        "who can open the backups, with commas between; see `xaso backup key`",
    )
)
HOUR = declare(Option("XASO_BACKUP_HOUR", 2, _hour, "hour, local time", "from when on the day's backup is made"))
KEPT = declare(
    Option("XASO_BACKUP_KEPT", 14, _from_one, "backups", "how many are kept in the folder; older ones are deleted after a new one")
)
STALE_HOURS = declare(Option("XASO_BACKUP_STALE_HOURS", 36, _from_one, "hours", "an alarm when the last good backup is older"))
SPARE_MB = declare(Option("XASO_BACKUP_SPARE_MB", 256, _from_one, "MB", "a backup or a restore stops before less than this is left free"))
DRILL_KEY_FILE = declare(
    Option[Path | None](
        "XASO_BACKUP_DRILL_KEY_FILE",
        None,
        Path,
        "path",
        "secret key for drills by themselves; empty: only `xaso backup drill --key` makes them",
    )
)
DRILL_DAYS = declare(
    Option("XASO_BACKUP_DRILL_DAYS", 7, _from_one, "days", "how often a backup is restored elsewhere and proven by itself")
)
DRILL_STALE_DAYS = declare(Option("XASO_BACKUP_DRILL_STALE_DAYS", 92, _from_one, "days", "an alarm when the last good drill is older"))
DRILL_DATABASE = declare(
    Option(
        "XASO_BACKUP_DRILL_DATABASE_URL",
        "",
        str,
        "address",
        "an empty PostgreSQL database for drills; empty: one is made beside the own and removed again",
    )
)
