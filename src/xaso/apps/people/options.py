"""Settings of this room: after how long what waits on a phone raises the alarm, and how long removed phones are remembered."""

from xaso.platform.options import Option, declare


def _hours(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ValueError("must be a number of hours from 1 on")
    return int(text)


STUCK_HOURS = declare(
    Option("XASO_STUCK_HOURS", 24, _hours, "hours", "after how long something that waits unsent on a citizen's phone is shown to the desk")
)


def _days(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ValueError("must be a number of days from 1 on")
    return int(text)


REMOVED_DEVICE_DAYS = declare(
    Option(
        "XASO_REMOVED_DEVICE_DAYS",
        90,
        _days,
        "days",
        "confirm: how long a phone that its owner removed is remembered; our own number, no law names it",
    )
)
