"""What a phone's clock says is read whatever year it lives in; what is no time is none."""

from datetime import UTC, datetime

import pytest

from xaso.kernel.device_time import read_device_time


def test_the_time_of_a_browser_is_read_and_without_a_zone_it_is_vietnams() -> None:
    assert read_device_time("1970-01-01T00:00:00.000Z") == datetime(1970, 1, 1, tzinfo=UTC)
    assert read_device_time("2026-11-19T08:00:00") == datetime(2026, 11, 19, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["", "hôm qua", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "2026-13-40", "+275760-09-13T00:00:00.000Z", "2" * 100]
)
def test_what_is_no_time_is_none(said: str) -> None:
    assert read_device_time(said) is None
