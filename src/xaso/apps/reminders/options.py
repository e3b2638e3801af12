"""Settings of this room: how long before an appointment its holder is reminded."""

from xaso.platform.options import Option, declare

MOST_HOURS = 24 * 7


def _hours(text: str) -> tuple[int, ...]:
    if text == "off":
        return ()
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and 1 <= int(part) <= MOST_HOURS for part in parts):
        raise ValueError(f"must be off, or whole hours from 1 to {MOST_HOURS} parted by commas, such as 24,2")
    return tuple(sorted({int(part) for part in parts}, reverse=True))


REMIND_HOURS = declare(
    Option[tuple[int, ...]](
        "XASO_REMIND_HOURS", (24,), _hours, "hours, hours | off", "how long before an appointment its holder is reminded by SMS"
    )
)
