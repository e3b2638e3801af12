"""Settings of this room: until which age a guardian speaks for a child."""

from xaso.platform.options import Option, declare


def _years(text: str) -> int:
    if not text.isdigit() or not 7 < int(text) <= 18:
        raise ValueError("must be an age from 8 to 18")
    return int(text)


CHILD_UNTIL_YEARS = declare(
    Option(
        "XASO_CHILD_UNTIL_YEARS",
        16,
        _years,
        "years",
        "confirm: until which age only a guardian gives consent for a child; no text that we have read names the age",
    )
)
