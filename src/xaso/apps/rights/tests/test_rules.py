"""The clocks of Decree 356/2025, art. 5, day by day."""

from datetime import UTC, date, datetime

import pytest

from xaso.apps.rights.rules import CLOCKS, answer_due_at, receipt_due_at
from xaso.apps.rights.words import KINDS
from xaso.kernel.worktime import VN, WorkCalendar

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CALENDAR = WorkCalendar()


def day(moment: datetime) -> str:
    return f"{moment.astimezone(VN):%d/%m %H:%M}"


@pytest.mark.parametrize(
    ("kind", "plain", "extended", "processor"),
    [
        ("view", "03/12 17:00", "14/12 17:00", "08/12 17:00"),
        ("give", "03/12 17:00", "14/12 17:00", "08/12 17:00"),
        ("correct", "03/12 17:00", "14/12 17:00", "08/12 17:00"),
        ("delete", "14/12 17:00", "04/01 17:00", "23/12 17:00"),
        ("restrict", "08/12 17:00", "23/12 17:00", "14/12 17:00"),
        ("object", "08/12 17:00", "23/12 17:00", "14/12 17:00"),
        ("withdraw", "08/12 17:00", "23/12 17:00", "14/12 17:00"),
        ("protect", "08/12 17:00", "23/12 17:00", "08/12 17:00"),
    ],
)
def test_each_kind_has_its_days_its_extension_and_its_days_by_a_processor(kind: str, plain: str, extended: str, processor: str) -> None:
    """Ten days from Monday 23/11 end on Thursday 03/12; twenty on Sunday 13/12, and so on the Monday after."""
    assert day(answer_due_at(kind, MONDAY, CALENDAR)) == plain
    assert day(answer_due_at(kind, MONDAY, CALENDAR, is_extended=True)) == extended
    assert day(answer_due_at(kind, MONDAY, CALENDAR, by_processor=True)) == processor


def test_the_receipt_is_confirmed_in_two_working_days() -> None:
    friday = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)

    assert day(receipt_due_at(MONDAY, CALENDAR)) == "25/11 17:00"
    assert day(receipt_due_at(friday, CALENDAR)) == "01/12 17:00"
    assert day(receipt_due_at(friday, WorkCalendar(holidays=frozenset({date(2026, 11, 30)})))) == "02/12 17:00"


def test_a_last_day_off_moves_the_end_and_an_extension_is_counted_from_the_request() -> None:
    off = WorkCalendar(holidays=frozenset({date(2026, 12, 3), date(2026, 12, 4)}))

    assert day(answer_due_at("view", MONDAY, off)) == "07/12 17:00"
    assert day(answer_due_at("view", MONDAY, off, is_extended=True)) == "14/12 17:00"


def test_every_kind_that_people_may_ask_has_a_clock() -> None:
    assert set(KINDS) == set(CLOCKS)


def test_an_unknown_kind_has_none() -> None:
    with pytest.raises(KeyError):
        answer_due_at("sell", MONDAY, CALENDAR)
