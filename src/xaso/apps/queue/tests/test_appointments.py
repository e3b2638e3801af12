"""A time that is kept: booked, moved, let go, arrived for."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from xaso.apps.queue import queries, times
from xaso.apps.queue.actions import appointments, calling, days
from xaso.apps.queue.models import Appointment, Ticket
from xaso.apps.queue.testing import MORNING, QueueOffice, minutes, office
from xaso.kernel.errors import Refusal

pytestmark = pytest.mark.django_db
TOMORROW = (MORNING + timedelta(days=1)).date()


@pytest.fixture
def here() -> QueueOffice:
    return office()


def slot_of(here: QueueOffice, place: int = 4, ahead: int = 1) -> datetime:
    return times.slots_of(here.a, (MORNING + timedelta(days=ahead)).date())[place]


def booked(here: QueueOffice, slot: datetime | None = None, *, phone: str = "0912 345 678", name: str = "Giàng A Pao") -> Appointment:
    return appointments.book(here.visitor, here.a.id, slot or slot_of(here), name=name, phone=phone, key=uuid4(), now=MORNING)


def code_of(work: object, *args: object, **named: object) -> str:
    with pytest.raises(Refusal) as refusal:
        work(*args, **named)  # type: ignore[operator]
    return refusal.value.code


def test_a_booked_time_has_a_code_and_takes_a_place(here: QueueOffice) -> None:
    made = booked(here, phone="+84 912.345.678")

    assert (made.phone, made.state, len(made.code)) == ("0912345678", "booked", 6)
    assert dict(dict(queries.free_slots(here.a, MORNING))[TOMORROW])[made.starts_at] == 1
    booked(here, phone="0912345679")
    assert made.starts_at not in dict(dict(queries.free_slots(here.a, MORNING))[TOMORROW])
    assert code_of(booked, here, phone="0912345670") == "queue.slot_full"


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"name": " \u200b "}, "queue.name_missing"), ({"phone": "12"}, "queue.phone_wrong"), ({"phone": "091234567x"}, "queue.phone_wrong")],
)
def test_what_is_wrong_is_refused_and_nothing_kept(here: QueueOffice, facts: dict[str, str], code: str) -> None:
    assert code_of(booked, here, **facts) == code
    assert Appointment.objects.count() == 0


def test_only_real_times_of_the_next_two_weeks_are_kept(here: QueueOffice) -> None:
    good = slot_of(here, 0)
    on_saturday = good + timedelta(days=2)
    for wrong in (good + minutes(7), good + timedelta(days=21), good - timedelta(days=1), on_saturday):
        assert code_of(booked, here, wrong) == "queue.slot_unknown"


def test_a_day_off_has_no_times(here: QueueOffice) -> None:
    days_shown = [day for day, _free in queries.free_slots(here.a, datetime.fromisoformat("2027-01-01T02:00:00+00:00") - timedelta(days=2))]

    assert date(2027, 1, 1) not in days_shown
    assert all(day.weekday() < 5 for day in days_shown)


def test_one_phone_keeps_only_so_many_times(here: QueueOffice) -> None:
    for place in range(3):
        booked(here, slot_of(here, place))

    assert code_of(booked, here, slot_of(here, 5)) == "queue.too_many_booked"


def test_the_same_press_books_once(here: QueueOffice) -> None:
    key = uuid4()
    made = {
        appointments.book(here.visitor, here.a.id, slot_of(here), name="Pao", phone="0912345678", key=key, now=MORNING).id for _ in range(2)
    }
    assert len(made) == 1


def test_a_time_is_moved_and_let_go(here: QueueOffice) -> None:
    made = booked(here)
    before = made.starts_at
    appointments.change(here.visitor, made.token, slot_of(here, 0, 2), now=MORNING)
    assert dict(dict(queries.free_slots(here.a, MORNING))[TOMORROW])[before] == 2
    appointments.cancel(here.visitor, made.token)

    assert code_of(appointments.change, here.visitor, made.token, before, now=MORNING) == "queue.appointment_over"
    assert code_of(appointments.arrive, here.visitor, made.token, now=slot_of(here, 0, 2)) == "queue.appointment_over"
    assert Ticket.objects.count() == 0


def test_who_arrives_in_time_goes_before_those_who_came_earlier(here: QueueOffice) -> None:
    made = booked(here)
    walked_in = here.take(here.a, made.starts_at - minutes(40))
    assert code_of(appointments.arrive, here.visitor, made.token, now=made.starts_at - minutes(61)) == "queue.too_early"

    ticket = appointments.arrive_by_code(here.desk, f" {made.code} ", now=made.starts_at - minutes(10))

    assert appointments.arrive(here.visitor, made.token, now=made.starts_at).id == ticket.id
    order = queries.waiting_for(here.first, made.starts_at - minutes(1))
    assert [one.id for one in order] == [walked_in.id, ticket.id]
    assert calling.call_next(here.desk, here.first.id, now=made.starts_at).id == ticket.id


def test_a_code_of_another_day_or_none_gives_no_number(here: QueueOffice) -> None:
    made = booked(here)

    for code, now in ((made.code, MORNING), ("000000", made.starts_at), ("", made.starts_at), ("٣٤", made.starts_at)):
        assert code_of(appointments.arrive_by_code, here.desk, code, now=now) == "queue.code_unknown"
    assert code_of(appointments.arrive_by_code, here.visitor, made.code, now=made.starts_at) == "queue.not_found"
    assert Ticket.objects.count() == 0


def test_who_did_not_come_is_noted_and_her_name_forgotten(here: QueueOffice) -> None:
    made = booked(here)
    days.end_days(made.starts_at + timedelta(days=1))
    assert Appointment.objects.get().state == "missed"

    assert days.forget_old(made.starts_at + timedelta(days=7)) == 0
    assert days.forget_old(made.starts_at + timedelta(days=8)) == 1
    left = Appointment.objects.get()
    assert (left.name, left.phone, left.phone_blind, left.code) == ("", "", None, made.code)
