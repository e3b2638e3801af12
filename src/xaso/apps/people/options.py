"""Settings of this room: when an alarm of phones is raised, how long removed phones are remembered, how computers at the desk lock."""

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


def _minutes(text: str) -> int:
    if not text.isdigit():
        raise ValueError("must be a number of minutes, 0 for never")
    return int(text)


LOCK_MINUTES = declare(
    Option(
        "XASO_LOCK_MINUTES", 10, _minutes, "minutes", "after how long unused the computer of an official who has set a PIN locks; 0 never"
    )
)
PIN_DAYS = declare(
    Option(
        "XASO_PIN_DAYS",
        7,
        _days,
        "days",
        "how long after signing in in full an official's session stands and a PIN opens it; then all is asked for again",
    )
)
IDLE_HOURS = declare(
    Option("XASO_IDLE_HOURS", 12, _hours, "hours", "after how long unused an official's session ends, with a PIN or without")
)
