"""An appointment is reminded of once, by day, in one SMS, and not when it is no more."""

from datetime import UTC, datetime, timedelta

import pytest

from xaso.apps.notices.testing import deliver_through, sms_texts
from xaso.apps.queue.testing import QueueOffice, appointment, cancel, move, office, slot
from xaso.apps.reminders import jobs, rules
from xaso.apps.reminders.jobs import remind_now
from xaso.apps.reminders.options import REMIND_HOURS
from xaso.kernel.worktime import VN

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Nine in the morning in Vietnam."""


def at(day: int, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=VN)


@pytest.mark.parametrize(
    ("starts", "hours", "moment"),
    [
        (at(26, "08:30"), 24, at(25, "08:30")),
        (at(26, "08:30"), 2, at(25, "20:29")),
        (at(26, "07:30"), 12, at(25, "19:30")),
        (at(26, "09:00"), 12, at(25, "20:29")),
        (at(26, "14:00"), 2, at(26, "12:00")),
        (at(26, "16:00"), 9, at(26, "07:00")),
        (at(26, "16:00"), 10, at(25, "20:29")),
    ],
)
def test_a_reminder_never_comes_at_night(starts: datetime, hours: int, moment: datetime) -> None:
    assert rules.remind_at(starts, hours) == moment
    assert not rules.is_night(rules.remind_at(starts, hours))


@pytest.mark.parametrize(
    ("now", "booked", "due"),
    [
        (at(25, "08:29"), at(20, "08:00"), None),
        (at(25, "08:30"), at(20, "08:00"), 24),
        (at(25, "20:31"), at(20, "08:00"), None),
        (at(26, "06:59"), at(20, "08:00"), None),
        (at(26, "07:00"), at(20, "08:00"), 2),
        (at(26, "08:01"), at(20, "08:00"), None),
        (at(25, "20:29"), at(20, "08:00"), 2),
        (at(25, "09:00"), at(25, "08:45"), None),
        (at(26, "07:10"), at(26, "07:05"), None),
        (at(27, "09:00"), at(20, "08:00"), None),
    ],
)
def test_only_the_latest_is_due_and_not_for_who_has_just_booked(now: datetime, booked: datetime, due: int | None) -> None:
    assert rules.reminder_due(at(26, "08:30"), booked, (24, 2), now) == due


@pytest.mark.parametrize(("text", "hours"), [("24,2", (24, 2)), ("2,24,2", (24, 2)), ("off", ()), ("1", (1,))])
def test_the_hours_are_an_option(text: str, hours: tuple[int, ...]) -> None:
    assert REMIND_HOURS.parse(text) == hours


@pytest.mark.parametrize("text", ["", "0", "24;2", "-1", "169", "²"])
def test_other_hours_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be off"):
        REMIND_HOURS.parse(text)


@pytest.mark.django_db
class TestWorker:
    """What the worker does with appointments."""

    @pytest.fixture
    def here(self) -> QueueOffice:
        return office()

    def test_each_appointment_is_reminded_of_once_in_one_segment(self, here: QueueOffice) -> None:
        made = appointment(here, slot(here, 2), now=MONDAY)
        day_before = made.starts_at - timedelta(hours=24)

        counts = [remind_now(day_before + timedelta(minutes=minute)) for minute in (-1, 0, 1, 120)]

        (text,) = sms_texts(here.commune_id)
        assert counts == [0, 1, 0, 0]
        assert made.code in text
        assert f"{made.starts_at.astimezone(VN):%H:%M %d/%m/%Y}" in text
        assert made.name not in text

    def test_a_moved_one_is_reminded_of_at_its_new_time_and_a_cancelled_one_not_at_all(self, here: QueueOffice) -> None:
        moved, cancelled = appointment(here, slot(here, 1), now=MONDAY), appointment(here, slot(here, 1), now=MONDAY, phone="0987654321")
        cancel(here, cancelled)
        remind_now(moved.starts_at - timedelta(hours=24))
        assert len(sms_texts(here.commune_id)) == 1

        later = move(here, moved, slot(here, 2), now=moved.starts_at - timedelta(hours=20))
        remind_now(moved.starts_at - timedelta(hours=20))
        assert sms_texts(here.commune_id) == []

        remind_now(later.starts_at - timedelta(hours=24))
        assert [f"{later.starts_at.astimezone(VN):%d/%m/%Y}" in text for text in sms_texts(here.commune_id)] == [True]

    def test_what_could_not_leave_in_time_never_leaves(self, here: QueueOffice) -> None:
        made = appointment(here, slot(here, 2), now=MONDAY)
        remind_now(made.starts_at - timedelta(hours=24))

        assert remind_now(made.starts_at + timedelta(minutes=1)) == 1

        assert sms_texts(here.commune_id) == []

    def test_one_called_off_on_its_way_does_no_harm(self, here: QueueOffice) -> None:
        made = appointment(here, slot(here, 2), now=MONDAY)
        now = made.starts_at - timedelta(hours=24)
        remind_now(now)

        def cancelling(_phone: str, _text: str) -> None:
            cancel(here, made)
            remind_now(now + timedelta(minutes=1))

        assert deliver_through(cancelling, now) == 1
        assert sms_texts(here.commune_id) == []

    def test_name_and_number_are_forgotten_with_the_appointment(self, here: QueueOffice) -> None:
        made = appointment(here, slot(here, 2), now=MONDAY)
        remind_now(made.starts_at - timedelta(hours=24))
        deliver_through(lambda _phone, _text: None, made.starts_at)

        jobs.FORGETTING.forget()
        assert jobs.forget_old(made.starts_at + timedelta(days=10)) == 0
        jobs.FORGETTING.forget()
        assert jobs.forget_old(made.starts_at + timedelta(days=15)) == 1

    def test_the_worker_looks_once_a_minute(self, here: QueueOffice) -> None:
        made = appointment(here, slot(here, 2), now=MONDAY)
        jobs.LOOKING.forget()
        due = made.starts_at - timedelta(hours=24)

        assert [jobs.remind(due - timedelta(seconds=30)), jobs.remind(due), jobs.remind(due + timedelta(seconds=30))] == [0, 0, 1]
