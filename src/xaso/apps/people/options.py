"""Settings of this room: after how long what waits on a phone raises the alarm."""

from xaso.platform.options import Option, declare


def _hours(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ValueError("must be a number of hours from 1 on")
    return int(text)


STUCK_HOURS = declare(
    Option("XASO_STUCK_HOURS", 24, _hours, "hours", "after how long something that waits unsent on a citizen's phone is shown to the desk")
)
