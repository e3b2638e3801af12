"""Settings of this room: how long numbers and appointments are kept, how many numbers phones may take, where other voices lie."""

from pathlib import Path

from django.conf import settings

from xaso.platform.options import Option, declare


def _from_one(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ValueError("must be a number from 1 on")
    return int(text)


TICKET_DAYS = declare(
    Option(
        "XASO_QUEUE_TICKET_DAYS", 30, _from_one, "days", "how long the numbers of a day are kept; its figures stay, without anybody in them"
    )
)
APPOINTMENT_DAYS = declare(
    Option("XASO_QUEUE_APPOINTMENT_DAYS", 7, _from_one, "days", "how long after an appointment the name and phone number are kept")
)
TICKETS_AN_HOUR = declare(
    Option("XASO_QUEUE_TICKETS_AN_HOUR", 30, _from_one, "numbers", "how many numbers phones behind one network address may take in an hour")
)
VOICE_FOLDER = declare(
    Option(
        "XASO_QUEUE_VOICE_FOLDER",
        Path(settings.DATA_DIR) / "giong-doc",
        Path,
        "path",
        "folder of own recordings for the screen of the queue: `so-1.mp3` there replaces ours, a sub-folder such as `hmn` adds a language",
    )
)
