"""An instant as a phone's own clock says it: wrong by minutes or by years, and kept all the same."""

from datetime import datetime

from xaso.kernel.worktime import VN

FIRST_YEAR, LAST_YEAR = 1970, 2200
MOST_LETTERS = 40


def read_device_time(text: str) -> datetime | None:
    """Return the instant of an ISO text such as a browser writes, None where there is none; without a zone it is Vietnam's time."""
    if len(text) > MOST_LETTERS:
        return None
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not FIRST_YEAR <= said.year <= LAST_YEAR:
        return None
    return said if said.tzinfo else said.replace(tzinfo=VN)
